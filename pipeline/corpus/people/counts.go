package people

import (
	"encoding/binary"
	"io"
	"math"

	"github.com/cespare/xxhash/v2"
)

// hash32 is a hash of a text.
func hash32(s string) uint32 { return uint32(xxhash.Sum64String(s) >> 32) }

// sketchSize is the number of counters of a sketch: enough for millions of
// names, of which few share both of their counters.
const sketchSize = 1 << 20

// sketch counts by hash, a little too high at times, in fixed memory: a
// count-min sketch with two rows.
type sketch struct{ rows [2][]uint32 }

func newSketch() *sketch {
	return &sketch{[2][]uint32{make([]uint32, sketchSize), make([]uint32, sketchSize)}}
}

func cells(h uint32) (int, int) {
	h2 := (h ^ h>>15) * 0x85ebca6b
	return int(h % sketchSize), int((h2 ^ h2>>13) % sketchSize)
}

func (s *sketch) add(h uint32) {
	i, j := cells(h)
	s.rows[0][i]++
	s.rows[1][j]++
}

func (s *sketch) count(h uint32) uint32 {
	i, j := cells(h)
	return min(s.rows[0][i], s.rows[1][j])
}

// counts are what is known of the names of a corpus.
type counts struct {
	articles uint64
	names    *sketch // in how many articles a name stands, by context hash
	lasts    *sketch // with how many given names a surname goes
	givens   *sketch // with how many surnames a given name goes
	seen     []uint64
	company  [2]coherence // of persons and organizations
}

// coherence is how often two articles with one name share another name. Where
// they do so nearly always, as in the stories of one beat, not to share any
// tells namesakes; where they hardly do, it tells nothing.
type coherence struct {
	pairs, shared uint64
	entities, all uint64          // entities, and the names beside them
	slots         map[uint32]slot // of names that are followed
}

type slot struct {
	name    uint32
	at      int64
	context []met
}

// story is how long articles may be about the same, in microseconds.
const story = 5 * 24 * 3600 * 1e6

// mostSlots bounds the names that are followed.
const mostSlots = 1 << 12

// follow takes the next entity of a corpus.
func (h *coherence) follow(s *summary) {
	name := hash32(s.key)
	if len(s.context) == 0 {
		return
	}
	if h.slots == nil {
		h.slots = map[uint32]slot{}
	}
	h.entities++
	h.all += uint64(len(s.context))
	at := name % mostSlots
	if x := h.slots[at]; x.name == name && x.context != nil {
		if s.from != noTime && x.at != noTime && s.from-x.at < story && x.at-s.from < story {
			return
		}
		h.pairs++
		for i, k := 0, 0; i < len(x.context) && k < len(s.context); {
			switch {
			case x.context[i].hash < s.context[k].hash:
				i++
			case x.context[i].hash > s.context[k].hash:
				k++
			default:
				h.shared++
				i, k = len(x.context), 0
			}
		}
	}
	h.slots[at] = slot{name, s.from, s.context}
}

// size is how many entities of different stories a summary is worth: those of
// one story have the same names beside them.
func (h *coherence) size(s *summary) float64 {
	mean := float64(h.all+1) / float64(h.entities+1)
	return max(1, min(float64(s.links), float64(len(s.context))/max(1, mean)))
}

// missed is how much it tells that two articles share nothing, as a
// logarithm of odds.
func (h *coherence) missed() float64 {
	return -math.Log(float64(h.pairs-h.shared+1) / float64(h.pairs+2))
}

// seenBits are the bits that remember which full names were met: a Bloom
// filter with one hash.
const seenBits = 1 << 26

func newCounts() *counts {
	return &counts{names: newSketch(), lasts: newSketch(), givens: newSketch(), seen: make([]uint64, seenBits/64)}
}

// full counts a person's full name, the first time.
func (c *counts) full(n *name) {
	h := hash32(n.given + " " + n.last)
	bit := h % seenBits
	if c.seen[bit/64]&(1<<(bit%64)) != 0 {
		return
	}
	c.seen[bit/64] |= 1 << (bit % 64)
	c.lasts.add(hash32(n.last))
	if len(n.given) > 1 {
		c.givens.add(hash32(n.given))
	}
}

// idf is how much it tells that a name stands in an article.
func (c *counts) idf(h uint32) float64 {
	return math.Log(float64(c.articles+2) / float64(c.names.count(h)+1))
}

// save writes the counts; numbers that are 0 take a byte for many.
func (c *counts) save(w io.Writer) error {
	b := binary.AppendUvarint(nil, c.articles)
	for _, h := range c.company {
		for _, n := range []uint64{h.pairs, h.shared, h.entities, h.all} {
			b = binary.AppendUvarint(b, n)
		}
	}
	for _, list := range [][]uint32{c.names.rows[0], c.names.rows[1], c.lasts.rows[0], c.lasts.rows[1], c.givens.rows[0], c.givens.rows[1]} {
		zeros := uint64(0)
		for _, n := range list {
			if n == 0 {
				zeros++
				continue
			}
			b = binary.AppendUvarint(binary.AppendUvarint(b, zeros), uint64(n))
			zeros = 0
		}
		b = binary.AppendUvarint(binary.AppendUvarint(b, zeros), 0)
	}
	zeros := uint64(0)
	for _, n := range c.seen {
		if n == 0 {
			zeros++
			continue
		}
		b = binary.LittleEndian.AppendUint64(binary.AppendUvarint(b, zeros), n)
		zeros = 0
	}
	b = binary.LittleEndian.AppendUint64(binary.AppendUvarint(b, zeros), 0)
	head := binary.LittleEndian.AppendUint64(nil, uint64(len(b)))
	if _, err := w.Write(head); err != nil {
		return err
	}
	_, err := w.Write(b)
	return err
}

// load reads what save wrote.
func (c *counts) load(r io.Reader) error {
	var head [8]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	size := binary.LittleEndian.Uint64(head[:])
	if size > 1<<28 {
		return errSummary
	}
	b := make([]byte, size)
	if _, err := io.ReadFull(r, b); err != nil {
		return err
	}
	d := decoder{b: b}
	c.articles = d.u()
	for i := range c.company {
		h := &c.company[i]
		h.pairs, h.shared, h.entities, h.all = d.u(), d.u(), d.u(), d.u()
	}
	for _, list := range [][]uint32{c.names.rows[0], c.names.rows[1], c.lasts.rows[0], c.lasts.rows[1], c.givens.rows[0], c.givens.rows[1]} {
		for i := uint64(0); ; i++ {
			i += d.u()
			n := d.u()
			if n == 0 {
				break
			}
			if i >= uint64(len(list)) {
				return errSummary
			}
			list[i] = uint32(n)
		}
	}
	for i := uint64(0); ; i++ {
		i += d.u()
		n := d.u64()
		if n == 0 {
			break
		}
		if i >= uint64(len(c.seen)) {
			return errSummary
		}
		c.seen[i] = n
	}
	if d.bad || len(d.b) > 0 {
		return errSummary
	}
	return nil
}
