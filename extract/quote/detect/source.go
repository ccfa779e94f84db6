package detect

import (
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/news/tree"
)

// origin tells where a candidate's source comes from.
type origin uint8

const (
	fromNowhere origin = iota // it has none
	fromTagger
	fromTree
	fromRules
)

// Complete makes contents whole (complete.go) and finds the sources that the
// second tagger left out: in the tree, else in what the rules propose for the
// cue. The document has been Prepared; t is what the first tagger says of it.
//
// Candidates are completed in their order: one may take the words of a source
// that another has.
func (f *Featurizer) Complete(d *news.Document, t *FirstPass, found []Candidate) {
	for i := range found {
		complete(f.marks, &found[i])
	}
	for i := range found {
		g := &found[i]
		g.origin, g.proposal = fromNowhere, -1
		if !g.Source.Empty() {
			g.origin = fromTagger
			continue
		}
		if g.Source = f.actor(d, t, found, g); !g.Source.Empty() {
			g.origin = fromTree
			continue
		}
		for k := range f.proposals {
			if p := &f.proposals[k]; meet(p.Cue, g.Cue) && !p.Source.Empty() && !g.verb(d, p.Source) {
				g.Source, g.origin, g.proposal = p.Source, fromRules, int32(k)
				break
			}
		}
		if g.Source.Empty() {
			g.Source = f.heardSaying(d, g)
		}
	}
}

// verb reports whether r is a verb of g's cue, which the rules took for a noun.
func (g *Candidate) verb(d *news.Document, r news.TokenRange) bool {
	return r.Len() == 1 && g.Cue.Contains(r.First) && d.Tokens[r.First].Tag.Verb()
}

// heardSaying is the subject of a cue that tells how somebody was heard: a voice can be
// heard saying. It is empty where the cue has no such verb.
func (f *Featurizer) heardSaying(d *news.Document, g *Candidate) news.TokenRange {
	last := g.Cue.End - 1
	if g.Cue.Len() < 2 || d.Tokens[last].Tag != news.TagVBG {
		return news.TokenRange{}
	}
	for v := g.Cue.First; v < last; v++ {
		if d.Tokens[v].Tag != news.TagVBN {
			continue
		}
		if s := f.tree.Subject(v); s != tree.None && !g.holds(s) {
			if r := f.tree.Phrase(s); !meet(r, g.Cue) && !overlapsAny(r, g.Content) {
				return r
			}
		}
	}
	return news.TokenRange{}
}

// actor is the source of g as the parse has it: the subject of its cue, or that
// of the verb it is joined to (tree.Actor). Its words are those of another
// candidate's source or of the first tagger's where they hold the subject, else
// the subject's own phrase. It is empty where the tree tells of none, or of one
// that is spoken to, or that is part of what is said.
func (f *Featurizer) actor(d *news.Document, t *FirstPass, found []Candidate, g *Candidate) news.TokenRange {
	h := f.cueHead(d, g)
	s := f.tree.Actor(h)
	if s == tree.None || g.holds(s) || f.isAddressee(d, h) {
		return news.TokenRange{}
	}
	r := f.phrase(d, t, found, s)
	if r.Contains(g.Anchor.Token) || overlapsAny(r, g.Content) {
		return news.TokenRange{}
	}
	return r
}

// isAddressee reports whether the subject of verb v is spoken to and does not speak: X
// was told that …; asked whether …, X said.
func (f *Featurizer) isAddressee(d *news.Document, v int32) bool {
	if !f.words.asked.Has(f.words.lemma(d.Word(v), news.TagVBN)) {
		return false
	}
	if s := f.tree.Subject(v); s != tree.None {
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

// cueHead is the verb of the cue that the others hang on, else its anchor.
func (f *Featurizer) cueHead(d *news.Document, g *Candidate) int32 {
	if h := f.tree.Head(g.Cue); h != tree.None && d.Tokens[h].Tag.Verb() {
		return h
	}
	return g.Anchor.Token
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
	return f.tree.Phrase(s) // relative clauses and asides are rarely marked
}
