package people

import (
	_ "embed"
	"errors"
	"fmt"
	"math"
	"sync"

	"github.com/whosaid/whosaid/extract/model"
)

// Model holds the weights of the decisions.
type Model struct {
	pairs [2]vector   // of persons and of organizations: are two summaries one?
	short shortVector // whom a part of a name means
	known knownVector // is a person of the corpus that one of the known people?
	hash  string
}

//go:embed link.model
var embedded []byte

// Load is the embedded model.
func Load() (*Model, error) { return load() }

var load = sync.OnceValues(func() (*Model, error) { return Decode(embedded) })

// Sections of the model file.
const (
	sectionPersons = "persons"
	sectionBodies  = "bodies"
	sectionShort   = "short"
	sectionKnown   = "known"
	sectionNames   = "features"
)

// Decode reads a model file.
func Decode(b []byte) (*Model, error) {
	f, err := model.Decode(b)
	if err != nil {
		return nil, fmt.Errorf("read model of people: %w", err)
	}
	names, err := f.Get(sectionNames)
	if err != nil {
		return nil, fmt.Errorf("read model of people: %w", err)
	}
	list, err := model.DecodeStrings(names)
	if err != nil {
		return nil, fmt.Errorf("read model of people: %w", err)
	}
	want := allFeatures()
	if len(list) != len(want) {
		return nil, errors.New("read model of people: it was trained with other features")
	}
	for i := range list {
		if list[i] != want[i] {
			return nil, fmt.Errorf("read model of people: it was trained with the feature %q where this program has %q", list[i], want[i])
		}
	}
	m := &Model{hash: f.Hash()}
	for section, to := range map[string][]float64{
		sectionPersons: m.pairs[kindPerson][:], sectionBodies: m.pairs[kindBody][:], sectionShort: m.short[:], sectionKnown: m.known[:],
	} {
		data, err := f.Get(section)
		if err != nil {
			return nil, fmt.Errorf("read model of people: %w", err)
		}
		weights, err := model.DecodeFloats(data)
		if err != nil {
			return nil, fmt.Errorf("read model of people: %w", err)
		}
		if len(weights) != len(to) {
			return nil, fmt.Errorf("read model of people: section %s has %d weights for %d features", section, len(weights), len(to))
		}
		for i, w := range weights {
			to[i] = float64(w)
		}
	}
	return m, nil
}

// Encode is the model as a file.
func (m *Model) Encode() ([]byte, error) {
	f := model.New()
	f.Put(sectionNames, model.EncodeStrings(allFeatures()))
	f.Put(sectionPersons, model.EncodeFloats(floats(m.pairs[kindPerson][:])))
	f.Put(sectionBodies, model.EncodeFloats(floats(m.pairs[kindBody][:])))
	f.Put(sectionShort, model.EncodeFloats(floats(m.short[:])))
	f.Put(sectionKnown, model.EncodeFloats(floats(m.known[:])))
	return f.Encode()
}

func floats(w []float64) []float32 {
	out := make([]float32, len(w))
	for i := range w {
		out[i] = float32(w[i])
	}
	return out
}

func allFeatures() []string {
	var out []string
	for _, n := range featureNames {
		out = append(out, "pair: "+n)
	}
	for _, n := range shortNames {
		out = append(out, "short: "+n)
	}
	for _, n := range knownNames {
		out = append(out, "known: "+n)
	}
	return out
}

// Hash names the model in plans.
func (m *Model) Hash() string { return m.hash }

// odds that two summaries of one kind are one, from their measurements.
func (m *Model) odds(person bool, v *vector) float64 {
	w := &m.pairs[kindBody]
	if person {
		w = &m.pairs[kindPerson]
	}
	sum := 0.0
	for i := range v {
		sum += w[i] * v[i]
	}
	return math.Exp(max(-20, min(20, sum)))
}

// pair is the odds that a and b are one; 0 where their names forbid it.
func (m *Model) pair(a, b *summary, c *counts) float64 {
	var v vector
	if !compatible(a, b, &v) {
		return 0
	}
	measure(a, b, c, &v)
	return m.odds(a.isPerson() && b.isPerson(), &v)
}

func probability(odds float64) float64 { return odds / (1 + odds) }
