package modality

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// supposed reports a cue under a condition or a modal of the possible.
func (g *group) supposed() bool {
	declined := g.declines()
	for _, i := range g.members {
		w := g.word(i)
		switch {
		case g.w.Conditions.Has(w) && i < g.verb && g.d.Tokens[i].Rel == news.RelMark && !g.even(i):
			return true
		case g.w.Modals.Has(w) && i <= g.verb && !declined && !g.w.Likes.Has(g.lemma(g.verb)):
			return true
		}
	}
	if h := g.d.Tokens[g.top].Head; g.inverted() || h != news.NoHead && g.w.Suppositions.Has(g.lemma(h)) && g.d.Tokens[g.top].Rel == news.RelCcomp {
		return true
	}
	// The main clause of a condition: if anyone asks, he will say.
	if !g.has(g.w.Wills) {
		return false
	}
	for i := g.sentence.First; i < g.sentence.End; i++ {
		t := g.d.Tokens[i]
		if t.Head == g.top && t.Rel == news.RelAdvcl && g.conditional(i) {
			return true
		}
	}
	return false
}

// even reports "even if" at token i, which concedes and sets no condition.
func (g *group) even(i int32) bool { return i > g.sentence.First && g.w.Even.Has(g.word(i-1)) }

// conditional reports a clause with verb i that opens with if or unless.
func (g *group) conditional(i int32) bool {
	for j := g.sentence.First; j < i; j++ {
		if g.d.Tokens[j].Head == i && g.d.Tokens[j].Rel == news.RelMark {
			return g.w.Conditions.Has(g.word(j))
		}
	}
	return false
}

// inverted reports had he said, were she to say, should he say: an auxiliary
// before its subject that opens a clause, with no question mark behind.
func (g *group) inverted() bool {
	for _, i := range g.members {
		if !g.w.Inverts.Has(g.word(i)) || i >= g.verb || g.d.Tokens[i].Tag == news.TagVB {
			continue
		}
		opens := i == g.sentence.First || strings.ContainsAny(g.d.Word(i-1), ",;“\"")
		if !opens || g.word(g.sentence.End-1) == "?" {
			continue
		}
		for j := i + 1; j < g.verb; j++ {
			if t := g.d.Tokens[j]; (t.Head == g.top || t.Head == g.verb) && (t.Rel == news.RelNsubj || t.Rel == news.RelNsubjPass) {
				return true
			}
		}
	}
	return false
}

// coming reports a cue that is still to come.
func (g *group) coming() bool {
	for _, i := range g.members {
		if g.w.Wills.Has(g.word(i)) && !g.w.Woulds.Has(g.word(i)) && i < g.verb {
			return true
		}
	}
	if g.verb == g.top || !g.to(g.verb) {
		return g.isTo() || g.purpose()
	}
	return g.w.Comings.Has(g.lemma(g.top)) && !g.negatedPast() || g.isTo()
}

// purpose reports an infinitive that says what something still to come is for:
// will use the speech to argue.
func (g *group) purpose() bool {
	t := g.d.Tokens[g.top]
	if t.Rel != news.RelAdvcl && t.Rel != news.RelXcomp && t.Rel != news.RelAcl || !g.to(g.top) {
		return false
	}
	for h, steps := t.Head, 0; h != news.NoHead && steps < 3; h, steps = g.d.Tokens[h].Head, steps+1 {
		for i := g.sentence.First; i < h; i++ {
			if u := g.d.Tokens[i]; u.Head == h && u.Rel == news.RelAux && g.w.Wills.Has(g.word(i)) && !g.w.Woulds.Has(g.word(i)) {
				return true
			}
		}
	}
	return false
}

// negatedPast reports a past tense that was not: did not plan to say.
func (g *group) negatedPast() bool { return g.negated && g.has(g.w.Dids) }

// to reports an infinitive with "to".
func (g *group) to(i int32) bool {
	for j := i - 1; j >= g.sentence.First && j >= i-3; j-- {
		if g.w.To.Has(g.word(j)) {
			return true
		}
	}
	return false
}

// isTo reports "is to say", "are about to say", "was due to say".
func (g *group) isTo() bool {
	for j := g.verb - 1; j > g.sentence.First && j >= g.verb-6; j-- {
		if !g.w.To.Has(g.word(j)) {
			continue
		}
		for j--; j >= g.sentence.First && (g.w.Comings.Has(g.word(j)) || g.d.Tokens[j].Tag == news.TagRB); j-- {
		}
		return j >= g.sentence.First && g.w.Bes.Has(g.word(j))
	}
	return false
}

