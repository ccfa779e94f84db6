package output

import (
	"fmt"
	"strings"
	"time"
)

// Timestamp is an instant in microseconds since 1970-01-01 00:00 UTC.
type Timestamp int64

// timestampLayout is RFC 3339 with up to six decimals; "Z" since all times are UTC.
const timestampLayout = "2006-01-02T15:04:05.999999Z07:00"

// Time is t as a time in UTC.
func (t Timestamp) Time() time.Time { return time.UnixMicro(int64(t)).UTC() }

// String is t in RFC 3339, such as 2026-03-01T00:00:00Z.
func (t Timestamp) String() string { return t.Time().Format(timestampLayout) }

// MarshalText is the form of t in JSON and CSV: RFC 3339 in UTC.
func (t Timestamp) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (t *Timestamp) UnmarshalText(b []byte) error {
	at, err := time.Parse(time.RFC3339, string(b))
	if err != nil {
		return fmt.Errorf("read timestamp %q: %w", b, err)
	}
	*t = Timestamp(at.UnixMicro())
	return nil
}

// In the rows below a nullable string is null when it is "" (no column holds
// an empty string for "unknown"), and a nullable number or time is a pointer,
// because 0 is a value. Lists are never nil. Column meanings stand in
// columns.go and docs/tables.

// ArticleRow is one row of the articles table.
type ArticleRow struct {
	ArticleID    string     `parquet:"article_id,plain" json:"article_id"`
	SourcePath   string     `parquet:"source_path,dict" json:"source_path"`
	SourceRecord int64      `parquet:"source_record" json:"source_record"`
	URL          string     `parquet:"url,optional,plain" json:"url"`
	Title        string     `parquet:"title,optional,plain" json:"title"`
	Outlet       string     `parquet:"outlet,optional,dict" json:"outlet"`
	Authors      []string   `parquet:"authors,list" parquet-element:",dict" json:"authors"`
	Published    *Timestamp `parquet:"published,timestamp(microsecond)" json:"published"`
	Language     string     `parquet:"language,optional,dict" json:"language"`
	Text         *string    `parquet:"text,optional,plain" json:"text"`
	TextSHA256   string     `parquet:"text_sha256,plain" json:"text_sha256"`
	NChars       int32      `parquet:"n_chars" json:"n_chars"`
	NWords       int32      `parquet:"n_words" json:"n_words"`
	NSentences   int32      `parquet:"n_sentences" json:"n_sentences"`
	NQuotes      int32      `parquet:"n_quotes" json:"n_quotes"`
	Repairs      []string   `parquet:"repairs,list" parquet-element:",dict" json:"repairs"`
	Status       string     `parquet:"status,dict" json:"status"`
	Reason       string     `parquet:"reason,optional,dict" json:"reason"`
}

// PartRow is one contiguous piece of a quotation.
type PartRow struct {
	Start     int32 `parquet:"start" json:"start"`
	End       int32 `parquet:"end" json:"end"`
	ByteStart int32 `parquet:"byte_start" json:"byte_start"`
	ByteEnd   int32 `parquet:"byte_end" json:"byte_end"`
	Quoted    bool  `parquet:"quoted" json:"quoted"`
}

// CandidateRow is one entity that might be the speaker of a quotation.
type CandidateRow struct {
	EntityID    string  `parquet:"entity_id,dict" json:"entity_id"`
	Name        string  `parquet:"name,dict" json:"name"`
	Probability float32 `parquet:"probability" json:"probability"`
}

