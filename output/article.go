package output

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// CheckArticle holds the rows of one article, as any format gives them back,
// against each other and the stored text: every span slices the text to
// exactly the words beside it, in code points and in bytes; ids are unique and
// links lead to rows of this article; counts, ordinals and enumerations are
// right; columns that belong together are null together. Where articles.text
// is null (--no-text) the words themselves cannot be held; the rest is.
//
// All four tables must be given whole: with --tables some links lead nowhere.
func CheckArticle(a ArticleRow, quotes []QuoteRow, mentions []MentionRow, entities []EntityRow) error {
	c := checker{article: &a, ids: map[string]bool{}}
	c.articleRow(len(quotes))
	byEntity := make(map[string]*tally, len(entities))
	for i := range entities {
		c.at = fmt.Sprintf("entity %d", i)
		c.entity(&entities[i])
		byEntity[entities[i].EntityID] = &tally{row: &entities[i]}
	}
	byQuote := make(map[string]*QuoteRow, len(quotes))
	for i := range quotes {
		byQuote[quotes[i].QuoteID] = &quotes[i]
	}
	for i := range quotes {
		c.at = fmt.Sprintf("quote %d", i)
		q := &quotes[i]
		c.want(int(q.Ordinal) == i, "ordinal is %d", q.Ordinal)
		c.want(i == 0 || quotes[i-1].Start <= q.Start, "starts before the one ahead of it")
		c.quote(q)
		c.links(q, byQuote, byEntity)
	}
	for i := range mentions {
		c.at = fmt.Sprintf("mention %d", i)
		c.mention(&mentions[i], byQuote, byEntity)
	}
	for i := range entities {
		c.at = fmt.Sprintf("entity %d", i)
		e, t := &entities[i], byEntity[entities[i].EntityID]
		c.want(e.NMentions == t.mentions, "n_mentions is %d, mentions has %d", e.NMentions, t.mentions)
		c.want(e.NQuotes == t.quotes, "n_quotes is %d, quotes has %d", e.NQuotes, t.quotes)
		c.want(e.NWordsQuoted == t.words, "n_words_quoted is %d, quotes has %d", e.NWordsQuoted, t.words)
	}
	if len(c.errs) == 0 {
		return nil
	}
	return fmt.Errorf("check article %s: %w", a.ArticleID, errors.Join(c.errs...))
}

// tally counts an entity's rows.
type tally struct {
	row                     *EntityRow
	mentions, quotes, words int32
}

// maxFindings bounds the errors of one article: ten tell what is wrong.
const maxFindings = 10

// checker collects what is wrong with one article.
type checker struct {
	article *ArticleRow
	text    string
	index   runeIndex
	ids     map[string]bool
	at      string // the row under test
	errs    []error
}

func (c *checker) want(ok bool, format string, args ...any) {
	if !ok && len(c.errs) < maxFindings {
		c.errs = append(c.errs, fmt.Errorf("%s: "+format, append([]any{c.at}, args...)...))
	}
}

func (c *checker) oneOf(column, got string, words ...string) {
	for _, w := range words {
		if got == w {
			return
		}
	}
	c.want(false, "%s is %q", column, got)
}

func (c *checker) articleRow(quotes int) {
	a := c.article
	c.at = "article"
	c.want(a.ArticleID != "", "article_id is empty")
	c.want(int(a.NQuotes) == quotes, "n_quotes is %d, quotes has %d", a.NQuotes, quotes)
	c.oneOf("status", a.Status, string(StatusOK), string(StatusSkipped), string(StatusFailed))
	c.want((a.Status == string(StatusOK)) == (a.Reason == ""), "status %s with reason %q", a.Status, a.Reason)
	c.want(a.Status == string(StatusOK) || quotes == 0, "status %s with %d quotes", a.Status, quotes)
	c.want(len(a.TextSHA256) == 2*sha256.Size, "text_sha256 is %q", a.TextSHA256)
	if a.Text == nil {
		return
	}
	c.text = *a.Text
	c.want(utf8.ValidString(c.text), "text is not valid UTF-8")
	c.index.reset(c.text)
	sum := sha256.Sum256([]byte(c.text))
	c.want(a.TextSHA256 == hex.EncodeToString(sum[:]), "text_sha256 is not the text's")
	c.want(a.NChars == c.index.len(), "n_chars is %d, the text has %d", a.NChars, c.index.len())
	c.want(a.NWords == countWords(c.text), "n_words is %d, the text has %d", a.NWords, countWords(c.text))
}

// id holds that id is 16 hex digits and the first of its kind.
func (c *checker) id(column, id string) {
	c.want(len(id) == 16 && strings.Trim(id, "0123456789abcdef") == "", "%s is %q", column, id)
	c.want(!c.ids[id], "%s %s is taken", column, id)
	c.ids[id] = true
}

