package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
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

// meet gives an article without an id one from its text, makes ids unique and
// reports whether the same article was met before.
func (k *known) meet(a *news.Article) meeting {
	sum := sha256.Sum256([]byte(a.Body))
	if a.ID == "" {
		if a.Body == "" { // all empty texts are equal; the place tells them apart
			sum = sha256.Sum256([]byte(a.Origin.Path + "\x00" + strconv.FormatInt(a.Origin.Record, 10)))
		}
		a.ID = hex.EncodeToString(sum[:idDigits/2])
	}
	text := textKey(hex.EncodeToString(sum[:]))
	if k.corpus[xxhash.Sum64String(a.ID)] == text {
		return inCorpus
	}
	for {
		id := xxhash.Sum64String(a.ID)
		was, met := k.run[id]
		if _, old := k.corpus[id]; !met && !old {
			k.run[id] = text
			return first
		}
		if met && was == text {
			return again
		}
		// Another article of this id: its text tells it apart.
		a.ID += "~" + hex.EncodeToString(sum[:4])
		if k.corpus[xxhash.Sum64String(a.ID)] == text {
			return inCorpus
		}
	}
}

// textKey shortens a hex sha256 of a text to the part that is remembered.
func textKey(sha string) uint64 {
	v, _ := strconv.ParseUint(sha[:min(16, len(sha))], 16, 64)
	return v
}

// add tells of an article that an earlier run wrote.
func (k *known) add(id, textSHA256 string) { k.run[xxhash.Sum64String(id)] = textKey(textSHA256) }

// addCorpus tells of an article that the corpus holds.
func (k *known) addCorpus(id, textSHA256 string) {
	k.corpus[xxhash.Sum64String(id)] = textKey(textSHA256)
}
