package desk

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/output"
)

// paragraph is a stretch of an article with what is marked in it.
type paragraph struct {
	Segments []segment
	Begin    []int // statements that begin in it, by ordinal
}

// segment is words that are marked alike throughout.
type segment struct {
	Text       string
	Statements []int  // ordinals of the statements it is in, outermost first
	Begins     []int  // those that begin with it
	Class      string // of the style
}

// colours is how many speakers have a colour of their own.
const colours = 8

// marked cuts a text into paragraphs and segments. Spans that do not lie in it
// are left out: the tables may be damaged.
func marked(text string, quotes []output.QuoteRow, colour []int) []paragraph {
	marks := marksOf(text, quotes)
	var out []paragraph
	for _, block := range blocks(text) {
		p := paragraph{}
		cuts := []int{block[0], block[1]}
		for _, m := range marks {
			for _, c := range []int{m.start, m.end} {
				if c > block[0] && c < block[1] {
					cuts = append(cuts, c)
				}
			}
		}
		slices.Sort(cuts)
		cuts = slices.Compact(cuts)
		for i := 0; i+1 < len(cuts); i++ {
			s := segmentOf(text, cuts[i], cuts[i+1], marks, colour)
			p.Begin = append(p.Begin, s.Begins...)
			p.Segments = append(p.Segments, s)
		}
		out = append(out, p)
	}
	return out
}

// mark is a span of a statement.
type mark struct {
	start, end int
	statement  int
	role       string // "st", "cue" or "src"
	first      bool   // the statement begins here
	extent     int    // bytes of the whole statement: inner ones are shorter
}

func marksOf(text string, quotes []output.QuoteRow) (out []mark) {
	add := func(n int, start, end int32, role string, first bool, extent int) {
		if start >= 0 && start < end && int(end) <= len(text) {
			out = append(out, mark{int(start), int(end), n, role, first, extent})
		}
	}
	for i := range quotes {
		q := &quotes[i]
		extent := int(q.ByteEnd - q.ByteStart)
		for k, p := range q.Parts {
			add(i, p.ByteStart, p.ByteEnd, "st", k == 0, extent)
		}
		if q.CueByteStart != nil && q.CueByteEnd != nil {
			add(i, *q.CueByteStart, *q.CueByteEnd, "cue", false, extent)
		}
		if q.SourceByteStart != nil && q.SourceByteEnd != nil {
			add(i, *q.SourceByteStart, *q.SourceByteEnd, "src", false, extent)
		}
	}
	slices.SortStableFunc(out, func(a, b mark) int {
		return cmp.Or(cmp.Compare(b.extent, a.extent), cmp.Compare(a.statement, b.statement))
	})
	return out
}

// segmentOf is the segment from start to end.
func segmentOf(text string, start, end int, marks []mark, colour []int) segment {
	s := segment{Text: text[start:end]}
	class := ""
	depth := 0
	for _, m := range marks {
		if m.start > start || m.end < end {
			continue
		}
		switch m.role {
		case "st":
			depth++
			s.Statements = append(s.Statements, m.statement)
			if m.first && m.start == start {
				s.Begins = append(s.Begins, m.statement)
			}
			class = "st " + colourClass(colour[m.statement])
		default:
			if !slices.Contains(s.Statements, m.statement) {
				s.Statements = append(s.Statements, m.statement)
			}
		}
	}
	if depth > 1 {
		class += " nested"
	}
	for _, role := range []string{"cue", "src"} {
		for _, m := range marks {
			if m.role == role && m.start <= start && m.end >= end {
				class += " " + role
				break
			}
		}
	}
	s.Class = strings.TrimSpace(class)
	return s
}

// colourClass is the style of a speaker by its place, from 0; below that, of
// nobody.
func colourClass(n int) string {
	if n < 0 {
		return "c-none"
	}
	return "c-" + string(rune('0'+n%colours))
}

// blocks are the paragraphs of a text: what blank lines part.
func blocks(text string) (out [][2]int) {
	start := -1
	at := 0
	end := 0
	for line := range strings.Lines(text) {
		blank := strings.TrimSpace(line) == ""
		switch {
		case blank && start >= 0:
			out = append(out, [2]int{start, end})
			start = -1
		case !blank && start < 0:
			start = at
		}
		at += len(line)
		if !blank {
			end = at - (len(line) - len(strings.TrimRight(line, "\r\n")))
		}
	}
	if start >= 0 {
		out = append(out, [2]int{start, end})
	}
	return out
}

// coloursOf gives every speaker of an article a colour, in the order in which
// they speak; -1 for unknown ones.
func coloursOf(quotes []output.QuoteRow) []int {
	of := map[string]int{}
	out := make([]int, len(quotes))
	for i := range quotes {
		id := quotes[i].SpeakerID
		if id == "" {
			out[i] = -1
			continue
		}
		c, ok := of[id]
		if !ok {
			c = len(of)
			of[id] = c
		}
		out[i] = c
	}
	return out
}
