package detect

import (
	"slices"
	"testing"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// The word that a copula or an auxiliary serves tells what a cue reports.
func TestHead(t *testing.T) {
	for _, c := range []struct{ text, anchor, last, want string }{
		{"Ana Reyes was glad that it was lost.", "was", "glad", "glad"},
		{"Ana Reyes did not say that it was lost.", "did", "say", "say"},
		{"Ana Reyes has been saying that it is lost.", "saying", "saying", "saying"},
	} {
		d, f := prepared(t, c.text)
		a := word(t, d, c.anchor)
		found := Candidate{Anchor: Anchor{Token: a}, Cue: news.TokenRange{First: a, End: word(t, d, c.last) + 1}}
		x := &assembler{w: f.words, d: d, m: f.marks}
		if got := d.Word(x.head(&found)); got != c.want {
			t.Errorf("%s: %s", c.text, got)
		}
	}
}

// An "it" that stands for the clause behind is neither source nor content.
func TestExpletive(t *testing.T) {
	for _, c := range []struct {
		text, first, last, content string
		want                       bool
	}{
		{"It is unclear whether it was lost.", "is", "unclear", "whether", true},
		{"On Monday it was estimated that it was lost.", "was", "estimated", "that", true},
		{"It is convinced that the ship was lost.", "is", "convinced", "that", false},
		{"It said that the ship was lost.", "said", "said", "that", false},
		{"She is unclear whether it was lost.", "is", "unclear", "whether", false},
	} {
		d, f := prepared(t, c.text)
		told := word(t, d, c.last)
		content := word(t, d, c.content)
		found := Candidate{Anchor: Anchor{Token: told}, Cue: news.TokenRange{First: word(t, d, c.first), End: told + 1},
			Content: []news.TokenRange{{First: content, End: content + 4}}}
		x := &assembler{w: f.words, d: d, m: f.marks}
		if it, ok := x.expletive(&found, told); ok != c.want || ok && it != found.Cue.First-1 {
			t.Errorf("%s: %d, %v", c.text, it, ok)
		}
	}
}

// A quotation without a cue goes on with the statement before it whose cue stands behind
// its first words, unless somebody else is told to say it.
func TestContinues(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{"“We sail,” Ole Vey said when asked about the boat. “Nobody can stop us.”", true},
		{"“We sail,” Ole Vey said when asked about the boat. “Nobody can stop us.” Ada Lund replied.", false},
		{"Ole Vey said “We sail,” when asked about the boat. “Nobody can stop us.”", false},
	} {
		d, f := prepared(t, c.text)
		said := word(t, d, "said")
		first, second := f.marks.Quotations[0].Tokens(), f.marks.Quotations[1].Tokens()
		found := []statement.Statement{{Parts: []news.TokenRange{first}, Cue: news.TokenRange{First: said, End: said + 1}, Lemma: "say", Parent: statement.None}}
		taken := make([]int32, len(d.Tokens))
		for i := first.First; i < first.End; i++ {
			taken[i] = 1
		}
		x := &assembler{f.words, d, f.marks}
		got := x.continues(&statement.Statement{Parts: []news.TokenRange{second}, Quotation: 1, Parent: statement.None}, found, taken)
		if got != c.want || got != (len(found[0].Parts) == 2) || got != (taken[second.First] == 1) {
			t.Errorf("%s: %v, parts %v", c.text, got, found[0].Parts)
		}
	}
}

// What a quoted person quotes is a statement where it is a sentence that somebody said,
// and not the one spoken to, nor perhaps.
func TestReported(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{"“The pilot said, ‘We must sail now,’” Ole Vey said.", true},
		{"“You said, ‘We must sail now,’” Ole Vey said.", false},
		{"“The pilot would say, ‘We must sail now,’” Ole Vey said.", false},
		{"“The pilot said ‘safe’ and left,” Ole Vey said.", false},
	} {
		d, f := prepared(t, c.text)
		x := &assembler{f.words, d, f.marks}
		nested := slices.IndexFunc(f.proposals, func(s statement.Statement) bool { return s.Parent >= 0 })
		if got := nested >= 0 && x.adds(&f.proposals[nested], make([]int32, len(d.Tokens))); got != c.want {
			t.Errorf("%s: %v", c.text, got)
		}
	}
}
