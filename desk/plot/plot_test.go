package plot

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
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
