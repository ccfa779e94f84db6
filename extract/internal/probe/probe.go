// Package probe is a short document, tagged and parsed once and for all, on
// which every model's features are computed to tell whether they are still those
// that it was trained with (model.Fingerprint).
//
// It is of our own writing and has something of everything that features look
// at: marks of all styles, cues before, behind and inside of contents, a
// transcript, an interview, headlines, a dateline, numbers, lines in capitals and
// without any. Its tags and trees need not be right, only the same every time.
package probe

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

//go:embed probe.txt
var text string

// tree has the word, tag, head (from 1 in its sentence; 0: the root) and
// relation of a token a line; an empty line ends a sentence, two a paragraph.
//
//go:embed probe.tsv
var tree string

// Document makes the document anew.
func Document() (*news.Document, error) {
	d := &news.Document{Article: &news.Article{ID: "probe", Title: strings.TrimSpace(strings.SplitN(text, "\n", 2)[0]), Body: text}, Text: text}
	at := 0
	sentence, paragraph := int32(0), int32(0)
	for n, line := range strings.Split(tree, "\n") {
		end := int32(len(d.Tokens))
		if line == "" {
			switch {
			case end > sentence:
				d.Sentences = append(d.Sentences, news.TokenRange{First: sentence, End: end})
				sentence = end
			case end > paragraph:
				d.Paragraphs = append(d.Paragraphs, news.TokenRange{First: paragraph, End: end})
				paragraph = end
			}
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("read probe: line %d: %d fields, want 4", n+1, len(f))
		}
		tag, known := news.ParseTag(f[1])
		rel, named := news.ParseRel(f[3])
		head, err := strconv.Atoi(f[2])
		found := strings.Index(text[at:], f[0])
		if !known || !named || err != nil || found < 0 {
			return nil, fmt.Errorf("read probe: line %d: %q is not a token of the text with tag, head and relation", n+1, line)
		}
		at += found
		t := news.Token{Span: news.Span{Start: int32(at), End: int32(at + len(f[0]))}, Tag: tag, Rel: rel, Head: sentence + int32(head) - 1}
		if head == 0 {
			t.Head = news.NoHead
		}
		d.Tokens = append(d.Tokens, t)
		at += len(f[0])
	}
	return d, nil
}

// statements has the statements of the document: kind, form, act, parts
// (start-end-quoted), cue, lemma of the cue, source, group, parent.
//
//go:embed quotes.tsv
var statements string

// Quotes makes the document's statements anew.
func Quotes() (quotes []news.Quote, err error) {
	for n, line := range strings.Split(strings.TrimSpace(statements), "\n") {
		var q news.Quote
		var parts, cue, source string
		f := strings.Split(line, "\t")
		if len(f) != 9 {
			return nil, fmt.Errorf("read probe: statement %d: %d fields, want 9", n+1, len(f))
		}
		parts, cue, q.CueLemma, source = f[3], f[4], f[5], f[6]
		_, err := fmt.Sscan(f[0]+" "+f[1]+" "+f[2]+" "+f[7]+" "+f[8], &q.Kind, &q.Form, &q.Act, &q.Group, &q.Parent)
		if err != nil {
			return nil, fmt.Errorf("read probe: statement %d: %w", n+1, err)
		}
		if q.Cue, _, err = span(cue); err != nil {
			return nil, fmt.Errorf("read probe: statement %d: %w", n+1, err)
		}
		if q.Source, _, err = span(source); err != nil {
			return nil, fmt.Errorf("read probe: statement %d: %w", n+1, err)
		}
		for p := range strings.FieldsSeq(parts) {
			s, quoted, err := span(p)
			if err != nil {
				return nil, fmt.Errorf("read probe: statement %d: %w", n+1, err)
			}
			q.Parts = append(q.Parts, news.Part{Span: s, Quoted: quoted == "true"})
		}
		q.Confidence = 0.9
		quotes = append(quotes, q)
	}
	return quotes, nil
}

// span reads start-end, and what follows after another hyphen.
func span(s string) (x news.Span, rest string, err error) {
	start, s, _ := strings.Cut(s, "-")
	end, rest, _ := strings.Cut(s, "-")
	a, err := strconv.Atoi(start)
	if err != nil {
		return x, rest, err
	}
	b, err := strconv.Atoi(end)
	return news.Span{Start: int32(a), End: int32(b)}, rest, err
}
