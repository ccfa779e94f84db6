package output

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/news"
)

// contextChars is the most characters of context on either side of a quotation.
const contextChars = 120

// quoteBuilder fills the quotes rows of one article. The slices have room for
// all rows of the article and never grow, so that rows can point into them.
type quoteBuilder struct {
	*Mapper
	r          *news.Result
	article    *ArticleRow
	parts      []PartRow
	candidates []CandidateRow
	ints       []int32
}

// fill makes row of quotation i, the ordinal-th kept one.
func (b *quoteBuilder) fill(row *QuoteRow, i int, ordinal int32) {
	text := b.r.Doc.Text
	q := &b.r.Quotes[i]
	extent := q.Extent()
	row.QuoteID = b.quoteIDs[i]
	row.ArticleID = b.article.ArticleID
	row.Ordinal = ordinal
	row.Type, row.Form, row.Act = q.Kind.String(), q.Form.String(), q.Act.String()
	row.Polarity, row.Modality = q.Polarity.String(), q.Modality.String()
	row.Text = joinParts(text, q.Parts)
	row.NWords = countWords(row.Text)
	row.Start, row.End = b.index.at(extent.Start), b.index.at(extent.End)
	row.ByteStart, row.ByteEnd = extent.Start, extent.End
	row.Parts = b.partRows(q.Parts)
	row.Paragraph = rangeAt(b.r.Doc, b.r.Doc.Paragraphs, extent.Start)
	row.Sentence = rangeAt(b.r.Doc, b.r.Doc.Sentences, extent.Start)
	row.ContextBefore = before(text, int(extent.Start))
	row.ContextAfter = after(text, int(extent.End))
	if !q.Cue.Empty() {
		row.Cue, row.CueLemma = q.Cue.Of(text), clean(q.CueLemma)
		row.CueStart, row.CueEnd = b.point(b.index.at(q.Cue.Start)), b.point(b.index.at(q.Cue.End))
		row.CueByteStart, row.CueByteEnd = b.point(q.Cue.Start), b.point(q.Cue.End)
	}
	if !q.Source.Empty() {
		row.Source = q.Source.Of(text)
		row.SourceStart, row.SourceEnd = b.point(b.index.at(q.Source.Start)), b.point(b.index.at(q.Source.End))
		row.SourceByteStart, row.SourceByteEnd = b.point(q.Source.Start), b.point(q.Source.End)
	}
	row.DetectConfidence = probability(q.Confidence)
	b.speaker(row, i)
	if q.Group >= 0 {
		row.GroupID = b.groups[q.Group]
	}
	row.ParentQuoteID = b.parent(i)
	row.Published, row.Outlet = b.article.Published, b.article.Outlet
}

// speaker fills the columns that say who speaks.
func (b *quoteBuilder) speaker(row *QuoteRow, i int) {
	row.SpeakerKind, row.Method = news.Unknown.String(), "none"
	row.Candidates = b.candidates[len(b.candidates):]
	if i >= len(b.r.Attributions) {
		return
	}
	a := &b.r.Attributions[i]
	row.SpeakerKind = a.Kind.String()
	if a.Method != "" {
		row.Method = clean(a.Method)
	}
	if row.Source != "" {
		row.SourceForm = a.Form.String()
	}
	if a.Kind != news.Unknown && a.Entity >= 0 {
		row.Speaker = entityName(b.r, a.Entity)
		row.SpeakerID = b.entityIDs[a.Entity]
		row.SpeakerTitle = clean(a.Title)
		row.SpeakerGender = b.r.Entities[a.Entity].Gender.String()
	}
	if !a.Anonymity.Empty() {
		row.AnonymityReason = a.Anonymity.Of(b.r.Doc.Text)
	}
	if a.Kind != news.Unknown {
		row.SpeakerConfidence = probability(a.Confidence)
	}
	from := len(b.candidates)
	for _, c := range a.Candidates[:min(len(a.Candidates), maxCandidates)] {
		b.candidates = append(b.candidates, CandidateRow{
			EntityID:    b.entityIDs[c.Entity],
			Name:        entityName(b.r, c.Entity),
			Probability: probability(c.Probability),
		})
	}
	row.Candidates = b.candidates[from:len(b.candidates):len(b.candidates)]
}

