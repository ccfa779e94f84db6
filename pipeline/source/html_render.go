package source

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// renderText writes the main text as it would be read: a blank line between
// paragraphs, a line end for <br>, runs of white space as one space. No-break
// spaces stay.
func renderText(n *html.Node) string {
	r := renderer{}
	r.node(n)
	r.flush("")
	return r.out.String()
}

// lineEnds says what a renderer makes of line ends in the text of elements.
type lineEnds uint8

const (
	asSpaces  lineEnds = iota // as a browser does
	keepBlank                 // an empty line parts paragraphs: HTML that a template wraps later
	keepLines                 // text with a few tags in it
)

type renderer struct {
	out   strings.Builder
	line  strings.Builder
	gap   string // what goes before the next line
	lines lineEnds
}

// blocks start a paragraph of their own.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Dl: true, atom.Dd: true, atom.Dt: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Blockquote: true, atom.Pre: true, atom.Table: true, atom.Tr: true, atom.Section: true, atom.Article: true,
	atom.Main: true, atom.Aside: true, atom.Header: true, atom.Footer: true, atom.Figure: true, atom.Figcaption: true,
	atom.Hr: true, atom.Body: true, atom.Address: true, atom.Details: true, atom.Summary: true,
}

func isBlock(n *html.Node) bool {
	return n.Type == html.ElementNode && (blocks[n.DataAtom] || blocks[atom.Lookup([]byte(n.Data))])
}

func (r *renderer) node(n *html.Node) {
	if n == nil {
		return
	}
	switch n.Type {
	case html.TextNode:
		r.text(n.Data)
		return
	case html.ElementNode:
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe:
			return
		case atom.Br:
			if r.gap == "\n" && strings.TrimSpace(r.line.String()) == "" {
				r.gap = "\n\n" // the second in a row
				return
			}
			r.flush("\n")
			return
		case atom.Td, atom.Th:
			r.line.WriteByte(' ')
		}
	}
	block := isBlock(n)
	if block {
		r.flush("\n\n")
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
	if block {
		r.flush("\n\n")
	}
}

func (r *renderer) text(s string) {
	if r.lines == asSpaces {
		r.line.WriteString(s)
		return
	}
	for {
		line, rest, more := strings.Cut(s, "\n")
		r.line.WriteString(line)
		if !more {
			return
		}
		s = rest
		trimmed := strings.TrimLeft(s, " \t\r")
		switch {
		case strings.HasPrefix(trimmed, "\n"):
			r.flush("\n\n")
		case r.lines == keepLines:
			r.flush("\n")
		default:
			r.line.WriteByte(' ')
		}
	}
}

// flush ends the line; gap stands before the next, the wider of two in a row.
func (r *renderer) flush(gap string) {
	words := strings.FieldsFunc(r.line.String(), func(c rune) bool {
		return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'
	})
	r.line.Reset()
	if len(words) > 0 {
		if r.out.Len() > 0 {
			r.out.WriteString(r.gap)
		}
		r.out.WriteString(strings.Join(words, " "))
		r.gap = gap
	} else if len(gap) > len(r.gap) {
		r.gap = gap
	}
}
