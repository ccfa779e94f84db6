package plot

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

// A chart is well-formed XML whatever its labels say, holds no script, and
// shows its numbers.
func TestSVG(t *testing.T) {
	for _, dark := range []bool{false, true} {
		for name, c := range map[string]Chart{
			"lying":   {Labels: []string{"Ada Example", "</text><script>alert(1)</script>", "A & B " + strings.Repeat("long ", 20)}, Series: []Series{{"n", []float64{12345, 400, 0}}}},
			"stacked": {Labels: []string{"2026-01", "2026-02"}, Series: []Series{{"direct", []float64{1, 2}}, {"<b>", []float64{3, 4}}}, Over: true},
			"shares":  {Labels: []string{"one"}, Series: []Series{{"n", []float64{0.25}}}, Percent: true},
			"none":    {Labels: []string{"one"}, Series: []Series{{"n", []float64{0}}}},
		} {
			b, err := c.SVG(dark)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			d := xml.NewDecoder(strings.NewReader(string(b)))
			for {
				token, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if e, ok := token.(xml.StartElement); ok && (e.Name.Local == "script" || e.Name.Local == "b") {
					t.Errorf("%s: element %s", name, e.Name.Local)
				}
			}
			if name == "lying" && (!strings.Contains(string(b), "12,345") || !strings.Contains(string(b), "Ada Example")) {
				t.Errorf("%s: numbers or names are missing", name)
			}
			if dir := os.Getenv("PLOTS"); dir != "" {
				_ = os.WriteFile(dir+"/"+name+".svg", b, 0o666)
			}
		}
	}
}

// An axis ends behind the highest bar, and all of its labels are round.
func TestAxis(t *testing.T) {
	for most, want := range map[float64][2]float64{0: {1, 1}, 1: {1, 1}, 2: {2, 2}, 5: {5, 5}, 6: {6, 3}, 10.5: {15, 3}, 13: {15, 3}, 42: {50, 5}, 999: {1000, 5}, 9_997_682: {10_000_000, 5}} {
		c := Chart{Labels: []string{"a", "b"}, Series: []Series{{"n", []float64{most / 2, 0}}, {"m", []float64{most / 2, 0}}}}
		if end, labels := c.axis(); end != want[0] || float64(labels-1) != want[1] {
			t.Errorf("%v: ends at %v with %d steps, want %v", most, end, labels-1, want)
		}
	}
	shares := Chart{Labels: []string{"a"}, Series: []Series{{"n", []float64{0.25}}}, Percent: true}
	if end, labels := shares.axis(); math.Abs(end-0.25) > 1e-9 || labels != 6 {
		t.Errorf("shares end at %v with %d labels", end, labels)
	}
}

// Upright bars have few labels, equally far apart.
func TestFewLabels(t *testing.T) {
	for n, want := range map[int]int{1: 1, 7: 7, 8: 4, 32: 7, 36: 6} {
		some := 0
		for i, l := range (&Chart{Labels: slices.Repeat([]string{"2026-01"}, n), Over: true}).labels() {
			if l != "" {
				some++
			} else if i == 0 {
				t.Errorf("%d bars: the first has no label", n)
			}
		}
		if some != want {
			t.Errorf("%d bars have %d labels, want %d", n, some, want)
		}
	}
}
