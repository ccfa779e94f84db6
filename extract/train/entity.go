package train

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// EntityOptions are the settings of the recognizer's training. Zero values
// take the defaults.
type EntityOptions struct {
	Words    *syntax.Parser
	Seed     uint64
	Parts    int     // parts of outlets that the card's figures are of; 0: 5; negative: none
	Share    int     // training begins with weights learned from one of so many of the other annotations; 0: 2
	Folds    int     // parts held out for what the second pass learns from; 0: 4
	Passes   int     // over the world news; 0: 6
	Wide     int     // over the other annotations; 0: 3
	Rate     float64 // AdaGrad's step; 0: 0.02
	L2       float64 // weight decay; 0: 0.001
	Dropout  float64 // share of the features left out at a time; 0: 0.2
	Slots    int     // features with weights, of each pass; 0: 1<<18
	Progress func(string)
}

func (o *EntityOptions) fill() {
	set := func(p *int, v int) {
		if *p == 0 {
			*p = v
		}
	}
	set(&o.Folds, 4)
	set(&o.Parts, 5)
	set(&o.Share, 2)
	set(&o.Passes, 6)
	set(&o.Wide, 3)
	set(&o.Slots, 1<<18)
	if o.Rate == 0 {
		o.Rate = 0.02
	}
	if o.L2 == 0 {
		o.L2 = 0.001
	}
	if o.Dropout == 0 {
		o.Dropout = 0.2
	}
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
}

// NameTrainer holds what trainings of recognizers on different parts of the
// world news share: the gazetteer, and the weights learned from annotations of
// other conventions, where training on world news begins.
type NameTrainer struct {
	o       EntityOptions
	hashes  []uint64
	entries []entity.Gazette

	gazette *entity.Gazetteer
	index   map[uint64]uint32 // rows of features of the wide field
	wide    *nameCRF
}

// NewNameTrainer reads what the others' annotations tell.
func NewNameTrainer(ctx context.Context, d *EntityData, o EntityOptions) (*NameTrainer, error) {
	o.fill()
	t := &NameTrainer{o: o, index: map[uint64]uint32{}}
	var wide []NameCase
	for i := range d.Wide {
		if i%o.Share == 0 {
			wide = append(wide, d.Wide[i])
		}
	}
	entries := gazetteerOf(d.Wide, d.Lists)
	t.hashes = slices.Sorted(maps.Keys(entries))
	for _, h := range t.hashes {
		t.entries = append(t.entries, entries[h])
	}
	var err error
	if t.gazette, err = entity.NewGazetteer(t.hashes, t.entries); err != nil {
		return nil, err
	}
	f := &entity.Featurizer{Words: o.Words, Gazetteer: t.gazette, Bare: true}
	t.rowsFor(f, wide, false, 3, t.index)
	sequences := t.sequences(f, wide, false, t.index)
	o.Progress(fmt.Sprintf("other annotations: %d articles, %d stretches, %d features", len(wide), len(sequences), len(t.index)))
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	t.wide = newNameCRF(len(t.index)+1).fit(sequences, crfSettings{o.Wide, float32(o.Rate), 1e-4, o.Dropout, o.Seed})
	return t, nil
}

// rowsFor gives rows, from 1, to the features that occur at least so often in
// the cases.
func (t *NameTrainer) rowsFor(f *entity.Featurizer, cases []NameCase, second bool, least int, index map[uint64]uint32) {
	counts := map[uint64]int32{}
	for i := range cases {
		f.Prepare(cases[i].Doc)
		if second {
			f.First(cases[i].firstPass)
		}
		f.Windows(second, func(news.TokenRange) {}, func(features []uint64) {
			for _, h := range features {
				counts[h]++
			}
		}, func(news.TokenRange) {})
	}
	for _, h := range slices.Sorted(maps.Keys(counts)) {
		if _, ok := index[h]; !ok && int(counts[h]) >= least {
			index[h] = uint32(len(index) + 1)
		}
	}
}

// sequences are the windows of the cases with the rows of index.
func (t *NameTrainer) sequences(f *entity.Featurizer, cases []NameCase, second bool, index map[uint64]uint32) (out []nameSequence) {
	for i := range cases {
		c := &cases[i]
		f.Prepare(c.Doc)
		if second {
			f.First(c.firstPass)
		}
		var s nameSequence
		f.Windows(second, func(r news.TokenRange) {
			s = nameSequence{bounds: []int32{0}, gold: c.Labels[r.First:r.End], weight: max(c.Weight, 0), of: i, at: r}
			if c.Weight == 0 {
				s.weight = 1
			}
		}, func(features []uint64) {
			for _, h := range features {
				if row := index[h]; row > 0 {
					s.feats = append(s.feats, row)
				}
			}
			s.bounds = append(s.bounds, int32(len(s.feats)))
		}, func(news.TokenRange) { out = append(out, s) })
	}
	return out
}

