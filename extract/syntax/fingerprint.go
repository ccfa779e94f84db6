package syntax

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/whosaid/whosaid/extract/internal/probe"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
)

// Fingerprint is that of the features of tagger and parser: those of every
// tagging decision of the probe document, from both sides, and of the
// transitions of a walk through it, with the order of the columns that weights
// stand in, and the words that they know by name.
var Fingerprint = sync.OnceValues(fingerprint)

func fingerprint() (model.Fingerprint, error) {
	d, err := probe.Document()
	if err != nil {
		return nil, err
	}
	lexicon, err := probeLexicon(d)
	if err != nil {
		return nil, fmt.Errorf("fingerprint: %w", err)
	}
	var s Sentence
	w := walk{s: &s}
	for _, r := range d.Sentences {
		s.Reset(r.Len())
		for i := r.First; i < r.End; i++ {
			s.Add(d.Word(i), i > 0 && d.Tokens[i-1].Span.End == d.Tokens[i].Span.Start)
		}
		s.Ready(lexicon)
		for i := range s.Tags {
			s.Tags[i] = d.Tokens[int(r.First)+i].Tag
		}
		w.tags()
		w.parse()
	}
	for _, t := range tagOrder {
		w.sum.Add(uint64(t))
	}
	for _, r := range relOrder {
		w.sum.Add(uint64(r))
	}
	var words model.Sum
	words.Add(slices.Sorted(maps.Keys(titleSmall))...)
	return model.Fingerprint{"features": uint64(w.sum), "words": uint64(words)}, nil
}

// probeLexicon knows every other word of the probe, with numbers made from the
// word's own hash.
func probeLexicon(d *news.Document) (*Lexicon, error) {
	var hashes []uint64
	var entries []Entry
	seen := map[uint64]bool{}
	for i := range d.Tokens {
		h := WordHash(d.Word(int32(i)))
		if seen[h] || h&1 == 0 {
			continue
		}
		seen[h] = true
		hashes = append(hashes, h)
		e := Entry{Class: uint16(h>>8) % 100, Cluster: uint16(h >> 24), Group: uint8(h >> 40), Capital: uint8(h>>48) % 5}
		if h>>60 == 0 {
			e.Fixed = [2]news.Tag{d.Tokens[i].Tag, d.Tokens[i].Tag}
		}
		entries = append(entries, e)
	}
	return NewLexicon(hashes, entries)
}

// walk sums up what a sentence's features are.
type walk struct {
	s     *Sentence
	sum   model.Sum
	steps int
}

func (w *walk) tags() {
	var values [TagFeatures]uint64
	for i := range w.s.Tags {
		w.sum.Add(uint64(w.s.Fixed(i)))
		for _, step := range []int{-1, 1} {
			w.s.TagFeatures(i, step, &values)
			w.sum.Add(values[:]...)
		}
	}
}

// parse makes transitions in turn, whatever they build: features see the same
// kinds of trees in it as in any.
func (w *walk) parse() {
	s := w.s
	var arcs [ArcFeatures]uint64
	var rels [RelFeatures]uint64
	for s.StartParse(); !s.Done(); w.steps++ {
		action, forced := s.Forced()
		if !forced {
			s.ArcFeatures(&arcs)
			w.sum.Add(arcs[:]...)
			if action = [...]int{Shift, Left, Shift, Right, Shift, Shift, Left, Right}[w.steps%8]; !s.Legal(action) {
				action = Shift
			}
		}
		if h, d := s.Apply(action); d >= 0 {
			s.RelFeatures(h, d, &rels)
			w.sum.Add(rels[:]...)
			s.SetRel(d, relOrder[w.steps%len(relOrder)])
		}
	}
}
