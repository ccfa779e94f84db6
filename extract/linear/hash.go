// Package linear holds what every linear model here is made of: hashed
// features, the loops that train weights, and the loops that use them.
//
// Words become 64-bit hashes once a token (Hash, HashLower); features are
// made of those by arithmetic alone (Join), and the upper bits of the result
// index a table of weights. It knows nothing of text beyond bytes, of tags or
// of quotations, performs no I/O, and never decides anything at random but by
// a seed that it is given.
package linear

import (
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// The multipliers are those of wyhash and of Knuth's multiplicative hashing
// (the golden ratio): odd, with bits well spread.
const (
	mul1 = 0xa0761d6478bd642f
	mul2 = 0x9e3779b97f4a7c15
)

// Hash is a 64-bit hash of the bytes of s. It is part of the model files'
// format: another hash needs other models.
func Hash(s string) uint64 {
	h := uint64(len(s)) * mul2
	for len(s) >= 8 {
		h = mix(h ^ word(s))
		s = s[8:]
	}
	return mix(h ^ tail(s))
}

// HashLower is Hash of s in lower case. ASCII words cost no allocation.
func HashLower(s string) uint64 {
	h := uint64(len(s)) * mul2
	rest := s
	for len(rest) >= 8 {
		w := word(rest)
		if w&highBits != 0 {
			return hashLowerUnicode(s)
		}
		h = mix(h ^ lower8(w))
		rest = rest[8:]
	}
	w := tail(rest)
	if w&highBits != 0 {
		return hashLowerUnicode(s)
	}
	return mix(h ^ lower8(w))
}

const highBits = 0x8080808080808080

// lower8 lowers the capitals among eight ASCII bytes: adding 0x3f carries
// into the high bit from 'A' on, 0x25 from 'Z'+1 on.
func lower8(w uint64) uint64 {
	upper := (w + 0x3f3f3f3f3f3f3f3f) &^ (w + 0x2525252525252525) & highBits
	return w | upper>>2
}

// hashLowerUnicode lowers rune by rune on the stack; words longer than the
// buffer are cut, which no real word is.
func hashLowerUnicode(s string) uint64 {
	var buf [128]byte
	n := 0
	for _, r := range s {
		if n > len(buf)-utf8.UTFMax {
			break
		}
		n += utf8.EncodeRune(buf[n:], unicode.ToLower(r))
	}
	return Hash(string(buf[:n]))
}

// Join makes one feature's hash of a hash and one value more. The order
// matters: Join(a, b) is not Join(b, a).
func Join(a, b uint64) uint64 {
	h := (bits.RotateLeft64(a, 23) ^ b) * mul1
	return h ^ h>>32
}

func mix(h uint64) uint64 {
	h *= mul1
	h ^= h >> 29
	h *= mul2
	return h ^ h>>32
}

// word reads eight bytes; the compiler makes one load of it.
func word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// tail reads the up to seven bytes that are left.
func tail(s string) (w uint64) {
	for i := 0; i < len(s); i++ {
		w |= uint64(s[i]) << (8 * i)
	}
	return w
}
