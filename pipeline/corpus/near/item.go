package near

import "math"

// Item is what groups are ordered by: about 32 bytes of a statement or an
// article.
type Item struct {
	Key     uint64 // an order that no input's order disturbs
	Exact   uint32 // hash of all words: equal items need few pairs
	Speaker uint32 // hash of who speaks; 0 unknown, or none
	Day     int32  // NoDay when unknown
	Size    uint32 // words
}

// NoDay stands for an unknown date.
const NoDay = math.MinInt32

// DayOf is the day of a time in microseconds since 1970; nil is unknown.
func DayOf(at *int64) int32 {
	const aDay = 24 * 3600 * 1e6
	if at == nil {
		return NoDay
	}
	day := *at / aDay
	if *at%aDay < 0 {
		day--
	}
	return int32(day)
}

// Mix spreads the bits of x.
func Mix(x uint64) uint64 {
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}
