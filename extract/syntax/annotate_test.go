package syntax

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosaid/whosaid/extract/news"
)

var update = flag.Bool("update", false, "write the golden files anew")

func english(t testing.TB) *Parser {
	t.Helper()
	p, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// ownSentences are of our own wording, with the habits of news: headlines,
// capitals, curly and straight marks, reporting clauses in every place.
var ownSentences = []string{
	"Nobody told the mayor of Northbridge that the bridge was closed .",
	"“ We do n’t have the money , ” said Ms. Quillfeather , the council ’s treasurer , who took office in May .",
	"According to the report , prices rose by 4.5 % in the north and fell in the south .",
	`" It 's a disgrace , " he added , " and everybody knows it . "`,
	"COUNCIL VOTES TO CLOSE OLD BRIDGE",
	"Treasurer Says Bridge Will Reopen Next Year",
	"Critics warned the plan could cost 12 million pounds a year ; nobody listened .",
	"Asked whether she would resign , Quillfeather declined to comment .",
	"The minister , a former engineer , has been accused by opponents of misleading parliament .",
	"Two officials familiar with the talks told reporters they expected a deal by Friday .",
	"It is not clear who gave the order .",
	"Yes .",
	". . .",
}

func lines(d *news.Document) string {
	var b strings.Builder
	for _, s := range d.Sentences {
		for i := s.First; i < s.End; i++ {
			tok := d.Tokens[i]
			head := int32(0)
			if tok.Head >= 0 {
				head = tok.Head - s.First + 1
			}
			fmt.Fprintf(&b, "%d\t%s\t%v\t%d\t%v\n", i-s.First+1, d.Word(i), tok.Tag, head, tok.Rel)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// The golden file shows what a new model changes; it is not all right.
func TestGolden(t *testing.T) {
	d := document(ownSentences...)
	english(t).Annotate(d)
	checkTrees(t, d)
	got := lines(d)
	path := filepath.Join("testdata", "own.conll")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

func TestSameWithScratchUsedBefore(t *testing.T) {
	p := english(t)
	whole := document(ownSentences...)
	p.Annotate(whole)
	var parts strings.Builder
	for _, s := range slices.Backward(ownSentences) {
		d := document(s)
		p.Annotate(d)
		parts.WriteString(lines(d))
	}
	for _, s := range ownSentences {
		d := document(s)
		p.Annotate(d)
		if !strings.Contains(lines(whole), lines(d)) {
			t.Errorf("%q is parsed otherwise by itself", s)
		}
	}
}

func TestConcurrent(t *testing.T) {
	p := english(t)
	want := document(ownSentences...)
	p.Annotate(want)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 5 {
				d := document(ownSentences...)
				p.Annotate(d)
				if !slices.Equal(d.Tokens, want.Tokens) {
					t.Error("another parse at another time")
				}
			}
		})
	}
	wg.Wait()
}

func TestAllocates(t *testing.T) {
	p := english(t)
	d := document(ownSentences...)
	p.Annotate(d)
	// A garbage collection may empty the pool of scratch space once.
	if n := testing.AllocsPerRun(50, func() { p.Annotate(d) }); n > 1 {
		t.Errorf("%v allocations a document", n)
	}
}

func TestHostile(t *testing.T) {
	p := english(t)
	long := strings.Repeat("x", 100_000)
	d := document(
		strings.Repeat("“ ", 5000), strings.Repeat("( ", 3000)+strings.Repeat(") ", 3000),
		long, strings.Repeat("é", 5000), strings.Repeat("said ", 10_000), "\u200b \u00ad",
		strings.Repeat(`" `, 999), "ＦＵＬＬ ｗｉｄｔｈ 漢字 🙂 🙂🙂", "- - -", "-", strings.Repeat("a , ", 4000),
	)
	p.Annotate(d)
	checkTrees(t, d)
}

func FuzzAnnotate(f *testing.F) {
	for _, s := range ownSentences {
		f.Add(s)
	}
	p, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := document(strings.Split(strings.ToValidUTF8(text, "\uFFFD"), "\n")...)
		p.Annotate(d)
		checkTrees(t, d)
	})
}