// NameModel is one trained recognizer, not yet packed.
type NameModel struct {
	t      *NameTrainer
	index  map[uint64]uint32
	passes [2]*nameCRF
}

// Train learns both passes from the cases.
func (t *NameTrainer) Train(cases []NameCase) *NameModel {
	m := &NameModel{t: t, index: maps.Clone(t.index)}
	f := &entity.Featurizer{Words: t.o.Words, Gazetteer: t.gazette}
	t.rowsFor(f, cases, false, 2, m.index)
	set := crfSettings{t.o.Passes, float32(t.o.Rate), float32(t.o.L2), t.o.Dropout, t.o.Seed}
	all := t.sequences(f, cases, false, m.index)
	for part := range t.o.Folds {
		var rest []nameSequence
		for _, s := range all {
			if foldOf(cases[s.of].Name, t.o.Folds) != part {
				rest = append(rest, s)
			}
		}
		field := t.begin(len(m.index)+1).fit(rest, set)
		var l entity.Lattice
		for i := range cases {
			if foldOf(cases[i].Name, t.o.Folds) == part {
				cases[i].firstPass = make([]uint8, len(cases[i].Doc.Tokens))
			}
		}
		for k := range all {
			if s := &all[k]; foldOf(cases[s.of].Name, t.o.Folds) == part {
				field.label(s, &l, cases[s.of].firstPass[s.at.First:s.at.End])
			}
		}
	}
	m.passes[0] = t.begin(len(m.index)+1).fit(all, set)
	t.rowsFor(f, cases, true, 2, m.index)
	m.passes[1] = t.begin(len(m.index)+1).fit(t.sequences(f, cases, true, m.index), set)
	return m
}

// File packs the model.
func (m *NameModel) File() *model.File {
	f := model.New()
	entity.PutGazetteer(f, m.t.hashes, m.t.entries)
	hashes := make([]uint64, len(m.index))
	for h, row := range m.index {
		hashes[row-1] = h
	}
	for i, name := range []string{"first", "second"} {
		c := m.passes[i]
		limit := float32(0)
		for _, r := range c.rows {
			for _, v := range r {
				limit = max(limit, v, -v)
			}
		}
		entity.PutWeights(f, name, hashes[:len(c.rows)-1], c.rows[1:], &c.moves, m.t.o.Slots, min(limit, 4))
	}
	return f
}

// Settings of the gazetteer.
const (
	priorLeast  = 2   // a word seen less often says nothing
	phraseLeast = 2   // a name seen less often may be a slip
	phraseShare = 0.7 // and it must mostly be of one kind
)

// gazetteerOf is what the cases tell of words and whole names, with the lists.
func gazetteerOf(cases []NameCase, lists map[uint64]entity.Gazette) map[uint64]entity.Gazette {
	words := map[uint64]*[entity.Classes]int32{}
	phrases := map[uint64]*[6]int32{}
	for i := range cases {
		c := &cases[i]
		starts := map[int32]bool{}
		for _, s := range c.Doc.Sentences {
			starts[s.First] = true
		}
		for k, y := range c.Labels {
			w := c.Doc.Word(int32(k))
			if strings.ToLower(w) == w || y == 0 && starts[int32(k)] {
				continue
			}
			h := syntax.WordHash(w)
			if words[h] == nil {
				words[h] = new([entity.Classes]int32)
			}
			words[h][entity.ClassOf(y)]++
		}
		entity.EachName(c.Doc, c.Labels, func(r news.TokenRange, k entity.Kind) {
			var hashes []uint64
			for i := r.First; i < r.End; i++ {
				hashes = append(hashes, syntax.WordHash(c.Doc.Word(i)))
			}
			h := entity.PhraseHash(hashes)
			if phrases[h] == nil {
				phrases[h] = new([6]int32)
			}
			phrases[h][k]++
		})
	}
	out := maps.Clone(lists)
	for h, n := range words {
		if sum, best := top(n[:]); sum >= priorLeast {
			sure := 0
			if share := float64(n[best]) / float64(sum); share > 0.95 {
				sure = 2
			} else if share > 0.7 {
				sure = 1
			}
			often := 0
			if sum > 5 {
				often = 1
			}
			out[h] = out[h].WithPrior(uint16(1 + best*6 + sure*2 + often))
		}
	}
	for h, n := range phrases {
		if sum, best := top(n[:]); sum >= phraseLeast && float64(n[best]) > phraseShare*float64(sum) {
			out[h] = entity.Gazette(best)
		}
	}
	return out
}

// top is the sum of counts and the place of the largest.
func top(n []int32) (sum int32, best int) {
	for i, v := range n {
		sum += v
		if v > n[best] {
			best = i
		}
	}
	return sum, best
}

// begin is a field of n rows that begins with what the others' annotations tell,
// and may go away from it as fast as from nothing.
func (t *NameTrainer) begin(n int) *nameCRF {
	c := newNameCRF(n)
	copy(c.rows, t.wide.rows)
	c.moves = t.wide.moves
	return c
}
