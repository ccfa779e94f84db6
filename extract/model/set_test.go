package model

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestNewSet(t *testing.T) {
	own := sample(t)
	s, err := NewSet(fstest.MapFS{"quote.model": {Data: own}, "quote.md": {Data: []byte("a card")}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Embedded().Names(), s.Names()); diff != "" {
		t.Error(diff)
	}
	f, err := s.Get("quote")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Get("numbers"); err != nil {
		t.Error("the folder's model was not taken:", err)
	}
	again, err := s.Get("quote")
	if err != nil || again != f {
		t.Error("a model was decoded twice")
	}
	mine, err := s.Get("syntax")
	if err != nil {
		t.Fatal(err)
	}
	if embedded, err := English("syntax"); err != nil || embedded != mine {
		t.Error("a model that the folder lacks is not the embedded one")
	}
}

// The hash is that of the models in use, wherever they come from.
func TestSetHash(t *testing.T) {
	hash := func(s *Set) string {
		h, err := s.Hash()
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	data, err := embedded.ReadFile("english/syntax.model")
	if err != nil {
		t.Fatal(err)
	}
	same, err := NewSet(fstest.MapFS{"syntax.model": {Data: data}})
	if err != nil {
		t.Fatal(err)
	}
	other, err := NewSet(fstest.MapFS{"syntax.model": {Data: sample(t)}})
	if err != nil {
		t.Fatal(err)
	}
	var none *Set
	if hash(none) != hash(Embedded()) || hash(same) != hash(Embedded()) {
		t.Error("the same models, another hash")
	}
	if hash(other) == hash(Embedded()) {
		t.Error("another model, the same hash")
	}
}

func TestNewSetErrors(t *testing.T) {
	for name, tt := range map[string]struct {
		folder fstest.MapFS
		want   string
	}{
		"empty":      {fstest.MapFS{"README.md": {}}, "whosaid train writes them"},
		"other name": {fstest.MapFS{"quotes.model": {Data: sample(t)}}, "no model is called quotes.model: there are " + strings.Join(Embedded().Names(), ", ")},
	} {
		if _, err := NewSet(tt.folder); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want %q", name, err, tt.want)
		}
	}
	damaged, err := NewSet(fstest.MapFS{"quote.model": {Data: []byte("no model")}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := damaged.Get("quote"); err == nil || !strings.Contains(err.Error(), `load model "quote"`) {
		t.Errorf("damaged model: %v", err)
	}
	if _, err := damaged.Hash(); err == nil {
		t.Error("a damaged model has a hash")
	}
}
