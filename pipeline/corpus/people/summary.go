package people

import (
	"cmp"
	"math"
	"slices"
)

// Kinds of names.
const (
	kindPerson = 0
	kindBody   = 1
)

// noTime stands for an unknown date.
const noTime = math.MinInt64

// counted is a text and how often it was met.
type counted struct {
	text string
	n    uint32
}

// dated is a title with how often and when it was met.
type dated struct {
	text        string
	n           uint32
	first, last int64
}

// met is a name that stands in the same article, by its hash.
type met struct{ hash, n uint32 }

// summary is what is known of one or many entities under one name. Its lists
// are bounded, so that it takes about a kilobyte at most but for its outlets.
type summary struct {
	key     string // name.key of its entities
	id      uint64 // hash of the first entity
	first   int64  // order of the first entity: article and place in it
	person  uint64 // id of the person, once it is known
	short   bool   // part of a name, such as a surname alone
	kinds   [2]uint32
	genders [3][2]uint32 // by basis: first name, title, pronoun; female, male
	names   []counted
	titles  []dated
	aliases []counted
	context []met    // sorted by hash
	outlets []uint32 // hashes, sorted

	articles, quotes, words uint32
	links                   uint32  // entities
	sure                    float64 // sum of their probabilities
	from, to                int64   // dates of publication; noTime none

	parsed *name
}

// Limits of a summary's lists. Beyond them the rarest goes.
const (
	mostNames   = 16
	mostTitles  = 16
	mostAliases = 8
	mostContext = 64
	mostOutlets = 4096
)

// name is the summary's name, taken apart.
func (s *summary) name() *name {
	if s.parsed == nil {
		var n name
		if s.isPerson() {
			n = personName(s.commonest())
		} else {
			n = bodyName(s.commonest())
		}
		s.parsed = &n
	}
	return s.parsed
}

func (s *summary) isPerson() bool {
	return s.kinds[kindPerson] >= s.kinds[kindBody] && s.kinds[kindPerson] > 0
}

// commonest is the name met most often; of equals the first met.
func (s *summary) commonest() string {
	best := counted{}
	for _, n := range s.names {
		if n.n > best.n {
			best = n
		}
	}
	return best.text
}

// gender is what most of the strongest evidence says: 1 female, 2 male, 0
// unknown, with its basis.
func (s *summary) gender() (gender, basis int) {
	for basis = 2; basis >= 0; basis-- {
		switch g := s.genders[basis]; {
		case g[0] > 2*g[1]:
			return 1, basis
		case g[1] > 2*g[0]:
			return 2, basis
		}
	}
	return 0, 0
}

// absorb adds what o knows. An article that both count is counted twice.
func (s *summary) absorb(o *summary) {
	for i := range s.kinds {
		s.kinds[i] += o.kinds[i]
	}
	for i := range s.genders {
		s.genders[i][0] += o.genders[i][0]
		s.genders[i][1] += o.genders[i][1]
	}
	for _, n := range o.names {
		s.names = addCounted(s.names, n, mostNames)
	}
	for _, n := range o.aliases {
		s.aliases = addCounted(s.aliases, n, mostAliases)
	}
	for _, t := range o.titles {
		s.titles = addDated(s.titles, t)
	}
	s.context = mergeContext(s.context, o.context)
	for _, h := range o.outlets {
		if i, ok := slices.BinarySearch(s.outlets, h); !ok && len(s.outlets) < mostOutlets {
			s.outlets = slices.Insert(s.outlets, i, h)
		}
	}
	s.articles += o.articles
	s.quotes += o.quotes
	s.words += o.words
	s.links += o.links
	s.sure += o.sure
	if o.from != noTime {
		if s.from == noTime || o.from < s.from {
			s.from = o.from
		}
		if s.to == noTime || o.to > s.to {
			s.to = o.to
		}
	}
	if o.first < s.first {
		s.first, s.id = o.first, o.id
	}
	s.parsed = nil
}

func addCounted(list []counted, c counted, most int) []counted {
	for i := range list {
		if list[i].text == c.text {
			list[i].n += c.n
			return list
		}
	}
	return add(list, c, most, func(c counted) uint32 { return c.n })
}

func addDated(list []dated, t dated) []dated {
	for i := range list {
		if x := &list[i]; x.text == t.text {
			x.n += t.n
			if t.first != noTime {
				if x.first == noTime || t.first < x.first {
					x.first = t.first
				}
				x.last = max(x.last, t.last)
			}
			return list
		}
	}
	return add(list, t, mostTitles, func(t dated) uint32 { return t.n })
}

// add adds what is not in a list, of which the rarest, the last of several,
// makes room where there is none.
func add[T any](list []T, x T, most int, count func(T) uint32) []T {
	if len(list) < most {
		return append(list, x)
	}
	least := 0
	for i := range list {
		if count(list[i]) <= count(list[least]) {
			least = i
		}
	}
	if count(list[least]) <= count(x) {
		list[least] = x
	}
	return list
}

// mergeContext merges two lists sorted by hash; the commonest stay.
func mergeContext(a, b []met) []met {
	if len(b) == 0 {
		return a
	}
	out := make([]met, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].hash < b[0].hash:
			out, a = append(out, a[0]), a[1:]
		case a[0].hash > b[0].hash:
			out, b = append(out, b[0]), b[1:]
		default:
			out = append(out, met{a[0].hash, a[0].n + b[0].n})
			a, b = a[1:], b[1:]
		}
	}
	out = append(append(out, a...), b...)
	if len(out) <= mostContext {
		return out
	}
	slices.SortFunc(out, func(x, y met) int { return cmp.Or(cmp.Compare(y.n, x.n), cmp.Compare(x.hash, y.hash)) })
	out = slices.Clone(out[:mostContext])
	slices.SortFunc(out, func(x, y met) int { return cmp.Compare(x.hash, y.hash) })
	return out
}
