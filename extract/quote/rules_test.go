package quote

import (
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

func tagger(t testing.TB) *syntax.Perceptron {
	t.Helper()
	p, err := syntax.LoadPerceptron()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// checkQuotes fails unless every span of quotes is sound and in order.
func checkQuotes(t *testing.T, d *news.Document, quotes []news.Quote) {
	t.Helper()
	starts, ends := make(map[int32]bool), make(map[int32]bool)
	for _, k := range d.Tokens {
		starts[k.Span.Start], ends[k.Span.End] = true, true
	}
	sound := func(s news.Span) bool { return !s.Empty() && starts[s.Start] && ends[s.End] }
	last := int32(-1)
	for i := range quotes {
		q := &quotes[i]
		if len(q.Parts) == 0 {
			t.Fatalf("quotation %d has no part", i)
		}
		at := int32(0)
		for _, p := range q.Parts {
			if !sound(p.Span) || p.Span.Start < at {
				t.Fatalf("quotation %d: part %v after %d", i, p.Span, at)
			}
			at = p.Span.End
		}
		if q.Extent().Start < last {
			t.Fatalf("quotation %d out of order", i)
		}
		last = q.Extent().Start
		for _, s := range []news.Span{q.Cue, q.Source} {
			if s != (news.Span{}) && !sound(s) {
				t.Fatalf("quotation %d: cue or source %v", i, s)
			}
		}
		if q.Parent >= int32(i) || q.Parent < -1 || q.Parent >= 0 && !quotes[q.Parent].Extent().Contains(q.Extent()) {
			t.Fatalf("quotation %d: parent %d", i, q.Parent)
		}
		if q.Confidence <= 0 || q.Confidence > 1 || q.Cue.Empty() != (q.CueLemma == "") {
			t.Fatalf("quotation %d: confidence %v, cue %v, lemma %q", i, q.Confidence, q.Cue, q.CueLemma)
		}
	}
}

func FuzzRules(f *testing.F) {
	for _, c := range HardCases() {
		f.Add(c.text)
	}
	for _, c := range markCases {
		f.Add(c.text)
	}
	p := tagger(f)
	r := NewRules()
	f.Fuzz(func(t *testing.T, s string) {
		d := document(s)
		p.Annotate(d)
		checkQuotes(t, d, r.Detect(d))
	})
}

// TestRulesLinear runs texts that invite quadratic time.
func TestRulesLinear(t *testing.T) {
	p := tagger(t)
	for _, unit := range []string{"he said ", `"a. b" c `, "“a,” he said, ", "he said that ", "a, b, ", "A: b\n", "“a.”\n", "said, ", "she said “he said ‘no’” ", "of the of the ", "a said: “b. ", "according to "} {
		d := document(strings.Repeat(unit, 1<<16/len(unit)))
		p.Annotate(d)
		checkQuotes(t, d, NewRules().Detect(d))
	}
}

func TestCueForms(t *testing.T) {
	for form, lemma := range map[string]string{"said": "say", "says": "say", "saying": "say", "told": "tell",
		"quipped": "quip", "argues": "argue", "arguing": "argue", "replied": "reply", "denies": "deny",
		"stresses": "stress", "admitting": "admit", "agreeing": "agree", "wrote": "write", "written": "write"} {
		if got := cueForms[form].lemma; got != lemma {
			t.Errorf("%s: lemma %q, want %q", form, got, lemma)
		}
	}
}

func TestGroupAndParent(t *testing.T) {
	for _, c := range []struct {
		text    string
		parts   []int   // by quotation, in text order
		parents []int32 // likewise
		grouped []bool
	}{
		{"“The quay is rotten.\n\n“He told me ‘never,’ and left,” said Ana Reyes.", []int{2, 1}, []int32{-1, 0}, []bool{true, false}},
		{"“The quay is rotten,” said Ana Reyes. “It must go.\n\n“All of it must go.\n\n“And now.”", []int{4}, []int32{-1}, []bool{true}},
		// Each with a cue of its own: two quotations of one group.
		{"“The quay is rotten,” said Ana Reyes. “It must go.\n\n“All of it must go,” she added.", []int{2, 1}, []int32{-1, -1}, []bool{true, true}},
		{"“The quay is rotten,” said Ana Reyes.\n\n“It must go.”", []int{1, 1}, []int32{-1, -1}, []bool{false, false}},
	} {
		d := document(c.text)
		tagger(t).Annotate(d)
		qs := NewRules().Detect(d)
		checkQuotes(t, d, qs)
		if len(qs) != len(c.parts) {
			t.Errorf("%q: %d quotations, want %d", c.text, len(qs), len(c.parts))
			continue
		}
		for i, q := range qs {
			if len(q.Parts) != c.parts[i] || q.Parent != c.parents[i] || q.Group >= 0 != c.grouped[i] || c.grouped[i] && q.Group != qs[0].Group {
				t.Errorf("%q: quotation %d has %d parts, parent %d, group %d", c.text, i, len(q.Parts), q.Parent, q.Group)
			}
		}
	}
}

func TestForm(t *testing.T) {
	for text, want := range map[string]news.Form{
		"“We lost the boat,” she said.":          news.Full,
		"She called it “a mess.”":                news.Full,
		"She said: “a mess”.":                    news.Fragment,
		"“We lost the boat, she said.\n\nNight.": news.Unclosed,
	} {
		d := document(text)
		tagger(t).Annotate(d)
		qs := NewRules().Detect(d)
		if len(qs) != 1 || qs[0].Form != want {
			t.Errorf("%s: %+v", text, qs)
		}
	}
}
