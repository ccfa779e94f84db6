package speaker

import (
	"fmt"

	"github.com/whosaid/whosaid/extract/model"
)

// Sections of the model file.
const (
	sectionLayout      = "layout"      // number of measurements, trees
	sectionTrees       = "trees"       // nodes of each tree: feature, left, right uint32
	sectionValues      = "values"      // cut, then value, of each node
	sectionCalibration = "calibration" // for each form: n, then n of At, n of To
)

// maxDepth bounds a tree, whose room in memory doubles with every level.
const maxDepth = 10

// File puts the model into sections.
func (m *Model) File() (*model.File, error) {
	p, err := Fingerprint()
	if err != nil {
		return nil, err
	}
	f := model.New()
	f.Stamp(p)
	layout := []uint32{uint32(numFeatures), uint32(len(m.Trees))}
	var nodes []uint32
	var values []float32
	for _, t := range m.Trees {
		layout = append(layout, uint32(len(t.Nodes)))
		for _, n := range t.Nodes {
			nodes = append(nodes, uint32(n.Feature)<<24|uint32(n.Left)<<12|uint32(n.Right))
			values = append(values, n.Cut, n.Value)
		}
	}
	var cal []float32
	for _, t := range m.Calibration {
		cal = append(cal, float32(len(t.At)))
		cal = append(cal, t.At...)
		cal = append(cal, t.To...)
	}
	f.Put(sectionLayout, model.EncodeUint32s(layout))
	f.Put(sectionTrees, model.EncodeUint32s(nodes))
	f.Put(sectionValues, model.EncodeFloats(values))
	f.Put(sectionCalibration, model.EncodeFloats(cal))
	return f, nil
}

// DecodeModel reads a model from its file. A file that was trained with other
// measurements, or is damaged, is an error.
func DecodeModel(f *model.File) (*Model, error) {
	program, err := Fingerprint()
	if err != nil {
		return nil, err
	}
	if err := f.Check(program); err != nil {
		return nil, fmt.Errorf("decode speaker model: %w", err)
	}
	return decodeModel(f)
}

// decodeModel is DecodeModel, but for the fingerprint.
func decodeModel(f *model.File) (*Model, error) {
	layout, err := uints(f, sectionLayout)
	if err != nil {
		return nil, err
	}
	nodes, err := uints(f, sectionTrees)
	if err != nil {
		return nil, err
	}
	values, err := floats(f, sectionValues)
	if err != nil {
		return nil, err
	}
	cal, err := floats(f, sectionCalibration)
	if err != nil {
		return nil, err
	}
	if len(layout) < 2 || layout[0] != uint32(numFeatures) || int(layout[1]) != len(layout)-2 {
		return nil, fmt.Errorf("decode speaker model: it has other measurements than this program: train it anew")
	}
	m := &Model{}
	for _, n := range layout[2:] {
		if int(n) > len(nodes) || int(2*n) > len(values) || n == 0 || n > 1<<12 {
			return nil, fmt.Errorf("decode speaker model: a tree of %d nodes does not fit", n)
		}
		t := Tree{Nodes: make([]Node, n)}
		for i := range t.Nodes {
			x := nodes[i]
			t.Nodes[i] = Node{Feature: uint8(x >> 24), Left: uint16(x >> 12 & 0xfff), Right: uint16(x & 0xfff), Cut: values[2*i], Value: values[2*i+1]}
			nd := &t.Nodes[i]
			if nd.Left != 0 && (int(nd.Left) <= i || int(nd.Right) <= i || uint32(nd.Left) >= n || uint32(nd.Right) >= n || nd.Feature >= uint8(numFeatures)) {
				return nil, fmt.Errorf("decode speaker model: node %d points nowhere", i)
			}
		}
		if t.depth(0) > maxDepth {
			return nil, fmt.Errorf("decode speaker model: a tree of more than %d levels", maxDepth)
		}
		nodes, values = nodes[n:], values[2*n:]
		m.Trees = append(m.Trees, t)
	}
	for form := range m.Calibration {
		if len(cal) == 0 || cal[0] < 0 || int(cal[0])*2+1 > len(cal) {
			return nil, fmt.Errorf("decode speaker model: calibration is cut short")
		}
		n := int(cal[0])
		m.Calibration[form] = Table{At: cal[1 : 1+n], To: cal[1+n : 1+2*n]}
		cal = cal[1+2*n:]
	}
	return m, nil
}

// Load reads the embedded English model.
func Load() (*Model, error) { return LoadFrom(nil) }

// LoadFrom reads the model of a set of models; nil is the embedded set.
func LoadFrom(models *model.Set) (*Model, error) {
	f, err := models.Get("speaker")
	if err != nil {
		return nil, fmt.Errorf("load speaker model: %w", err)
	}
	if models == nil { // held to the fingerprint by train's TestFingerprints
		return decodeModel(f)
	}
	return DecodeModel(f)
}

func uints(f *model.File, section string) ([]uint32, error) {
	b, err := f.Get(section)
	if err != nil {
		return nil, fmt.Errorf("decode speaker model: %w", err)
	}
	v, err := model.DecodeUint32s(b)
	if err != nil {
		return nil, fmt.Errorf("decode speaker model: section %s: %w", section, err)
	}
	return v, nil
}

func floats(f *model.File, section string) ([]float32, error) {
	b, err := f.Get(section)
	if err != nil {
		return nil, fmt.Errorf("decode speaker model: %w", err)
	}
	v, err := model.DecodeFloats(b)
	if err != nil {
		return nil, fmt.Errorf("decode speaker model: section %s: %w", section, err)
	}
	return v, nil
}
