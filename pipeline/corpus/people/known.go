package people

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/cespare/xxhash/v2"

	"github.com/whosaid/whosaid/pipeline/corpus/known"
)

// knownSure is the probability from which a person gets an id: the lowest at
// which 98 of 100 ids are right on made-up corpora.
const knownSure = 0.88

// entry is a known person whose name is one of the corpus's.
type entry struct {
	*known.Person
	names  []name
	places []uint32   // context hashes
	words  [][]string // of the places
}

// index is the known people whose names are some of the corpus's.
type index struct {
	wanted map[uint64]bool     // given name and surname of the corpus's persons
	byLast map[string][]*entry // by surname
	fellow map[uint32][]uint32 // by place: the context hashes of its people, sorted
}

func newIndex() *index {
	return &index{wanted: map[uint64]bool{}, byLast: map[string][]*entry{}, fellow: map[uint32][]uint32{}}
}

func nameHash(given, last string) uint64 { return xxhash.Sum64String(given + " " + last) }

// want notes a person of the corpus.
func (x *index) want(n *name) {
	if n.given == "" || n.last == "" {
		return
	}
	x.wanted[nameHash(n.given, n.last)] = true
	for _, f := range formal()[n.given] {
		x.wanted[nameHash(f, n.last)] = true
	}
}

// load reads the known people, and keeps those whose names are wanted.
func (x *index) load(r io.Reader) error {
	for p, err := range known.Read(r) {
		if err != nil {
			return err
		}
		x.add(p)
	}
	for h := range x.fellow {
		slices.Sort(x.fellow[h])
		x.fellow[h] = slices.Compact(x.fellow[h])
	}
	return nil
}

func (x *index) add(p *known.Person) {
	e := &entry{Person: p}
	met := false
	for i, s := range append([]string{p.Name}, p.Aliases...) {
		n := personName(s)
		if n.given == "" || i > 0 && slices.ContainsFunc(e.names, func(o name) bool { return o.key == n.key }) {
			continue
		}
		e.names = append(e.names, n)
		met = met || x.wanted[nameHash(n.given, n.last)] || x.wanted[nameHash(n.given[:1], n.last)]
		for _, f := range formal()[n.given] {
			met = met || x.wanted[nameHash(f, n.last)]
		}
	}
	if !met {
		return
	}
	e.locate()
	var lasts []string
	for _, n := range e.names {
		if !slices.Contains(lasts, n.last) {
			lasts = append(lasts, n.last)
			x.byLast[n.last] = append(x.byLast[n.last], e)
		}
	}
	for _, h := range e.places {
		x.fellow[h] = append(x.fellow[h], contextHash(true, &e.names[0]))
	}
}

// states are the words that names of countries begin with and articles leave out.
var states = set("republic kingdom commonwealth federation state union")

// locate notes where somebody is from and in office: the places of the file,
// without the form of state (People's Republic of China, China), and those that
// positions are of (mayor of Quito).
func (e *entry) locate() {
	add := func(place string) {
		n := bodyName(place)
		h := contextHash(false, &n)
		if words := fold(place); len(words) > 0 && !slices.Contains(e.places, h) {
			e.places, e.words = append(e.places, h), append(e.words, words)
		}
	}
	for _, p := range e.Places {
		add(p)
		if form, short, ok := strings.Cut(p, " of "); ok {
			if words := fold(form); len(words) > 0 && states[words[len(words)-1]] {
				add(strings.TrimPrefix(short, "the "))
			}
		}
	}
	for _, p := range e.Positions {
		_, of, ok := strings.Cut(p.Title, " of ")
		if of = strings.TrimPrefix(of, "the "); ok && of != strings.ToLower(of) {
			add(of)
		}
	}
}

// claimed is a known person whose name a person of the corpus bears.
type claimed struct {
	e     *entry
	equal bool // the very name, not another form of it
}

