package coref

import (
	"slices"

	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/news"
)

// Bounds of the walk: each mention looks at no more than these, which keeps the
// time linear in the article's length.
const (
	maxRecent  = 32 // entities remembered as talked about
	maxMind    = 14 // of them, candidates of a mention
	maxLookup  = 8  // entities found by role beside those
	maxChoices = maxMind + 2*maxLookup + 2
)

// NewEntity is the candidate that stands for an entity not met before.
const NewEntity int32 = -1

// State walks an article in text order and keeps what is talked about.
type State struct {
	A       *Article
	Recent  []int32 // entities, the most recently mentioned first
	Subject []int32 // of each sentence: its first mention that is a subject; -1
	TopRank []int32 // place of each named entity by number of mentions
	Top     []int32 // named entities by number of mentions
	Waiting []bool  // mentions that are sources, left to attribution

	// Pick overrules the ranker while training; it may be nil. It answers with
	// the index of a candidate, or -1 to let the ranker decide.
	Pick func(mention int32, candidates []int32, rows []float32) int

	model  *Model
	next   int              // first mention not yet seen
	byHead map[string]int32 // head noun of a description -> its latest entity
	rows   []float32
	ids    []int32
	scores [maxChoices]float32

	governors []governor // of the mention being measured (lookAbove)

	probs [maxChoices]float64
}

// NewState begins a walk. Without a model nothing but names is resolved.
func NewState(a *Article, m *Model) *State {
	s := &State{A: a, model: m, Waiting: make([]bool, len(a.Mentions)), byHead: map[string]int32{}, TopRank: make([]int32, len(a.Entities)), Subject: make([]int32, len(a.Doc.Sentences))}
	for e := range a.Entities {
		s.Top = append(s.Top, int32(e))
	}
	slices.SortStableFunc(s.Top, func(x, y int32) int { return int(a.Entities[y].Names - a.Entities[x].Names) })
	for i, e := range s.Top {
		s.TopRank[e] = int32(i)
	}
	for i := range s.Subject {
		s.Subject[i] = -1
	}
	for i := range a.Mentions {
		m := &a.Mentions[i]
		if t := a.Toks[m.First].Sent; m.Gram == Subject && !m.Quoted && s.Subject[t] < 0 && m.Class != Relative {
			s.Subject[t] = int32(i)
		}
	}
	return s
}

// Until takes in all mentions that begin before token i.
func (s *State) Until(i int32) {
	for s.next < len(s.A.Mentions) && s.A.Mentions[s.next].First < i {
		s.see(int32(s.next))
		s.next++
	}
}

// see takes in one mention: a name touches its entity; a pronoun or
// description is resolved first, unless attribution has done so or will.
func (s *State) see(mi int32) {
	m := &s.A.Mentions[mi]
	if m.Entity < 0 && !s.Waiting[mi] {
		s.resolve(mi)
	}
	if m.Entity >= 0 {
		s.Touch(m.Entity, m)
	}
}

// Touch moves an entity to the front of what is talked about.
func (s *State) Touch(id int32, m *Mention) {
	e := &s.A.Entities[id]
	e.Last, e.LastSent, e.LastGram, e.LastForm = m.First, s.A.Toks[m.First].Sent, m.Gram, m.Form
	e.SoFar++
	k := slices.Index(s.Recent, id)
	switch {
	case k == 0:
		return
	case k > 0:
		copy(s.Recent[1:k+1], s.Recent[:k])
	default:
		if len(s.Recent) < maxRecent {
			s.Recent = append(s.Recent, 0)
		}
		copy(s.Recent[1:], s.Recent)
	}
	s.Recent[0] = id
}

// resolve finds the antecedent of a pronoun or description by the ranker.
func (s *State) resolve(mi int32) {
	m := &s.A.Mentions[mi]
	switch {
	case m.Class == Relative:
		m.Entity = s.RelativeHead(m.First)
		return
	case m.Class == First || m.Class == You || m.Class == That:
		return // attribution knows who speaks
	case m.Form == news.Nominal && !m.Definite:
		m.Entity = s.Describe(mi)
		return
	}
	ids := s.Candidates(mi)
	rows := s.Measure(mi, ids)
	best := -1
	if s.Pick != nil {
		best = s.Pick(mi, ids, rows)
	}
	if best < 0 {
		if s.model == nil {
			return
		}
		best = s.rank(ids, rows)
	}
	if ids[best] == NewEntity {
		if m.Form == news.Nominal {
			m.Entity = s.Describe(mi)
		}
		return
	}
	s.Link(mi, ids[best])
}

// Link ties a pronoun or description to an entity.
func (s *State) Link(mi, id int32) {
	m := &s.A.Mentions[mi]
	m.Entity = id
	e := &s.A.Entities[id]
	if m.Class == HeShe {
		e.Votes += int32(m.Sex)
	}
	if m.Form == news.Nominal {
		s.byHead[s.A.Low(m.Head)] = id
	}
}

