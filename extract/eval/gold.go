// Package eval measures extracted statements against gold ones.
//
// In go articles with gold attributions (ReadGold, ReadPolnear) and the
// statements that were predicted for them (ReadPredictions, FromResult,
// Predict). Out come figures (Score), the same by outlet, type, cue or form
// (Report.By), the mistakes one by one (Report.Mistakes), what changed between
// two sets of predictions (Diff) and how far confidences can be trusted
// (Report.Calibration). The package never runs an extractor of its own
// choosing, never prints, and never changes what it is given.
//
// # Offsets
//
// Gold files and the quotes table count Unicode code points, so everything
// here does too: a Range is a half-open pair of code point offsets. FromResult
// converts from the bytes of news.Span.
//
// # What is counted
//
// Words are runs of letters, digits and underscores; every other character
// that is not white space is a token of its own. Three views of one article:
//
//   - exact: the spans of a role (source, cue, content) that agree at both
//     edges. Every fragment of a span counts alone, is cut at line breaks and
//     trimmed of white space; a place annotated twice counts once.
//   - token: the tokens that carry a role.
//   - attributions: a gold and a predicted attribution match when the tokens
//     of their contents have intersection over union of at least 0.5. Matches
//     are one to one and greedy: best overlap first, then those whose sources
//     overlap too, then text order. "content@0.5" counts matches; "pair"
//     counts matches whose sources overlap (or both have none); "triple"
//     counts attributions of which everything is exact.
//
// Speakers are judged on matched attributions: a gold person or organization
// must be met by the same name (case, white space, a leading "the", a final
// "'s" and final full stops and commas aside); for every other kind no person
// or organization may be named ("abstain"). Percentages are rounded to one
// decimal, half to even on the exact binary value.
package eval

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
)

// Range is a half-open range of Unicode code points of an article's text, not
// of bytes: that is why it is not a news.Span.
type Range [2]int

// Attribution is one gold statement.
type Attribution struct {
	ID      string
	Type    string  // direct, indirect, mixed
	Act     string  // statement, attitude; empty where the gold does not tell
	Content []Range // in text order; empty: nothing to find, not scored
	Cue     []Range
	Source  []Range
	Kind    string   // a speaker kind of the quotes table; empty: not annotated
	Name    string   // fullest proper name, or the noun phrase; empty: none
	Aliases []string // other names as right as Name
}

// Gold is one article with all of its attributions.
type Gold struct {
	Doc          string // the article's id
	Outlet       string // empty where the gold does not tell
	Text         string
	Attributions []Attribution
}

// goldLine is Gold as a line of JSON.
type goldLine struct {
	Doc          string        `json:"doc"`
	Outlet       string        `json:"outlet,omitempty"`
	Text         string        `json:"text"`
	Attributions []Attribution `json:"attributions"`
}

// goldItem is Attribution in JSON: no missing lists, null for what is not known.
type goldItem struct {
	ID      string  `json:"id"`
	Type    string  `json:"type"`
	Act     string  `json:"act,omitempty"`
	Content []Range `json:"content"`
	Cue     []Range `json:"cue"`
	Source  []Range `json:"source"`
	Kind    *string `json:"kind"`
	Name    *string `json:"name"`
}

// MarshalJSON writes an attribution as ReadGold reads it.
func (a Attribution) MarshalJSON() ([]byte, error) {
	return json.Marshal(goldItem{
		ID: a.ID, Type: a.Type, Act: a.Act,
		Content: orEmpty(a.Content), Cue: orEmpty(a.Cue), Source: orEmpty(a.Source),
		Kind: ref(a.Kind), Name: ref(a.Name),
	})
}

// UnmarshalJSON reads an attribution as ReadGold describes it.
func (a *Attribution) UnmarshalJSON(data []byte) error {
	var x goldItem
	if err := json.Unmarshal(data, &x); err != nil {
		return err
	}
	*a = Attribution{
		ID: x.ID, Type: x.Type, Act: x.Act, Content: x.Content, Cue: x.Cue, Source: x.Source,
		Kind: deref(x.Kind), Name: deref(x.Name),
	}
	return nil
}

