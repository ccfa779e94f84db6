package output

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/news"
)

// maxCandidates is the most candidates a quotation's row holds: the fifth is
// rarely likelier than 1%.
const maxCandidates = 5

// MapOptions are the user's choices about rows. The zero value keeps all.
type MapOptions struct {
	// Types keeps only quotations of these kinds; empty keeps all.
	Types []news.Kind
	// Polarities and Modalities keep only quotations of these; empty keeps all.
	Polarities []news.Polarity
	Modalities []news.Modality
	// MinConfidence keeps only quotations at least this sure to be right
	// (quotes.detect_confidence), 0 to 1.
	MinConfidence float32
	// NoText leaves articles.text null. Offsets then refer to a text the
	// reader must have from elsewhere; text_sha256 tells whether it is the one.
	NoText bool
	// Tables are the tables whose rows are wanted; empty means all. Counts and
	// links do not depend on it.
	Tables []Table
}

// Mapper makes rows of results. It reuses scratch memory between articles and
// is not safe for concurrent use: one a worker. The rows it gives are fresh,
// share no memory with it, and hold on to the article's text.
type Mapper struct {
	o     MapOptions
	want  map[Table]bool
	index runeIndex
	ids   ids

	rank      []int32          // of each quotation of the result: its row, -1 when filtered out
	groups    map[int32]string // group number to group_id
	pieces    []piece
	active    []piece
	inQuote   []int32
	order     []int32
	hexBuf    []byte
	quoteIDs  []string
	entityIDs []string
}

// NewMapper makes a mapper.
func NewMapper(o MapOptions) *Mapper {
	m := &Mapper{o: o, want: make(map[Table]bool), groups: make(map[int32]string)}
	tables := o.Tables
	if len(tables) == 0 {
		tables = Tables()
	}
	for _, t := range tables {
		m.want[t] = true
	}
	return m
}

// Map makes the rows of an article that went through every stage. With any
// status but StatusOK it makes what Skipped makes, with reason incomplete. Where a filter of the options drops a quotation, ordinals are
// counted over those kept, a link to it goes to the nearest kept quotation
// around it or is null, and entities count only what is kept.
//
// A result that breaks its promises (a span that does not slice the text, an
// index out of range) gives no row but the article's, with status failed and
// reason bad_result, or bad_encoding where the text is not UTF-8: look at
// Rows.Article.Status.
func (m *Mapper) Map(r *news.Result, s Status) Rows {
	text := r.Doc.Text
	if !utf8.ValidString(text) {
		return m.Skipped(*r.Doc.Article, StatusFailed, ReasonBadEncoding)
	}
	if s != StatusOK {
		return m.Skipped(*r.Doc.Article, s, ReasonIncomplete)
	}
	if CheckResult(r) != nil {
		return m.Skipped(*r.Doc.Article, StatusFailed, ReasonBadResult)
	}
	m.index.reset(text)
	var rows Rows
	rows.Article = m.article(r.Doc.Article, text, s, "")
	rows.Article.NSentences = int32(len(r.Doc.Sentences))
	m.name(r, &rows.Article)

	quotes := m.quotes(r, &rows.Article)
	rows.Article.NQuotes = int32(len(quotes))
	entities := m.entities(r, &rows.Article, quotes)
	if m.want[Mentions] {
		rows.Mentions = m.mentions(r, &rows.Article, quotes)
	}
	if m.want[Quotes] {
		rows.Quotes = quotes
	}
	if m.want[Entities] {
		rows.Entities = entities
	}
	return rows
}

// Skipped makes the one row of an article that did not go through: its text
// and metadata, no quotations, the status (StatusSkipped or StatusFailed) and
// the reason, one word such as not_english.
func (m *Mapper) Skipped(a news.Article, s Status, reason string) Rows {
	text := clean(a.Body)
	m.index.reset(text)
	return Rows{Article: m.article(&a, text, s, reason)}
}

// article makes the article's row; the index holds text.
func (m *Mapper) article(a *news.Article, text string, s Status, reason string) ArticleRow {
	sum := sha256.Sum256([]byte(text))
	row := ArticleRow{
		ArticleID:    clean(a.ID),
		SourcePath:   clean(a.Origin.Path),
		SourceRecord: a.Origin.Record,
		URL:          clean(a.URL),
		Title:        clean(a.Title),
		Outlet:       clean(a.Outlet),
		Authors:      cleanAll(a.Authors),
		Published:    timestamp(a.Published),
		Language:     clean(a.Language),
		TextSHA256:   hex.EncodeToString(sum[:]),
		NChars:       m.index.len(),
		NWords:       countWords(text),
		Repairs:      cleanAll(a.Repairs),
		Status:       string(s),
		Reason:       clean(reason),
	}
	if row.ArticleID == "" {
		row.ArticleID = row.TextSHA256[:16]
	}
	if !m.o.NoText {
		row.Text = &text
	}
	return row
}

