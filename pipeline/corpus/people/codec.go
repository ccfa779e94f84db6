package people

import (
	"encoding/binary"
	"errors"
	"math"
)

// encode appends the summary.
func (s *summary) encode(b []byte) []byte {
	u := func(n uint64) { b = binary.AppendUvarint(b, n) }
	str := func(t string) { u(uint64(len(t))); b = append(b, t...) }
	at := func(t int64) {
		if t == noTime {
			b = append(b, 0)
		} else {
			b = binary.AppendVarint(append(b, 1), t)
		}
	}
	str(s.key)
	b = binary.LittleEndian.AppendUint64(b, s.id)
	b = binary.LittleEndian.AppendUint64(b, s.person)
	u(uint64(s.first))
	flag := byte(0)
	if s.short {
		flag = 1
	}
	b = append(b, flag)
	u(uint64(s.kinds[0]))
	u(uint64(s.kinds[1]))
	for _, g := range s.genders {
		u(uint64(g[0]))
		u(uint64(g[1]))
	}
	u(uint64(len(s.names)))
	for _, n := range s.names {
		str(n.text)
		u(uint64(n.n))
	}
	u(uint64(len(s.aliases)))
	for _, n := range s.aliases {
		str(n.text)
		u(uint64(n.n))
	}
	u(uint64(len(s.titles)))
	for _, t := range s.titles {
		str(t.text)
		u(uint64(t.n))
		at(t.first)
		at(t.last)
	}
	u(uint64(len(s.context)))
	for _, m := range s.context {
		b = binary.LittleEndian.AppendUint32(b, m.hash)
		u(uint64(m.n))
	}
	u(uint64(len(s.outlets)))
	for _, h := range s.outlets {
		b = binary.LittleEndian.AppendUint32(b, h)
	}
	u(uint64(s.articles))
	u(uint64(s.quotes))
	u(uint64(s.words))
	u(uint64(s.links))
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(s.sure))
	at(s.from)
	at(s.to)
	return b
}

var errSummary = errors.New("a summary is damaged")

// decoder reads what encode wrote.
type decoder struct {
	b   []byte
	bad bool
}

func (d *decoder) u() uint64 {
	v, n := binary.Uvarint(d.b)
	if n <= 0 {
		d.bad, d.b = true, nil
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) bytes(n uint64) []byte {
	if n > uint64(len(d.b)) {
		d.bad, d.b = true, nil
		return nil
	}
	out := d.b[:n]
	d.b = d.b[n:]
	return out
}

func (d *decoder) str() string { return string(d.bytes(d.u())) }

func (d *decoder) u64() uint64 {
	if b := d.bytes(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

func (d *decoder) u32() uint32 {
	if b := d.bytes(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (d *decoder) byte() byte {
	if b := d.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

func (d *decoder) at() int64 {
	if d.byte() == 0 {
		return noTime
	}
	v, n := binary.Varint(d.b)
	if n <= 0 {
		d.bad, d.b = true, nil
		return noTime
	}
	d.b = d.b[n:]
	return v
}

// count reads the length of a list whose elements take at least one byte.
func (d *decoder) count() int {
	n := d.u()
	if n > uint64(len(d.b)) {
		d.bad, d.b = true, nil
		return 0
	}
	return int(n)
}

func decodeSummary(b []byte, s *summary) error {
	d := decoder{b: b}
	*s = summary{names: s.names[:0], titles: s.titles[:0], aliases: s.aliases[:0], context: s.context[:0], outlets: s.outlets[:0]}
	s.key = d.str()
	s.id, s.person = d.u64(), d.u64()
	s.first = int64(d.u())
	s.short = d.byte() == 1
	s.kinds[0], s.kinds[1] = uint32(d.u()), uint32(d.u())
	for i := range s.genders {
		s.genders[i][0], s.genders[i][1] = uint32(d.u()), uint32(d.u())
	}
	for range d.count() {
		s.names = append(s.names, counted{d.str(), uint32(d.u())})
	}
	for range d.count() {
		s.aliases = append(s.aliases, counted{d.str(), uint32(d.u())})
	}
	for range d.count() {
		s.titles = append(s.titles, dated{d.str(), uint32(d.u()), d.at(), d.at()})
	}
	for range d.count() {
		s.context = append(s.context, met{d.u32(), uint32(d.u())})
	}
	for range d.count() {
		s.outlets = append(s.outlets, d.u32())
	}
	s.articles, s.quotes, s.words, s.links = uint32(d.u()), uint32(d.u()), uint32(d.u()), uint32(d.u())
	s.sure = math.Float64frombits(d.u64())
	s.from, s.to = d.at(), d.at()
	if d.bad || len(d.b) > 0 {
		return errSummary
	}
	return nil
}
