package output

import (
	"encoding/binary"

	"github.com/cespare/xxhash/v2"
)

// ids makes the identifiers of one article: 64-bit hashes of content, written
// as 16 hex digits. Each takes in the article's id and text hash, so that the
// same content gives the same ids in every run, and a tag by table, so that
// ids of two tables differ.
//
// Inside an article an id is never given twice: content that hashes to an id
// already taken (two entities of one kind and name, or a true collision) is
// hashed again with a counter, in the order of the result. Across articles
// ids are as good as 64 bits allow; join on article_id as well.
type ids struct {
	seed  uint64
	taken map[uint64]int32 // hash to the counter its content goes on from, 1 at least
	buf   []byte
}

// start begins an article.
func (g *ids) start(articleID, textHash string) {
	if g.taken == nil {
		g.taken = make(map[uint64]int32)
	}
	clear(g.taken)
	g.seed = 0 // whatever article came before
	g.begin('a')
	g.str(articleID)
	g.str(textHash)
	g.seed = xxhash.Sum64(g.buf)
}

// begin starts the content of one id; tag tells the table.
func (g *ids) begin(tag byte) {
	g.buf = binary.LittleEndian.AppendUint64(g.buf[:0], g.seed)
	g.buf = append(g.buf, tag)
}

func (g *ids) num(v ...int32) {
	for _, n := range v {
		g.buf = binary.LittleEndian.AppendUint32(g.buf, uint32(n))
	}
}

// str adds s with its length, so that neighbours cannot run together.
func (g *ids) str(s string) {
	g.num(int32(len(s)))
	g.buf = append(g.buf, s...)
}

// sum ends the content and gives its hash, unique in the article.
func (g *ids) sum() uint64 {
	first := xxhash.Sum64(g.buf)
	h, n, size := first, g.taken[first], len(g.buf)
	for taken := n > 0 || h == 0; taken; taken = g.taken[h] > 0 || h == 0 { // 0 is kept for "none"
		g.buf = g.buf[:size]
		g.num(n)
		h = xxhash.Sum64(g.buf)
		n++
	}
	g.taken[h] = max(g.taken[h], 1)
	g.taken[first] = max(n, 1)
	return h
}

// appendID writes h as 16 hex digits.
func appendID(dst []byte, h uint64) []byte {
	const digits = "0123456789abcdef"
	for shift := 60; shift >= 0; shift -= 4 {
		dst = append(dst, digits[h>>shift&15])
	}
	return dst
}