// demands reports an order: "call" is one with "for" or "on" alone.
func (g *group) demands(verb string) bool {
	if !g.w.Particles.Has(verb) {
		return true
	}
	for i := g.verb + 1; i < min(g.cue.End+1, g.sentence.End); i++ {
		if g.w.DemandLinks.Has(g.word(i)) {
			return true
		}
	}
	return false
}

// pleads reports a noun or a participle in a longer cue that orders: sounded a
// call for, sent a letter urging.
func (g *group) pleads() bool {
	for i := g.cue.First; i < g.cue.End; i++ {
		l := g.lemma(i)
		if g.w.Pleas.Has(l) && !isVerb(g.d.Tokens[i].Tag) && i+1 < g.sentence.End && g.w.PleaLinks.Has(g.word(i+1)) {
			return true
		}
		if g.w.Orders.Has(l) && !g.w.Particles.Has(l) && g.d.Tokens[i].Tag == news.TagVBG {
			return true
		}
	}
	return false
}

// asksFor reports "asked for", "asked them for".
func (g *group) asksFor() bool {
	if !g.w.Asks.Has(g.lemma(g.verb)) {
		return false
	}
	for i := g.verb + 1; i < g.sentence.End; i++ {
		if t := g.d.Tokens[i]; t.Rel == news.RelCase && g.w.For.Has(g.word(i)) && t.Head != news.NoHead && g.d.Tokens[t.Head].Head == g.verb {
			return true
		}
	}
	return false
}

// wantsToKnow reports "wanted to know".
func (g *group) wantsToKnow() bool {
	i := g.verb
	if g.w.Wants.Has(g.lemma(i)) {
		i += 2
	}
	return i < g.sentence.End && i >= g.sentence.First+2 && g.w.Knows.Has(g.lemma(i)) && g.w.To.Has(g.word(i-1)) && g.w.DemandsTo.Has(g.lemma(i-2))
}

// infinitive reports what is told in the infinitive: told them to leave.
func (g *group) infinitive(q *news.Quote) bool {
	if first := g.first(q); first >= 0 && q.Parts[0].Span.Start >= q.Cue.End {
		for i := first; i < first+3 && i+1 < g.sentence.End; i++ {
			w := g.word(i)
			if g.w.To.Has(w) && (g.d.Tokens[i+1].Tag == news.TagVB || g.d.Tokens[i+1].Tag == news.TagRB) {
				return true
			}
			if g.w.That.Has(w) || g.w.Openers.Has(w) {
				return false
			}
		}
	}
	for i := g.verb + 1; i < g.sentence.End; i++ {
		t := g.d.Tokens[i]
		if t.Head == g.verb && (t.Rel == news.RelXcomp || t.Rel == news.RelCcomp) {
			return t.Tag == news.TagVB && g.to(i) && !g.clause(i)
		}
	}
	return false
}

// clause reports whether the verb i has a subject or a question word: where to go.
func (g *group) clause(i int32) bool {
	for j := g.verb + 1; j < i; j++ {
		if t := g.d.Tokens[j]; t.Head == i && (t.Rel == news.RelNsubj || g.w.Openers.Has(g.word(j))) {
			return true
		}
	}
	return false
}

// first is the first token of q's words; -1 where there is none.
func (g *group) first(q *news.Quote) int32 {
	i := int(q.Parts[0].Tokens.First)
	for ; i < len(g.d.Tokens) && strings.ContainsAny(g.d.Word(int32(i)), "“”\"'‘’«»„"); i++ {
	}
	if i == len(g.d.Tokens) {
		return -1
	}
	return int32(i)
}

// imperative reports quoted words that begin with a bare verb: “Go home,” she said.
func (g *group) imperative(q *news.Quote) bool {
	if q.Kind != news.Direct || asks(g.d.Text, q) {
		return false
	}
	i := g.first(q)
	if i < 0 || int(i)+1 >= len(g.d.Tokens) || g.d.Tokens[i].Span.Start >= q.Extent().End {
		return false
	}
	w := g.word(i)
	if g.w.Please.Has(w) || g.w.Do.Has(w) && g.w.Not.Has(g.word(i+1)) {
		return true
	}
	return g.d.Tokens[i].Tag == news.TagVB && !g.w.Courtesies.Has(w)
}

// asks reports words that are one question.
func asks(text string, q *news.Quote) bool {
	e := q.Extent()
	words := strings.TrimRight(e.Of(text), "”\"'’»“ ")
	return strings.HasSuffix(words, "?") && !strings.ContainsAny(strings.TrimRight(words, "?"), "?!") && !strings.Contains(words, ". ")
}
