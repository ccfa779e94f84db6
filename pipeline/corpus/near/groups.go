package near

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/whosaid/whosaid/pipeline/corpus/pairsort"
)

// Rules say how a component of items that edges join is looked over.
type Rules struct {
	// Dir and Memory are for the sorter.
	Dir    string
	Memory int64
	// Center orders items: what comes first gathers others around it.
	Center func(a, b uint32) int
	// Belongs tells whether an item that is joined to the center over others
	// has enough in common with it by itself.
	Belongs func(center, at uint32) (bool, error)
	// Old gives, for each of the first items, the one that stands for its group
	// of the run before. Such a group stays whole, and no two of them become one:
	// what is new joins one of them or none.
	Old []uint32
	// Vouched is the probability from which an item that does not may stay
	// beside one that the center is joined to.
	Vouched float32
}

// Groups gives each of n items the first of its group: connected components of
// the edges (key both items, value the bits of the probability), each looked
// over so that chains from one center to another break.
func Groups(ctx context.Context, n int, edges *pairsort.Sorter, rules Rules) ([]uint32, error) {
	sets := NewSets(n)
	for p, err := range edges.All() {
		if err != nil {
			return nil, err
		}
		sets.Union(rules.standIn(uint32(p.Key>>32)), rules.standIn(uint32(p.Key)))
	}
	byGroup := pairsort.New(rules.Dir, rules.Memory)
	defer byGroup.Close()
	for p, err := range edges.All() {
		if err != nil {
			return nil, err
		}
		a, b := rules.standIn(uint32(p.Key>>32)), rules.standIn(uint32(p.Key))
		root := sets.Find(a)
		if sets.size[root] < 3 {
			continue // the edge itself has been verified
		}
		if err := byGroup.Add(uint64(root)<<32|uint64(a), uint64(b)<<32|p.Value); err != nil {
			return nil, err
		}
	}
	leaders := sets.leaders()
	g := guard{rules: rules, leaders: leaders}
	var root uint32
	var group []edge
	for p, err := range byGroup.All() {
		if err != nil {
			return nil, err
		}
		if r := uint32(p.Key >> 32); r != root || len(group) == 0 {
			if err := cmp.Or(ctx.Err(), g.split(group)); err != nil {
				return nil, err
			}
			root, group = r, group[:0]
		}
		group = append(group, edge{uint32(p.Key), uint32(p.Value >> 32), math.Float32frombits(uint32(p.Value))})
	}
	if err := g.split(group); err != nil {
		return nil, err
	}
	return rules.spread(leaders), nil
}

// standIn is the item that stands for the old group of an item; of a new one,
// itself.
func (r *Rules) standIn(at uint32) uint32 {
	if int(at) < len(r.Old) {
		return r.Old[at]
	}
	return at
}

// spread gives the items of old groups the leader of the one that stands for
// them, and makes each leader the first of its group again.
func (r *Rules) spread(leaders []uint32) []uint32 {
	if len(r.Old) == 0 {
		return leaders
	}
	const none = math.MaxUint32
	first := make([]uint32, len(leaders))
	for i := range first {
		first[i] = none
	}
	out := make([]uint32, len(leaders))
	for i := range leaders {
		leader := leaders[r.standIn(uint32(i))]
		if first[leader] == none {
			first[leader] = uint32(i)
		}
		out[i] = first[leader]
	}
	return out
}

// Sets parts numbers into sets: union-find.
type Sets struct{ parent, size []uint32 }

// NewSets puts each of n numbers into a set of its own.
func NewSets(n int) *Sets {
	s := &Sets{parent: make([]uint32, n), size: make([]uint32, n)}
	for i := range s.parent {
		s.parent[i], s.size[i] = uint32(i), 1
	}
	return s
}

// Find gives the number that stands for the set of x.
func (s *Sets) Find(x uint32) uint32 {
	for s.parent[x] != x {
		s.parent[x] = s.parent[s.parent[x]]
		x = s.parent[x]
	}
	return x
}

// Union makes one set of those of x and y.
func (s *Sets) Union(x, y uint32) {
	x, y = s.Find(x), s.Find(y)
	if x == y {
		return
	}
	if s.size[x] < s.size[y] {
		x, y = y, x
	}
	s.parent[y] = x
	s.size[x] += s.size[y]
}

// leaders gives every element the first of its set, and takes s apart.
func (s *Sets) leaders() []uint32 {
	const none = math.MaxUint32
	first := s.size
	for i := range first {
		first[i] = none
	}
	leaders := make([]uint32, len(first))
	for i := range leaders {
		root := s.Find(uint32(i))
		if first[root] == none {
			first[root] = uint32(i)
		}
		leaders[i] = first[root]
	}
	return leaders
}

type edge struct {
	a, b uint32
	p    float32
}

// guard looks over one component after the other.
type guard struct {
	rules   Rules
	leaders []uint32
}

type neighbour struct {
	at uint32
	p  float32
}

// split gathers the members of a component around the first of them; those
// that do not belong there gather around the first of the rest, and so on.
func (g *guard) split(edges []edge) error {
	if len(edges) == 0 {
		return nil
	}
	near := map[uint32][]neighbour{}
	for _, e := range edges {
		near[e.a] = append(near[e.a], neighbour{e.b, e.p})
		near[e.b] = append(near[e.b], neighbour{e.a, e.p})
	}
	order := make([]uint32, 0, len(near))
	for at := range near {
		order = append(order, at)
	}
	slices.SortFunc(order, g.rules.Center)
	joined := make(map[uint32]bool, len(near))
	for _, center := range order {
		if joined[center] {
			continue
		}
		members, err := g.around(center, near, joined)
		if err != nil {
			return err
		}
		first := slices.Min(members)
		for _, at := range members {
			g.leaders[at] = first
		}
	}
	return nil
}

// around walks from center along the edges, as far as statements still belong
// to it, and marks them as joined.
func (g *guard) around(center uint32, near map[uint32][]neighbour, joined map[uint32]bool) ([]uint32, error) {
	type step struct {
		at   uint32
		from int // edges from center
	}
	joined[center] = true
	members := []uint32{center}
	isOld := func(at uint32) bool { return int(at) < len(g.rules.Old) }
	hasOld := isOld(center)
	looked := map[uint32]bool{} // and refused
	for queue := []step{{center, 0}}; len(queue) > 0; queue = queue[1:] {
		here := queue[0]
		for _, n := range near[here.at] {
			if joined[n.at] || hasOld && isOld(n.at) {
				continue
			}
			ok := here.from == 0
			if !ok && !looked[n.at] {
				var err error
				if ok, err = g.rules.Belongs(center, n.at); err != nil {
					return nil, err
				}
				looked[n.at] = !ok
			}
			if !ok && (here.from > 1 || n.p < g.rules.Vouched) {
				continue
			}
			joined[n.at] = true
			hasOld = hasOld || isOld(n.at)
			members = append(members, n.at)
			queue = append(queue, step{n.at, here.from + 1})
		}
	}
	return members, nil
}
