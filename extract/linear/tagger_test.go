package linear

import (
	"encoding/binary"
	"testing"
)

// FuzzTaggerEmit compares the tagger, which adds up several weights at a time,
// with a loop over features, rows and labels.
func FuzzTaggerEmit(f *testing.F) {
	f.Add([]byte("weights of one byte each, some of them above\xff\x80\x7f127"), []byte("hashes of some features, eight bytes each, ten of them or so to begin"), float32(0.01))
	f.Add([]byte{128}, []byte("\xff\xff\xff\xff\xff\xff\xff\xff"), float32(1))
	f.Fuzz(func(t *testing.T, weights, features []byte, scale float32) {
		const taken = 6
		if len(weights) == 0 || scale != scale {
			return
		}
		checks := make([]uint16, 16)
		for i := range taken {
			checks[2*i] = uint16(i + 1)
		}
		cells := make([]byte, (taken+1)*Stride)
		for i := Stride; i < len(cells); i++ { // row 0 is zero
			cells[i] = weights[i%len(weights)]
		}
		slots := NewSlots(checks)
		tagger, err := NewTagger(slots, cells, scale, NewTransitions(Stride, 1))
		if err != nil {
			t.Fatal(err)
		}
		var s Sequence
		s.Slots = slots
		s.Reset()
		var want []Row
		for position := 0; len(features) >= 8; position++ {
			var hashes []uint64
			var sums [Stride]int
			for len(features) >= 8 && len(hashes) < MaxFeatures && len(hashes) <= position*position {
				h := binary.LittleEndian.Uint64(features)
				features = features[8:]
				slot := int(h >> 60)
				if len(hashes)%2 == 0 { // half of them owners
					h = h&^(1<<checkBits-1) | uint64(checks[slot])
				}
				hashes = append(hashes, h)
				if checks[slot] == 0 || uint16(h&(1<<checkBits-1)) != checks[slot] {
					continue
				}
				row := slot/2 + 1
				for y := range sums {
					sums[y] += int(int8(cells[row*Stride+y]))
				}
			}
			s.Add(hashes, 0)
			var row Row
			for y := range row {
				row[y] = scale * float32(sums[y])
			}
			want = append(want, row)
		}
		var l Lattice
		tagger.Emit(&s, &l)
		if len(l.Emit) != len(want) {
			t.Fatalf("%d positions, want %d", len(l.Emit), len(want))
		}
		for i := range want {
			if l.Emit[i] != want[i] {
				t.Errorf("position %d: %v, want %v", i, l.Emit[i], want[i])
			}
		}
	})
}
