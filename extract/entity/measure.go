package entity

import (
	"math/bits"
	"slices"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// What is measured of a name and of an entity that it may belong to.
const (
	mNew       = iota
	mKind      // of the name
	mKinds     // of the entity
	mWords     // of the name
	mOthers    // of the entity's name
	mPlace     // where the one stands in the other
	mShared    // share of the shorter's words that the longer has
	mKnown     // it was named in full before
	mMentions  // logarithm of their number
	mBefore    // what the same word meant last
	mVotes     // share of the form's mentions of the entity's kind
	mNext      // gender of the next he or she of the sentence
	mSurname   // which word of the entity's name is it, as a surname
	mNamesakes // candidates of whom it is the surname
	NumMeasures
)

var measureNames = [NumMeasures]string{"new", "kind", "kinds", "words", "others", "place", "shared", "known", "mentions", "before", "votes", "next", "surname", "namesakes"}

// measure fills a row for each candidate in g.found, and one for a new entity.
func (g *gathering) measure(f *form, i int32) []float32 {
	n := len(g.found) + 1
	if need := n * NumMeasures; cap(g.rows) < need {
		g.rows = make([]float32, (maxCandidates+1)*NumMeasures)
	}
	rows := g.rows[:n*NumMeasures]
	clear(rows)
	namesakes := float32(0)
	for k, x := range g.found {
		g.measurePair(f, i, x, rows[k*NumMeasures:])
		if len(f.words) == 1 && g.surname(f, x) != noSurname {
			namesakes++
		}
	}
	for k := range n {
		row := rows[k*NumMeasures:]
		row[mKind], row[mNamesakes] = float32(f.kind()), namesakes
		row[mNew] = flag(k == n-1)
	}
	return rows
}

// Namesakes is how many candidates have a single word as their surname.
func Namesakes(rows []float32) int { return int(rows[mNamesakes]) }

// measurePair measures what the name has in common with a group.
func (g *gathering) measurePair(f *form, i int32, x *group, row []float32) {
	a, b := f.words, x.words
	common := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			common++
		}
	}
	row[mKinds], row[mPlace] = float32(x.kind), float32(placeIn(a, b))
	row[mWords], row[mOthers] = float32(len(a)), float32(len(b))
	row[mShared] = float32(common) / float32(min(len(a), len(b)))
	row[mVotes] = f.votes[x.kind] / max(sum(f.votes[:]), 1e-6)
	row[mNext] = float32(g.a.sexBehind(i) * x.sex)
	row[mKnown] = flag(x.lastFull(i) >= 0)
	row[mMentions] = logOf(len(x.names))
	if len(a) == 1 {
		row[mSurname] = float32(g.surname(f, x))
	}
	switch {
	case f.last == x:
		row[mBefore] = 1
	case f.last != nil:
		row[mBefore] = -1
	}
}

// lastFull is the last full name of a group before name i; -1 where there is none.
func (x *group) lastFull(i int32) int32 {
	if k, _ := slices.BinarySearch(x.full, i); k > 0 {
		return x.full[k-1]
	}
	return -1
}

// mentionSex is what the title of name i tells.
func (a *analysis) mentionSex(i int32) (sex int8) {
	t := a.names[i].Title
	for k := t.First; k < t.End; k++ {
		if s := a.r.lex.sex(a.low(k)); s != 0 {
			sex = s
		}
	}
	return sex
}

// sexBehind is the gender of the first pronoun behind name i in its sentence, no
// other person's name between: 0 for none.
func (a *analysis) sexBehind(i int32) int8 {
	n := &a.names[i]
	end := a.d.Sentences[a.d.SentenceAt(n.Tokens.First)].End
	for k := i + 1; int(k) < len(a.names) && a.names[k].Tokens.First < end; k++ {
		if a.names[k].Kind == Person {
			end = a.names[k].Tokens.First
			break
		}
	}
	for k := n.Tokens.End; k < end; k++ {
		if g := a.d.Tokens[k].Tag; g == news.TagPRP || g == news.TagPRPS {
			if s := a.r.lex.sex(a.low(k)); s != 0 {
				return s
			}
		}
	}
	return 0
}

// sexOf is the gender that a folded first name tells: 1 female, -1 male.
func (r *Recognizer) sexOf(w string) int8 {
	switch r.gazetteer.Word(hashOf(w)).Sex() {
	case news.Female:
		return 1
	case news.Male:
		return -1
	}
	return 0
}

// sexOfForm is the gender of the pronouns behind the mentions of a form, where there
// are two at least and nearly all agree; else 0.
func (a *analysis) sexOfForm(f *form) int8 {
	sum, all := 0, 0
	for _, i := range f.names {
		s := int(a.sexBehind(i))
		sum += s
		all += s * s
	}
	switch {
	case all < 2:
	case 2*sum >= all:
		return 1
	case -2*sum >= all:
		return -1
	}
	return 0
}

func flag(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

func sum(v []float32) (s float32) {
	for _, x := range v {
		s += x
	}
	return s
}

// logOf is a count on a scale that small counts have to themselves.
func logOf(n int) float32 {
	if n < 4 {
		return float32(n)
	}
	return float32(3 + bits.Len(uint(n/4)))
}

func hashOf(w string) uint64 { return syntax.WordHash(w) }
