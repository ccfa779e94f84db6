package people

import (
	"context"
	"encoding/binary"

	"github.com/cespare/xxhash/v2"

	"github.com/whosaid/whosaid/pipeline/corpus/spill"
)

// part parts the entities of each name into nodes, beginning with the nodes
// of the run before.
func (l *linker) part(ctx context.Context, old *stateReader) error {
	var err error
	if l.nodes, err = newNodeFile(l.in.Temp); err != nil {
		return err
	}
	g := &group{}
	var key string
	total := l.full.Len()
	var done int64
	flush := func() error {
		if len(g.nodes) > 0 {
			g.settle(l.m, l.c)
		}
		err := l.keep(g)
		*g = group{}
		return err
	}
	// before passes the old nodes up to key on, and puts those of key into g.
	before := func(key string) error {
		for old != nil {
			n, err := old.peek()
			if err != nil || n == nil || n.key > key {
				return err
			}
			if n.key == key && !n.short {
				g.nodes, g.touched = append(g.nodes, n), append(g.touched, false)
			} else if err := l.keep(&group{nodes: []*summary{n}, touched: []bool{false}}); err != nil {
				return err
			}
			old.pop()
		}
		return nil
	}
	for r, err := range l.full.Sorted() {
		if err != nil {
			return err
		}
		if string(r.Key) != key {
			if err := flush(); err != nil {
				return err
			}
			key = string(r.Key)
			if err := before(key); err != nil {
				return err
			}
		}
		if done++; done%50000 == 0 {
			l.in.Progress("telling namesakes apart", done, total)
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
		}
		e := new(summary)
		if err := decodeSummary(r.Value, e); err != nil {
			return err
		}
		g.add(l.m, l.c, e)
	}
	if err := flush(); err != nil {
		return err
	}
	return before("\U0010FFFF")
}

// keep writes the nodes of a group, and which of them its entities are of.
func (l *linker) keep(g *group) error {
	base := int32(len(l.table))
	for i, n := range g.nodes {
		if err := l.addNode(n, g.touched[i]); err != nil {
			return err
		}
	}
	l.one = append(l.one, g.one...)
	for _, a := range g.links {
		if a.node < 0 {
			l.rows.unlinked++
			continue
		}
		if err := l.addLink(a.order, base+int32(a.node), a.p, methodName); err != nil {
			return err
		}
	}
	return nil
}

func (l *linker) addNode(n *summary, touched bool) error {
	l.table = append(l.table, nodeInfo{n.id, n.person, n.first, n.links})
	return l.nodes.add(n, touched)
}

// Methods of a link.
const (
	methodName byte = iota
	methodShort
)

// addLink notes that an entity is of a node.
func (l *linker) addLink(order int64, node int32, p float64, method byte) error {
	var key, value [9]byte
	binary.BigEndian.PutUint64(key[:8], uint64(order))
	binary.LittleEndian.PutUint32(value[:4], uint32(node))
	binary.LittleEndian.PutUint32(value[4:8], uint32(p*1e6))
	value[8] = method
	return l.links.Add(key[:8], value[:])
}

// join joins the nodes that are one person.
func (l *linker) join(ctx context.Context) error {
	sorter := spill.New(l.in.Temp, l.in.Memory/2)
	defer sorter.Close()
	// Old nodes take part where a new one shares a block with them.
	var wanted map[uint64]bool
	all := true
	for i := range l.table {
		if l.table[i].person != 0 {
			all = false
			break
		}
	}
	if !all {
		wanted = map[uint64]bool{}
		isTouched := func(_ int32, touched bool) bool { return touched }
		err := l.nodes.some(isTouched, func(_ int32, _ bool, n *summary, _ []byte) error {
			for _, k := range keys(n) {
				wanted[xxhash.Sum64String(k)] = true
			}
			return ctx.Err()
		})
		if err != nil {
			return err
		}
	}
	l.in.Progress("comparing names", 0, 0)
	var value []byte
	err := l.nodes.each(func(i int32, touched bool, n *summary, raw []byte) error {
		for _, k := range keys(n) {
			if !all && !wanted[xxhash.Sum64String(k)] {
				continue
			}
			value = binary.LittleEndian.AppendUint32(value[:0], uint32(i))
			value = append(value, 0)
			if touched {
				value[4] = 1
			}
			value = append(value, raw...)
			if err := sorter.Add([]byte(k), value); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	var list []edge
	need := map[int32]nodeName{}
	if err := edges(sorter.Sorted(), l.m, l.c, func(e edge) {
		list = append(list, e)
		need[e.a], need[e.b] = nodeName{}, nodeName{}
	}); err != nil {
		return err
	}
	l.parts = newPartition(len(l.table))
	l.rejoin()
	isNeeded := func(i int32, _ bool) bool {
		_, ok := need[i]
		return ok
	}
	err = l.nodes.some(isNeeded, func(i int32, _ bool, n *summary, _ []byte) error {
		x := *n.name()
		g, basis := n.gender()
		if basis == 0 { // a first name is no proof
			g = 0
		}
		need[i] = nodeName{n.key, n.isPerson(), g, &x}
		return nil
	})
	if err != nil {
		return err
	}
	l.sure = l.parts.join(list, func(n int32) nodeName { return need[n] })
	return nil
}

// rejoin puts the nodes together that were one person in the run before, and
// those of two persons who turned out to be one.
func (l *linker) rejoin() {
	l.byPerson = map[uint64]int32{}
	for i := range l.table {
		p := l.table[i].person
		if p == 0 {
			continue
		}
		if first, ok := l.byPerson[p]; ok {
			l.parts.link(first, int32(i))
		} else {
			l.byPerson[p] = int32(i)
		}
	}
	for _, pair := range l.one {
		a, oka := l.byPerson[pair[0]]
		b, okb := l.byPerson[pair[1]]
		switch {
		case oka && okb:
			l.parts.link(a, b)
		case okb: // all there was of the first is in a node of the second
			l.byPerson[pair[0]] = b
		case oka:
			l.byPerson[pair[1]] = a
		}
	}
}
