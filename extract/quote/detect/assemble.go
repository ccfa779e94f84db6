package detect

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/layout"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/mend"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// assemble makes quotations of what the taggers found and of what only the marks
// show: a closed quotation that the rules take for a statement is not lost because
// the taggers hesitated.
// taken tells for every token whose content it is, 1 + index into found. groups
// is one more than the largest group number.
func (f *Featurizer) assemble(d *news.Document, found []Candidate, taken []int32, c *Calibration) (quotes []news.Quote, groups int32) {
	proposed := f.proposals
	all := make([]statement.Statement, 0, len(found)+len(proposed))
	x := assembler{f.words, d, f.marks}
	for i := range found {
		s := x.statement(&found[i])
		s.Confidence = c.Content.share(&found[i])
		all = append(all, s)
	}
	for i := range proposed {
		if s := proposed[i]; x.adds(&s, taken) && !x.continues(&s, all[:len(found)], taken) {
			s.Confidence = c.Remaining
			all = append(all, s)
		}
	}
	plan := layout.Read(d, f.marks, f.words.layout, int32(len(f.marks.Quotations)))
	return statement.Quotes(d, f.marks, plan.Merge(d, f.marks, f.words.layout, mend.Mend(d, f.marks, f.words.mend, all, plan.Turns()))), plan.Groups
}

// assembler makes statements of one document.
type assembler struct {
	w *Words
	d *news.Document
	m *marks.Marks
}

func (x *assembler) inMarks(parts []news.TokenRange) bool {
	for _, p := range parts {
		if x.m.Inside[p.First] < 0 || x.m.Inside[p.End-1] < 0 {
			return false
		}
	}
	return true
}

func meet(a, b news.TokenRange) bool { return a.First < b.End && b.First < a.End }

// adds reports whether a statement that the rules found is one that the
// taggers lost: a quoted person's own quotation of somebody, or one that hardly
// a token of was claimed. All of it must stand in marks: of what the rules take
// from outside of them as well three in four are wrong (PolNeAR train), as are six
// in ten quotations whose cue the taggers took for a part of a longer content
// (PolNeAR dev). A forest that judges these rows does no better
// (docs/models/README.md).
func (x *assembler) adds(f *statement.Statement, taken []int32) bool {
	if f.Quotation < 0 || !x.inMarks(f.Parts) {
		return false
	}
	if f.Parent >= 0 {
		return x.reported(f)
	}
	all, claimed := 0, 0
	for _, p := range f.Parts {
		all += p.Len()
		for i := p.First; i < p.End; i++ {
			if taken[i] != 0 {
				claimed++
			}
		}
	}
	return claimed*5 <= all
}

// continues gives f, a quotation without a cue, to the statement before it in its
// paragraph whose cue stands behind its first words, and reports whether there is one:
// “No,” she said when asked. “Never.” That is so in four of five (PolNeAR train).
func (x *assembler) continues(f *statement.Statement, found []statement.Statement, taken []int32) bool {
	if !f.Cue.Empty() || f.Parent >= 0 {
		return false
	}
	first := f.Parts[0].First
	k := x.d.ParagraphAt(first)
	if k == len(x.d.Paragraphs) || x.told(f.Parts[len(f.Parts)-1].End, x.d.Paragraphs[k].End) {
		return false
	}
	i := first - 1
	for i >= x.d.Paragraphs[k].First && taken[i] == 0 {
		i--
	}
	if i < x.d.Paragraphs[k].First {
		return false
	}
	s := &found[taken[i]-1]
	if s.Cue.Empty() || s.Cue.First < s.Parts[0].End || s.Cue.First >= first || s.Parts[len(s.Parts)-1].End > first || s.Lemma == ":" {
		return false
	}
	s.Parts = append(s.Parts[:len(s.Parts):len(s.Parts)], f.Parts...)
	for _, p := range f.Parts {
		for j := p.First; j < p.End; j++ {
			taken[j] = taken[i]
		}
	}
	return true
}

// maxTold is the most tokens of a sentence that may tell who said what stands before it.
const maxTold = 8

