package linear

import (
	"encoding/binary"
	"math"
	"slices"
	"testing"
)

// FuzzTaggerEmit compares the tagger, which adds up several weights at a time,
// with a loop over features and labels.
func FuzzTaggerEmit(f *testing.F) {
	f.Add([]byte("weights of one byte each, some of them above\xff\x80\x7f127"), []byte("hashes of some features, eight bytes each, ten of them or so to begin"), float32(0.01))
	f.Add([]byte{128}, []byte("\xff\xff\xff\xff\xff\xff\xff\xff"), float32(1))
	f.Fuzz(func(t *testing.T, weights, features []byte, scale float32) {
		if len(weights) == 0 || !(scale > 0 && scale < math.MaxFloat32) {
			return
		}
		const slots = 16
		planes := make([]byte, slots*Stride)
		for i := range planes {
			planes[i] = weights[i%len(weights)]
		}
		tagger, err := NewTagger(planes, scale, NewTransitions(MaxLabels, 1))
		if err != nil {
			t.Fatal(err)
		}
		s := Sequence{Tagger: tagger}
		s.Reset()
		var all [][MaxLabels]int
		for position := 0; len(features) >= 8; position++ {
			var hashes []uint64
			var sums [MaxLabels]int
			for len(features) >= 8 && len(hashes) < MaxFeatures && len(hashes) <= position*position {
				h := binary.LittleEndian.Uint64(features)
				features = features[8:]
				slot := int(h >> 60)
				check := planes[MaxLabels*slots+slot]
				if len(hashes)%2 == 0 { // half of them owners
					h = h&^0xff | uint64(check)
				}
				hashes = append(hashes, h)
				if byte(h) != check {
					continue
				}
				for y := range sums {
					sums[y] += int(int8(planes[y*slots+slot]))
				}
			}
			s.Add(hashes, 0)
			tagger.Touch(hashes)
			if got, want := tagger.Emit(hashes), tagger.plainEmit(hashes); got != want {
				t.Errorf("position %d: %v, plain %v", position, got, want)
			}
			all = append(all, sums)
		}
		for position, e := range s.Emit() {
			for y, sum := range all[position] {
				if got, want := e[y], scale*float32(sum); got != want {
					t.Errorf("position %d, label %d: %v, want %v", position, y, got, want)
				}
			}
		}
		if len(s.Emit()) != len(all) {
			t.Errorf("%d positions scored of %d", len(s.Emit()), len(all))
		}
	})
}

// TestPlanes: a trained model's rows come back from its tagger, in steps.
func TestPlanes(t *testing.T) {
	checks := []uint16{0, 1<<checkBits | 0xa07, 0, 1<<checkBits | 0x5ff}
	rows := []Row{{}, {0: 0.5, 3: -1.26, 6: 100}, {1: -100, 2: 0.24}}
	tagger, err := NewTagger(Planes(checks, rows, len(checks), 0.5), 0.5, NewTransitions(MaxLabels, 1))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		hashes []uint64
		want   Row
	}{
		{[]uint64{1<<62 | 0x07}, Row{0: 0.5, 3: -1.5, 6: 63.5}},
		{[]uint64{3<<62 | 0xff}, Row{1: -63.5}},
		{[]uint64{1<<62 | 0x07, 3<<62 | 0xff}, Row{0: 0.5, 1: -63.5, 3: -1.5, 6: 63.5}},
		{[]uint64{1<<62 | 0x08, 2<<62 | 0x07, 5}, Row{}},
		{nil, Row{}},
	} {
		if got := tagger.Emit(c.hashes); got != c.want {
			t.Errorf("Emit(%x) = %v, want %v", c.hashes, got, c.want)
		}
	}
}

// TestPrune: of the features of a group the one with the widest weights stays.
func TestPrune(t *testing.T) {
	checks := []uint16{0, 1<<checkBits | 0xa07, 0, 1<<checkBits | 0x5ff, 0, 0, 1<<checkBits | 0x333, 1<<checkBits | 0x444}
	rows := []Row{{}, {0: 0.5}, {1: 1}, {2: -1, 3: 1}, {4: 0.5}}
	Prune(checks, rows, 2)
	if want := []Row{{}, {}, {1: 1}, {2: -1, 3: 1}, {}}; !slices.Equal(rows, want) {
		t.Fatalf("rows %v, want %v", rows, want)
	}
	tagger, err := NewTagger(Planes(checks, rows, 2, 0.5), 0.5, NewTransitions(MaxLabels, 1))
	if err != nil {
		t.Fatal(err)
	}
	if got := tagger.Emit([]uint64{3<<61 | 0xff, 6<<61 | 0x33, 7<<61 | 0x44, 1<<61 | 0x07}); got != (Row{1: 1, 2: -1, 3: 1}) {
		t.Errorf("Emit = %v", got)
	}
}

func TestNewTaggerDamaged(t *testing.T) {
	for _, n := range []int{0, 1, 7, 8, 15, 24, 40} {
		if _, err := NewTagger(make([]byte, n), 1, NewTransitions(MaxLabels, 1)); err == nil {
			t.Errorf("%d bytes: no error", n)
		}
	}
	if _, err := NewTagger(make([]byte, 16), 1, NewTransitions(MaxLabels+1, 1)); err == nil {
		t.Error("eight labels: no error")
	}
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, -1} {
		if _, err := NewTagger(make([]byte, 16), float32(x), NewTransitions(MaxLabels, 1)); err == nil {
			t.Errorf("scale %g: no error", x)
		}
		trans := NewTransitions(MaxLabels, 1)
		trans.Weights[3] = float32(x)
		if _, err := NewTagger(make([]byte, 16), 1, trans); err == nil && x-x != 0 {
			t.Errorf("transition %g: no error", x)
		}
	}
}
