// Package modality tells of every quotation whether its words were said at all
// and in what mood: its polarity (affirmed, negated, refused) and its modality
// (asserted, asked, ordered, hypothetical, future).
//
// In go a document with tags and a tree and the quotations found in it; they
// come out with Polarity and Modality set and nothing else changed. It reads
// the words around each cue alone, never the models' features.
//
// How: the verbs of the cue are read as one verb group, from the word that the
// sentence hangs on ("is expected") down to the one that reports ("to say"),
// with its auxiliaries, negations, subject and object. Then, the first that
// holds:
//
//	refused       the group declines to speak: declined to comment, would not
//	              say, did not respond, could not be reached
//	negated       a negation belongs to the group, its subject or its object
//	hypothetical  a condition or a modal of the possible: would say, might say,
//	              had he said, if she says
//	future        will say, is to say, is expected to say
//	ordered       a verb of ordering, or of telling with an infinitive
//	asked         a verb of asking, or words that end in a question mark
//
// A denial is a statement: "denied that" is affirmed. Without a tree (the prose
// engine) words and tags beside the cue are all there is, and the order of the
// words stands for the tree. The distinctions follow Saurí and Pustejovsky,
// FactBank (2009), as far as the reporting verb shows them.
package modality

import (
	"strings"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
)

// Mark sets the polarity and the modality of quotations found in d, whose
// language is l.
func Mark(l *lang.Language, d *news.Document, quotes []news.Quote) {
	g := group{d: d, language: l, w: lang.Bind[Words](l)}
	for i := range quotes {
		q := &quotes[i]
		q.Polarity, q.Modality = news.Affirmed, news.Asserted
		if !g.read(q) {
			if asks(d.Text, q) {
				q.Modality = news.Asked
			}
			continue
		}
		q.Polarity = g.polarity()
		q.Modality = g.modality(q)
	}
}

// group is the verb group of one cue.
type group struct {
	language *lang.Language
	w        *Words
	d        *news.Document
	sentence news.TokenRange
	cue      news.TokenRange
	top      int32   // the word of the cue that the sentence hangs on
	verb     int32   // the word that reports
	members  []int32 // the cue's tokens and what belongs to its verbs, in text order
	negated  bool
}

// read fills g with q's cue; ok is false without one.
func (g *group) read(q *news.Quote) (ok bool) {
	if q.CueTokens.Empty() {
		return false
	}
	g.cue = q.CueTokens
	g.sentence = g.d.Sentences[g.d.SentenceAt(g.cue.First)]
	g.verbs()
	g.gather()
	return true
}

// verbs finds the topmost word of the cue and, below it, the one that reports.
func (g *group) verbs() {
	g.top = g.cue.End - 1
	for i := g.cue.First; i < g.cue.End; i++ {
		t := g.d.Tokens[i]
		if !g.cue.Contains(t.Head) && isVerb(t.Tag) {
			g.top = i
			break
		}
	}
	g.verb = g.top
	for i := g.cue.First; i < g.cue.End; i++ {
		if t := g.d.Tokens[i]; i > g.verb && isVerb(t.Tag) && (t.Head == g.verb && t.Rel == news.RelXcomp || t.Head == news.NoHead) {
			g.verb = i
		}
	}
	// "is expected to say", of which only "say" is the cue.
	for g.d.Tokens[g.top].Rel == news.RelXcomp {
		h := g.d.Tokens[g.top].Head
		if h == news.NoHead || h > g.top || !g.w.Leads.Has(g.lemma(h)) {
			break
		}
		g.top = h
	}
}

// belongs are the relations of the words that make a verb's mood and polarity.
func belongs(r news.Rel) bool {
	switch r {
	case news.RelAux, news.RelAuxPass, news.RelCop, news.RelAdvmod, news.RelMark, news.RelCcPreconj, news.RelCompoundPrt:
		return true
	}
	return false
}

// gather collects the members and looks for a negation of them.
func (g *group) gather() {
	g.members, g.negated = g.members[:0], false
	carrier := g.carrier()
	for i := g.sentence.First; i < g.sentence.End; i++ {
		t := g.d.Tokens[i]
		own := t.Head == g.top || t.Head == g.verb || t.Head == carrier
		switch {
		case g.cue.Contains(i), i == g.top, own && i < g.verb && belongs(t.Rel):
			g.members = append(g.members, i)
			if g.w.Negations.Has(g.word(i)) && !g.only(i) || g.w.Noes.Has(g.word(i)) || g.w.Nobodies.Has(g.word(i)) {
				g.negated = true
			}
		case own && (t.Rel == news.RelNsubj || t.Rel == news.RelNsubjPass || t.Rel == news.RelObj || t.Rel == news.RelIobj):
			if (g.nobody(i) || t.Rel == news.RelNsubj && g.w.Few.Has(g.word(i))) && (t.Head == carrier || i < g.top || t.Rel == news.RelObj) {
				g.negated = true
			}
		}
	}
}

