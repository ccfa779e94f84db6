package forest

import (
	"fmt"

	"github.com/whosaid/whosaid/extract/model"
)

// Sections of the model file.
const (
	sectionLayout      = "layout"      // width, trees, then nodes of each tree
	sectionTrees       = "trees"       // nodes of each tree: feature, left, right uint32
	sectionValues      = "values"      // cut, then value, of each node
	sectionCalibration = "calibration" // number of tables; for each n, then n of At, n of To
)

// maxDepth bounds a tree, whose room in memory doubles with every level.
const maxDepth = 10

// File puts the model into sections, with the fingerprint of what it was trained
// with.
func (m *Model) File(p model.Fingerprint) *model.File {
	f := model.New()
	f.Stamp(p)
	m.Put(f, "")
	return f
}

// Put puts the model into sections of a file whose names begin with prefix.
func (m *Model) Put(f *model.File, prefix string) {
	layout := []uint32{uint32(m.Width), uint32(len(m.Trees))}
	var nodes []uint32
	var values []float32
	for _, t := range m.Trees {
		layout = append(layout, uint32(len(t.Nodes)))
		for _, n := range t.Nodes {
			nodes = append(nodes, uint32(n.Feature)<<24|uint32(n.Left)<<12|uint32(n.Right))
			values = append(values, n.Cut, n.Value)
		}
	}
	cal := []float32{float32(len(m.Calibration))}
	for _, t := range m.Calibration {
		cal = append(cal, float32(len(t.At)))
		cal = append(cal, t.At...)
		cal = append(cal, t.To...)
	}
	f.Put(prefix+sectionLayout, model.EncodeUint32s(layout))
	f.Put(prefix+sectionTrees, model.EncodeUint32s(nodes))
	f.Put(prefix+sectionValues, model.EncodeFloats(values))
	f.Put(prefix+sectionCalibration, model.EncodeFloats(cal))
}

// Decode reads a model from its file and makes it ready. A file that was
// trained with other measurements, or is damaged, is an error.
func Decode(f *model.File, program model.Fingerprint, width int) (*Model, error) {
	if err := f.Check(program); err != nil {
		return nil, err
	}
	return Get(f, "", width)
}

// Get reads a model that Put has put into a file, and makes it ready.
func Get(f *model.File, prefix string, width int) (*Model, error) {
	layout, err := section(f, prefix+sectionLayout, model.DecodeUint32s)
	if err != nil {
		return nil, err
	}
	nodes, err := section(f, prefix+sectionTrees, model.DecodeUint32s)
	if err != nil {
		return nil, err
	}
	values, err := section(f, prefix+sectionValues, model.DecodeFloats)
	if err != nil {
		return nil, err
	}
	cal, err := section(f, prefix+sectionCalibration, model.DecodeFloats)
	if err != nil {
		return nil, err
	}
	if len(layout) < 2 || layout[0] != uint32(width) || int(layout[1]) != len(layout)-2 {
		return nil, fmt.Errorf("decode ranker: its layout does not fit")
	}
	m := &Model{Width: width}
	for _, n := range layout[2:] {
		if int(n) > len(nodes) || int(2*n) > len(values) || n == 0 || n > 1<<12 {
			return nil, fmt.Errorf("decode ranker: a tree of %d nodes does not fit", n)
		}
		t, err := tree(nodes[:n], values[:2*n], width)
		if err != nil {
			return nil, err
		}
		nodes, values = nodes[n:], values[2*n:]
		m.Trees = append(m.Trees, t)
	}
	if m.Calibration, err = tables(cal); err != nil {
		return nil, err
	}
	m.Lay()
	return m, nil
}

func tree(nodes []uint32, values []float32, width int) (Tree, error) {
	n := uint16(len(nodes))
	t := Tree{Nodes: make([]Node, n)}
	for i := range t.Nodes {
		x := nodes[i]
		nd := Node{Feature: uint8(x >> 24), Left: uint16(x >> 12 & 0xfff), Right: uint16(x & 0xfff), Cut: values[2*i], Value: values[2*i+1]}
		if nd.Left != 0 && (int(nd.Left) <= i || int(nd.Right) <= i || nd.Left >= n || nd.Right >= n || int(nd.Feature) >= width) {
			return t, fmt.Errorf("decode ranker: node %d points nowhere", i)
		}
		t.Nodes[i] = nd
	}
	if t.depth(0) > maxDepth {
		return t, fmt.Errorf("decode ranker: a tree of more than %d levels", maxDepth)
	}
	return t, nil
}

func tables(cal []float32) ([]Table, error) {
	short := fmt.Errorf("decode ranker: calibration is cut short")
	if len(cal) == 0 || cal[0] < 0 || cal[0] > 64 {
		return nil, short
	}
	out := make([]Table, int(cal[0]))
	cal = cal[1:]
	for k := range out {
		if len(cal) == 0 || cal[0] < 0 || int(cal[0])*2+1 > len(cal) {
			return nil, short
		}
		n := int(cal[0])
		out[k] = Table{At: cal[1 : 1+n], To: cal[1+n : 1+2*n]}
		cal = cal[1+2*n:]
	}
	return out, nil
}

func section[T any](f *model.File, name string, decode func([]byte) ([]T, error)) ([]T, error) {
	b, err := f.Get(name)
	if err != nil {
		return nil, fmt.Errorf("decode ranker: %w", err)
	}
	v, err := decode(b)
	if err != nil {
		return nil, fmt.Errorf("decode ranker: section %s: %w", name, err)
	}
	return v, nil
}