// bearers are the known people whose names a person of the corpus bears.
func (x *index) bearers(s *summary) (out []claimed) {
	var forms []name
	for _, f := range s.names {
		if n := personName(f.text); n.given != "" {
			forms = append(forms, n)
		}
	}
	for i := range forms {
		n := &forms[i]
		for _, e := range x.byLast[n.last] {
			if !e.possible(s) {
				continue
			}
			at := slices.IndexFunc(out, func(c claimed) bool { return c.e.ID == e.ID })
			for k := range e.names {
				o := &e.names[k]
				_, _, conflict := matchMiddle(n, o)
				if o.last != n.last || matchGiven(n, o) == givenConflict || conflict || n.suffix != "" && o.suffix != "" && n.suffix != o.suffix {
					continue
				}
				if at < 0 {
					at = len(out)
					out = append(out, claimed{e: e})
				}
				out[at].equal = out[at].equal || n.key == o.key
			}
		}
	}
	return out
}

// possible reports whether somebody can be in the news of a person's dates.
func (e *entry) possible(s *summary) bool {
	if s.from == noTime {
		return true
	}
	last := time.UnixMicro(s.to).UTC().Year()
	return e.Born == 0 || last >= e.Born+10
}

// nobodyKnown measures the answer that a person is none of the known ones.
func nobodyKnown(s *summary, c *counts) (v knownVector) {
	n := s.name()
	v[kNobody] = 1
	v[kNobodyCommon] = math.Log1p(float64(c.lasts.count(hash32(n.last)))) * math.Log1p(float64(c.givens.count(hash32(n.given)))) / 4
	v[kNobodySize] = math.Log(float64(max(1, s.articles)))
	return v
}

// identify is the known person that a person of the corpus is, and how sure
// that is; nil when it is nobody, or not sure enough.
func (x *index) identify(m *Model, s *summary, namesakes int, c *counts) (*entry, float64) {
	list := x.bearers(s)
	if len(list) == 0 {
		return nil, 0
	}
	scores := make([][]float64, 0, len(list)+1)
	best := 0
	score := func(v *knownVector) (sum float64) {
		for i := range v {
			sum += m.known[i] * v[i]
		}
		return sum
	}
	top := math.Inf(-1)
	var of knownVector
	for i := range list {
		v := x.measureKnown(s, list[i], len(list), namesakes)
		scores = append(scores, slices.Clone(v[:]))
		if z := score(&v); z > top {
			best, top, of = i, z, v
		}
	}
	v := nobodyKnown(s, c)
	scores = append(scores, slices.Clone(v[:]))
	p := softmax(m.known[:], scores)[best]
	// Where others bear the name, it alone is no proof.
	alone := of[kTitle] == 0 && of[kTitleOther] == 0 && of[kPlace] == 0 && of[kCompany] == 0 && of[kOccupation] == 0
	if p < knownSure || alone && (len(list) > 1 || namesakes > 1) {
		return nil, p
	}
	return list[best].e, p
}

// identifyAll finds the known people among the persons of a file. A known
// person is one person of the corpus at most: the likeliest.
func (l *linker) identifyAll(persons *nodeFile) (map[int32]string, error) {
	ids := map[int32]string{}
	if l.known == nil {
		return ids, nil
	}
	x := newIndex()
	namesakes := map[uint64]int{}
	err := persons.each(func(_ int32, _ bool, s *summary, _ []byte) error {
		if s.isPerson() {
			for _, f := range s.names {
				n := personName(f.text)
				x.want(&n)
			}
			namesakes[nameHash(s.name().given, s.name().last)]++
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	r, err := l.known()
	if err != nil {
		return nil, fmt.Errorf("known people: %w", err)
	}
	defer r.Close()
	if err := x.load(r); err != nil {
		return nil, fmt.Errorf("known people: %w", err)
	}
	type claim struct {
		person int32
		p      float64
	}
	best := map[string]claim{}
	err = persons.each(func(i int32, _ bool, s *summary, _ []byte) error {
		if !s.isPerson() || s.name().given == "" {
			return nil
		}
		e, p := x.identify(l.m, s, namesakes[nameHash(s.name().given, s.name().last)], l.c)
		if e == nil {
			return nil
		}
		if old, ok := best[e.ID]; !ok || p > old.p {
			best[e.ID] = claim{i, p}
		}
		return nil
	})
	for id, c := range best {
		ids[c.person] = id
	}
	return ids, err
}
