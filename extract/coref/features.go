package coref

import (
	"math"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// The measurements of one candidate for one mention. Those of the mention are
// the same for all of its candidates and count by meeting those of the
// candidate in a tree. None knows a name.
const (
	fClass     = iota // of the mention
	fPlural           // its number
	fGram             // its grammatical place
	fHeadWord         // of a description: HeadSort
	fPosition         // tokens before it in its sentence
	fReflexive        //

	fType        // 0 person, 1 organization, 2 place, 3 group, 4 described person, 5 document, 6 described body, 7 new
	fSentences   // since its last mention
	fTokens      // the same, log
	fRank        // among what is talked about
	fRankAgree   // among those of them that agree
	fLastGram    // place of its last mention
	fLastForm    // form of its last mention
	fSoFar       // mentions until here, log
	fTotal       // mentions by name in the article, log
	fTop         // rank among the named by mentions
	fHere        // mentioned in this sentence: 1, as subject 2
	fSubjectHere // first subject of this sentence
	fSubjectPrev // of the sentence before
	fGovernor    // subject of the verb that governs the mention: 1; of one above it: 2
	fSex         // 1 agrees, 0 unknown, -1 differs
	fVotes       // 1 other pronouns of this gender have meant it, -1 of the other
	fAgrees      // kind and number: 1, 0, -1
	fRole        // how a description fits: Fit.Role
	fOver        //
	fMiss        //
	fRoleGap     // how much better it fits another
	fRoleRivals  // others that fit as well

	// NumFeatures is the length of a row.
	NumFeatures = iota
)

var featureNames = [NumFeatures]string{
	"class", "plural", "place", "head sort", "position", "reflexive", "type", "sentences since", "tokens since", "rank", "rank among agreeing", "last place", "last form", "mentions so far",
	"mentions by name", "rank by mentions", "in this sentence", "subject here", "subject before", "governing subject", "gender", "gender by pronouns",
	"agreement", "role", "words that fit", "words that do not", "fits another better", "others that fit",
}

var logs = func() (l [1 << 10]float32) {
	for n := range l {
		l[n] = float32(math.Log1p(float64(n)))
	}
	return l
}()

// Log is the logarithm of one more than a count.
func Log(n int32) float32 {
	if 0 <= n && int(n) < len(logs) {
		return logs[n]
	}
	return float32(math.Log1p(float64(max(n, 0))))
}

// Measure fills a row for each candidate of a mention. The rows are good until
// the next call.
func (s *State) Measure(mi int32, ids []int32) []float32 {
	a, m := s.A, &s.A.Mentions[mi]
	if need := len(ids) * NumFeatures; cap(s.rows) < need {
		s.rows = make([]float32, maxChoices*NumFeatures)
	}
	rows := s.rows[:len(ids)*NumFeatures]
	clear(rows)
	base := rows[:NumFeatures]
	s.measureMention(m, base)
	s.lookAbove(m)
	best, rivals := float32(-1), float32(0)
	for k, id := range ids {
		f := rows[k*NumFeatures : (k+1)*NumFeatures]
		if k > 0 {
			copy(f[:fType], base[:fType])
		}
		if id == NewEntity {
			f[fType], f[fSentences], f[fRank], f[fRankAgree], f[fTop] = 7, 40, 40, 40, 40
			continue
		}
		s.measureCandidate(m, &a.Entities[id], id, f)
		best = max(best, f[fRole])
		if f[fRole] >= 1 {
			rivals++
		}
	}
	rank := float32(0)
	for k := range ids { // candidates in mind stand in order of recency
		f := rows[k*NumFeatures : (k+1)*NumFeatures]
		f[fRoleGap], f[fRoleRivals] = best-f[fRole], rivals
		if ids[k] == NewEntity {
			continue
		}
		f[fRankAgree] = rank
		if f[fAgrees] >= 0 && f[fSex] >= 0 {
			rank++
		}
	}
	return rows
}

func (s *State) measureMention(m *Mention, f []float32) {
	a := s.A
	f[fClass], f[fGram], f[fPlural] = float32(m.Class), float32(m.Gram), flag(m.Plural)
	f[fPosition] = float32(min(m.First-a.Sentence(m.First).First, 30))
	if m.Form == news.Nominal {
		f[fHeadWord] = a.HeadSort(m.Head)
	}
	f[fReflexive] = flag(m.Form == news.Pronoun && len(a.Low(m.First)) > 5 && m.Class != Relative)
}

// firstSort is the measurement of the first sort of heads that a language lists.
const firstSort = 5

// headWord is the last part of the word at i, without its plural: runner-up has up.
func (a *Article) headWord(i int32) string {
	w := a.Low(i)
	if _, ok := a.Lex.heads[w]; ok {
		return w
	}
	if k := strings.LastIndexByte(w, '-'); k > 0 {
		w = w[k+1:]
	}
	return one(w)
}

// HeadSort is the sort of the head of a description, as far as it matters for
// whether it stands for somebody named: 1 kin, 2 who speaks for another, 3 a
// body that acts by itself, 4 police, from 5 on the sorts of the language.
func (a *Article) HeadSort(i int32) float32 {
	switch {
	case a.Is(i, Police):
		return 4
	case a.Is(i, Kin):
		return 1
	case a.Is(i, Spokes):
		return 2
	case a.Lex.heads[a.headWord(i)] > 0:
		return a.Lex.heads[a.headWord(i)]
	case a.Is(i, Actor):
		return 3
	}
	return 0
}

func (s *State) measureCandidate(m *Mention, e *Entity, id int32, f []float32) {
	a := s.A
	sent := a.Toks[m.First].Sent
	f[fType] = EntityType(e)
	f[fSentences], f[fTokens], f[fRank], f[fTop] = 40, 8, 40, 40
	if e.SoFar > 0 {
		f[fSentences], f[fTokens] = float32(max(0, min(sent-e.LastSent, 40))), Log(m.First-e.Last)
		f[fLastGram], f[fLastForm] = float32(e.LastGram), float32(e.LastForm)
		if e.LastSent == sent {
			f[fHere] = 1 + flag(e.LastGram == Subject)
		}
	}
	if k := slices.Index(s.Recent, id); k >= 0 {
		f[fRank] = float32(k)
	}
	f[fSoFar], f[fTotal] = Log(e.SoFar), Log(e.Names)
	if e.Class == NoClass {
		f[fTop] = float32(min(s.TopRank[id], 40))
	}
	f[fSubjectHere], f[fSubjectPrev] = s.IsSubject(sent, id), s.IsSubject(sent-1, id)
	f[fGovernor] = s.governs(id)
	if m.Sex != 0 {
		f[fSex] = SameSex(m.Sex, e.Sex)
		switch v := e.Votes * int32(m.Sex); {
		case v > 0:
			f[fVotes] = 1
		case v < 0:
			f[fVotes] = -1
		}
	}
	if m.Form == news.Pronoun {
		f[fAgrees] = Agrees(m.Class, m.Sex, e)
		return
	}
	fit := a.Describes(m.First, m.End, m.Head, m.Class, m.Plural, m.Sex, e)
	f[fRole], f[fOver], f[fMiss] = fit.Role, fit.Over, fit.Miss
}

// IsSubject reports whether entity id is the first subject of a sentence.
func (s *State) IsSubject(sent, id int32) float32 {
	if sent < 0 || int(sent) >= len(s.Subject) || s.Subject[sent] < 0 {
		return 0
	}
	return flag(s.A.Mentions[s.Subject[sent]].Entity == id)
}

// governor is the entity of the subject of a verb that governs a mention, 1, or of
// one above that, 2.
type governor struct {
	entity int32
	depth  float32
}

// lookAbove notes the subjects of the verbs above m, by which all of its
// candidates are measured.
func (s *State) lookAbove(m *Mention) {
	a := s.A
	s.governors = s.governors[:0]
	depth := float32(0)
	for n, h := 0, a.Up(m.Head); n < 6 && h >= 0; n, h = n+1, a.Up(h) {
		k := a.SubjectOf(h)
		if k < 0 {
			continue
		}
		depth++
		if x := a.MentionAt(k); x >= 0 && (k < m.First || k >= m.End) {
			s.governors = append(s.governors, governor{a.Mentions[x].Entity, min(depth, 2)})
		}
	}
}

// governs tells whether entity id is the subject of the verb that governs the
// mention, 1, or of a verb above that one, 2: who is the subject is seldom the
// object of the same verb, and often that of a clause below.
func (s *State) governs(id int32) float32 {
	for _, g := range s.governors {
		if g.entity == id {
			return g.depth
		}
	}
	return 0
}

// EntityType is the sort of entity as a measurement.
func EntityType(e *Entity) float32 {
	switch {
	case e.Class == NoClass && e.Kind == news.Person:
		return 0
	case e.Class == NoClass && e.Place:
		return 2
	case e.Class == NoClass:
		return 1
	case e.Class == ABody:
		return 6
	case e.Kind == news.Group:
		return 3
	case e.Kind == news.Unnamed:
		return 4
	}
	return 5
}

func flag(b bool) float32 {
	if b {
		return 1
	}
	return 0
}