// parent is the id of the nearest kept quotation around quotation i; empty
// where there is none. Chains end: CheckResult has seen to it.
func (b *quoteBuilder) parent(i int) string {
	for p := b.r.Quotes[i].Parent; p >= 0; p = b.r.Quotes[p].Parent {
		if b.rank[p] >= 0 {
			return b.quoteIDs[p]
		}
	}
	return ""
}

func (b *quoteBuilder) partRows(parts []news.Part) []PartRow {
	from := len(b.parts)
	for _, p := range parts {
		b.parts = append(b.parts, PartRow{
			Start:     b.index.at(p.Span.Start),
			End:       b.index.at(p.Span.End),
			ByteStart: p.Span.Start,
			ByteEnd:   p.Span.End,
			Quoted:    p.Quoted,
		})
	}
	return b.parts[from:len(b.parts):len(b.parts)]
}

// point keeps n and gives its address.
func (b *quoteBuilder) point(n int32) *int32 {
	b.ints = append(b.ints, n)
	return &b.ints[len(b.ints)-1]
}

// joinParts is the words of parts, joined with one space.
func joinParts(text string, parts []news.Part) string {
	if len(parts) == 1 {
		return parts[0].Span.Of(text)
	}
	size := len(parts) - 1
	for _, p := range parts {
		size += p.Span.Len()
	}
	var s strings.Builder
	s.Grow(size)
	for i, p := range parts {
		if i > 0 {
			s.WriteByte(' ')
		}
		s.WriteString(p.Span.Of(text))
	}
	return s.String()
}

// rangeAt is the index of the last of ranges (paragraphs or sentences) that
// begins at or before byte at; 0 where none does.
func rangeAt(d *news.Document, ranges []news.TokenRange, at int32) int32 {
	n := sort.Search(len(ranges), func(i int) bool {
		first := ranges[i].First
		return int(first) >= len(d.Tokens) || d.Tokens[first].Span.Start > at
	})
	return int32(max(n-1, 0))
}

// before is the text that ends right at byte at: at most contextChars
// characters, beginning with a whole word. Where one word fills all of that,
// it is cut.
func before(text string, at int) string {
	from := at
	for n := 0; n < contextChars && from > 0; n++ {
		for from--; from > 0 && !utf8.RuneStart(text[from]); from-- {
		}
	}
	if from > 0 {
		if r, _ := utf8.DecodeLastRuneInString(text[:from]); !unicode.IsSpace(r) {
			if i := strings.IndexFunc(text[from:at], unicode.IsSpace); i >= 0 {
				from += i
			}
		}
		cut := strings.TrimLeftFunc(text[from:at], unicode.IsSpace)
		from = at - len(cut)
	}
	return text[from:at]
}

// after is the text that begins right at byte at, cut in the same way.
func after(text string, at int) string {
	to := at
	for n := 0; n < contextChars && to < len(text); n++ {
		for to++; to < len(text) && !utf8.RuneStart(text[to]); to++ {
		}
	}
	if to < len(text) {
		if r, _ := utf8.DecodeRuneInString(text[to:]); !unicode.IsSpace(r) {
			if i := strings.LastIndexFunc(text[at:to], unicode.IsSpace); i >= 0 {
				to = at + i
			}
		}
		to = at + len(strings.TrimRightFunc(text[at:to], unicode.IsSpace))
	}
	return text[at:to]
}

// class is what a byte is to countWords.
type class uint8

const (
	other  class = iota // neither: a mark
	letter              // or digit
	space
	wide // part of a longer code point
)

// classes of all bytes: most text is ASCII, and one look-up a byte is most of
// what counting then costs.
var classes = func() (t [256]class) {
	for c := range t {
		switch {
		case c >= utf8.RuneSelf:
			t[c] = wide
		case c == ' ' || '	' <= c && c <= '':
			t[c] = space
		case unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c)):
			t[c] = letter
		}
	}
	return t
}()

// countWords counts the runs of s without white space that hold a letter or a
// digit.
func countWords(s string) int32 {
	n, counted := int32(0), false
	for i := 0; i < len(s); {
		k, size := classes[s[i]], 1
		if k == wide {
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			switch {
			case unicode.IsSpace(r):
				k = space
			case !counted && (unicode.IsLetter(r) || unicode.IsDigit(r)):
				k = letter
			}
		}
		switch {
		case k == space:
			counted = false
		case k == letter && !counted:
			counted = true
			n++
		}
		i += size
	}
	return n
}
