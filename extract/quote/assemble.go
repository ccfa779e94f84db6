package quote

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// assemble makes quotations of what the taggers found and of what only the
// marks and the order of a transcript show: a closed quotation or a turn that
// the rules take for a statement is not lost because the taggers hesitated. x is
// what the rules found; taken tells for every token whose content it is, 1 + index into found;
// groups is one more than the largest group number.
func assemble(x *reading, found []Found, taken []int32, c Calibration) (quotes []news.Quote, groups int32) {
	ruled := x.found
	x.found = nil
	sure := make([]float32, 0, len(found)+len(ruled))
	for i := range found {
		f := &found[i]
		g := x.finding(f)
		x.trust(&g, ruled)
		x.found = append(x.found, g)
		sure = append(sure, c.Content.of(&f.measures))
	}
	for i := range ruled {
		if f := &ruled[i]; adds(f, taken) {
			x.found = append(x.found, *f)
			sure = append(sure, c.Remaining)
		}
	}
	for i := range x.found {
		x.found[i].sure = sure[i]
	}
	return x.finish(), x.groups
}

// trust lets the rules overrule the taggers where the text is plainest: their
// quotation in marks, with a cue and a source, is all that is said where the
// taggers took for a part of it words outside of the marks that are cut off
// from them by the cue, by the source or by a colon.
func (x *reading) trust(g *finding, ruled []finding) {
	for i := range ruled {
		f := &ruled[i]
		if f.quotation < 0 || f.source.Empty() || !meet(f.cue, g.cue) || !x.inMarks(f.parts) {
			continue
		}
		if x.strays(g, f) {
			g.parts, g.source, g.quotation, g.exact = f.parts, f.source, f.quotation, f.exact
		}
		return
	}
}

// strays reports whether g takes words from outside of the marks that are cut
// off from the quotation in marks that f is.
func (x *reading) strays(g, f *finding) bool {
	loose := false
	for _, p := range g.parts {
		loose = loose || x.m.Inside[p.First] < 0 && x.m.Inside[p.End-1] < 0 || meet(p, f.source)
	}
	first := f.parts[0].First
	colon := first > 0 && x.d.Word(first-1) == ":" && x.m.Inside[g.parts[0].First] < 0
	return loose && len(g.parts) > 1 || colon
}

func (x *reading) inMarks(parts []news.TokenRange) bool {
	for _, p := range parts {
		if x.m.Inside[p.First] < 0 || x.m.Inside[p.End-1] < 0 {
			return false
		}
	}
	return true
}

func meet(a, b news.TokenRange) bool { return a.First < b.End && b.First < a.End }

// adds reports whether a statement that the rules found is one that the
// taggers lost: a transcript's turn, a quoted person's own quotation of
// somebody, or one that hardly a token of was claimed. (Quotations whose cue
// the taggers took for a part of a longer content are left out: six in ten of
// them are wrong on PolNeAR dev.)
func adds(f *finding, taken []int32) bool {
	switch {
	case f.spoken:
		return true
	case f.headline:
		// Nothing to add, it must be unclaimed.
	case f.quotation < 0:
		return false
	case f.parent >= 0:
		return true
	}
	all, claimed := 0, 0
	for _, p := range f.parts {
		all += p.Len()
		for i := p.First; i < p.End; i++ {
			if taken[i] != 0 {
				claimed++
			}
		}
	}
	return claimed*5 <= all
}

// finding is f as the rules have it, so that both end in the same code.
func (x *reading) finding(f *Found) finding {
	g := finding{parts: trimmed(x.d, f.Content), cue: f.Cue, source: f.Source, quotation: -1, parent: -1, group: -1, exact: true}
	h := x.tells(f)
	if i, ok := x.expletive(f, h); ok {
		if g.source == (news.TokenRange{First: i, End: i + 1}) {
			g.source = news.TokenRange{}
		}
		if p := g.parts[0]; len(g.parts) > 1 && p == (news.TokenRange{First: i, End: i + 1}) {
			g.parts = g.parts[1:]
		}
	}
	g.lemma = syntax.Lemma(x.d.Word(h), x.d.Tokens[h].Tag)
	g.attitude = attitudeWords[g.lemma]
	for _, p := range f.Content {
		if q := x.m.Outermost(p.First); q >= 0 {
			g.quotation = q
			g.attitude = false
			break
		}
		if x.m.Inside[p.End-1] >= 0 {
			g.attitude = false
		}
	}
	return g
}

// trimmed is parts without the commas they begin with and a closing bracket, at
// their end, of what they do not open; one that is nothing else stays.
func trimmed(d *news.Document, parts []news.TokenRange) []news.TokenRange {
	for i := range parts {
		p := &parts[i]
		for p.Len() > 1 && d.Word(p.First) == "," {
			p.First++
		}
		if p.Len() > 1 && d.Word(p.End-1) == ")" && !opened(d, *p) {
			p.End--
		}
	}
	return parts
}

// opened reports whether r has an opening bracket.
func opened(d *news.Document, r news.TokenRange) bool {
	for i := r.First; i < r.End; i++ {
		if d.Word(i) == "(" {
			return true
		}
	}
	return false
}

// tells is the token of a cue that tells what kind of report it is: the
// anchor, or the word that it serves as an auxiliary or a copula (was glad).
func (x *reading) tells(f *Found) int32 {
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
func (x *reading) expletive(f *Found, h int32) (it int32, ok bool) {
	last := f.Content[len(f.Content)-1]
	if last.First < f.Cue.End || !clauseOpeners[x.d.Word(last.First)] {
		return 0, false
	}
	it = f.Cue.First - 1
	if it < 0 || !strings.EqualFold(x.d.Word(it), "it") {
		return 0, false
	}
	switch rel := x.d.Tokens[it].Rel; {
	case rel == news.RelExpl || rel == news.RelNsubjPass:
		return it, true
	case isVerbal(x.d.Tokens[h].Tag):
		return 0, false
	}
	return it, sense(senseOf(linear.Hash(syntax.Lemma(x.d.Word(h), x.d.Tokens[h].Tag)), x.d.Tokens[h].Tag)) == senseShow
}

var clauseOpeners = wordSet(`that whether if how what why when where who which`)

// attitudeWords are the lemmas that report a mind, not words: what somebody
// believes, wishes, intends or perceives. Ours, checked against the cues of
// PolNeAR's training articles.
var attitudeWords = wordSet(`want hope plan intend expect wish believe think fear doubt feel suspect worry know
	realize realise assume consider understand imagine guess suppose seem appear see view support
	oppose favor favour prefer decide aim seek try mean like love hate dislike trust desire need dread
	anticipate envision envisage regard perceive sense notice remember forget learn hear
	discover determine conclude mind care enjoy admire respect distrust mistrust resent tire
	eager willing reluctant ready likely confident sure certain convinced optimistic pessimistic
	hopeful afraid aware unaware skeptical sceptical wary concerned worried angry upset happy
	pleased proud glad sad sorry surprised shocked determined keen set poised bound prepared
	belief hope fear plan intention desire wish view opinion feeling doubt concern worry
	expectation assumption suspicion interest support opposition willingness determination
	reluctance preference ambition dream goal aim sense impression confidence faith
	eye weigh contemplate ponder mull look try refuse attempt strive struggle work fight`)

func sortedWords(r Reporters) []string {
	words := make([]string, 0, len(r))
	for w := range r {
		words = append(words, w)
	}
	slices.Sort(words)
	return words
}
