package syntax

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"sync"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/model"
)

// Parser tags and parses documents. It is read-only once made and safe for
// concurrent use.
type Parser struct {
	tagger  *tagger
	layout  *linear.Layout // of arcs
	arcs    *linear.Triples
	rels    *weights
	scratch sync.Pool
}

// Load returns the parser of the embedded English model. It is read once and
// shared.
func Load() (*Parser, error) { return load() }

var load = sync.OnceValues(func() (*Parser, error) { return read(nil) })

// LoadFrom returns the parser of a set of models; nil is the embedded set.
func LoadFrom(models *model.Set) (*Parser, error) {
	if models == nil {
		return Load()
	}
	return read(models)
}

func read(models *model.Set) (*Parser, error) {
	f, err := models.Get("syntax")
	if err != nil {
		return nil, err
	}
	if models == nil { // held to the fingerprint by train's TestFingerprints
		return decode(f)
	}
	return New(f)
}

// New returns the parser of a model file made by package train. Errors wrap
// model.ErrDamaged, or model.ErrOther for a model of other features.
func New(f *model.File) (*Parser, error) {
	program, err := Fingerprint()
	if err != nil {
		return nil, err
	}
	if err := f.Check(program); err != nil {
		return nil, fmt.Errorf("load syntax model: %w", err)
	}
	return decode(f)
}

// decode is New, but for the fingerprint.
func decode(f *model.File) (*Parser, error) {
	g, err := decodeTagger(f)
	if err != nil {
		return nil, fmt.Errorf("load tagger: %w", err)
	}
	p := &Parser{tagger: g}
	p.scratch.New = func() any { return new(lanes) }
	arcs, err := section(f, "arcs", decodePlanes)
	if err != nil {
		return nil, fmt.Errorf("load parser: %w", err)
	}
	p.arcs = linear.NewTriples(arcs)
	if p.layout, err = decodeLayout(f, "arcs", ArcFeatures); err != nil {
		return nil, fmt.Errorf("load parser: %w", err)
	}
	if p.rels, err = decodeWeights(f, "relations", RelFeatures, AllRels); err != nil {
		return nil, fmt.Errorf("load parser: %w", err)
	}
	if n := len(p.rels.allowed); n != RelSituations {
		return nil, fmt.Errorf("load parser: %w: %d situations, want %d", model.ErrDamaged, n, RelSituations)
	}
	return p, nil
}

// Weights are those of the tags or of the relations: rows of columns for the
// features that have a slot (linear.NewSlots); row 0 is for those without.
type Weights struct {
	Needs   []uint32 // linear.NewLayout
	Checks  []uint16
	Table   model.Table
	Allowed []uint64 // for each situation, a bit for each column that was met in it
}

// Tables are the trained weights of a Parser.
type Tables struct {
	Hashes   []uint64 // of the lexicon's words, and
	Entries  []Entry  // what it knows of them
	Tags     Weights
	Back     Weights // of the tags, from right to left; none of them Allowed
	Rels     Weights
	ArcNeeds []uint32 // linear.NewLayout
	Arcs     []byte   // linear.NewTriples
}

// File makes the model file that New reads.
func (t *Tables) File() (*model.File, error) {
	p, err := Fingerprint()
	if err != nil {
		return nil, err
	}
	f := model.New()
	f.Stamp(p)
	encodeLexicon(f, t.Hashes, t.Entries)
	encodeWeights(f, "tagger", &t.Tags)
	encodeRows(f, "tagger.back", &t.Back)
	encodeWeights(f, "relations", &t.Rels)
	f.Put("arcs.layout", model.EncodeUint32s(t.ArcNeeds))
	f.Put("arcs", t.Arcs)
	return f, nil
}

func encodeWeights(f *model.File, name string, w *Weights) {
	encodeRows(f, name, w)
	f.Put(name+".allowed", encodeAllowed(w.Allowed))
}

