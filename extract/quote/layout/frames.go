package layout

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// maxHeading is the most tokens of a line that is a heading.
const maxHeading = 12

// frames silences what holds no statement: credits, links, times, and what
// stands at the end of a press release.
func (x *reader) frames() {
	for k, p := range x.d.Paragraphs {
		first := x.d.Word(p.First)
		switch e := x.startsWith(p, x.w.NoSpeakers); {
		case e > 0 && e < p.End && x.d.Word(e) == ":":
			x.silence(k)
		case first == "»" || first == "›" || first == "▶" || first == "►":
			x.silence(k)
		case x.titled(p):
			x.silence(k)
		case x.isTime(first) && p.Len() <= maxHeading && !x.stopped(p) && !x.quotes(k) && x.d.Word(p.End-1) != ":":
			x.silence(k)
		}
	}
	for k := range x.d.Paragraphs {
		if 3*k >= len(x.d.Paragraphs) && x.ends(k) {
			for ; k < len(x.d.Paragraphs); k++ {
				if !x.done[k] {
					x.silence(k)
				}
			}
			return
		}
	}
}

// minTitled is the least words of a heading that are written big.
const minTitled = 4

// titled reports a heading: no sentence, no marks, no colon, and all words but small ones
// written big.
func (x *reader) titled(p news.TokenRange) bool {
	if p.Len() > 2*maxHeading || x.stopped(p) || x.marked(p) {
		return false
	}
	big, small := 0, false
	for i := p.First; i < p.End; i++ {
		w := x.d.Word(i)
		switch {
		case w == ":" || w == ",":
			return false
		case !statement.IsWord(w) || w[0] >= '0' && w[0] <= '9':
		case marks.Capital(w):
			big++
			small = small || !news.InCapitals(w)
		case len(w) > minListed+1:
			return false
		}
	}
	return big >= minTitled && small
}

// ends reports whether a press release says nothing more from paragraph k on.
func (x *reader) ends(k int) bool {
	p := x.d.Paragraphs[k]
	if e := x.startsWith(p, x.w.About); e > 0 {
		return e < p.End && p.Len() <= maxHeading && !x.stopped(p) && !x.quotes(k) && x.d.Word(p.End-1) != ":" && !x.finite(p)
	}
	e := x.startsWith(p, x.w.Boilerplate)
	if e == 0 {
		return false
	}
	return e == p.End || x.d.Word(e) == ":" || news.InCapitals(x.d.Word(p.First)) || !x.stopped(p) && p.Len() <= maxHeading
}

// quotes reports whether paragraph k has a quotation in marks.
func (x *reader) quotes(k int) bool {
	p := x.d.Paragraphs[k]
	for i := p.First; i < p.End; i++ {
		if x.m.Inside[i] >= 0 {
			return true
		}
	}
	return false
}

// isTime reports a time of day: 14:02, 14.31, 9.15pm, 9pm.
func (x *reader) isTime(w string) bool {
	if w[0] < '0' || w[0] > '9' {
		return false
	}
	w = strings.ToLower(w)
	half := false
	for e := range x.w.Halves {
		if !half && strings.HasSuffix(w, e) {
			w, half = strings.TrimSuffix(w, e), true
		}
	}
	h, m, cut := strings.Cut(w, ":")
	if !cut {
		h, m, cut = strings.Cut(w, ".")
	}
	return digits(h, 1, 2) && (cut && digits(m, 2, 2) || !cut && half)
}

// digits reports whether w is from least to most digits.
func digits(w string, least, most int) bool {
	for i := range len(w) {
		if w[i] < '0' || w[i] > '9' {
			return false
		}
	}
	return least <= len(w) && len(w) <= most
}