// plainRun tags and parses as Run does, with sums made weight by weight.
func (p *Parser) plainRun(s *Sentence) {
	sumsOf := func(w *weights, hashes []uint64) []int {
		w.layout.Place(hashes)
		rows := make([]uint32, len(hashes))
		rows = rows[:w.slots.Rows(hashes, rows)]
		sums := make([]int, Columns)
		for _, r := range rows {
			for c := range sums {
				sums[c] += int(int8(w.cells[int(r)*Columns+c]))
			}
		}
		return sums
	}
	best := func(allowed uint64, sums []int) int {
		most := -1
		for c := range sums {
			if allowed>>c&1 == 1 && (most < 0 || sums[c] > sums[most]) {
				most = c
			}
		}
		return most
	}
	g := p.tagger
	leads := map[int][3]int{} // of the best column over the next, and both
	s.Ready(p.tagger.lexicon)
	for i := range s.Tags {
		if s.Tags[i] = s.Fixed(i); s.Tags[i] == news.NoTag {
			var hashes [TagFeatures]uint64
			s.TagFeatures(i, -1, &hashes)
			allowed, sums := g.weights.allowed[s.TagSituation(i)], sumsOf(g.weights, hashes[:])
			first := best(allowed, sums)
			s.Tags[i] = ColumnTag(first)
			if second := best(allowed&^(1<<first), sums); second >= 0 {
				leads[i] = [3]int{sums[first] - sums[second], first, second}
			}
		}
	}
	for i := len(s.Tags) - 1; i >= 0; i-- {
		if l, ok := leads[i]; ok && l[0] < clearLead {
			var hashes [TagFeatures]uint64
			s.TagFeatures(i, 1, &hashes)
			if sums := sumsOf(g.back, hashes[:]); sums[l[2]]-sums[l[1]] > l[0] {
				s.Tags[i] = ColumnTag(l[2])
			}
		}
	}
	s.StartParse()
	for !s.Done() {
		action, forced := s.Forced()
		if !forced {
			var hashes [ArcFeatures]uint64
			s.ArcFeatures(&hashes)
			p.layout.Place(hashes[:])
			var sums [NumActions]int
			for _, h := range hashes {
				sum := p.arcs.Sum([]uint64{h})
				for a := range sums {
					if sum != 0 {
						sums[a] += int(sum>>(16*a)&0xffff) - 128
					}
				}
			}
			action = Shift
			for a := range sums {
				if s.Legal(a) && sums[a] > sums[action] {
					action = a
				}
			}
		}
		if h, d := s.Apply(action); d >= 0 {
			var hashes [RelFeatures]uint64
			s.RelFeatures(h, d, &hashes)
			s.SetRel(d, ColumnRel(best(p.rels.allowed[s.RelSituation(h, d)], sumsOf(p.rels, hashes[:]))))
		}
	}
	s.FinishParse()
}

func FuzzSameAsPlain(f *testing.F) {
	for _, s := range ownSentences {
		f.Add(s)
	}
	p, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words := strings.Fields(text)
		words = words[:min(len(words), 60)]
		var fast, plain Sentence
		for _, s := range []*Sentence{&fast, &plain} {
			s.Reset(len(words))
			for i, w := range words {
				s.Add(w, i%3 == 1)
			}
		}
		p.Run(&fast)
		p.plainRun(&plain)
		if !slices.Equal(fast.Tags, plain.Tags) || !slices.Equal(fast.Heads, plain.Heads) || !slices.Equal(fast.Rels, plain.Rels) {
			t.Errorf("fast %v %v %v\nplain %v %v %v", fast.Tags, fast.Heads, fast.Rels, plain.Tags, plain.Heads, plain.Rels)
		}
	})
}

// TestAbreast: sentences whose steps alternate come out as each by itself.
func TestAbreast(t *testing.T) {
	p := english(t)
	d := document(append(ownSentences, strings.Repeat("said it and ", 400), "", "No.")...)
	p.Annotate(d)
	var s Sentence
	for _, r := range d.Sentences {
		for first := r.First; first < r.End; first += maxWords {
			p.read(&s, d, news.TokenRange{First: first, End: min(first+maxWords, r.End)})
			for p.step(&s) {
			}
			for i, tag := range s.Tags {
				head := s.Heads[i]
				if head >= 0 {
					head += first
				}
				if k := d.Tokens[first+int32(i)]; k.Tag != tag || k.Rel != s.Rels[i] || k.Head != head {
					t.Errorf("token %d: %v %v %d, alone %v %v %d", first+int32(i), k.Tag, k.Rel, k.Head, tag, s.Rels[i], head)
				}
			}
		}
	}
}

func BenchmarkAnnotate(b *testing.B) {
	p := english(b)
	d := document(ownSentences...)
	b.ReportAllocs()
	for b.Loop() {
		p.Annotate(d)
	}
	b.ReportMetric(float64(b.N*len(d.Tokens))/b.Elapsed().Seconds(), "tokens/s")
}