// span holds that both pairs of offsets cut the same piece out of the text,
// and gives it; ok is false where there is no text to cut.
func (c *checker) span(what string, start, end, byteStart, byteEnd int32) (words string, ok bool) {
	inside := 0 <= start && start < end && end <= c.article.NChars && 0 <= byteStart && byteStart < byteEnd
	c.want(inside, "%s is %d to %d, bytes %d to %d", what, start, end, byteStart, byteEnd)
	if !inside || c.article.Text == nil {
		return "", false
	}
	if !onBoundary(c.text, byteStart) || !onBoundary(c.text, byteEnd) {
		c.want(false, "%s at bytes %d to %d cuts a character or lies outside", what, byteStart, byteEnd)
		return "", false
	}
	c.want(c.index.at(byteStart) == start && c.index.at(byteEnd) == end,
		"%s: characters %d to %d are not bytes %d to %d", what, start, end, byteStart, byteEnd)
	return c.text[byteStart:byteEnd], true
}

// optional holds that a nullable span is null throughout or right throughout.
func (c *checker) optional(what, words string, start, end, byteStart, byteEnd *int32) {
	if words == "" {
		c.want(start == nil && end == nil && byteStart == nil && byteEnd == nil, "%s is null, its offsets are not", what)
		return
	}
	if start == nil || end == nil || byteStart == nil || byteEnd == nil {
		c.want(false, "%s has no offsets", what)
		return
	}
	if got, ok := c.span(what, *start, *end, *byteStart, *byteEnd); ok {
		c.want(got == words, "%s is %q, the text has %q", what, words, got)
	}
}

func (c *checker) probability(column string, p float32) {
	c.want(p >= 0 && p <= 1, "%s is %v", column, p)
}

// quote holds what a row of quotes says by itself and of the text.
func (c *checker) quote(q *QuoteRow) {
	c.id("quote_id", q.QuoteID)
	c.want(q.ArticleID == c.article.ArticleID, "article_id is %q", q.ArticleID)
	c.oneOf("type", q.Type, "direct", "indirect", "mixed")
	c.oneOf("form", q.Form, "full", "fragment", "unclosed")
	c.oneOf("act", q.Act, "statement", "attitude")
	c.oneOf("polarity", q.Polarity, "affirmed", "negated", "refused")
	c.oneOf("modality", q.Modality, "asserted", "asked", "ordered", "hypothetical", "future")
	c.oneOf("source_form", q.SourceForm, "", "name", "pronoun", "nominal")
	c.want(q.Source != "" || q.SourceForm == "", "source is null, source_form is not")
	c.want(q.Cue != "" || q.CueLemma == "", "cue is null, cue_lemma is not")
	c.want(q.Outlet == c.article.Outlet, "outlet is %q", q.Outlet)
	c.want((q.Published == nil) == (c.article.Published == nil) &&
		(q.Published == nil || *q.Published == *c.article.Published), "published is not the article's")
	c.want(q.NWords == countWords(q.Text), "n_words is %d, text has %d", q.NWords, countWords(q.Text))
	c.want(q.Paragraph >= 0 && q.Sentence >= 0 && q.Paragraph <= q.Sentence, "paragraph %d, sentence %d", q.Paragraph, q.Sentence)
	c.want(q.Sentence < max(c.article.NSentences, 1), "sentence %d of %d", q.Sentence, c.article.NSentences)
	c.probability("detect_confidence", q.DetectConfidence)
	c.probability("speaker_confidence", q.SpeakerConfidence)
	c.optional("cue", q.Cue, q.CueStart, q.CueEnd, q.CueByteStart, q.CueByteEnd)
	c.optional("source", q.Source, q.SourceStart, q.SourceEnd, q.SourceByteStart, q.SourceByteEnd)

	extent, ok := c.span("extent", q.Start, q.End, q.ByteStart, q.ByteEnd)
	if ok {
		around := q.ContextBefore + extent + q.ContextAfter
		from := int(q.ByteStart) - len(q.ContextBefore)
		c.want(from >= 0 && strings.HasPrefix(c.text[max(from, 0):], around), "context is not the text around")
	}
	c.want(utf8.RuneCountInString(q.ContextBefore) <= contextChars && utf8.RuneCountInString(q.ContextAfter) <= contextChars, "context is too long")
	if len(q.Parts) == 0 {
		c.want(false, "parts is empty")
		return
	}
	first, last := q.Parts[0], q.Parts[len(q.Parts)-1]
	c.want(first.Start == q.Start && first.ByteStart == q.ByteStart && last.End == q.End && last.ByteEnd == q.ByteEnd,
		"parts do not begin and end with the extent")
	words := make([]string, 0, len(q.Parts))
	for i, p := range q.Parts {
		c.want(i == 0 || q.Parts[i-1].ByteEnd <= p.ByteStart, "part %d begins before the end of the one ahead", i)
		if w, cut := c.span("part", p.Start, p.End, p.ByteStart, p.ByteEnd); cut {
			words = append(words, w)
		}
	}
	if ok {
		c.want(strings.Join(words, " ") == q.Text, "text is %q, its parts are %q", q.Text, words)
	}
}

