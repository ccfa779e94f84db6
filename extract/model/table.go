package model

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Table is a matrix of weights in one byte each: weight (row, column) is
// int8(Cells[row*Cols+column]) times the scale of its row. Cells are bytes,
// not int8, so that they can be used where they lie in the file. Sums over
// rows of one scale can be made in integers and scaled once, or not at all
// where only the largest counts.
type Table struct {
	Rows, Cols int
	Scales     []float32 // one for all rows, or one a row
	Cells      []byte    // Rows*Cols, row by row; starts at a cache line
}

// Quantise makes a Table of one scale for all rows. A weight of size limit
// becomes 127, larger ones are cut to it; limit 0 takes the largest weight.
// Cutting the few largest makes the rest finer: a limit that one weight in
// ten thousand exceeds loses nothing measurable.
func Quantise(weights []float32, rows, cols int, limit float32) Table {
	if limit <= 0 {
		limit = largest(weights)
	}
	t := Table{Rows: rows, Cols: cols, Scales: []float32{limit / 127}, Cells: make([]byte, rows*cols)}
	quantise(t.Cells, weights, t.Scales[0])
	return t
}

func largest(weights []float32) (most float32) {
	for _, w := range weights {
		most = max(most, float32(math.Abs(float64(w))))
	}
	return most
}

func quantise(cells []byte, weights []float32, scale float32) {
	if scale == 0 {
		return
	}
	for i, w := range weights {
		q := math.RoundToEven(float64(w / scale))
		cells[i] = byte(int8(max(-127, min(127, q))))
	}
}

// Encode makes a section of t: rows, cols and number of scales (uint32 each),
// the scales, zeros up to a multiple of 64, the cells.
func (t *Table) Encode() []byte {
	out := binary.LittleEndian.AppendUint32(nil, uint32(t.Rows))
	out = binary.LittleEndian.AppendUint32(out, uint32(t.Cols))
	out = append(out, EncodeFloats(t.Scales)...)
	out = append(out, make([]byte, roundUp(len(out))-len(out))...)
	return append(out, t.Cells...)
}

// DecodeTable reads a section made by Table.Encode. The cells are a slice of
// the section, not a copy. cols is the number of columns the caller's code is
// made for.
func DecodeTable(section []byte, cols int) (Table, error) {
	r := NewReader(section)
	t := Table{Rows: int(r.Uint32()), Cols: int(r.Uint32())}
	scales := int(r.Uint32())
	if r.Err() != nil {
		return Table{}, r.Err()
	}
	if t.Cols != cols {
		return Table{}, fmt.Errorf("read table: %w: %d columns, want %d", ErrDamaged, t.Cols, cols)
	}
	if scales != 1 && scales != t.Rows || 4*scales > r.Len() {
		return Table{}, fmt.Errorf("read table: %w: %d scales for %d rows", ErrDamaged, scales, t.Rows)
	}
	t.Scales = make([]float32, scales)
	for i := range t.Scales {
		t.Scales[i] = r.Float32()
	}
	at := len(section) - r.Len()
	r.Bytes(roundUp(at) - at)
	if r.Err() == nil && r.Len() != t.Rows*t.Cols {
		return Table{}, fmt.Errorf("read table: %w: %d cells for %d rows of %d", ErrDamaged, r.Len(), t.Rows, t.Cols)
	}
	t.Cells = r.Bytes(r.Len())
	return t, r.End()
}
