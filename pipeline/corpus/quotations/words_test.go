package quotations

import (
	"slices"
	"testing"
	"unicode/utf8"
)

// TestRead: texts that are read as the same words, and some that are not.
func TestRead(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"We're going to win", "we are going to WIN.", true},
		{"“Don’t do it,” “ever”", "\"Don't do it ever\"", true},
		{"He won't, he can't", "he will not he can not", true},
		{"ISIS's best recruiter", "ISIS’ best recruiter", true},
		{"30,000 e-mails", "30000 e mails", true},
		{"President Calderón", "president Calderon", true},
		{"[W]e will win", "We will win", true},
		{"the [censored] is going on", "the is going on", true},
		{"third-grade theatrics", "third grade theatrics", true},
		{"a co\u00ADoperation", "a cooperation", true},
		{"it plans, planned", "it planning plan", true},
		{"one, 2", "12", false},
		{"no war", "war", false},
	} {
		var x, y reader
		a, _ := x.read(c.a, maxWords)
		b, _ := y.read(c.b, maxWords)
		if slices.Equal(a, b) != c.same {
			t.Errorf("%q and %q: same words %t", c.a, c.b, !c.same)
		}
	}
}

// plainAlign is the least that align must find: the longest run of equal words.
func plainAlign(a, b []word) (longest int) {
	for i := range a {
		for j := range b {
			n := 0
			for i+n < len(a) && j+n < len(b) && a[i+n] == b[j+n] {
				n++
			}
			longest = max(longest, n)
		}
	}
	return longest
}

func FuzzAlign(f *testing.F) {
	f.Add("we will win the harbour back", "he said they will win the old harbour back")
	f.Add("a b a b a b", "b a b a")
	f.Add("", "x")
	f.Fuzz(func(t *testing.T, x, y string) {
		if len(x) > 400 || len(y) > 400 || !utf8.ValidString(x+y) {
			t.Skip()
		}
		var r, q reader
		a, _ := r.read(x, maxWords)
		b, _ := q.read(y, maxWords)
		var al aligner
		for name, runs := range map[string][]run{"exact": slices.Clone(al.align(a, b)), "anchored": slices.Clone(al.anchoredAnew(a, b))} {
			i, j, weight := 0, 0, 0
			for _, k := range runs {
				if k.n <= 0 || k.i < i || k.j < j || !slices.Equal(a[k.i:k.i+k.n], b[k.j:k.j+k.n]) {
					t.Fatalf("%s: %v is no run of equal words behind the one before", name, k)
				}
				i, j = k.i+k.n, k.j+k.n
				weight += weigh(a[k.i : k.i+k.n])
			}
			if n := plainAlign(a, b); name == "exact" && weight < n*functionWeight {
				t.Fatalf("aligned weight %d, and a run of %d words is there", weight, n)
			}
		}
	})
}

func (x *aligner) anchoredAnew(a, b []word) []run {
	x.runs = x.runs[:0]
	return x.anchored(a, b)
}
