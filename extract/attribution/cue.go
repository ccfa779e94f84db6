package attribution

import (
	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/news"
)

// The forms of a cue.
const (
	noCue      = iota
	cueVerb    // said, is worried
	cuePart    // saying
	cuePassive // was asked, labeled
	cueNoun    // the pledge
	cueOther   // according to, a colon
)

// cue is what the syntax of a statement's cue tells of its speaker.
type cue struct {
	form    int
	head    int32   // its last verb, else its noun or adjective; -1
	control int32   // subject of the verb that the head is or hangs on; -1
	asks    bool    // was asked, when pressed on
	manner  float32 // 1 somebody's deed (the pledge), -1 its subject is spoken about (seems, is expected), 0 neither
}

// readCue takes a cue apart.
func (a reader) readCue(sp news.Span) cue {
	c := cue{head: -1, control: -1}
	r := a.TokensIn(sp)
	if r.Empty() {
		return c
	}
	be := a.cueHead(r, &c)
	if c.head < 0 {
		c.form = cueOther
		return c
	}
	for i := r.First; i < r.End; i++ {
		switch {
		case a.Is(i, coref.Impersonal) && !(a.Is(i, coref.Feeling) || a.Is(i, coref.NamedAs) && a.Tag(i+1) == news.TagIN), c.form == cuePassive && a.Is(i, coref.Hearsay):
			c.manner = -1
		case c.manner == 0 && a.Is(i, coref.Deed):
			c.manner = 1
		}
	}
	if c.form == cuePassive || c.head == r.First && !be && (a.Tag(c.head) == news.TagVBD || a.Tag(c.head) == news.TagVBN) {
		c.asks = a.Is(c.head, coref.Ask) && a.SubjectOf(c.head) < 0
	}
	if c.asks && c.form == cueVerb {
		c.form = cuePassive
	}
	c.control = a.SubjectOver(c.head)
	return c
}

// cueHead finds the head and the form of a cue; be reports a form of "be" in it.
func (a reader) cueHead(r news.TokenRange, c *cue) (be bool) {
	verb, nounAt, adjective := int32(-1), int32(-1), int32(-1)
	for i := r.First; i < r.End; i++ {
		if a.Is(i, coref.Be) {
			be = true
			continue
		}
		switch a.Tag(i) {
		case news.TagVB, news.TagVBD, news.TagVBG, news.TagVBN, news.TagVBP, news.TagVBZ:
			verb = i
		case news.TagNN, news.TagNNS:
			if nounAt < 0 {
				nounAt = i
			}
		case news.TagJJ:
			adjective = i
		}
	}
	switch {
	case verb >= 0:
		c.head, c.form = verb, a.verbForm(r, verb, be)
	case nounAt >= 0:
		c.head, c.form = nounAt, cueNoun
	case adjective >= 0 && be:
		c.head, c.form = adjective, cueVerb
	}
	return be
}

func (a reader) verbForm(r news.TokenRange, verb int32, be bool) int {
	feels := a.Is(verb, coref.Feeling)
	switch a.Tag(verb) {
	case news.TagVBG:
		return cuePart
	case news.TagVBN:
		if !be && r.First < verb || a.Is(verb-1, coref.Have) || feels {
			return cueVerb
		}
		return cuePassive
	}
	if be && !feels {
		return cuePassive
	}
	return cueVerb
}

// swapped reports whether a statement's source and cue have changed places: the
// source is a verb of speech alone, the cue holds a name.
func (a reader) swapped(q *news.Quote, s *source) bool {
	if s.tokens.Len() != 1 || !a.Is(s.tokens.First, coref.Say) || a.Has(s.tokens.First, coref.Cap) || s.form != news.Nominal {
		return false
	}
	r := a.TokensIn(q.Cue)
	for i := r.First; i < r.End; i++ {
		if a.NameAt(i) >= 0 {
			return true
		}
	}
	return false
}

// implied is the phrase that names the speaker of a statement without source
// by the syntax of its cue: the subject of an active verb, even one that it
// shares with another verb (X denied it and blamed Y); the "by" phrase of a passive; the owner of a
// noun (X's pledge). Empty when the syntax names none.
func (a reader) implied(c *cue, words news.TokenRange) news.TokenRange {
	subj := int32(-1)
	switch {
	case c.head < 0 || c.manner < 0 && c.form != cuePassive:
	case c.asks: // asked whether …, X said: not X
		subj = a.AgentOf(c.head)
	case c.form == cueVerb || c.form == cuePart:
		subj = c.control
	case c.form == cuePassive:
		subj = a.AgentOf(c.head)
	case c.form == cueNoun:
		subj = a.Child(c.head, news.RelNmodPoss)
	}
	if subj < 0 || words.Contains(subj) && c.form != cueNoun || !a.MaySpeak(subj) {
		return news.TokenRange{}
	}
	r := a.Phrase(subj, a.NameAt(subj) >= 0)
	if words.First > subj {
		r.End = min(r.End, max(words.First, subj+1))
	} else {
		r.First = max(r.First, min(words.End, subj))
	}
	return r
}
