package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/pipeline/source"
)

// Styles, as the parameters of ANSI's select graphic rendition.
const (
	styleTitle   = "1"
	styleSpeaker = "1;33" // bold yellow
	styleQuote   = "36"   // cyan
	styleSource  = "1;33"
	styleCue     = "32" // green
	styleDim     = "2"
)

// page lays one article out for people.
type page struct {
	b     strings.Builder
	width int
	color bool
	r     *news.Result
}

func (p *page) paint(style, s string) string {
	if !p.color || style == "" || s == "" {
		return s
	}
	return "\x1b[" + style + "m" + s + "\x1b[0m"
}

// head prints title, origin and a line of figures.
func (p *page) head() {
	a := p.r.Doc.Article
	if a.Title != "" {
		p.wrap("", styleTitle, plain(a.Title))
	}
	var about []string
	if a.Outlet != "" {
		about = append(about, plain(a.Outlet))
	}
	if !a.Published.IsZero() {
		about = append(about, a.Published.Format("2006-01-02"))
	}
	if a.Origin.Path == source.Stdin {
		about = append(about, "standard input")
	} else {
		about = append(about, plain(a.Origin.Path))
	}
	p.wrap("", styleDim, strings.Join(about, " · "))
	named := 0
	for i := range p.r.Attributions {
		if k := p.r.Attributions[i].Kind; p.r.Attributions[i].Entity >= 0 && (k == news.Person || k == news.Organization) {
			named++
		}
	}
	if len(p.r.Quotes) == 0 {
		p.wrap("", "", "no statements")
		p.b.WriteByte('\n')
		return
	}
	p.wrap("", "", fmt.Sprintf("%s, %d with a named speaker", counted(len(p.r.Quotes), "statement"), named))
	p.b.WriteByte('\n')
}

// statement prints one entry of the list.
func (p *page) statement(i int) {
	q := &p.r.Quotes[i]
	text := p.r.Doc.Text
	number := fmt.Sprintf("%3d ", i+1)
	p.b.WriteString(number)
	p.b.WriteString(p.paint(styleSpeaker, clip(plain(speakerOf(p.r, i)), p.width-len(number))))
	p.b.WriteByte('\n')
	facts := []string{q.Kind.String()}
	if q.Act == news.Attitude {
		facts = append(facts, "attitude (believed or wished, not said)")
	}
	if q.Polarity != news.Affirmed {
		facts = append(facts, q.Polarity.String())
	}
	if q.Modality != news.Asserted {
		facts = append(facts, q.Modality.String())
	}
	if !q.Cue.Empty() {
		facts = append(facts, "“"+plain(q.Cue.Of(text))+"”")
	}
	sure := fmt.Sprintf("quote %.0f%%", 100*q.Confidence)
	if i < len(p.r.Attributions) && p.r.Attributions[i].Entity >= 0 {
		sure += fmt.Sprintf(", speaker %.0f%%", 100*p.r.Attributions[i].Confidence)
	}
	facts = append(facts, sure)
	facts = append(facts, fmt.Sprintf("paragraph %d", p.paragraph(q.Parts[0].Span.Start)))
	p.facts("    ", styleDim, facts)
	words := make([]string, len(q.Parts))
	for k, part := range q.Parts {
		words[k] = part.Span.Of(text)
	}
	p.wrap("    ", styleQuote, plain(strings.Join(words, " … ")))
	p.b.WriteByte('\n')
}

// reasons prints what is known of how the speaker of statement i was found.
func (p *page) reasons(i int) {
	if i >= len(p.r.Attributions) {
		return
	}
	a := &p.r.Attributions[i]
	p.wrap("    ", "", "found by: "+plain(a.Method))
	for _, c := range a.Candidates {
		p.wrap("    ", "", fmt.Sprintf("%3.0f%%  %s", 100*c.Probability, plain(p.r.Entities[c.Entity].Name)))
	}
	for _, why := range a.Why {
		p.wrap("    - ", "", plain(why))
	}
}

