package people

import (
	"context"
	"encoding/binary"
	"iter"
	"slices"

	"github.com/whosaid/whosaid/pipeline/corpus/spill"
)

// resolve finds out whom parts of names mean.
func (l *linker) resolve(ctx context.Context) error {
	sorter := spill.New(l.in.Temp, l.in.Memory/4)
	defer sorter.Close()
	if err := l.candidates(ctx, sorter); err != nil {
		return err
	}
	next, stop := iter.Pull2(sorter.Sorted())
	defer stop()
	cand, err, ok := next()
	t := &token{l: l}
	var done int64
	for r, err2 := range l.short.Sorted() {
		if err2 != nil {
			return err2
		}
		if word := string(r.Key[1:]); word != t.word {
			if err := t.flush(); err != nil {
				return err
			}
			t.word = word
			for ok && err == nil && string(cand.Key) <= word {
				if string(cand.Key) == word {
					if err := t.candidate(cand.Value); err != nil {
						return err
					}
				}
				cand, err, ok = next()
			}
			if err != nil {
				return err
			}
			t.list = trim(t.list)
		}
		if done++; done%50000 == 0 {
			l.in.Progress("surnames alone", done, l.short.Len())
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
		}
		e := new(summary)
		if err := decodeSummary(r.Value, e); err != nil {
			return err
		}
		if err := t.add(e); err != nil {
			return err
		}
	}
	return t.flush()
}

// candidates sorts the persons by the parts of their names that new entities
// are known by.
func (l *linker) candidates(ctx context.Context, sorter *spill.Sorter) error {
	var value []byte
	return l.nodes.each(func(i int32, _ bool, n *summary, raw []byte) error {
		if !n.isPerson() {
			return nil
		}
		x := n.name()
		for k, word := range []string{x.last, x.given} {
			if word == "" || !l.tokens[word] || k == 1 && word == x.last {
				continue
			}
			value = binary.LittleEndian.AppendUint32(value[:0], uint32(l.parts.root(i)))
			value = append(value, raw...)
			if err := sorter.Add([]byte(word), value); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}

// token is a part of a name, the persons whom it may mean, and the entities
// that are known by it.
type token struct {
	l      *linker
	word   string
	list   []candidate
	at     map[int32]int // index into list, by person
	gained []*summary    // what each of them gains; nil nothing
	links  []assigned    // of entities, to indexes of list
	group  group         // where nobody bears the name in full
}

func (t *token) candidate(value []byte) error {
	if len(value) < 4 {
		return errSummary
	}
	root := int32(binary.LittleEndian.Uint32(value))
	s := new(summary)
	if err := decodeSummary(value[4:], s); err != nil {
		return err
	}
	if t.at == nil {
		t.at = map[int32]int{}
	}
	if i, ok := t.at[root]; ok {
		t.list[i].s.absorb(s)
		return nil
	}
	t.at[root] = len(t.list)
	t.list = append(t.list, candidate{root, s})
	return nil
}

func (t *token) add(e *summary) error {
	if len(t.list) == 0 {
		t.group.add(t.l.m, t.l.c, e)
		return nil
	}
	best, p := t.l.m.means(e, t.word, t.list, t.l.c)
	if p < shortSure {
		t.l.rows.unlinked++
		return nil
	}
	if t.gained == nil {
		t.gained = make([]*summary, len(t.list))
	}
	e.sure = p
	if t.gained[best] == nil {
		t.gained[best] = e
	} else {
		t.gained[best].absorb(e)
	}
	t.links = append(t.links, assigned{e.first, best, p})
	return nil
}

// flush writes what became of the entities of the token.
func (t *token) flush() error {
	l := t.l
	if len(t.list) == 0 && len(t.group.nodes) > 0 {
		t.group.settle(l.m, l.c)
		for _, n := range t.group.nodes {
			n.short = false
		}
		base := len(l.table)
		if err := l.keep(&t.group); err != nil {
			return err
		}
		for i := base; i < len(l.table); i++ {
			l.parts.parent = append(l.parts.parent, int32(i))
		}
	}
	node := make([]int32, len(t.gained))
	for i, s := range t.gained {
		if s == nil {
			continue
		}
		node[i] = int32(len(l.table))
		if err := l.addNode(s, true); err != nil {
			return err
		}
		l.parts.parent = append(l.parts.parent, node[i])
		l.parts.link(t.list[i].person, node[i])
	}
	for _, a := range t.links {
		if err := l.addLink(a.order, node[a.node], a.p, methodShort); err != nil {
			return err
		}
	}
	*t = token{l: l, list: t.list[:0], links: t.links[:0]}
	t.list = slices.Delete(t.list, 0, len(t.list))
	return nil
}
