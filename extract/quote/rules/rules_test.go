package rules

import (
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/internal/quotetest"
	"github.com/whosaid/whosaid/extract/quote/marks"
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

func FuzzRules(f *testing.F) {
	for _, c := range quotetest.HardCases {
		f.Add(c.Text)
	}
	p := tagger(f)
	r := New(english.Language())
	f.Fuzz(func(t *testing.T, s string) {
		d := quotetest.Document(s)
		p.Annotate(d)
		quotetest.CheckQuotes(t, d, r.Detect(d))
	})
}

// TestRulesLinear runs texts that invite quadratic time.
func TestRulesLinear(t *testing.T) {
	p := tagger(t)
	for _, unit := range []string{"he said ", `"a. b" c `, "“a,” he said, ", "he said that ", "a, b, ", "A: b\n", "“a.”\n", "said, ", "she said “he said ‘no’” ", "of the of the ", "a said: “b. ", "according to "} {
		d := quotetest.Document(strings.Repeat(unit, 1<<16/len(unit)))
		p.Annotate(d)
		quotetest.CheckQuotes(t, d, New(english.Language()).Detect(d))
	}
}

func TestCueForms(t *testing.T) {
	for form, lemma := range map[string]string{"said": "say", "says": "say", "saying": "say", "told": "tell",
		"quipped": "quip", "argues": "argue", "arguing": "argue", "replied": "reply", "denies": "deny",
		"stresses": "stress", "admitting": "admit", "agreeing": "agree", "wrote": "write", "written": "write"} {
		if got := lang.Bind[Words](english.Language()).cues[form].lemma; got != lemma {
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
		d := quotetest.Document(c.text)
		tagger(t).Annotate(d)
		qs := New(english.Language()).Detect(d)
		quotetest.CheckQuotes(t, d, qs)
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
		d := quotetest.Document(text)
		tagger(t).Annotate(d)
		qs := New(english.Language()).Detect(d)
		if len(qs) != 1 || qs[0].Form != want {
			t.Errorf("%s: %+v", text, qs)
		}
	}
}

// rulesFail are the cases beyond the rules.
var rulesFail = map[string]string{
	"18 as S put it":    "only the taggers know the phrase",
	"25 was told":       "the source of a passive is not its subject",
	"25 it is claimed":  "as above",
	"26 warned against": "only the taggers know which preposition belongs to a verb",
	"28 headline":       "a headline's colon follows whoever speaks, or what it is about",
	"25 reportedly":     "an adverb reports its whole clause; rules take the words before or behind a verb",
	"26 promised":       "a noun phrase as content needs the verb's sense",
	"27 free indirect":  "sentences without a cue look like the article's own",
}

func TestRulesHardCases(t *testing.T) {
	p, err := syntax.LoadPerceptron()
	if err != nil {
		t.Fatal(err)
	}
	quotetest.RunHard(t, p.Annotate, New(english.Language()).Detect, rulesFail)
}

// How far back the subject of an infinitive stands.
func TestProposeBounds(t *testing.T) {
	p := tagger(t)
	l := english.Language()
	for _, c := range []struct {
		name, text string
		want       string // the sources
	}{
		{"a subject before its infinitive", "“The quay is shut,” Vey went on to say.", "Vey"},
		{"a subject far before", "“The quay is shut,” Vey went on with his three brothers and all four sisters to say.", ""},
	} {
		d := quotetest.Document(c.text)
		p.Annotate(d)
		m := marks.Pair(d, lang.Bind[marks.Words](l))
		var got []string
		for _, s := range Propose(d, &m, lang.Bind[Words](l)) {
			got = append(got, d.Span(s.Source).Of(d.Text))
		}
		if g := strings.Join(got, ", "); g != c.want {
			t.Errorf("%s: sources %q, want %q", c.name, g, c.want)
		}
	}
}
