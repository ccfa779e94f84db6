// Package plot draws the desk's bar charts as SVG, for a light and a dark page.
//
// In go labels and numbers, out comes an SVG document without scripts or
// references; the library escapes the text in it, which
// a test holds. It is the one place that knows the
// drawing library (go-analyze/charts).
package plot

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"

	"github.com/go-analyze/charts"
)

// Chart is some bars a label.
type Chart struct {
	Labels []string
	Series []Series
	// Over draws upright bars, for labels that are a course of time; otherwise
	// they lie, and the first label is on top.
	Over bool
	// Percent says that values are shares, 0 to 1.
	Percent bool
}

// Series is one value a label; bars of several series stand on each other.
type Series struct {
	Name   string
	Values []float64
}

const (
	width      = 640
	rowHeight  = 26
	maxLabel   = 26 // runes of a label
	maxOver    = 7  // labels below upright bars
	foot, head = 44, 34
)

// Colours that stand out by 3:1 and more from the page and from each other.
var (
	lightSeries = []charts.Color{{R: 0x1f, G: 0x5f, B: 0xa8, A: 255}, {R: 0xb3, G: 0x5a, B: 0x00, A: 255}, {R: 0x2e, G: 0x7d, B: 0x5b, A: 255}}
	darkSeries  = []charts.Color{{R: 0x7d, G: 0xb4, B: 0xf0, A: 255}, {R: 0xf2, G: 0xa6, B: 0x5a, A: 255}, {R: 0x7f, G: 0xd1, B: 0xae, A: 255}}
)

// SVG draws c.
func (c *Chart) SVG(dark bool) ([]byte, error) {
	ink, paper, line := charts.Color{R: 0x1c, G: 0x1c, B: 0x1c, A: 255}, charts.Color{R: 255, G: 255, B: 255, A: 255}, charts.Color{R: 0xd8, G: 0xd8, B: 0xd8, A: 255}
	theme, series := charts.GetTheme(charts.ThemeLight), lightSeries
	if dark {
		ink, paper, line = charts.Color{R: 0xec, G: 0xec, B: 0xec, A: 255}, charts.Color{R: 0x1b, G: 0x1e, B: 0x22, A: 255}, charts.Color{R: 0x44, G: 0x48, B: 0x4e, A: 255}
		theme, series = charts.GetTheme(charts.ThemeDark), darkSeries
	}
	theme = theme.WithTextColor(ink).WithBackgroundColor(paper).WithSeriesColors(series).WithAxisSplitLineColor(line).WithXAxisColor(line).WithYAxisColor(line)

	o := charts.NewBarChartOptionWithData(c.values())
	o.Theme, o.Padding = theme, charts.NewBox(10, 10, 48, 10) // the last number stands outside the bars
	o.Horizontal = !c.Over
	o.StackSeries = charts.Ptr(len(c.Series) > 1)
	o.CategoryAxis.Labels = c.labels()
	if c.Over {
		o.CategoryAxis.LabelCount = len(c.Labels)
	}
	o.ValueFormatter = c.format
	end, count := c.axis()
	o.ValueAxis = []charts.ValueAxisOption{{Min: charts.Ptr(0.0), Max: &end, LabelCount: count, ValueFormatter: c.format}}
	for i := range o.SeriesList {
		if !c.Over && len(c.Series) == 1 {
			o.SeriesList[i].Label = charts.SeriesLabel{Show: charts.Ptr(true), ValueFormatter: c.format}
		}
		if len(c.Series) > 1 {
			o.Legend.SeriesNames = append(o.Legend.SeriesNames, c.Series[i].Name)
		}
	}
	height := 260
	if !c.Over {
		height = foot + rowHeight*len(c.Labels)
		if len(c.Series) > 1 {
			height += head
		}
	}
	p := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputSVG, Width: width, Height: height}, charts.PainterThemeOption(theme))
	if err := p.BarChart(o); err != nil {
		return nil, fmt.Errorf("draw: %w", err)
	}
	b, err := p.Bytes()
	if err != nil {
		return nil, fmt.Errorf("draw: %w", err)
	}
	return bytes.ReplaceAll(b, []byte("font-family:'Roboto Medium',sans-serif"), []byte(fonts)), nil
}

// axis is where the axis of values ends and how many labels it has, each a
// round number: half a statement is none.
func (c *Chart) axis() (end float64, labels int) {
	most := 0.0
	for k := range c.Labels {
		sum := 0.0
		for _, s := range c.Series {
			sum += s.Values[k]
		}
		most = max(most, sum)
	}
	step := 1.0
	if c.Percent {
		step = 0.01
	}
	for factors := 0; most > 5*step; factors++ {
		step *= []float64{2, 2.5, 2}[factors%3]
	}
	n := max(1, math.Ceil(most/step-1e-9))
	return n * step, int(n) + 1
}

// fonts are as wide as the one that the library measures with, which is not
// sent along.
const fonts = "font-family:Roboto,Arial,Helvetica,'Liberation Sans',sans-serif"

// values are those of the series, upside down for bars that lie, whose first
// the library draws lowest.
func (c *Chart) values() [][]float64 {
	out := make([][]float64, len(c.Series))
	for i, s := range c.Series {
		out[i] = make([]float64, len(s.Values))
		for k, v := range s.Values {
			out[i][c.place(k)] = v
		}
	}
	return out
}

func (c *Chart) labels() []string {
	out := make([]string, len(c.Labels))
	for k, l := range c.Labels {
		if utf8.RuneCountInString(l) > maxLabel {
			l = string([]rune(l)[:maxLabel-1]) + "…"
		}
		out[c.place(k)] = l
	}
	if c.Over { // there is room for a few, which stand equally far apart
		every := (len(out) + maxOver - 1) / maxOver
		for k := range out {
			if k%every != 0 {
				out[k] = ""
			}
		}
	}
	return out
}

func (c *Chart) place(k int) int {
	if c.Over {
		return k
	}
	return len(c.Labels) - 1 - k
}

// format writes a value: 12,345 or 12%.
func (c *Chart) format(v float64) string {
	if c.Percent {
		return strconv.FormatFloat(100*v, 'f', 0, 64) + "%"
	}
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if v != float64(int64(v)) {
		return s
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
