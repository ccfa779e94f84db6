package model

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Fingerprint tells what a model was trained with, beside its data: a hash for
// each thing that feeds it, such as "features" (what the feature templates make
// of a fixed document) and "words" (the lists that they look into). The same code
// gives the same fingerprint; a template, a list or a rule that is changed gives
// another, and the weights no longer mean what they did.
type Fingerprint map[string]uint64

// ErrOther is wrapped by the error for a model that does not fit the program.
var ErrOther = errors.New("model does not fit this program")

const fingerprintSection = "fingerprint"

// Stamp puts a fingerprint into the file.
func (f *File) Stamp(p Fingerprint) {
	var b strings.Builder
	for _, part := range slices.Sorted(maps.Keys(p)) {
		fmt.Fprintf(&b, "%s %016x\n", part, p[part])
	}
	f.Put(fingerprintSection, []byte(b.String()))
}

// Fingerprint is that of the file; an error that wraps ErrOther where it has none.
func (f *File) Fingerprint() (Fingerprint, error) {
	b, err := f.Get(fingerprintSection)
	if err != nil {
		return nil, fmt.Errorf("%w: it has no fingerprint, so nobody knows with which features and words it was trained; train it anew (whosaid train)", ErrOther)
	}
	p := Fingerprint{}
	for line := range strings.Lines(string(b)) {
		part, hex, _ := strings.Cut(line, " ")
		hex, whole := strings.CutSuffix(hex, "\n")
		if p[part], err = strconv.ParseUint(hex, 16, 64); err != nil || !whole {
			return nil, fmt.Errorf("read fingerprint: %w: %q", ErrDamaged, line)
		}
	}
	return p, nil
}

// Check compares the fingerprint of the file with that of the program. The error
// wraps ErrOther, names what differs and says what to do.
func (f *File) Check(program Fingerprint) error {
	p, err := f.Fingerprint()
	if err != nil {
		return err
	}
	all := maps.Clone(p)
	maps.Copy(all, program)
	var other []string
	for _, part := range slices.Sorted(maps.Keys(all)) {
		got, has := p[part]
		want, wants := program[part]
		if got != want || has != wants {
			other = append(other, part)
		}
	}
	if other == nil {
		return nil
	}
	return fmt.Errorf("%w: it was trained with other %s than the program has now; train it anew (whosaid train), or use the version of whosaid that trained it",
		ErrOther, strings.Join(other, " and other "))
}

// Sum is the hash of numbers in their order, for a part of a Fingerprint. The
// zero Sum is that of none.
type Sum uint64

// Add takes more numbers into the sum.
func (s *Sum) Add(numbers ...uint64) {
	h := uint64(*s)
	for _, n := range numbers { // as xxHash mixes (Collet 2012)
		h = (h ^ n + 0x9e3779b97f4a7c15) * 0xc2b2ae3d27d4eb4f
		h ^= h >> 29
	}
	*s = Sum(h)
}
