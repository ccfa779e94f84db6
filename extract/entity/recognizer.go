package entity

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// Recognizer finds names and their entities. It is safe for concurrent use.
type Recognizer struct{}

// Load makes a recognizer of the embedded English model.
func Load() (*Recognizer, error) { return &Recognizer{}, nil }

// Find finds the names of a tagged document and the entities that they name.
func (r *Recognizer) Find(d *news.Document) *Found {
	f := &Found{Names: properRuns(d)}
	known := map[string]int32{}
	for i := range f.Names {
		n := &f.Names[i]
		name := n.Span(d).Of(d.Text)
		words := strings.Fields(name)
		last := words[len(words)-1]
		id, ok := known[last]
		if !ok {
			id = int32(len(f.Entities))
			known[last] = id
			f.Entities = append(f.Entities, Entity{Type: n.Kind})
		}
		e := &f.Entities[id]
		if len(name) > len(e.Name) {
			e.Name = name
		}
		e.Names = append(e.Names, int32(i))
		if n.Kind == Person {
			e.Kind, e.Type, e.Surname = news.Person, Person, last
			if len(words) > 1 {
				e.Given = words[0]
			}
		}
		n.Entity = id
	}
	return f
}

// properRuns are the runs of words tagged as proper nouns; those of two or three
// words are taken for people.
func properRuns(d *news.Document) (out []Name) {
	for _, s := range d.Sentences {
		for i := s.First; i < s.End; i++ {
			first := i
			for i < s.End && (d.Tokens[i].Tag == news.TagNNP || d.Tokens[i].Tag == news.TagNNPS) {
				i++
			}
			if i == first {
				continue
			}
			n := Name{Tokens: news.TokenRange{First: first, End: i}, Kind: Other, Confidence: 0.5, Entity: -1}
			if l := n.Tokens.Len(); l == 2 || l == 3 {
				n.Kind = Person
			}
			out = append(out, n)
		}
	}
	return out
}
