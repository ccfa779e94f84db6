package pipeline

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"

	"github.com/cespare/xxhash/v2"

	"github.com/whosaid/whosaid/extract/news"
)

// known remembers which articles were met, by hashes of id and text: 16 bytes
// and the map's overhead an article, some 40 MiB a million.
type known struct {
	run    map[uint64]uint64 // id → text, of this run
	corpus map[uint64]uint64 // id → text, of what the corpus held before
}

func newKnown() *known {
	return &known{run: map[uint64]uint64{}, corpus: map[uint64]uint64{}}
}

// meeting is what known says of an article.
type meeting uint8

const (
	first meeting = iota
	again
	inCorpus
)

// idDigits is how many hex digits of a text's hash make an id.
const idDigits = 16

// sighting is what tells articles apart: the id and the start of the text's hash.
type sighting struct {
	id   string
	text uint64
}

// sight is the sighting of an article. One without an id gets it from its text.
func sight(a *news.Article) sighting {
	sum := sha256.Sum256([]byte(a.Body))
	s := sighting{id: a.ID}
	if a.ID == "" {
		if a.Body == "" { // all empty texts are equal; the place tells them apart
			sum = sha256.Sum256([]byte(a.Origin.Path + "\x00" + strconv.FormatInt(a.Origin.Record, 10)))
		}
		s.id = hex.EncodeToString(sum[:idDigits/2])
	}
	s.text = binary.BigEndian.Uint64(sum[:])
	return s
}

// meet reports whether the same article was met before, and remembers it. The
// id that it gets is the sighting's, or, where another article has that, one
// that its text tells apart.
func (k *known) meet(s sighting) (id string, met meeting) {
	id = s.id
	if k.corpus[xxhash.Sum64String(id)] == s.text {
		return id, inCorpus
	}
	for {
		key := xxhash.Sum64String(id)
		was, met := k.run[key]
		if _, old := k.corpus[key]; !met && !old {
			k.run[key] = s.text
			return id, first
		}
		if met && was == s.text {
			return id, again
		}
		// Another article of this id: its text tells it apart.
		id += fmt.Sprintf("~%08x", s.text>>32)
		if k.corpus[xxhash.Sum64String(id)] == s.text {
			return id, inCorpus
		}
	}
}

// textKey shortens a hex sha256 of a text to the part that is remembered.
func textKey(sha string) uint64 {
	v, _ := strconv.ParseUint(sha[:min(16, len(sha))], 16, 64)
	return v
}

// addCorpus tells of an article that the corpus holds.
func (k *known) addCorpus(id, textSHA256 string) {
	k.corpus[xxhash.Sum64String(id)] = textKey(textSHA256)
}
