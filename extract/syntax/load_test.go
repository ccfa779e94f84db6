package syntax

import (
	"errors"
	"testing"

	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
)

// tiny is a model of a few weights that the fuzzer can take apart.
func tiny() *model.File {
	checks := make([]uint16, 8)
	checks[3] = 1<<12 | 77
	weights := func(templates, situations int, all uint64) Weights {
		w := Weights{
			Needs: make([]uint32, templates), Checks: checks, Allowed: make([]uint64, situations),
			Table: model.Quantise(make([]float32, 2*Columns), 2, Columns, 1),
		}
		for i := range w.Allowed {
			w.Allowed[i] = all
		}
		return w
	}
	t := Tables{
		Hashes: []uint64{5, 9}, Entries: []Entry{{Class: 1}, {Fixed: [2]news.Tag{news.TagNN}}},
		Tags: weights(TagFeatures, 2, AllTags), Rels: weights(RelFeatures, RelSituations, AllRels),
		Back:     weights(TagFeatures, 0, AllTags),
		ArcNeeds: make([]uint32, ArcFeatures), Arcs: make([]byte, 32),
	}
	f, err := t.File()
	if err != nil {
		panic(err)
	}
	return f
}

func TestNew(t *testing.T) {
	p, err := New(tiny())
	if err != nil {
		t.Fatal(err)
	}
	d := document(ownSentences...)
	p.Annotate(d)
	checkTrees(t, d)
	for _, name := range tiny().Sections() {
		f := tiny()
		b, err := f.Get(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range [][]byte{nil, b[:len(b)-1], append(b[:len(b):len(b)], 0)} {
			f.Put(name, bad)
			if _, err := New(f); !errors.Is(err, model.ErrDamaged) && !errors.Is(err, model.ErrOther) {
				t.Errorf("section %q of %d bytes for %d: error %v", name, len(bad), len(b), err)
			}
		}
	}
	if _, err := New(model.New()); !errors.Is(err, model.ErrOther) {
		t.Errorf("empty file: error %v", err)
	}
}

// FuzzNew changes a section: the model is refused, or does no harm.
func FuzzNew(f *testing.F) {
	names := tiny().Sections()
	for i, name := range names {
		b, err := tiny().Get(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(uint8(i), b)
	}
	f.Fuzz(func(t *testing.T, section uint8, data []byte) {
		file := tiny()
		file.Put(names[int(section)%len(names)], data)
		p, err := New(file)
		if err != nil {
			if !errors.Is(err, model.ErrDamaged) && !errors.Is(err, model.ErrOther) {
				t.Errorf("error does not say that the file is damaged: %v", err)
			}
			return
		}
		d := document(ownSentences...)
		p.Annotate(d)
		checkTrees(t, d)
	})
}
