package entity

import (
	"slices"

	"github.com/whosaid/whosaid/extract/internal/probe"
	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// Fingerprint is that of the features of both passes on the probe document, the
// parser's clusters of words among them, of what is measured of two names, and of
// the words of the language.
func Fingerprint(words *syntax.Parser, l *lang.Language) (model.Fingerprint, error) {
	d, err := probe.Document()
	if err != nil {
		return nil, err
	}
	known := []Gazette{ListGiven.WithPrior(3).WithSex(1), ListSurname.WithPrior(9), ListTitle, ListCountry | ListCity, Gazette(Place)}
	var hashes []uint64
	var entries []Gazette
	for i := range d.Tokens {
		h := hashOf(d.Word(int32(i)))
		if slices.Contains(hashes, h) {
			continue
		}
		hashes = append(hashes, h)
		entries = append(entries, known[i%len(known)])
	}
	g, err := NewGazetteer(hashes, entries)
	if err != nil {
		return nil, err
	}
	var sum model.Sum
	f := &Featurizer{Words: words, Gazetteer: g}
	f.Prepare(d)
	labels := make([]uint8, len(d.Tokens))
	for i := range labels {
		labels[i] = uint8(i*7) % Labels
	}
	f.First(labels)
	for _, second := range []bool{false, true} {
		f.Windows(second, func(news.TokenRange) {}, func(features []uint64) { sum.Add(features...) }, func(news.TokenRange) {})
	}
	for _, name := range measureNames {
		sum.Add(hashOf(name))
	}
	return model.Fingerprint{"features": uint64(sum), "words": lang.Fingerprint[lexicon](l)}, nil
}
