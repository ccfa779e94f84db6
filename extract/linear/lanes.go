package linear

import (
	"math"
	"math/bits"
)

// Sums of rows of int8 weights, several columns at a time: a 64-bit word
// holds eight columns of a row, and two words of four 16-bit lanes each hold
// the sums. Weights get 128 added on the way, so that lanes never borrow;
// as that is the same for every column, the largest stays the largest.

const (
	flip  = 0x8080808080808080 // int8 to int8+128
	evens = 0x00ff00ff00ff00ff

	// MaxFeatures is how many rows a sum may have: 16 bits hold 255 times
	// any number from -128 to 127, with a sign, and 255 times 255 without.
	MaxFeatures = 255
)

// sumAllowed adds up rows of a table of int8 weights, 64 columns each, into
// sums: column c's sum is lane (c%8)/2 of sums[c/8*2+c%2], with 128 for every
// row in it. Only those words are made that hold an allowed column, bit c of
// allowed standing for column c; the others of sums keep what they held.
func sumAllowed(cells []byte, rows []uint32, sums *[16]uint64, allowed uint64) {
	for w := range 8 {
		if allowed>>(8*w)&0xff == 0 {
			continue
		}
		var even, odd uint64
		for _, r := range rows {
			at := int(r)*64 + 8*w
			x := load(cells[at:at+8]) ^ flip
			even += x & evens
			odd += x >> 8 & evens
		}
		sums[2*w], sums[2*w+1] = even, odd
	}
}

// Cells copies a table of int8 weights, 64 columns each, to where it is read
// fastest.
func Cells(weights []byte) []byte { return append(table[byte](len(weights))[:0], weights...) }

// Touch asks memory for the words of a table to which the upper bits of hashes lead,
// and does not wait for them.
func Touch(words []uint64, shift uint, hashes []uint64) {
	if vectors && len(hashes) > 0 {
		touch64(&words[0], uint64(shift), &hashes[0], len(hashes))
	}
}

// BestSum is the first of the allowed columns with the largest sum of rows, at
// most MaxFeatures, of a table of int8 weights, 64 columns each, and that sum. At
// least one column must be allowed.
func BestSum(cells []byte, rows []uint32, allowed uint64) (column, sum int) {
	if !vectors || len(rows) == 0 {
		var sums [16]uint64
		sumAllowed(cells, rows, &sums, allowed)
		column, sum = bestAllowed(&sums, allowed)
		return column, sum - 128*len(rows)
	}
	var best int
	if allowed>>32 == 0 {
		best = bestOf32(&cells[0], &rows[0], len(rows), allowed)
	} else {
		best = bestOf64(&cells[0], &rows[0], len(rows), allowed)
	}
	return best & 63, int(int16(best>>16 ^ math.MaxInt16))
}

// bestAllowed is the first of the allowed columns with the largest sum, with that
// sum as it stands in sums. At least one must be allowed.
func bestAllowed(sums *[16]uint64, allowed uint64) (best, most int) {
	most = -1
	for rest := allowed; rest != 0; rest &= rest - 1 {
		c := bits.TrailingZeros64(rest)
		if v := int(sums[c/8*2+c%2] >> (16 * (c % 8 / 2)) & 0xffff); v > most {
			best, most = c, v
		}
	}
	return best, most
}

func load(b []byte) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}