// carrier is the verb whose auxiliaries a coordinated base form shares: will
// publish its findings and say.
func (g *group) carrier() int32 {
	t := g.d.Tokens[g.top]
	if t.Rel == news.RelConj && (t.Tag == news.TagVB || t.Tag == news.TagVBP) && t.Head != news.NoHead {
		for i := t.Head; i < g.top; i++ {
			if u := g.d.Tokens[i]; u.Head == g.top && (u.Rel == news.RelAux || u.Rel == news.RelNsubj) {
				return g.top
			}
		}
		return t.Head
	}
	return g.top
}

// only reports "not only" at a negation, which negates nothing.
func (g *group) only(i int32) bool {
	next := i + 1
	return next < g.sentence.End && (g.w.Only.Has(g.word(next)))
}

// nobody reports whether token i, a subject or an object, is nobody or nothing:
// no doctor, neither side, none of them.
func (g *group) nobody(i int32) bool {
	if g.w.Nobodies.Has(g.word(i)) {
		return true
	}
	for j := i - 1; j >= g.sentence.First && j >= i-4; j-- {
		if g.d.Tokens[j].Head == i && g.w.Noes.Has(g.word(j)) {
			return true
		}
		if j > g.sentence.First && g.w.One.Has(g.word(j)) && g.w.Not.Has(g.word(j-1)) {
			return true
		}
	}
	return false
}

// word is token i in lower case, with plain apostrophes.
func (g *group) word(i int32) string {
	return strings.ReplaceAll(strings.ToLower(g.d.Word(i)), "’", "'")
}

func (g *group) lemma(i int32) string {
	return g.language.Lemma(g.d.Word(i), g.d.Tokens[i].Tag)
}

// has reports whether a member is one of words.
func (g *group) has(words lang.Set) bool {
	for _, i := range g.members {
		if words.Has(g.word(i)) {
			return true
		}
	}
	return false
}

func isVerb(t news.Tag) bool { return t >= news.TagVB && t <= news.TagVBZ }

// polarity is whether the words were said.
func (g *group) polarity() news.Polarity {
	switch {
	case g.declines():
		return news.Refused
	case g.negated, g.w.Withheld.Has(g.lemma(g.top)) && (g.top != g.verb || g.speaks()), g.yet():
		return news.Negated
	}
	return news.Affirmed
}

// speaks reports whether a verb of speaking goes with the cue.
func (g *group) speaks() bool {
	for i := g.top; i < min(g.top+6, g.sentence.End); i++ {
		if g.w.Answers.Has(g.lemma(i)) {
			return true
		}
	}
	return false
}

// yet reports "has yet to say".
func (g *group) yet() bool {
	for _, i := range g.members {
		if g.w.Yet.Has(g.word(i)) && i+1 < g.sentence.End && g.w.To.Has(g.word(i+1)) {
			return true
		}
	}
	return false
}

// declines reports a cue that says that somebody would not speak.
func (g *group) declines() bool {
	top := g.lemma(g.top)
	around := strings.ToLower(g.d.Span(news.TokenRange{First: g.cue.First, End: min(g.cue.End+6, g.sentence.End)}).Of(g.d.Text))
	for _, p := range g.w.silences {
		if strings.Contains(around, p) {
			return true
		}
	}
	switch {
	case g.w.Refusals.Has(top):
		return g.speaks()
	case !g.negated:
		return false
	case g.has(g.w.Wills):
		return g.w.Discloses.Has(g.lemma(g.verb)) && !g.has(g.w.Nevers) && !g.firstPerson()
	}
	return g.w.Replies.Has(g.lemma(g.verb))
}

func (g *group) firstPerson() bool {
	for i := g.sentence.First; i < g.top; i++ {
		if t := g.d.Tokens[i]; t.Head == g.top && t.Rel == news.RelNsubj {
			return g.w.FirstPerson.Has(g.word(i))
		}
	}
	return false
}

// modality is the mood of q, whose group g is.
func (g *group) modality(q *news.Quote) news.Modality {
	verb := g.lemma(g.verb)
	switch {
	case g.supposed():
		return news.Hypothetical
	case g.coming():
		return news.Future
	case g.w.Orders.Has(verb) && g.demands(verb), g.pleads(), g.w.Requests.Has(verb) && (g.infinitive(q) || g.asksFor()), !g.w.Questions.Has(verb) && g.imperative(q):
		return news.Ordered
	case g.w.Questions.Has(verb), g.wantsToKnow(), asks(g.d.Text, q):
		return news.Asked
	}
	return news.Asserted
}
