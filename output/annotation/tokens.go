package annotation

import (
	"slices"
	"unicode"
)

// Segment cuts a text into sentences, each a list of its tokens: spans in text
// order that do not overlap and hold no white space.
type Segment func(text string) [][]Span

// plainSegment is the cut where none is given: a sentence a line, a token for
// every run of letters, digits and marks, and for any other character.
func plainSegment(text string) [][]Span {
	var out [][]Span
	var line []Span
	at, from := 0, -1 // from: start of the word under way
	end := func() {
		if from >= 0 {
			line = append(line, Span{from, at})
			from = -1
		}
	}
	for _, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
			if from < 0 {
				from = at
			}
		case isSpace(r):
			end()
			if r == '\n' && len(line) > 0 {
				out = append(out, line)
				line = nil
			}
		default:
			end()
			line = append(line, Span{at, at + 1})
		}
		at++
	}
	end()
	if len(line) > 0 {
		out = append(out, line)
	}
	return out
}

// tokens cuts the text of d so that every edge of a span of a statement is an
// edge of a token, and everything but white space lies in a token: whatever the
// segmenter gives, no edge is lost.
func (d *Document) tokens(x *index, segment Segment) [][]Span {
	if segment == nil {
		segment = plainSegment
	}
	edges := d.edges()
	var out [][]Span
	at := 0 // everything before is cut
	for _, sentence := range segment(d.Text) {
		var line []Span
		for _, t := range sentence {
			t.Start, t.End = max(t.Start, at), min(t.End, x.len())
			if t.Start >= t.End {
				continue
			}
			line = x.cut(line, Span{at, t.Start}, edges)
			line = x.cut(line, t, edges)
			at = t.End
		}
		if len(line) > 0 {
			out = append(out, line)
		}
	}
	if rest := x.cut(nil, Span{at, x.len()}, edges); len(rest) > 0 {
		out = append(out, rest)
	}
	return out
}

// edges are the places where a span of a statement begins or ends, sorted.
func (d *Document) edges() []int {
	var edges []int
	for i := range d.Statements {
		for _, r := range roles {
			for _, s := range *d.Statements[i].spans(r) {
				edges = append(edges, s.Start, s.End)
			}
		}
	}
	slices.Sort(edges)
	return slices.Compact(edges)
}

// cut appends the pieces of s between white space and edges.
func (x *index) cut(to []Span, s Span, edges []int) []Span {
	next, _ := slices.BinarySearch(edges, s.Start+1)
	from := -1
	for i := s.Start; i < s.End; i++ {
		if next < len(edges) && edges[next] == i {
			if from >= 0 {
				to = append(to, Span{from, i})
				from = -1
			}
			next++
		}
		space := isSpace(x.runeAt(i))
		if space && from >= 0 {
			to = append(to, Span{from, i})
			from = -1
		} else if !space && from < 0 {
			from = i
		}
	}
	if from >= 0 {
		to = append(to, Span{from, s.End})
	}
	return to
}