// QuoteRow is one row of the quotes table.
type QuoteRow struct {
	QuoteID           string         `parquet:"quote_id,plain" json:"quote_id"`
	ArticleID         string         `parquet:"article_id,dict" json:"article_id"`
	Ordinal           int32          `parquet:"ordinal" json:"ordinal"`
	Type              string         `parquet:"type,dict" json:"type"`
	Form              string         `parquet:"form,dict" json:"form"`
	Act               string         `parquet:"act,dict" json:"act"`
	Polarity          string         `parquet:"polarity,dict" json:"polarity"`
	Modality          string         `parquet:"modality,dict" json:"modality"`
	Text              string         `parquet:"text,plain" json:"text"`
	Start             int32          `parquet:"start" json:"start"`
	End               int32          `parquet:"end" json:"end"`
	ByteStart         int32          `parquet:"byte_start" json:"byte_start"`
	ByteEnd           int32          `parquet:"byte_end" json:"byte_end"`
	Parts             []PartRow      `parquet:"parts,list" json:"parts"`
	NWords            int32          `parquet:"n_words" json:"n_words"`
	Paragraph         int32          `parquet:"paragraph" json:"paragraph"`
	Sentence          int32          `parquet:"sentence" json:"sentence"`
	ContextBefore     string         `parquet:"context_before,plain" json:"context_before"`
	ContextAfter      string         `parquet:"context_after,plain" json:"context_after"`
	Cue               string         `parquet:"cue,optional,dict" json:"cue"`
	CueStart          *int32         `parquet:"cue_start,optional" json:"cue_start"`
	CueEnd            *int32         `parquet:"cue_end,optional" json:"cue_end"`
	CueByteStart      *int32         `parquet:"cue_byte_start,optional" json:"cue_byte_start"`
	CueByteEnd        *int32         `parquet:"cue_byte_end,optional" json:"cue_byte_end"`
	CueLemma          string         `parquet:"cue_lemma,optional,dict" json:"cue_lemma"`
	Source            string         `parquet:"source,optional,dict" json:"source"`
	SourceStart       *int32         `parquet:"source_start,optional" json:"source_start"`
	SourceEnd         *int32         `parquet:"source_end,optional" json:"source_end"`
	SourceByteStart   *int32         `parquet:"source_byte_start,optional" json:"source_byte_start"`
	SourceByteEnd     *int32         `parquet:"source_byte_end,optional" json:"source_byte_end"`
	SourceForm        string         `parquet:"source_form,optional,dict" json:"source_form"`
	Speaker           string         `parquet:"speaker,optional,dict" json:"speaker"`
	SpeakerID         string         `parquet:"speaker_id,optional,dict" json:"speaker_id"`
	SpeakerKind       string         `parquet:"speaker_kind,dict" json:"speaker_kind"`
	SpeakerTitle      string         `parquet:"speaker_title,optional,dict" json:"speaker_title"`
	SpeakerGender     string         `parquet:"speaker_gender,optional,dict" json:"speaker_gender"`
	DetectConfidence  float32        `parquet:"detect_confidence" json:"detect_confidence"`
	SpeakerConfidence float32        `parquet:"speaker_confidence" json:"speaker_confidence"`
	Method            string         `parquet:"method,dict" json:"method"`
	Candidates        []CandidateRow `parquet:"candidates,list" json:"candidates"`
	AnonymityReason   string         `parquet:"anonymity_reason,optional,dict" json:"anonymity_reason"`
	GroupID           string         `parquet:"group_id,optional,plain" json:"group_id"`
	ParentQuoteID     string         `parquet:"parent_quote_id,optional,plain" json:"parent_quote_id"`
	Published         *Timestamp     `parquet:"published,timestamp(microsecond)" json:"published"`
	Outlet            string         `parquet:"outlet,optional,dict" json:"outlet"`
}

// MentionRow is one row of the mentions table.
type MentionRow struct {
	ArticleID string `parquet:"article_id,dict" json:"article_id"`
	MentionID string `parquet:"mention_id,plain" json:"mention_id"`
	EntityID  string `parquet:"entity_id,dict" json:"entity_id"`
	Text      string `parquet:"text,dict" json:"text"`
	Start     int32  `parquet:"start" json:"start"`
	End       int32  `parquet:"end" json:"end"`
	ByteStart int32  `parquet:"byte_start" json:"byte_start"`
	ByteEnd   int32  `parquet:"byte_end" json:"byte_end"`
	Form      string `parquet:"form,dict" json:"form"`
	InQuoteID string `parquet:"in_quote_id,optional,dict" json:"in_quote_id"`
}

// EntityRow is one row of the entities table.
type EntityRow struct {
	ArticleID    string   `parquet:"article_id,dict" json:"article_id"`
	EntityID     string   `parquet:"entity_id,plain" json:"entity_id"`
	Name         string   `parquet:"name,dict" json:"name"`
	Kind         string   `parquet:"kind,dict" json:"kind"`
	Titles       []string `parquet:"titles,list" parquet-element:",dict" json:"titles"`
	Aliases      []string `parquet:"aliases,list" parquet-element:",dict" json:"aliases"`
	Gender       string   `parquet:"gender,optional,dict" json:"gender"`
	GenderBasis  string   `parquet:"gender_basis,optional,dict" json:"gender_basis"`
	NMentions    int32    `parquet:"n_mentions" json:"n_mentions"`
	NQuotes      int32    `parquet:"n_quotes" json:"n_quotes"`
	NWordsQuoted int32    `parquet:"n_words_quoted" json:"n_words_quoted"`
}

// RejectRow is one row of the rejects table.
type RejectRow struct {
	SourcePath   string `parquet:"source_path,dict" json:"source_path"`
	SourceRecord int64  `parquet:"source_record" json:"source_record"`
	Reason       string `parquet:"reason,dict" json:"reason"`
	Detail       string `parquet:"detail,plain" json:"detail"`
	RunID        string `parquet:"run_id,dict" json:"run_id"`
}

// NewReject makes a row of a record that could not be read. Bytes that are not
// UTF-8, which file names and error texts may hold, become U+FFFD.
func NewReject(path string, record int64, reason, detail, runID string) RejectRow {
	return RejectRow{
		SourcePath:   clean(path),
		SourceRecord: record,
		Reason:       clean(reason),
		Detail:       clean(detail),
		RunID:        clean(runID),
	}
}

// clean makes s valid UTF-8; s itself when it is.
func clean(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// Row is any row of any table.
type Row interface {
	ArticleRow | QuoteRow | MentionRow | EntityRow | RejectRow |
		PersonRow | PersonLinkRow | PersonChangeRow | QuotationRow | QuotationLinkRow | CopyRow
}

// Rows is everything the tables hold about one article.
type Rows struct {
	Article  ArticleRow
	Quotes   []QuoteRow
	Mentions []MentionRow
	Entities []EntityRow
}