// name makes the ids of all quotations and entities, kept or not, so that a
// filter changes no id.
func (m *Mapper) name(r *news.Result, a *ArticleRow) {
	m.ids.start(a.ArticleID, a.TextSHA256)
	m.hexBuf = m.hexBuf[:0]
	for i := range r.Entities {
		m.ids.begin('e')
		m.ids.num(int32(r.Entities[i].Kind))
		m.ids.str(r.Entities[i].Name)
		m.hexBuf = appendID(m.hexBuf, m.ids.sum())
	}
	for i := range r.Quotes {
		q := &r.Quotes[i]
		m.ids.begin('q')
		m.ids.num(int32(q.Kind), int32(len(q.Parts)))
		for _, p := range q.Parts {
			m.ids.num(p.Span.Start, p.Span.End)
		}
		m.ids.num(q.Cue.Start, q.Cue.End, q.Source.Start, q.Source.End)
		m.hexBuf = appendID(m.hexBuf, m.ids.sum())
	}
	m.entityIDs, m.quoteIDs = m.entityIDs[:0], m.quoteIDs[:0]
	all := string(m.hexBuf)
	for range r.Entities {
		m.entityIDs, all = append(m.entityIDs, all[:16]), all[16:]
	}
	for range r.Quotes {
		m.quoteIDs, all = append(m.quoteIDs, all[:16]), all[16:]
	}
	clear(m.groups)
	for i := range r.Quotes {
		g := r.Quotes[i].Group
		if _, ok := m.groups[g]; g < 0 || ok {
			continue
		}
		m.ids.begin('g')
		m.ids.str(m.quoteIDs[i])
		m.groups[g] = string(appendID(nil, m.ids.sum()))
	}
}

// keeps reports whether the options keep q.
func (m *Mapper) keeps(q *news.Quote) bool {
	return wanted(m.o.Types, q.Kind) && wanted(m.o.Polarities, q.Polarity) && wanted(m.o.Modalities, q.Modality) &&
		probability(q.Confidence) >= m.o.MinConfidence
}

// wanted reports whether v is one of choices; no choice is all.
func wanted[T comparable](choices []T, v T) bool {
	return len(choices) == 0 || slices.Contains(choices, v)
}

// quotes makes the rows of the kept quotations and fills m.rank.
func (m *Mapper) quotes(r *news.Result, a *ArticleRow) []QuoteRow {
	kept, nParts, nCandidates := 0, 0, 0
	m.rank = m.rank[:0]
	for i := range r.Quotes {
		if !m.keeps(&r.Quotes[i]) {
			m.rank = append(m.rank, -1)
			continue
		}
		m.rank = append(m.rank, int32(kept))
		kept++
		nParts += len(r.Quotes[i].Parts)
		if i < len(r.Attributions) {
			nCandidates += min(len(r.Attributions[i].Candidates), maxCandidates)
		}
	}
	b := quoteBuilder{
		Mapper:     m,
		r:          r,
		article:    a,
		parts:      make([]PartRow, 0, nParts),
		candidates: make([]CandidateRow, 0, nCandidates),
		ints:       make([]int32, 0, 8*kept),
	}
	rows := make([]QuoteRow, kept)
	for i := range r.Quotes {
		if k := m.rank[i]; k >= 0 {
			b.fill(&rows[k], i, k)
		}
	}
	return rows
}

// entities makes the rows of all entities, with counts over the kept
// quotations and all mentions.
func (m *Mapper) entities(r *news.Result, a *ArticleRow, quotes []QuoteRow) []EntityRow {
	rows := make([]EntityRow, len(r.Entities))
	for i := range r.Entities {
		e := &r.Entities[i]
		rows[i] = EntityRow{
			ArticleID: a.ArticleID,
			EntityID:  m.entityIDs[i],
			Name:      entityName(r, int32(i)),
			Kind:      e.Kind.String(),
			Titles:    cleanAll(e.Titles),
			Aliases:   cleanAll(e.Aliases),
			Gender:    e.Gender.String(),
		}
		if e.Gender != news.GenderUnknown {
			rows[i].GenderBasis = e.GenderBasis.String()
		}
	}
	for i := range r.Mentions {
		rows[r.Mentions[i].Entity].NMentions++
	}
	for i := range r.Quotes {
		if k := m.rank[i]; k >= 0 && quotes[k].SpeakerID != "" {
			e := &rows[r.Attributions[i].Entity]
			e.NQuotes++
			e.NWordsQuoted += quotes[k].NWords
		}
	}
	return rows
}

