package near

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/whosaid/whosaid/pipeline/corpus/pairsort"
)

const (
	// allPairs is the largest group of items with a hash in common of
	// which all pairs are looked at. In larger ones every item meets its
	// neighbours by speaker and date and the longest one nearby.
	allPairs = 12
	// groupItems bounds a group; beyond that it is taken in slices.
	groupItems = 1 << 20
	// hubDays parts a group into occasions, each with a longest statement.
	hubDays = 30
)

// Value is what the sorter of hashes holds of an item that has a hash. weight,
// at most 7, tells how much the hash says: only what weighs 3 pairs items of
// different speakers in a large group, and below 2 nothing pairs there. equal
// marks the few hashes of an item that pair it with one of the same words.
func Value(at uint32, weight uint8, equal bool) uint64 {
	v := uint64(at)<<32 | uint64(weight&auxWeight)
	if equal {
		v |= auxEqual
	}
	return v
}

const (
	auxWeight = 0x7
	auxEqual  = 0x8
)

// Shared is what the items with a hash in common tell of it.
type Shared struct {
	Common int // items
	Voices int // known speakers
	Spread int // days
}

const (
	mostCommon = 1<<24 - 1
	mostVoices = 1<<16 - 1
	mostSpread = 1<<16 - 1
)

// value packs it so that what is rarest comes first.
func (s Shared) value() uint64 {
	return uint64(min(s.Common, mostCommon))<<32 | uint64(min(s.Voices, mostVoices))<<16 | uint64(min(s.Spread, mostSpread))
}

func sharedOf(value uint64) Shared {
	return Shared{Common: int(value >> 32), Voices: int(value >> 16 & mostVoices), Spread: int(value & mostSpread)}
}

// PairUp turns sorted hashes into pairs of items: key both items, value what
// is known of a hash they share. Two of the first old items make no pair: a run
// before has looked at them.
func PairUp(ctx context.Context, item func(uint32) *Item, old uint32, from, to *pairsort.Sorter) error {
	g := grouper{item: item, old: old, to: to}
	var hash uint64
	for p, err := range from.All() {
		if err != nil {
			return err
		}
		if p.Key != hash || len(g.members) >= groupItems {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := g.close(); err != nil {
				return err
			}
			hash = p.Key
		}
		g.members = append(g.members, member{at: uint32(p.Value >> 32), equal: p.Value&auxEqual != 0})
		g.weight = int(p.Value & auxWeight)
	}
	return g.close()
}

type member struct {
	at    uint32
	equal bool
}

// grouper makes the pairs of one group after the other.
type grouper struct {
	item    func(uint32) *Item
	old     uint32
	to      *pairsort.Sorter
	members []member
	weight  int

	group    []member // whose pairs are made
	value    uint64   // of the group, once it has a pair
	measured bool
}

// distinct counts different numbers, which are few in nearly all groups.
type distinct struct {
	few  [32]uint32
	nFew int
	many map[uint32]bool // once there are more
}

func (d *distinct) add(x uint32) {
	if slices.Contains(d.few[:d.nFew], x) {
		return
	}
	if d.nFew < len(d.few) {
		d.few[d.nFew] = x
		d.nFew++
		return
	}
	if d.many == nil {
		d.many = map[uint32]bool{}
	}
	if len(d.many) < mostVoices {
		d.many[x] = true
	}
}

func (d *distinct) n() int { return d.nFew + len(d.many) }