// rank is the index of the likeliest candidate; the probabilities of all stand
// in probs.
func (s *State) rank(ids []int32, rows []float32) int {
	scores := s.scores[:len(ids)]
	s.model.ranker.Score(rows, scores)
	forest.Softmax(scores, s.probs[:])
	best := 0
	for k := range scores {
		if scores[k] > scores[best] {
			best = k
		}
	}
	return best
}

// Describe makes a new entity of a description.
func (s *State) Describe(mi int32) int32 {
	m := &s.A.Mentions[mi]
	return s.AddDescribed(m.First, m.End, m.Head, m.Class, m.Sex, m.Plural, KindOf(m.Class, m.Plural), s.A.Text(m.First, m.End))
}

// AddDescribed makes a new entity of the description [first, end).
func (s *State) AddDescribed(first, end, head int32, c Class, sex int8, plural bool, kind news.SpeakerKind, name string) int32 {
	a := s.A
	id := int32(len(a.Entities))
	e := newEntity(Named{Entity: news.Entity{Name: name, Kind: kind}})
	e.Class, e.Sex, e.Plural = max(c, One), sex, plural
	for k := first; k < end && k < first+12; k++ {
		if a.Has(k, Word) && !a.Is(k, stop) {
			a.callWord(&e, a.Lex.Full(a.Low(k)), k == head)
		}
	}
	a.Entities = append(a.Entities, e)
	s.byHead[a.Low(head)] = id
	return id
}

// ByHead is the entity that a description with this head last stood for; -1.
func (s *State) ByHead(head string) int32 {
	if id, ok := s.byHead[head]; ok {
		return id
	}
	return -1
}

// Candidates lists whom a mention may stand for: who is in mind, whom its head
// has been said of, and NewEntity. The slice is good until the next call.
func (s *State) Candidates(mi int32) []int32 {
	a, m := s.A, &s.A.Mentions[mi]
	out := s.ids[:0]
	add := func(id int32) {
		if id >= 0 && len(out) < maxChoices-1 && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	for k, id := range s.Recent {
		if k >= maxMind {
			break
		}
		if m.Form == news.Pronoun && Agrees(m.Class, m.Sex, &a.Entities[id]) < -0.5 {
			continue
		}
		add(id)
	}
	if m.Form == news.Nominal {
		s.ByRole(m.Head, add)
	}
	out = append(out, NewEntity)
	s.ids = out
	return out
}

// ByRole adds the entities of whom the head of a description, or one of its
// sort, has been said anywhere in the text.
func (s *State) ByRole(head int32, add func(int32)) {
	a := s.A
	h := a.Lex.Full(a.Low(head))
	add(s.ByHead(a.Low(head)))
	for k, id := range a.roles[h] {
		if k < maxLookup {
			add(id)
		}
	}
	n := 0
	for _, sort := range a.Lex.sorts[h] {
		for _, w := range a.Lex.members[sort] {
			if w == h {
				continue
			}
			for k, id := range a.roles[w] {
				if k < 2 && n < maxLookup {
					n++
					add(id)
				}
			}
		}
	}
}

// Surnames lists the people of a folded surname, in order of mention.
func (a *Article) Surnames(name string) []int32 { return a.surnames[name] }

// RelativeHead is the entity of the noun that "who" or "which" at token i
// stands for: the head of its clause in the tree, else the nearest mention
// before of the right sort; -1 for none.
func (s *State) RelativeHead(i int32) int32 {
	a := s.A
	for n, h := 0, i; n < 4 && h >= 0; n, h = n+1, a.Up(h) {
		if a.Rel(h) != news.RelAclRelcl {
			continue
		}
		if m := a.MentionAt(a.Up(h)); m >= 0 && a.Mentions[m].Entity >= 0 && a.Up(h) < i && a.suits(i, &a.Entities[a.Mentions[m].Entity]) {
			return a.Mentions[m].Entity
		}
		break
	}
	first := a.Sentence(i).First
	for k := i - 1; k >= first && i-k < 20; k-- {
		m := a.MentionAt(k)
		if m < 0 {
			continue
		}
		mm := &a.Mentions[m]
		k = mm.First
		if mm.Form == news.Pronoun || mm.Gram == Possessor || mm.Entity < 0 || !a.suits(i, &a.Entities[mm.Entity]) {
			continue
		}
		return mm.Entity
	}
	return -1
}

// suits reports whether the relative pronoun at i may stand for e.
func (a *Article) suits(i int32, e *Entity) bool {
	person := e.Kind == news.Person || e.Kind == news.Unnamed
	switch {
	case e.Place:
		return false
	case a.Is(i, Who):
		return person || e.Kind == news.Group
	case a.Tag(i) == news.TagWDT:
		return !person
	}
	return true
}

// Antecedents is the probability of each candidate of a mention, NewEntity
// among them; nil without a model.
func (s *State) Antecedents(mi int32) map[int32]float32 {
	if s.model == nil {
		return nil
	}
	ids := s.Candidates(mi)
	s.rank(ids, s.Measure(mi, ids))
	out := make(map[int32]float32, len(ids))
	for k, id := range ids {
		out[id] = float32(s.probs[k])
	}
	return out
}
