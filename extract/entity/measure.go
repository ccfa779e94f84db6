package entity

import (
	"slices"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// What is measured of a name and of an entity that it may belong to.
const (
	mNew        = iota
	mKind       // of the name
	mKinds      // of the entity
	mWords      // of the name
	mOthers     // words of the entity's name
	mPlace      // where the one stands in the other
	mShared     // share of the shorter's words that the longer has
	mFirst      // how the first words compare
	mLast       // how the last words do
	mSingle     // which word of the entity's name a single word is
	mInitials   // the name is the entity's initials
	mBracket    // one stands in brackets behind the other
	mLegal      // the same but for a legal form
	mSex        // gender by forms of address and given names
	mSuffix     // Jr., II
	mTitle      // an office or form of address before the name
	mSameTitle  // that the entity has too
	mSince      // sentences since the entity's last full name
	mKnown      // it was named in full before
	mRecent     // its rank among the candidates by that
	mOften      // its rank by mentions
	mMentions   // logarithm of their number
	mKin        // introduced as somebody's wife or son
	mByGiven    // the article calls it by its given name alone
	mBefore     // what the same word meant last
	mGiven      // the word is a first name somewhere
	mSurname    // or a surname
	mPlaceName  // or a place
	mTimes      // mentions of the form
	mSure       // probability of the name
	mVotes      // share of the form's mentions of the entity's kind
	mCandidates // number of candidates
	mHeadline   // stands in a headline
	mTheBefore  // "the" stands before it
	mBodyTail   // the entity's name goes on to a word for a body
	mCapitals   // written in capitals alone
	mNext       // gender of the next he or she of the sentence
	mNextAll    // the same over all mentions of the form
	mOffice     // an office stands before a full name of the entity
	mNamesakes  // candidates of whom it is the last word
	NumMeasures
)

var measureNames = [NumMeasures]string{
	"new", "kind", "kinds", "words", "others", "place", "shared", "first", "last", "single", "initials", "bracket", "legal", "sex", "suffix", "title", "same title", "since", "known", "recent", "often", "mentions",
	"kin", "by given", "before", "given", "surname", "place name", "times", "sure", "votes", "candidates", "headline", "the", "body tail", "capitals", "next", "next of all", "office", "namesakes",
}

// measure fills a row for each candidate in g.found, and one for a new entity.
func (g *gathering) measure(f *form, i int32) []float32 {
	n := len(g.found) + 1
	if need := n * NumMeasures; cap(g.rows) < need {
		g.rows = make([]float32, (maxCandidates+1)*NumMeasures)
	}
	rows := g.rows[:n*NumMeasures]
	clear(rows)
	base := rows[(n-1)*NumMeasures:]
	g.measureName(f, i, base)
	namesakes := float32(0)
	for k, x := range g.found {
		row := rows[k*NumMeasures : (k+1)*NumMeasures]
		copy(row, base)
		g.measurePair(f, i, x, row)
		if row[mSingle] >= familyWord {
			namesakes++
		}
	}
	for k, x := range g.found {
		row := rows[k*NumMeasures : (k+1)*NumMeasures]
		for j, y := range g.found {
			other := rows[j*NumMeasures : (j+1)*NumMeasures]
			if other[mSince] < row[mSince] {
				row[mRecent]++
			}
			if len(y.names) > len(x.names) {
				row[mOften]++
			}
		}
	}
	for k := range n {
		rows[k*NumMeasures+mNamesakes] = namesakes
	}
	base[mNew] = 1
	return rows
}

// Namesakes is how many candidates have a single word as their surname.
func Namesakes(rows []float32) int { return int(rows[mNamesakes]) }

// measureName measures the name by itself.
func (g *gathering) measureName(f *form, i int32, row []float32) {
	a := g.a
	n := &a.names[i]
	row[mKind], row[mWords] = float32(f.kind()), float32(len(f.words))
	row[mTimes], row[mSure] = logOf(len(f.names)), n.Confidence
	row[mCandidates] = float32(len(g.found))
	if !n.Title.Empty() {
		row[mTitle] = 1
		if a.mentionSex(i) != 0 {
			row[mTitle] = 2
		}
	}
	if a.t.words[n.Tokens.First].style != plain {
		row[mHeadline] = 1
	}
	first := n.Tokens.First
	if !n.Title.Empty() {
		first = n.Title.First
	}
	if a.r.lex.Article.Has(a.low(first-1)) || a.r.lex.Article.Has(a.low(n.Tokens.First)) {
		row[mTheBefore] = 1
	}
	if !hasLower(a.t.words[n.Tokens.First].shape) && n.Tokens.Len() == 1 {
		row[mCapitals] = 1
	}
	if len(f.words) == 1 {
		x := a.r.gazetteer.Word(hashOf(f.words[0]))
		row[mGiven] = flag(x&(ListGiven|ListForeign) != 0)
		row[mSurname] = flag(x&ListSurname != 0)
		row[mPlaceName] = flag(x&(ListCountry|ListCity) != 0)
	}
}

// measurePair measures what the name has in common with a group.
func (g *gathering) measurePair(f *form, i int32, x *group, row []float32) {
	row[mKinds], row[mOthers] = float32(x.kind), float32(len(x.words))
	row[mVotes] = f.votes[x.kind] / max(sum(f.votes[:]), 1e-6)
	g.measureWords(f, x, row)
	row[mBracket] = flag(g.beside(i) == x)
	sex := g.a.mentionSex(i)
	if sex == 0 && len(f.words) > 1 && f.kind() == Person {
		sex = g.a.r.sexOf(f.words[0])
	}
	row[mSex] = float32(sex * x.sex)
	row[mNext] = float32(g.a.sexBehind(i) * x.sex)
	row[mNextAll] = float32(f.behind * x.sex)
	row[mOffice] = flag(x.office)
	switch {
	case f.suffix != "" && f.suffix == x.suffix:
		row[mSuffix] = 1
	case f.suffix != x.suffix:
		row[mSuffix] = -1
	}
	row[mSameTitle] = flag(g.a.sameTitle(i, x))
	row[mSince], row[mKnown] = 60, 0
	if k, _ := slices.BinarySearch(x.full, i); k > 0 {
		d := g.a.d
		row[mKnown] = 1
		row[mSince] = float32(min(50, d.SentenceAt(g.a.names[i].Tokens.First)-d.SentenceAt(g.a.names[x.full[k-1]].Tokens.First)))
	}
	row[mMentions] = logOf(len(x.names))
	row[mKin] = flag(x.kin)
	row[mByGiven] = flag(x.given != "" && g.alone[x.given])
	switch {
	case f.last == x:
		row[mBefore] = 1
	case f.last != nil:
		row[mBefore] = -1
	}
}

// sameTitle reports whether name i has an office before it that the first full
// names of a group have too.
func (a *analysis) sameTitle(i int32, x *group) bool {
	t := a.names[i].Title
	if t.Empty() || t.Len() == 1 && a.r.lex.Address.Has(a.low(t.First)) {
		return false
	}
	for k, j := range x.full {
		if o := a.names[j].Title; k < 3 && !o.Empty() && a.low(o.End-1) == a.low(t.End-1) {
			return true
		}
	}
	return false
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
	case all > 1 && sum > 0 && 4*sum >= 2*all:
		return 1
	case all > 1 && sum < 0 && -4*sum >= 2*all:
		return -1
	}
	return 0
}

// offices reports whether an office stands before a full name of x.
func (a *analysis) offices(x *group) bool {
	return slices.ContainsFunc(x.full, func(i int32) bool {
		t := a.names[i].Title
		return !t.Empty() && !a.r.lex.Address.Has(a.low(t.End-1))
	})
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
	return float32(4 + bits(n/4))
}

func bits(n int) (b int) {
	for ; n > 1; n >>= 1 {
		b++
	}
	return b
}

func hashOf(w string) uint64 { return syntax.WordHash(w) }
