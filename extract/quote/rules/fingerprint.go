package rules

import (
	"hash/fnv"
	"maps"
	"slices"
	"strings"
)

// Fingerprint is a hash of the words that the rules know: every form of every
// cue with what it takes, and the lists. Models whose features read what the
// rules find carry it (model.Fingerprint).
func Fingerprint() uint64 {
	h := fnv.New64a()
	for _, form := range slices.Sorted(maps.Keys(cueForms)) {
		c := cueForms[form]
		h.Write(append([]byte(form+"\x00"+c.lemma), 0, byte(c.frame)))
	}
	for _, set := range []map[string]bool{clauseNouns, reportNouns, timeWords, standards} {
		h.Write([]byte(strings.Join(slices.Sorted(maps.Keys(set)), " ") + "\n"))
	}
	return h.Sum64()
}
