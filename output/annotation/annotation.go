// Package annotation carries statements to the formats of annotation tools and
// back, so that people can correct what was extracted, or annotate anew, where
// they are used to, and bring it to `whosaid eval` and `whosaid train`.
//
// In go documents: a text with the statements in it, each with the spans of its
// content, cue and source, its speaker and its attributes (Document). Tables
// give them (FromRows, ReadTables), and so do gold files and every format of
// the table in format.go that can be read. Out come the files of a format
// (Create), or documents again (Read). Only gold is told from what was
// predicted where a format knows the difference (Options.Predicted).
//
// Every document is brought to one canonical form on its way in and on its way
// out (canon.go): spans lie in the text, are trimmed of white space, in text
// order and, within a role, do not overlap. What is canonical goes through
// every two-way format and comes back equal. What cannot be carried is told to
// Options.Skip with a reason, never dropped in silence; a span outside the
// text, which means that the text is not the one that was annotated, is an
// error that names the place.
//
// Spans count Unicode code points here; each format's own count (UTF-16 units
// in UIMA) is converted at its border (offsets.go). Formats that draw single
// spans and lines between them share one graph (graph.go); formats of tokens
// share one cut that never loses an edge (tokens.go); spreadsheets share one
// table (sheet.go).
package annotation

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// Span is a half-open range of Unicode code points of a document's text.
type Span struct{ Start, End int }

// MarshalJSON writes a span as gold has it: [start, end].
func (s Span) MarshalJSON() ([]byte, error) { return json.Marshal([2]int{s.Start, s.End}) }

// UnmarshalJSON reads what MarshalJSON writes.
func (s *Span) UnmarshalJSON(b []byte) error {
	var pair []int
	if err := json.Unmarshal(b, &pair); err != nil || len(pair) != 2 {
		return fmt.Errorf("%.40s is not a span such as [0, 12]", b)
	}
	s.Start, s.End = pair[0], pair[1]
	return nil
}

// Document is one annotated article. Only ID and Text are always there.
type Document struct {
	ID string
	Meta
	Text       string
	Statements []Statement
}

// Meta is what is known of an article besides its text; empty where unknown.
type Meta struct {
	Title     string   `json:"title,omitempty"`
	URL       string   `json:"url,omitempty"`
	Outlet    string   `json:"outlet,omitempty"`
	Published string   `json:"published,omitempty"` // RFC 3339
	Authors   []string `json:"authors,omitempty"`
}

// Statement is who said what, as far as it is annotated.
type Statement struct {
	ID string // unique in its document
	// The words reported, those that report, and those that name who speaks;
	// each in text order. At least one of the three is there.
	Content, Cue, Source []Span
	Attributes
}

// Attributes are all that is known of a statement besides its words; empty or
// nil where unknown. The values of the first six are those of the quotes table.
type Attributes struct {
	Type        string `json:"type,omitempty"`
	Form        string `json:"form,omitempty"`
	Act         string `json:"act,omitempty"`
	Polarity    string `json:"polarity,omitempty"`
	Modality    string `json:"modality,omitempty"`
	SpeakerKind string `json:"speaker_kind,omitempty"`

	Speaker string `json:"speaker,omitempty"` // fullest name, or the noun phrase
	Extra
}

// Extra are the attributes that no tool has a field for; formats keep them in
// whatever place their tool leaves alone.
type Extra struct {
	Aliases           []string `json:"aliases,omitempty"` // other names as right as Speaker
	SpeakerTitle      string   `json:"speaker_title,omitempty"`
	SpeakerGender     string   `json:"speaker_gender,omitempty"`
	DetectConfidence  *float64 `json:"detect_confidence,omitempty"`
	SpeakerConfidence *float64 `json:"speaker_confidence,omitempty"`
	Group             string   `json:"group,omitempty"`
	Parent            string   `json:"parent,omitempty"` // ID of the statement this one is nested in
}

// Role is what a span is to its statement.
type Role string

// The roles, under the names that people meet in the tools.
const (
	Content Role = "Content"
	Cue     Role = "Cue"
	Source  Role = "Source"
)

var roles = []Role{Content, Cue, Source}

// spans of a role.
func (s *Statement) spans(r Role) *[]Span {
	switch r {
	case Content:
		return &s.Content
	case Cue:
		return &s.Cue
	}
	return &s.Source
}

// choice is an attribute that takes one of a few values.
type choice struct {
	key    string // as in Attributes and in configurations of tools
	name   string // for tools that write names in one word, with a capital
	values []string
	of     func(*Attributes) *string
}

// choices are the attributes that take one of a few values.
func choices() []choice {
	return []choice{
		{"type", "Type", words(news.Direct, news.Indirect, news.Mixed), func(a *Attributes) *string { return &a.Type }},
		{"form", "Form", words(news.Full, news.Fragment, news.Unclosed), func(a *Attributes) *string { return &a.Form }},
		{"act", "Act", words(news.Statement, news.Attitude), func(a *Attributes) *string { return &a.Act }},
		{"polarity", "Polarity", words(news.Affirmed, news.Negated, news.Refused), func(a *Attributes) *string { return &a.Polarity }},
		{"modality", "Modality", words(news.Asserted, news.Asked, news.Ordered, news.Hypothetical, news.Future), func(a *Attributes) *string { return &a.Modality }},
		{"speaker_kind", "SpeakerKind", words(news.Person, news.Organization, news.DocumentKind, news.Group, news.Unnamed, news.Author, news.Unknown), func(a *Attributes) *string { return &a.SpeakerKind }},
	}
}

func words[T fmt.Stringer](values ...T) (out []string) {
	for _, v := range values {
		out = append(out, v.String())
	}
	return out
}

// choose sets the attribute of c to value; false when it has no such value.
func (c *choice) choose(a *Attributes, value string) bool {
	value = strings.ToLower(strings.TrimSpace(value))
	if value != "" && !slices.Contains(c.values, value) {
		return false
	}
	*c.of(a) = value
	return true
}

// hidden is what of a statement goes where no annotator looks: its ID and what
// no tool has a field for.
type hidden struct {
	ID string `json:"id,omitempty"`
	Extra
}

// appendHidden is JSON of one line.
func (s *Statement) hidden() string {
	b, err := marshal(hidden{s.ID, s.Extra})
	if err != nil { // nothing in it can fail
		return "{}"
	}
	return string(b)
}

// unhide reads what hidden wrote.
func (s *Statement) unhide(text string) error {
	h := hidden{ID: s.ID}
	if err := json.Unmarshal([]byte(text), &h); err != nil {
		return fmt.Errorf("%.60q is not what whosaid wrote there: %w", text, err)
	}
	s.ID, s.Extra = h.ID, h.Extra
	return nil
}

// marshal is JSON without HTML escapes and without a line end.
func marshal(v any) ([]byte, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return []byte(strings.TrimSuffix(b.String(), "\n")), nil
}

func number(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'g', -1, 64)
}
