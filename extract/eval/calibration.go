package eval

import (
	"fmt"
	"strings"
)

// Calibration tells how far confidences can be trusted: of the things said
// with confidence 0.8, about 80% should be right.
type Calibration struct {
	Bins []Bin   `json:"bins"` // ten of equal width, the empty ones too
	N    int     `json:"n"`
	ECE  float64 `json:"ece"` // expected calibration error: mean distance of confidence and share right over the bins, weighted by size; 0 to 1
}

// Bin holds the confidences from Low to High; High belongs to the next bin,
// but for 1.
type Bin struct {
	Low        float64 `json:"low"`
	High       float64 `json:"high"`
	N          int     `json:"n"`
	Confidence float64 `json:"confidence"` // mean
	Right      float64 `json:"right"`      // share
}

const bins = 10

// Calibration of detection and of speakers. A detection is right when it is
// matched with a gold attribution. A speaker is judged on matched predictions
// that name one, where the gold tells the speaker's kind: it is right when the
// name is the gold's, or when neither is a person or organization. Predictions
// without a confidence do not count.
func (r *Report) Calibration() (detect, speaker Calibration) {
	var d, s bag
	for i := range r.docs {
		doc := &r.docs[i]
		for k := range doc.pred {
			p := &doc.pred[k]
			if p.p.Detect >= 0 {
				d.add(p.p.Detect, p.match >= 0)
			}
			if p.match < 0 || p.p.Speaker < 0 || p.p.Name == "" {
				continue
			}
			if g := doc.gold[p.match].a; g.Kind != "" {
				s.add(p.p.Speaker, speakerRight(g, p.p))
			}
		}
	}
	return d.calibration(), s.calibration()
}

// bag gathers confidences by bin.
type bag [bins]struct {
	n, right int
	sum      float64
}

func (b *bag) add(confidence float64, right bool) {
	k := min(int(confidence*bins), bins-1)
	b[k].n++
	b[k].sum += confidence
	if right {
		b[k].right++
	}
}

func (b *bag) calibration() Calibration {
	var c Calibration
	for k := range b {
		bin := Bin{Low: float64(k) / bins, High: float64(k+1) / bins, N: b[k].n}
		if bin.N > 0 {
			bin.Confidence = b[k].sum / float64(bin.N)
			bin.Right = float64(b[k].right) / float64(bin.N)
			c.ECE += float64(bin.N) * max(bin.Confidence-bin.Right, bin.Right-bin.Confidence)
		}
		c.N += bin.N
		c.Bins = append(c.Bins, bin)
	}
	if c.N > 0 {
		c.ECE /= float64(c.N)
	}
	return c
}

// String is a reliability diagram in text, a line a bin: the share that was
// right as a bar, the mean confidence as a stroke.
func (c Calibration) String() string {
	const width = 40
	var b strings.Builder
	for _, bin := range c.Bins {
		bar := []rune(strings.Repeat(" ", width+1))
		if bin.N > 0 {
			for i := range int(bin.Right*width + 0.5) {
				bar[i] = '#'
			}
			bar[int(bin.Confidence*width+0.5)] = '|'
		}
		line := fmt.Sprintf("  %.1f-%.1f  n %5d  confidence %.3f  right %.3f  %s", bin.Low, bin.High, bin.N, bin.Confidence, bin.Right, string(bar))
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	fmt.Fprintf(&b, "  expected calibration error %.3f over %d\n", c.ECE, c.N)
	return b.String()
}
