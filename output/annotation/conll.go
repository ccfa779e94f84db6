package annotation

import (
	"fmt"
	"strconv"
	"strings"
)

// CoNLL-U Plus, a file a document. The first columns are those of CoNLL-U that
// are told (ID, FORM, MISC); then, as CoNLL-2012 does with predicates, a column
// for each statement, with BIO tags: B-Content, I-Content, B-Cue, B-Source, O.
// A token with several parts in one statement has them joined by "|". Tags run
// on over the end of a sentence. White space between tokens stands in MISC, in
// the way of UDPipe (SpaceAfter=No, SpacesAfter=\n\n), so that the text can be
// rebuilt to the last character; tokens are cut where a mark begins or ends.
// Comments hold what is known of the document and of each statement, as JSON.

const conllColumn = "WHOSAID:" // and the statement's number

type conllEncoder struct {
	folder  *folder
	segment Segment
}

func newCoNLL(f *folder, o Options) (encoder, error) { return &conllEncoder{f, o.Segment}, nil }

func (e *conllEncoder) close() error { return nil }

// conllDoc is the comment on a document.
type conllDoc struct {
	Doc string `json:"doc"`
	Meta
	Blank string `json:"blank,omitempty"` // the text, where it is nothing but white space
}

// conllStatement is the comment on a statement.
type conllStatement struct {
	ID string `json:"id"`
	Attributes
}

func (e *conllEncoder) encode(d *Document, x *index) error {
	var b strings.Builder
	b.WriteString("# global.columns = ID FORM MISC")
	for i := range d.Statements {
		fmt.Fprintf(&b, " %s%d", conllColumn, i+1)
	}
	sentences := d.tokens(x, e.segment)
	doc := conllDoc{Doc: d.ID, Meta: d.Meta}
	if len(sentences) == 0 {
		doc.Blank = d.Text
	}
	comment, err := marshal(doc)
	if err != nil {
		return err
	}
	fmt.Fprintf(&b, "\n# newdoc id = %s\n# whosaid_document = %s\n", oneLine(d.ID), comment)
	for i := range d.Statements {
		if comment, err = marshal(conllStatement{d.Statements[i].ID, d.Statements[i].Attributes}); err != nil {
			return err
		}
		fmt.Fprintf(&b, "# whosaid_statement_%d = %s\n", i+1, comment)
	}
	conllSentences(&b, d, x, sentences)
	return e.folder.put(e.folder.names.name(d.ID)+".conllup", b.String())
}

func conllSentences(b *strings.Builder, d *Document, x *index, sentences [][]Span) {
	tags := make([][]conllTag, len(d.Statements))
	for i := range d.Statements {
		tags[i] = conllTags(&d.Statements[i])
	}
	for n, tokens := range sentences {
		whole := Span{tokens[0].Start, tokens[len(tokens)-1].End}
		fmt.Fprintf(b, "# sent_id = %d\n# text = %s\n", n+1, oneLine(x.slice(whole)))
		for k, t := range tokens {
			var misc []string
			if n == 0 && k == 0 && t.Start > 0 {
				misc = append(misc, "SpacesBefore="+escapeSpaces(x.slice(Span{0, t.Start})))
			}
			next := x.len()
			if k+1 < len(tokens) {
				next = tokens[k+1].Start
			} else if n+1 < len(sentences) {
				next = sentences[n+1][0].Start
			}
			switch gap := x.slice(Span{t.End, next}); gap {
			case " ":
				if next == x.len() { // at the end, it would go unnoticed
					misc = append(misc, `SpacesAfter=\s`)
				}
			case "":
				misc = append(misc, "SpaceAfter=No")
			default:
				misc = append(misc, "SpacesAfter="+escapeSpaces(gap))
			}
			if misc == nil {
				misc = []string{"_"}
			}
			fmt.Fprintf(b, "%d\t%s\t%s", k+1, x.slice(t), strings.Join(misc, "|"))
			for i := range tags {
				tags[i] = conllCell(b, tags[i], t)
			}
			b.WriteByte('\n')
		}
		b.WriteByte('\n')
	}
}

// conllTag is a piece of a statement.
type conllTag struct {
	role Role
	span Span
}

// conllTags are the pieces of a statement in text order.
func conllTags(s *Statement) (out []conllTag) {
	for _, r := range roles {
		for _, span := range *s.spans(r) {
			out = append(out, conllTag{r, span})
		}
	}
	return out
}

// conllCell writes the cell of token t, and gives the pieces that do not end
// before the next token.
func conllCell(b *strings.Builder, tags []conllTag, t Span) []conllTag {
	var cell []string
	kept := tags[:0]
	for _, tag := range tags {
		if tag.span.Start <= t.Start && t.End <= tag.span.End {
			mark := "I-"
			if tag.span.Start == t.Start {
				mark = "B-"
			}
			cell = append(cell, mark+string(tag.role))
		}
		if tag.span.End > t.End {
			kept = append(kept, tag)
		}
	}
	if cell == nil {
		cell = []string{"O"}
	}
	b.WriteByte('\t')
	b.WriteString(strings.Join(cell, "|"))
	return kept
}

// escapeSpaces writes white space in the way of UDPipe, and what that leaves
// open as \uHHHH.
func escapeSpaces(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == ' ':
			b.WriteString(`\s`)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// unescapeSpaces reads what escapeSpaces writes; false for anything else.
func unescapeSpaces(s string) (string, bool) {
	var b strings.Builder
	for len(s) > 0 {
		if len(s) < 2 || s[0] != '\\' {
			return "", false
		}
		size := 2
		switch s[1] {
		case 's':
			b.WriteByte(' ')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 't':
			b.WriteByte('\t')
		case 'u':
			if len(s) < 6 {
				return "", false
			}
			n, err := strconv.ParseUint(s[2:6], 16, 32)
			if err != nil || !isSpace(rune(n)) {
				return "", false
			}
			b.WriteRune(rune(n))
			size = 6
		default:
			return "", false
		}
		s = s[size:]
	}
	return b.String(), true
}