// paragraph is the number, from 1, of the paragraph around byte `at`.
func (p *page) paragraph(at int32) int {
	d := p.r.Doc
	for i, r := range d.Paragraphs {
		if s := d.Span(r); at < s.End {
			return i + 1
		}
	}
	return max(1, len(d.Paragraphs))
}

// wrap prints text in lines of the page's width, indented; spaces collapse.
func (p *page) wrap(indent, style, text string) {
	p.words(indent, style, slices.Collect(strings.FieldsSeq(text)))
}

// facts prints facts with points between them, and breaks a line inside a fact
// only when the fact is longer than a line.
func (p *page) facts(indent, style string, facts []string) {
	room := p.width - utf8.RuneCountInString(indent)
	var words []string
	for i, f := range facts {
		if i < len(facts)-1 {
			f += " ·"
		}
		if runewidth.StringWidth(f) <= room {
			words = append(words, f)
		} else {
			words = append(words, strings.Fields(f)...)
		}
	}
	p.words(indent, style, words)
}

// words prints words in lines of the page's width, indented. A word longer than
// a line is cut.
func (p *page) words(indent, style string, words []string) {
	room := p.width - utf8.RuneCountInString(indent)
	var line strings.Builder
	used := 0
	flush := func() {
		p.b.WriteString(indent)
		p.b.WriteString(p.paint(style, line.String()))
		p.b.WriteByte('\n')
		line.Reset()
		used = 0
		indent = strings.Repeat(" ", utf8.RuneCountInString(indent))
	}
	for len(words) > 0 {
		w := words[0]
		words = words[1:]
		n := runewidth.StringWidth(w)
		if n > room {
			head := runewidth.Truncate(w, room, "")
			if head != "" && len(head) < len(w) {
				words = slices.Insert(words, 0, w[len(head):])
				w, n = head, runewidth.StringWidth(head)
			}
		}
		if used > 0 && used+1+n > room {
			flush()
		}
		if used > 0 {
			line.WriteByte(' ')
			used++
		}
		line.WriteString(w)
		used += n
	}
	if used > 0 {
		flush()
	}
}

// clip cuts s to a width.
func clip(s string, width int) string {
	return runewidth.Truncate(s, max(1, width), "…")
}

// layout breaks the marked text into lines.
type layout struct {
	*page
	marks         []mark
	opens, closes map[int]string
}

// line prints one line of the text, which starts at byte `at`, in as many
// lines of the page as it takes.
func (l *layout) line(line string, at int) {
	used := 0
	for i := 0; i < len(line); {
		for i < len(line) && isBlank(line[i]) {
			i++
		}
		j := i
		for j < len(line) && !isBlank(line[j]) {
			j++
		}
		if i == j {
			break
		}
		word, width := l.word(line[i:j], at+i)
		if used > 0 && used+1+width > l.width {
			l.b.WriteByte('\n')
			used = 0
		}
		if used > 0 {
			style := ""
			if a := at + i; l.marks[a] == l.marks[a-1] {
				style = markStyles[l.marks[a]]
			}
			l.b.WriteString(l.paint(style, " "))
			used++
		}
		l.b.WriteString(word)
		used += width
		i = j
	}
	l.b.WriteByte('\n')
}

// word is one word with its marks, and its width.
func (l *layout) word(w string, at int) (string, int) {
	var b strings.Builder
	width := 0
	add := func(s string) {
		b.WriteString(s)
		width += runewidth.StringWidth(s)
	}
	for i := 0; i < len(w); {
		add(l.closes[at+i])
		add(l.opens[at+i])
		m := l.marks[at+i]
		j := i
		for j < len(w) && l.marks[at+j] == m && (j == i || l.opens[at+j] == "" && l.closes[at+j] == "") {
			j++
		}
		s := plain(w[i:j])
		b.WriteString(l.paint(markStyles[m], s))
		width += runewidth.StringWidth(s)
		i = j
	}
	add(l.closes[at+len(w)])
	return b.String(), width
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
