package detect

import (
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// inherit gives an attribution without a source the subject of its cue as the
// parse has it: the cue's own, or that of the verb it is joined to (X made a
// speech and pledged …; X spoke, promising …; X forced Y to admit …). The
// words of the source are those of another attribution or of the first
// tagger where they hold the subject, else the subject's own phrase. It reports
// whether there is one.
func (f *Featurizer) inherit(d *news.Document, t *FirstPass, found []Candidate, g *Candidate) bool {
	h := cueHead(d, g)
	s := subject(d, f.subjects, h)
	if s < 0 || g.holds(s) || f.isAddressee(d, h) {
		return false
	}
	g.Source = f.phrase(d, t, found, s)
	if g.Source.Contains(g.Anchor.Token) || overlapsAny(g.Source, g.Content) {
		g.Source = news.TokenRange{}
	}
	return !g.Source.Empty()
}

// spokenTo are the verbs whose passive has for its subject who is spoken to.
var spokenTo = wordSet(`ask question quiz press tell inform remind`)

// isAddressee reports whether the subject of verb v is spoken to and does not speak: X
// was told that …; asked whether …, X said.
func (f *Featurizer) isAddressee(d *news.Document, v int32) bool {
	if !spokenTo[syntax.Lemma(d.Word(v), news.TagVBN)] {
		return false
	}
	if s := f.subjects[v]; s >= 0 {
		return d.Tokens[s].Rel == news.RelNsubjPass
	}
	t := d.Tokens[v]
	return t.Tag != news.TagVBG && (t.Rel == news.RelAdvcl || t.Rel == news.RelAcl)
}

// holds reports whether token i is part of f's cue or content.
func (f *Candidate) holds(i int32) bool {
	if f.Cue.Contains(i) {
		return true
	}
	for _, r := range f.Content {
		if r.Contains(i) {
			return true
		}
	}
	return false
}

func overlapsAny(r news.TokenRange, rs []news.TokenRange) bool {
	for _, s := range rs {
		if meet(r, s) {
			return true
		}
	}
	return false
}

// cueHead is the token of the cue that the others hang on.
func cueHead(d *news.Document, f *Candidate) int32 {
	for i := f.Cue.First; i < f.Cue.End; i++ {
		if h := d.Tokens[i].Head; h == news.NoHead || !f.Cue.Contains(h) {
			if d.Tokens[i].Tag.Verb() {
				return i
			}
		}
	}
	return f.Anchor.Token
}

// subject finds who does what verb v says, -1 where the parse does not tell.
// subjects holds the subject of every token, -1 for none.
func subject(d *news.Document, subjects []int32, v int32) int32 {
	for range 5 {
		if s := subjects[v]; s >= 0 {
			return s
		}
		t := d.Tokens[v]
		if t.Head == news.NoHead {
			return -1
		}
		switch t.Rel {
		case news.RelConj, news.RelXcomp, news.RelAdvcl, news.RelParataxis, news.RelAux, news.RelCop:
			v = t.Head
		case news.RelAcl:
			if h := d.Tokens[t.Head].Tag; h == news.TagNNP || h == news.TagPRP {
				return t.Head
			}
			return -1
		default:
			return -1
		}
	}
	return -1
}

// phrase is the words of the source whose head is token s.
func (f *Featurizer) phrase(d *news.Document, t *FirstPass, found []Candidate, s int32) news.TokenRange {
	for i := range found {
		if r := found[i].Source; r.Contains(s) {
			return r
		}
	}
	if y := t.Labels[s]; y == LabelBS || y == LabelIS {
		r := news.TokenRange{First: s, End: s + 1}
		for r.First > 0 && t.Labels[r.First] == LabelIS {
			r.First--
		}
		for int(r.End) < len(d.Tokens) && t.Labels[r.End] == LabelIS {
			r.End++
		}
		return r
	}
	if tag := d.Tokens[s].Tag; tag != news.TagPRP && tag != news.TagNNP {
		return news.TokenRange{}
	}
	r := news.TokenRange{First: f.lo[s], End: f.hi[s] + 1}
	// Without a relative clause or an aside, which are rarely marked.
	for i := s + 1; i < r.End; i++ {
		if t := d.Tokens[i]; t.Tag == news.TagCOMMA || t.Rel == news.RelAclRelcl && t.Head == s {
			r.End = i
		}
	}
	return r
}