// mentions makes the rows of all mentions.
func (m *Mapper) mentions(r *news.Result, a *ArticleRow, quotes []QuoteRow) []MentionRow {
	m.locate(r)
	m.hexBuf = m.hexBuf[:0]
	for i := range r.Mentions {
		n := &r.Mentions[i]
		m.ids.begin('m')
		m.ids.num(n.Span.Start, n.Span.End)
		m.ids.str(m.entityIDs[n.Entity])
		m.hexBuf = appendID(m.hexBuf, m.ids.sum())
	}
	all := string(m.hexBuf)
	rows := make([]MentionRow, len(r.Mentions))
	for i := range r.Mentions {
		n := &r.Mentions[i]
		rows[i] = MentionRow{
			ArticleID: a.ArticleID,
			MentionID: all[16*i : 16*i+16],
			EntityID:  m.entityIDs[n.Entity],
			Text:      n.Span.Of(r.Doc.Text),
			Start:     m.index.at(n.Span.Start),
			End:       m.index.at(n.Span.End),
			ByteStart: n.Span.Start,
			ByteEnd:   n.Span.End,
			Form:      n.Form.String(),
		}
		if k := m.inQuote[i]; k >= 0 {
			rows[i].InQuoteID = quotes[k].QuoteID
		}
	}
	return rows
}

// piece is one part of a kept quotation, for the sweep over mentions.
type piece struct {
	span news.Span
	row  int32
}

// locate finds the innermost kept quotation around each mention, by one sweep
// over parts and mentions in text order, and fills m.inQuote.
func (m *Mapper) locate(r *news.Result) {
	m.pieces, m.active = m.pieces[:0], m.active[:0]
	for i := range r.Quotes {
		if k := m.rank[i]; k >= 0 {
			for _, p := range r.Quotes[i].Parts {
				m.pieces = append(m.pieces, piece{p.Span, k})
			}
		}
	}
	slices.SortStableFunc(m.pieces, func(a, b piece) int { return int(a.span.Start) - int(b.span.Start) })
	m.order, m.inQuote = m.order[:0], m.inQuote[:0]
	for i := range r.Mentions {
		m.order = append(m.order, int32(i))
		m.inQuote = append(m.inQuote, -1)
	}
	slices.SortStableFunc(m.order, func(a, b int32) int {
		return int(r.Mentions[a].Span.Start) - int(r.Mentions[b].Span.Start)
	})
	next := 0
	for _, i := range m.order {
		at := r.Mentions[i].Span
		for next < len(m.pieces) && m.pieces[next].span.Start <= at.Start {
			m.active = append(m.active, m.pieces[next])
			next++
		}
		m.active = slices.DeleteFunc(m.active, func(p piece) bool { return p.span.End <= at.Start })
		best := -1
		for k, p := range m.active { // the shortest; of equals the last, which is the nested one
			if p.span.Contains(at) && (best < 0 || p.span.Len() <= m.active[best].span.Len()) {
				best = k
			}
		}
		if best >= 0 {
			m.inQuote[i] = m.active[best].row
		}
	}
}

// entityName is the name of entity i; where the result has none, the words of
// its first mention, and where it has none of those, its kind.
func entityName(r *news.Result, i int32) string {
	if n := clean(r.Entities[i].Name); n != "" {
		return n
	}
	for k := range r.Mentions {
		if r.Mentions[k].Entity == i {
			return r.Mentions[k].Span.Of(r.Doc.Text)
		}
	}
	return r.Entities[i].Kind.String()
}

// cleanAll is in with every string clean and none empty; never nil.
func cleanAll(in []string) []string {
	out := make([]string, 0, len(in))
	for _, s := range in {
		if s != "" {
			out = append(out, clean(s))
		}
	}
	return out
}

// timestamp is t in microseconds; nil for the zero time and for years that RFC
// 3339 cannot write.
func timestamp(t time.Time) *Timestamp {
	t = t.UTC()
	if t.IsZero() || t.Year() < 1 || t.Year() > 9999 {
		return nil
	}
	at := Timestamp(t.UnixMicro())
	return &at
}

// probability brings p into 0 to 1; NaN becomes 0.
func probability(p float32) float32 {
	if p > 0 {
		return min(p, 1)
	}
	return 0
}
