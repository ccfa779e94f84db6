package people

import (
	"encoding/binary"
	"iter"

	"github.com/whosaid/whosaid/pipeline/corpus/spill"
)

// keys are the blocks that a node is compared in: two nodes are compared when
// they share one.
func keys(n *summary) (out []string) {
	x := n.name()
	if n.key == "" || n.key[0] == '~' {
		return nil
	}
	if n.isPerson() {
		if x.given == "" || x.last == "" {
			return nil
		}
		for _, r := range letters(x.given) {
			out = append(out, "p"+string(r)+" "+x.last)
		}
		if len(x.given) == 1 && x.middle != "" { // J. Edgar, Edgar
			for _, r := range x.middle {
				out = append(out, "p"+string(r)+" "+x.last)
				break
			}
		}
		if len(x.given) > 1 && len(x.last) >= 5 {
			out = append(out, "s"+x.given+" "+skeleton(x.last))
		}
		return out
	}
	if len(x.words) == 1 {
		if len(x.key) <= 8 {
			out = append(out, "a"+x.key)
		}
		return out
	}
	if len(x.words) <= 8 {
		out = append(out, "a"+x.initials())
	}
	out = append(out, "w"+x.key)
	if len(x.words) <= 8 {
		for i := 2; i < len(x.words); i++ {
			out = append(out, "w"+join(x.words[:i]), "w"+join(x.words[len(x.words)-i:]))
		}
	}
	for _, a := range n.aliases {
		k := bodyName(a.text)
		out = append(out, "w"+k.key)
		if len(k.words) == 1 {
			out = append(out, "a"+k.key)
		}
	}
	return out
}

func join(words []string) (s string) {
	for _, w := range words {
		s += w
	}
	return s
}

// skeleton of a surname: its first letter and the consonants after it, none
// twice in a row, so that most slips leave it as it is.
func skeleton(s string) string {
	var out []rune
	for i, r := range s {
		switch r {
		case 'a', 'e', 'i', 'o', 'u', 'y', 'h':
			if i > 0 {
				continue
			}
		}
		if len(out) == 0 || out[len(out)-1] != r {
			out = append(out, r)
		}
	}
	return string(out)
}

// edge is two nodes that may be one, and the odds of it.
type edge struct {
	a, b int32
	odds float64
}

// mostBlock bounds the nodes of a block that are compared with each other.
const mostBlock = 1500

// member is a node in a block.
type member struct {
	node    int32
	touched bool
	s       *summary
}

// edges compares the nodes of each block, of which one at least must be
// touched. A node of a block is spilled as its number, whether it is touched,
// and its summary.
func edges(sorted iter.Seq2[spill.Record, error], m *Model, c *counts, visit func(edge)) error {
	var block []member
	var key []byte
	flush := func() {
		for i := range block {
			for k := range i {
				x, y := &block[k], &block[i]
				if !x.touched && !y.touched || x.node == y.node || x.s.key == y.s.key {
					continue
				}
				if o := m.pair(x.s, y.s, c); o > 0.25 {
					visit(edge{min(x.node, y.node), max(x.node, y.node), o})
				}
			}
		}
		block = block[:0]
	}
	for r, err := range sorted {
		if err != nil {
			return err
		}
		if string(r.Key) != string(key) {
			flush()
			key = append(key[:0], r.Key...)
		}
		if len(r.Value) < 5 {
			return errSummary
		}
		if len(block) >= mostBlock {
			continue
		}
		s := new(summary)
		if err := decodeSummary(r.Value[5:], s); err != nil {
			return err
		}
		block = append(block, member{int32(binary.LittleEndian.Uint32(r.Value)), r.Value[4] == 1, s})
	}
	flush()
	return nil
}