// told reports whether a short sentence without marks stands from token i on, in a
// paragraph with that end: 'It will do.' Ole Vey replied.
func (x *assembler) told(i, end int32) bool {
	if i >= end || x.m.Inside[i] >= 0 {
		return false
	}
	s := x.d.Sentences[x.d.SentenceAt(i)]
	return s.End-i <= maxTold
}

// reported reports whether f, which a quoted person quotes, was said by
// somebody: as a sentence or clause, to nobody's own face ("you called it
// “fine”"), and not only perhaps ("I would say, “Go!”").
func (x *assembler) reported(f *statement.Statement) bool {
	if !statement.Whole(x.d, x.m, f.Quotation) || f.Source.Len() == 1 && x.w.layout.SecondPerson.Has(strings.ToLower(x.d.Word(f.Source.First))) {
		return false
	}
	for i := f.Cue.First; i < f.Cue.End; i++ {
		if t := x.d.Tokens[i].Tag; t == news.TagMD || t == news.TagTO {
			return false
		}
	}
	return true
}

// statement is candidate f as the rules have theirs, so that both end in the same
// code.
func (x *assembler) statement(f *Candidate) statement.Statement {
	g := statement.Statement{Parts: f.Content, Cue: f.Cue, Source: f.Source, Quotation: -1, Parent: -1, Group: -1, Exact: true}
	h := x.head(f)
	if i, ok := x.expletive(f, h); ok {
		if g.Source == (news.TokenRange{First: i, End: i + 1}) {
			g.Source = news.TokenRange{}
		}
		if p := g.Parts[0]; len(g.Parts) > 1 && p == (news.TokenRange{First: i, End: i + 1}) {
			g.Parts = g.Parts[1:]
		}
	}
	g.Lemma = x.w.lemma(x.d.Word(h), x.d.Tokens[h].Tag)
	g.Attitude = x.w.attitudes.Has(g.Lemma)
	for _, p := range f.Content {
		if q := x.m.Outermost(p.First); q >= 0 {
			g.Quotation = q
			g.Attitude = false
			break
		}
		if x.m.Inside[p.End-1] >= 0 {
			g.Attitude = false
		}
	}
	return g
}

// head is the token of a cue that tells what kind of report it is: the
// anchor, or the word that it serves as an auxiliary or a copula (was glad).
func (x *assembler) head(f *Candidate) int32 {
	h := f.Anchor.Token
	if !f.Cue.Contains(h) {
		h = f.Cue.First
	}
	for range f.Cue.Len() {
		t := x.d.Tokens[h]
		if t.Rel != news.RelAux && t.Rel != news.RelAuxPass && t.Rel != news.RelCop || !f.Cue.Contains(t.Head) {
			break
		}
		h = t.Head
	}
	return h
}

// expletive finds the "it" before cue f, told of by token h, that stands for the
// clause behind and for nobody: it is unclear whether, it was estimated that.
// People mark it as neither source nor content.
func (x *assembler) expletive(f *Candidate, h int32) (it int32, ok bool) {
	last := f.Content[len(f.Content)-1]
	if last.First < f.Cue.End || !x.w.ClauseOpeners.Has(x.d.Word(last.First)) {
		return 0, false
	}
	it = f.Cue.First - 1
	if it < 0 || !x.w.Expletives.Has(strings.ToLower(x.d.Word(it))) {
		return 0, false
	}
	switch rel := x.d.Tokens[it].Rel; {
	case rel == news.RelExpl || rel == news.RelNsubjPass:
		return it, true
	case x.d.Tokens[h].Tag.Verb():
		return 0, false
	}
	return it, firstSense(x.w.senseOf(linear.Hash(x.w.lemma(x.d.Word(h), x.d.Tokens[h].Tag)), x.d.Tokens[h].Tag)) == lang.Show
}

func sortedWords(r Reporters) []string {
	words := make([]string, 0, len(r))
	for w := range r {
		words = append(words, w)
	}
	slices.Sort(words)
	return words
}