func (g *grouper) close() error {
	members := g.members
	g.members = g.members[:0]
	if len(members) < 2 || !slices.ContainsFunc(members, g.isNew) {
		return nil
	}
	g.group, g.measured = members, false
	if len(members) <= allPairs {
		for i := range members {
			for j := range i {
				if err := g.pair(members[i], members[j]); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if g.weight < 2 {
		return nil
	}
	said := g.ofSpeakers(members)
	slices.SortFunc(said, func(a, b member) int {
		x, y := g.item(a.at), g.item(b.at)
		return cmp.Or(cmp.Compare(x.Speaker, y.Speaker), cmp.Compare(x.Day, y.Day), cmp.Compare(x.Key, y.Key))
	})
	err := g.chain(said, func(x, y *Item) bool {
		return x.Speaker == y.Speaker && y.Day-x.Day <= hubDays && (x.Speaker != 0 || g.weight >= 3)
	})
	if err != nil || g.weight < 3 {
		return err
	}
	return g.chainDays(members)
}

func (g *grouper) isNew(m member) bool { return m.at >= g.old }

// ofSpeakers are the members that a new one has the speaker of, for the others
// make no pair by speaker.
func (g *grouper) ofSpeakers(members []member) []member {
	if g.old == 0 {
		return members
	}
	speakers := map[uint32]bool{}
	for _, m := range members {
		if g.isNew(m) {
			speakers[g.item(m.at).Speaker] = true
		}
	}
	var of []member
	for _, m := range members {
		if speakers[g.item(m.at).Speaker] {
			of = append(of, m)
		}
	}
	return of
}

// byDay orders items by date.
func byDay(x, y *Item) int { return cmp.Or(cmp.Compare(x.Day, y.Day), cmp.Compare(x.Key, y.Key)) }

// occasion is a time in which a group has members without a break.
type occasion struct {
	hub   member // the longest; of several, the first
	found bool
}

// chainDays pairs members of any speakers as chain does, by date. Only those of
// days with a new one, and of the days before and behind, have to be sorted:
// the pairs of the others are old.
func (g *grouper) chainDays(members []member) error {
	fresh := map[int32]bool{} // days, and whether there is something new
	for _, m := range members {
		day := g.item(m.at).Day
		fresh[day] = fresh[day] || g.isNew(m)
	}
	days := slices.Sorted(maps.Keys(fresh))
	of, wanted, n := map[int32]int{}, map[int32]bool{}, 0 // occasions by day; days with neighbours
	for i, day := range days {
		if i > 0 && day-days[i-1] > hubDays {
			n++
		}
		of[day] = n
		if fresh[day] || i > 0 && fresh[days[i-1]] || i+1 < len(days) && fresh[days[i+1]] {
			wanted[day] = true
		}
	}
	occasions := make([]occasion, n+1)
	var near []member
	for _, m := range members {
		x := g.item(m.at)
		o := &occasions[of[x.Day]]
		if h := g.item(o.hub.at); !o.found || x.Size > h.Size || x.Size == h.Size && byDay(x, h) < 0 {
			o.hub, o.found = m, true
		}
		if wanted[x.Day] {
			near = append(near, m)
		}
	}
	for _, m := range members {
		if hub := occasions[of[g.item(m.at).Day]].hub; hub != m {
			if err := g.pair(m, hub); err != nil {
				return err
			}
		}
	}
	slices.SortFunc(near, func(a, b member) int { return byDay(g.item(a.at), g.item(b.at)) })
	for i := 1; i < len(near); i++ {
		x, y := g.item(near[i-1].at), g.item(near[i].at)
		if of[x.Day] == of[y.Day] {
			if err := g.pair(near[i-1], near[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// chain pairs every member with the next, and with the longest one of its
// occasion, as long as together says that they may belong to one.
func (g *grouper) chain(members []member, together func(x, y *Item) bool) error {
	for start := 0; start < len(members); {
		end, hub := start+1, start
		for end < len(members) && together(g.item(members[end-1].at), g.item(members[end].at)) {
			if g.item(members[end].at).Size > g.item(members[hub].at).Size {
				hub = end
			}
			end++
		}
		for i := start; i < end; i++ {
			if i+1 < end {
				if err := g.pair(members[i], members[i+1]); err != nil {
					return err
				}
			}
			if i != hub {
				if err := g.pair(members[i], members[hub]); err != nil {
					return err
				}
			}
		}
		start = end
	}
	return nil
}

func (g *grouper) pair(a, b member) error {
	if a.at == b.at || a.at < g.old && b.at < g.old || g.item(a.at).Exact == g.item(b.at).Exact && !a.equal {
		return nil
	}
	if a.at > b.at {
		a, b = b, a
	}
	if !g.measured {
		g.value, g.measured = g.measure(g.group).value(), true
	}
	return g.to.Add(uint64(a.at)<<32|uint64(b.at), g.value)
}

func (g *grouper) measure(members []member) Shared {
	voices := distinct{}
	first, last := int32(NoDay), int32(NoDay)
	for _, m := range members {
		x := g.item(m.at)
		if x.Speaker != 0 {
			voices.add(x.Speaker)
		}
		if x.Day == NoDay {
			continue
		}
		if first == NoDay || x.Day < first {
			first = x.Day
		}
		last = max(last, x.Day)
	}
	s := Shared{Common: len(members), Voices: voices.n()}
	if first != NoDay {
		s.Spread = int(last - first)
	}
	return s
}
