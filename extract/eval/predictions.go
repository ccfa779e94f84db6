package eval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/news"
)

// Prediction is one extracted statement, as the quotes table has it.
type Prediction struct {
	Type    string  `json:"type"`          // direct, indirect, mixed
	Act     string  `json:"act,omitempty"` // statement, attitude; empty where not told
	Content []Range `json:"content"`       // at least one
	Cue     []Range `json:"cue"`           // one or none
	Source  []Range `json:"source"`        // one or none
	Kind    string  `json:"speaker_kind"`
	Name    string  `json:"speaker"` // empty where unknown

	// Confidences; negative where the table has none.
	Detect  float64 `json:"detect_confidence"`
	Speaker float64 `json:"speaker_confidence"`
}

// Predictions are the statements of every article, by Key of the article's id,
// in the table's order.
type Predictions map[string][]Prediction

// predLine is what is read of a row of the quotes table.
type predLine struct {
	ArticleID   json.RawMessage `json:"article_id"`
	Type        string          `json:"type"`
	Act         json.RawMessage `json:"act"`
	Start       *int            `json:"start"`
	End         *int            `json:"end"`
	Parts       []predPart      `json:"parts"`
	CueStart    *int            `json:"cue_start"`
	CueEnd      *int            `json:"cue_end"`
	SourceStart *int            `json:"source_start"`
	SourceEnd   *int            `json:"source_end"`
	Speaker     *string         `json:"speaker"`
	SpeakerKind *string         `json:"speaker_kind"`
	Detect      *float64        `json:"detect_confidence"`
	SpeakerConf *float64        `json:"speaker_confidence"`
}

type predPart struct {
	Start *int `json:"start"`
	End   *int `json:"end"`
}

// ReadPredictions reads the quotes table as JSON Lines, a statement a line.
// Read are article_id, type, act, parts (else start and end), cue_*, source_*,
// speaker, speaker_kind, detect_confidence and speaker_confidence. An act that
// is not "" leaves out statements of any other act; a row without the field
// stays.
func ReadPredictions(r io.Reader, act string) (Predictions, error) {
	out := Predictions{}
	err := eachLine(r, func(n int, line []byte) error {
		var q predLine
		if err := json.Unmarshal(line, &q); err != nil {
			return fmt.Errorf("read predictions line %d: %w", n, err)
		}
		rowAct := ""
		if q.Act != nil {
			if err := json.Unmarshal(q.Act, &rowAct); err != nil {
				return fmt.Errorf("read predictions line %d: act: %w", n, err)
			}
			if act != "" && rowAct != act {
				return nil
			}
		}
		p, err := q.prediction()
		if err != nil {
			return fmt.Errorf("read predictions line %d: %w", n, err)
		}
		p.Act = rowAct
		id, err := idOf(q.ArticleID)
		if err != nil {
			return fmt.Errorf("read predictions line %d: %w", n, err)
		}
		out[Key(id)] = append(out[Key(id)], p)
		return nil
	})
	return out, err
}

// idOf is an id as text: integers stay exact.
func idOf(raw json.RawMessage) (string, error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
		return "", fmt.Errorf("no article_id")
	}
	if raw[0] != '"' {
		return string(raw), nil
	}
	var s string
	err := json.Unmarshal(raw, &s)
	return s, err
}

func (q *predLine) prediction() (Prediction, error) {
	p := Prediction{Type: q.Type, Kind: deref(q.SpeakerKind), Name: deref(q.Speaker), Detect: -1, Speaker: -1}
	add := func(to *[]Range, a, b *int) error {
		if a == nil || b == nil {
			return nil
		}
		if *a < 0 || *b < *a {
			return fmt.Errorf("range %d to %d", *a, *b)
		}
		*to = append(*to, Range{*a, *b})
		return nil
	}
	var err error
	for _, x := range q.Parts {
		if x.Start == nil || x.End == nil {
			return p, fmt.Errorf("a part without start or end")
		}
		if err == nil {
			err = add(&p.Content, x.Start, x.End)
		}
	}
	if len(q.Parts) == 0 {
		if q.Start == nil || q.End == nil {
			return p, fmt.Errorf("neither parts nor start and end")
		}
		err = add(&p.Content, q.Start, q.End)
	}
	if err == nil {
		err = add(&p.Cue, q.CueStart, q.CueEnd)
	}
	if err == nil {
		err = add(&p.Source, q.SourceStart, q.SourceEnd)
	}
	if q.Detect != nil {
		p.Detect = *q.Detect
	}
	if q.SpeakerConf != nil {
		p.Speaker = *q.SpeakerConf
	}
	return p, err
}

// FromResult is an extractor's result as predictions, in its order.
func FromResult(r *news.Result) []Prediction {
	if len(r.Quotes) == 0 {
		return nil
	}
	at := runeIndex(r.Doc.Text)
	span := func(s news.Span) []Range {
		if s.Empty() {
			return nil
		}
		return []Range{{at(s.Start), at(s.End)}}
	}
	out := make([]Prediction, 0, len(r.Quotes))
	for i := range r.Quotes {
		q := &r.Quotes[i]
		p := Prediction{
			Type: q.Kind.String(), Act: q.Act.String(),
			Cue: span(q.Cue), Source: span(q.Source),
			Detect: float64(q.Confidence), Speaker: -1,
		}
		for _, part := range q.Parts {
			p.Content = append(p.Content, Range{at(part.Span.Start), at(part.Span.End)})
		}
		if i < len(r.Attributions) {
			a := &r.Attributions[i]
			p.Kind = a.Kind.String()
			if a.Kind != news.Unknown {
				p.Speaker = float64(a.Confidence)
				if a.Entity >= 0 {
					p.Name = r.Entities[a.Entity].Name
				}
			}
		}
		out = append(out, p)
	}
	return out
}

// runeIndex turns byte offsets of text into code point offsets. ASCII text
// needs no table.
func runeIndex(text string) func(int32) int {
	if utf8.RuneCountInString(text) == len(text) {
		return func(b int32) int { return int(b) }
	}
	at := make([]int32, len(text)+1)
	n := int32(0)
	for i := range text {
		at[i] = n
		n++
	}
	at[len(text)] = n
	return func(b int32) int { return int(at[b]) }
}

// byteIndex turns code point offsets of text into byte offsets.
func byteIndex(text string) func(int) int32 {
	at := make([]int32, 0, len(text)+1)
	for i := range text {
		at = append(at, int32(i))
	}
	at = append(at, int32(len(text)))
	return func(n int) int32 { return at[n] }
}

// Predict runs extract over the gold's texts and returns what it finds. An act
// that is not "" leaves out statements of any other act. The article carries
// the gold's name as ID and its outlet, no more: what an extractor could read
// off titles or dates stays out of the measurement.
func Predict(golds []Gold, act string, extract func(news.Article) (*news.Result, error)) (Predictions, error) {
	out := Predictions{}
	for i := range golds {
		g := &golds[i]
		r, err := extract(news.Article{ID: g.Doc, Outlet: g.Outlet, Body: g.Text})
		if err != nil {
			return nil, fmt.Errorf("extract %s: %w", g.Doc, err)
		}
		for _, p := range FromResult(r) {
			if act == "" || p.Act == act {
				out[Key(g.Doc)] = append(out[Key(g.Doc)], p)
			}
		}
	}
	return out, nil
}
