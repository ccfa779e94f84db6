package coref

import "github.com/whosaid/whosaid/extract/news"

// link makes the lists of children.
func (a *Article) link() {
	n := len(a.Toks)
	a.child, a.sibling = make([]int32, n), make([]int32, n)
	for i := range a.child {
		a.child[i] = -1
	}
	for i := n - 1; i >= 0; i-- {
		if h := a.Doc.Tokens[i].Head; h >= 0 {
			a.sibling[i] = a.child[h]
			a.child[h] = int32(i)
		} else {
			a.sibling[i] = -1
		}
	}
}

// Child is the first token that hangs on token i by one of the relations; -1
// for none.
func (a *Article) Child(i int32, rels ...news.Rel) int32 {
	if i < 0 {
		return -1
	}
	for k := a.child[i]; k >= 0; k = a.sibling[k] {
		for _, r := range rels {
			if a.Doc.Tokens[k].Rel == r {
				return k
			}
		}
	}
	return -1
}

// SubjectOf is the subject of token i; -1 for none.
func (a *Article) SubjectOf(i int32) int32 {
	return a.Child(i, news.RelNsubj, news.RelNsubjPass, news.RelNsubjOuter)
}

// Rel is the relation of token i to its head.
func (a *Article) Rel(i int32) news.Rel { return a.Doc.Tokens[i].Rel }

// Up is the head of token i, within its sentence; -1 for none.
func (a *Article) Up(i int32) int32 {
	if h := a.Doc.Tokens[i].Head; h >= 0 && a.Toks[h].Sent == a.Toks[i].Sent {
		return h
	}
	return -1
}

// maxHops bounds the way up the tree from a cue to the verb whose subject is
// also the cue's.
const maxHops = 5

// SubjectOver is the subject of token i or of the nearest verb that it hangs
// on as the second of two verbs, a participle or an infinitive: in "X left,
// saying that …" it is X, in "X pressed Y to apologise" it is Y. -1 for none.
func (a *Article) SubjectOver(i int32) int32 {
	for hops := 0; hops < maxHops && i >= 0; hops++ {
		if k := a.SubjectOf(i); k >= 0 {
			return k
		}
		if up := a.speechOver(i); up >= 0 {
			i = up
			continue
		}
		h := a.Up(i)
		switch a.Rel(i) {
		case news.RelAcl: // a man saying that
			if h >= 0 && a.Low(i-1) != "," && a.MaySpeak(h) {
				return h
			}
		case news.RelXcomp: // X pressed Y to apologise
			if o := a.Child(h, news.RelObj); o >= 0 && o < i && a.MaySpeak(o) {
				return o
			}
		}
		i = h
	}
	return -1
}

// speechOver is the verb of speech to which token i belongs where it hangs on
// the clause that this verb reports: another verb of speech (X said Y would
// stay and said …), or a participle after a comma (X said Y would stay,
// citing …). -1 otherwise.
func (a *Article) speechOver(i int32) int32 {
	h := a.Up(i)
	if h < 0 || a.Rel(h) != news.RelCcomp || a.Up(h) < 0 || !a.Is(a.Up(h), Say) {
		return -1
	}
	up := a.Up(h)
	switch a.Rel(i) {
	case news.RelConj:
		if a.Is(i, Say) && !a.Is(h, Say) && a.Tag(up) == a.Tag(i) {
			return up
		}
	case news.RelAdvcl:
		if a.Tag(i) == news.TagVBG && a.Low(i-1) == "," {
			return up
		}
	}
	return -1
}

// AgentOf is who does what the passive verb at i says: the head of its "by"
// phrase, which the tree may hang on what the verb makes of its subject. -1 for
// none.
func (a *Article) AgentOf(i int32) int32 {
	if k := a.Child(i, news.RelOblAgent); k >= 0 {
		return k
	}
	x := a.Child(i, news.RelXcomp)
	if x < 0 {
		return -1
	}
	return a.Child(x, news.RelOblAgent)
}

// MaySpeak reports whether token i heads a name, a personal pronoun or a
// description of people or a body.
func (a *Article) MaySpeak(i int32) bool {
	m := a.MentionAt(i)
	if m < 0 {
		return false
	}
	switch a.Mentions[m].Class {
	case One, Several, ABody, HeShe, They, First, Relative:
		return true
	}
	return a.Mentions[m].Form == news.Name
}

// Phrase is the noun phrase of the head at i: all that hangs on it but clauses
// and, where bare is set, appositions and what marks them off.
func (a *Article) Phrase(i int32, bare bool) news.TokenRange {
	r := news.TokenRange{First: i, End: i + 1}
	a.spread(i, &r, bare, 8)
	return r
}

func (a *Article) spread(i int32, r *news.TokenRange, bare bool, depth int) {
	if depth == 0 {
		return
	}
	for k := a.child[i]; k >= 0; k = a.sibling[k] {
		switch a.Rel(k) {
		case news.RelAcl, news.RelAclRelcl, news.RelCcomp, news.RelParataxis, news.RelAdvcl, news.RelCop, news.RelNsubj, news.RelAux:
			continue
		case news.RelConj:
			if t := a.Tag(k); t != news.TagNN && t != news.TagNNS && t != news.TagNNP && t != news.TagNNPS {
				continue
			}
		case news.RelAppos, news.RelPunct:
			if bare && k > i {
				continue
			}
		}
		if a.Toks[k].Sent != a.Toks[i].Sent {
			continue
		}
		r.First, r.End = min(r.First, k), max(r.End, k+1)
		a.spread(k, r, bare, depth-1)
	}
}