// ReadGold reads gold JSON Lines, an article a line:
//
//	{"doc": "NAME", "text": "…", "attributions": [{"id": "E1",
//	  "type": "direct|indirect|mixed", "content": [[start, end], …],
//	  "cue": [[s, e], …], "source": [[s, e], …],
//	  "kind": "person|organization|…"|null, "name": "…"|null}]}
//
// with the optional fields "outlet" of an article and "act" of an attribution.
// Empty lines are skipped; an offset outside the text is an error that names
// the line.
func ReadGold(r io.Reader) ([]Gold, error) {
	var out []Gold
	err := eachLine(r, func(n int, line []byte) error {
		var g goldLine
		if err := json.Unmarshal(line, &g); err != nil {
			return fmt.Errorf("read gold line %d: %w", n, err)
		}
		one := Gold(g)
		if err := one.check(); err != nil {
			return fmt.Errorf("read gold line %d: %w", n, err)
		}
		out = append(out, one)
		return nil
	})
	return out, err
}

// ReadGoldFile is ReadGold on a file, which its errors name.
func ReadGoldFile(name string) ([]Gold, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read gold: %w", err)
	}
	defer f.Close()
	golds, err := ReadGold(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return golds, nil
}

// WriteGold writes articles as ReadGold reads them.
func WriteGold(w io.Writer, golds []Gold) error {
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for _, g := range golds {
		line := goldLine(g)
		if line.Attributions == nil {
			line.Attributions = []Attribution{}
		}
		if err := enc.Encode(line); err != nil {
			return fmt.Errorf("write gold of %s: %w", g.Doc, err)
		}
	}
	return b.Flush()
}

// check reports the first range that does not lie in the text.
func (g *Gold) check() error {
	n := len([]rune(g.Text))
	for _, a := range g.Attributions {
		for _, role := range [][]Range{a.Content, a.Cue, a.Source} {
			for _, r := range role {
				if r[0] < 0 || r[1] < r[0] || r[1] > n {
					return fmt.Errorf("attribution %s of %s: range %d to %d is not in the text of %d characters", a.ID, g.Doc, r[0], r[1], n)
				}
			}
		}
	}
	return nil
}

// Key is the name by which predictions and gold find each other: the last
// element of an article's id or path without a trailing ".txt".
func Key(id string) string {
	if i := strings.LastIndexByte(id, '/'); i >= 0 {
		id = id[i+1:]
	}
	return strings.TrimSuffix(id, ".txt")
}

// OutletOf is the article's outlet: the one the gold names, else the part of
// the article's name before its first "_" and digit, which is where PolNeAR's
// names and those of numbered collections carry it.
func (g *Gold) OutletOf() string {
	if g.Outlet != "" {
		return g.Outlet
	}
	name := Key(g.Doc)
	for i := 0; i+1 < len(name); i++ {
		if name[i] == '_' && name[i+1] >= '0' && name[i+1] <= '9' {
			return name[:i]
		}
	}
	return strings.TrimSuffix(name, path.Ext(name))
}

// maxLine bounds one line of gold or predictions: far above any article, far
// below what would hurt.
const maxLine = 256 << 20

// eachLine calls f with the 1-based number and the bytes of every line that is
// not blank.
func eachLine(r io.Reader, f func(int, []byte) error) error {
	b := bufio.NewReaderSize(r, 1<<20)
	for n := 1; ; n++ {
		line, err := readLine(b)
		if len(strings.TrimSpace(string(line))) > 0 {
			if err := f(n, line); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read line %d: %w", n, err)
		}
	}
}

func readLine(b *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		piece, err := b.ReadSlice('\n')
		line = append(line, piece...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
		if len(line) > maxLine {
			return nil, fmt.Errorf("line longer than %d bytes", maxLine)
		}
	}
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// ref is null for what is not known.
func ref(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func orEmpty(r []Range) []Range {
	if r == nil {
		return []Range{}
	}
	return r
}