// links holds what a row of quotes says of other rows.
func (c *checker) links(q *QuoteRow, quotes map[string]*QuoteRow, entities map[string]*tally) {
	c.oneOf("speaker_kind", q.SpeakerKind, "person", "organization", "document", "group", "unnamed", "author", "unknown")
	c.oneOf("speaker_gender", q.SpeakerGender, "", "female", "male")
	c.want(q.Method != "", "method is empty")
	c.want(strings.Contains(c.text, q.AnonymityReason), "anonymity_reason %q is not in the text", q.AnonymityReason)
	c.want((q.Speaker == "") == (q.SpeakerID == ""), "speaker %q with speaker_id %q", q.Speaker, q.SpeakerID)
	c.want(q.SpeakerID != "" || q.SpeakerTitle == "" && q.SpeakerGender == "", "no speaker, but a title or gender")
	c.want(q.SpeakerKind != "unknown" || q.SpeakerID == "" && q.SpeakerConfidence == 0, "speaker_kind is unknown, the speaker is not")
	if q.SpeakerID != "" {
		if t := entities[q.SpeakerID]; t != nil {
			t.quotes++
			t.words += q.NWords
			c.want(q.Speaker == t.row.Name, "speaker is %q, the entity %q", q.Speaker, t.row.Name)
			c.want(q.SpeakerGender == t.row.Gender, "speaker_gender is %q, the entity's %q", q.SpeakerGender, t.row.Gender)
		} else {
			c.want(false, "speaker_id %s is not in entities", q.SpeakerID)
		}
	}
	c.want(len(q.Candidates) <= maxCandidates, "%d candidates", len(q.Candidates))
	for i, k := range q.Candidates {
		c.probability("candidate", k.Probability)
		c.want(i == 0 || q.Candidates[i-1].Probability >= k.Probability, "candidates are not best first")
		t := entities[k.EntityID]
		c.want(t != nil && t.row.Name == k.Name, "candidate %s %q is not in entities", k.EntityID, k.Name)
	}
	if q.ParentQuoteID != "" {
		p := quotes[q.ParentQuoteID]
		c.want(p != nil && p != q, "parent_quote_id %s is not another quote", q.ParentQuoteID)
	}
	c.want(q.GroupID == "" || len(q.GroupID) == 16, "group_id is %q", q.GroupID)
}

func (c *checker) mention(m *MentionRow, quotes map[string]*QuoteRow, entities map[string]*tally) {
	c.id("mention_id", m.MentionID)
	c.want(m.ArticleID == c.article.ArticleID, "article_id is %q", m.ArticleID)
	c.oneOf("form", m.Form, "name", "pronoun", "nominal")
	if got, ok := c.span("mention", m.Start, m.End, m.ByteStart, m.ByteEnd); ok {
		c.want(got == m.Text, "text is %q, the article has %q", m.Text, got)
	}
	if t := entities[m.EntityID]; t != nil {
		t.mentions++
	} else {
		c.want(false, "entity_id %s is not in entities", m.EntityID)
	}
	if m.InQuoteID == "" {
		return
	}
	q := quotes[m.InQuoteID]
	inside := false
	for i := 0; q != nil && i < len(q.Parts); i++ {
		inside = inside || q.Parts[i].ByteStart <= m.ByteStart && m.ByteEnd <= q.Parts[i].ByteEnd
	}
	c.want(inside, "in_quote_id %s is not a quote around it", m.InQuoteID)
}

func (c *checker) entity(e *EntityRow) {
	c.id("entity_id", e.EntityID)
	c.want(e.ArticleID == c.article.ArticleID, "article_id is %q", e.ArticleID)
	c.want(e.Name != "", "name is empty")
	c.oneOf("kind", e.Kind, "person", "organization", "document", "group", "unnamed", "author", "unknown")
	c.oneOf("gender", e.Gender, "", "female", "male")
	c.oneOf("gender_basis", e.GenderBasis, "", "pronoun", "title", "first_name")
	c.want((e.Gender == "") == (e.GenderBasis == ""), "gender %q with basis %q", e.Gender, e.GenderBasis)
}