func encodeRows(f *model.File, name string, w *Weights) {
	checks := make([]byte, 0, 2*len(w.Checks))
	for _, c := range w.Checks {
		checks = binary.LittleEndian.AppendUint16(checks, c)
	}
	f.Put(name+".layout", model.EncodeUint32s(w.Needs))
	f.Put(name+".checks", checks)
	f.Put(name, w.Table.Encode())
}

// weights are Weights ready for use.
type weights struct {
	layout  *linear.Layout
	slots   *linear.Slots
	cells   []byte   // rows of Columns int8
	allowed []uint64 // columns by situation
}

// only is the only column allowed in a situation, -1 where there are several.
func (w *weights) only(situation int) int {
	if a := w.allowed[situation]; a&(a-1) == 0 {
		return bits.TrailingZeros64(a)
	}
	return -1
}

// best is the allowed column with the largest sum of the rows.
func (w *weights) best(rows []uint32, situation int) int {
	column, _ := linear.BestSum(w.cells, rows, w.allowed[situation])
	return column
}

// closest finds the two best allowed columns, where there are two or more.
func (w *weights) closest(rows []uint32, situation int) (d closeCall) {
	allowed := w.allowed[situation]
	first, most := linear.BestSum(w.cells, rows, allowed)
	second, more := linear.BestSum(w.cells, rows, allowed&^(1<<first))
	return closeCall{first: uint8(first), second: uint8(second), lead: int32(most - more)}
}

// overrules tells whether the rows put the second column of d further ahead of
// the first than that led.
func (w *weights) overrules(rows []uint32, d closeCall) bool {
	lead := d.lead
	for _, r := range rows {
		row := w.cells[int(r)*Columns:][:Columns]
		lead += int32(int8(row[d.first%Columns])) - int32(int8(row[d.second%Columns]))
	}
	return lead < 0
}

func decodeLayout(f *model.File, name string, templates int) (*linear.Layout, error) {
	needs, err := section(f, name+".layout", model.DecodeUint32s)
	if err != nil {
		return nil, err
	}
	if len(needs) != templates {
		return nil, fmt.Errorf("section %q: %w: %d templates, want %d", name+".layout", model.ErrDamaged, len(needs), templates)
	}
	return linear.NewLayout(needs), nil
}

func decodeWeights(f *model.File, name string, templates int, all uint64) (*weights, error) {
	w, err := decodeRows(f, name, templates)
	if err != nil {
		return nil, err
	}
	w.allowed, err = section(f, name+".allowed", decodeAllowed(all))
	return w, err
}

// decodeRows is decodeWeights but for what is allowed.
func decodeRows(f *model.File, name string, templates int) (*weights, error) {
	layout, err := decodeLayout(f, name, templates)
	if err != nil {
		return nil, err
	}
	checks, err := section(f, name+".checks", decodeChecks)
	if err != nil {
		return nil, err
	}
	table, err := section(f, name, func(b []byte) (model.Table, error) { return model.DecodeTable(b, Columns) })
	if err != nil {
		return nil, err
	}
	rows := 1
	for _, c := range checks {
		if c != 0 {
			rows++
		}
	}
	if rows != table.Rows || rows > linear.MaxRows {
		return nil, fmt.Errorf("section %q: %w: %d rows, want %d", name, model.ErrDamaged, table.Rows, rows)
	}
	return &weights{layout: layout, slots: linear.NewSlots(checks), cells: linear.Cells(table.Cells)}, nil
}

func decodeChecks(b []byte) ([]uint16, error) {
	if err := powerOfTwo(len(b)); err != nil {
		return nil, err
	}
	checks := make([]uint16, len(b)/2)
	for i := range checks {
		checks[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return checks, nil
}

func decodePlanes(b []byte) ([]byte, error) { return b, powerOfTwo(len(b)) }

// powerOfTwo refuses tables that hashes cannot index.
func powerOfTwo(n int) error {
	if n < 8 || n&(n-1) != 0 {
		return fmt.Errorf("%w: %d bytes, want a power of two", model.ErrDamaged, n)
	}
	return nil
}

// maxWords bounds what is parsed as one sentence. Longer ones, which are
// lists, tables or no text at all, are parsed in pieces of this size.
const maxWords = 500
