package model

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed english/*.model
var embedded embed.FS

// EmbeddedLanguage is the code of the language that the embedded models know.
const EmbeddedLanguage = "en"

// Embedded is the set of the embedded English models.
var Embedded = sync.OnceValue(func() *Set {
	s, _ := readSet(embedded, "english") // without it the program does not build
	return s
})

// English returns one of the embedded English models. The file is shared and
// must not be changed.
func English(name string) (*File, error) { return Embedded().Get(name) }

// Set is a set of models by name: "syntax" (tagger and parser), "quote"
// (detector), "speaker" (ranker) and what else is embedded. Each is read and
// decoded on first use, once: commands that need no model pay for none. A Set
// is safe for concurrent use.
type Set struct{ files map[string]*entry }

type entry struct {
	read   func() ([]byte, error)
	decode func() (*File, error)
}

// NewSet is the set of the models NAME.model in a folder. Names that it lacks
// are taken from the embedded set, so that one model can be trained anew and
// used with the others as they are.
func NewSet(folder fs.FS) (*Set, error) {
	s, err := readSet(folder, ".")
	if err != nil {
		return nil, err
	}
	known := Embedded().files
	for _, name := range s.Names() {
		if known[name] == nil {
			return nil, fmt.Errorf("read models: no model is called %s.model: there are %s", name, strings.Join(Embedded().Names(), ", "))
		}
	}
	if len(s.files) == 0 {
		return nil, errors.New("read models: no *.model in the folder; whosaid train writes them")
	}
	for name, e := range known {
		if s.files[name] == nil {
			s.files[name] = e
		}
	}
	return s, nil
}

func readSet(fsys fs.FS, dir string) (*Set, error) {
	s := &Set{files: map[string]*entry{}}
	files, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return s, fmt.Errorf("read models: %w", err)
	}
	for _, f := range files {
		name, ok := strings.CutSuffix(f.Name(), ".model")
		if !ok || f.IsDir() {
			continue
		}
		p := path.Join(dir, f.Name())
		read := func() ([]byte, error) { return fs.ReadFile(fsys, p) }
		s.files[name] = &entry{
			read: read,
			decode: sync.OnceValues(func() (*File, error) {
				data, err := read()
				if err != nil {
					return nil, fmt.Errorf("load model %q: %w", name, err)
				}
				f, err := Decode(data)
				if err != nil {
					return nil, fmt.Errorf("load model %q: %w", name, err)
				}
				return f, nil
			}),
		}
	}
	return s, nil
}

// Names lists the models, sorted.
func (s *Set) Names() []string { return slices.Sorted(maps.Keys(s.files)) }

// Get returns a model, which is shared and must not be changed. A nil Set is
// the embedded one.
func (s *Set) Get(name string) (*File, error) {
	if s == nil {
		s = Embedded()
	}
	e := s.files[name]
	if e == nil {
		return nil, fmt.Errorf("load model %q: no such model", name)
	}
	return e.decode()
}

// Hash is one SHA-256, in hexadecimal, over the hashes of all models: it
// changes when any of them does. It reads headers alone. A nil Set is the
// embedded one.
func (s *Set) Hash() (string, error) {
	if s == nil {
		s = Embedded()
	}
	all := sha256.New()
	for _, name := range s.Names() {
		data, err := s.files[name].read()
		if err != nil {
			return "", fmt.Errorf("hash model %q: %w", name, err)
		}
		hash, err := headerHash(data)
		if err != nil {
			return "", fmt.Errorf("hash model %q: %w", name, err)
		}
		fmt.Fprintf(all, "english/%s.model %s\n", name, hash)
	}
	return hex.EncodeToString(all.Sum(nil)), nil
}
