package audit

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// What can be said of a statement, and of its speaker.
const (
	Right   = "right"
	Edges   = "edges" // there is a statement, and its edges are wrong
	None    = "none"  // there is no statement
	Wrong   = "wrong"
	Unknown = "unknown" // the article does not tell
)

// Verdicts are what can be said of a statement, and Speakers of its speaker.
func Verdicts() []string { return []string{Right, Edges, None} }

// Speakers are what can be said of a speaker.
func Speakers() []string { return []string{Right, Wrong, Unknown} }

// Judgement is what one judge says of one item, or of one article read in full.
type Judgement struct {
	Judge string `json:"judge"`
	At    string `json:"at"` // RFC 3339
	// Item is judged by Statement and Speaker; an empty Statement takes an
	// earlier judgement back.
	Item      string `json:"item,omitempty"`
	Statement string `json:"statement,omitempty"`
	Speaker   string `json:"speaker,omitempty"`
	// Reading is an article: Wrong are its statements that are none, Missed the
	// words of those that were not found.
	Reading string   `json:"reading,omitempty"`
	Wrong   []string `json:"wrong,omitempty"`
	Missed  []string `json:"missed,omitempty"`
	Note    string   `json:"note,omitempty"`
}

// Limits of what a judge writes.
const (
	maxJudge  = 60
	maxNote   = 4000
	maxMissed = 500
)

// Check reports a judgement that makes no sense.
func (j *Judgement) Check() error {
	switch {
	case strings.TrimSpace(j.Judge) == "" || len(j.Judge) > maxJudge || !utf8.ValidString(j.Judge):
		return fmt.Errorf("who judges needs a name of up to %d characters", maxJudge)
	case (j.Item == "") == (j.Reading == ""):
		return fmt.Errorf("a judgement is of a statement or of an article")
	case j.Item != "" && j.Statement != "" && !slices.Contains(Verdicts(), j.Statement):
		return fmt.Errorf("statement %q is not one of %s", j.Statement, strings.Join(Verdicts(), ", "))
	case j.Speaker != "" && !slices.Contains(Speakers(), j.Speaker):
		return fmt.Errorf("speaker %q is not one of %s", j.Speaker, strings.Join(Speakers(), ", "))
	case j.Statement == None && j.Speaker != "":
		return fmt.Errorf("where there is no statement, there is no speaker to judge")
	case len(j.Note) > maxNote || len(j.Missed) > maxMissed || len(j.Wrong) > maxMissed:
		return fmt.Errorf("a note has up to %d characters, an article up to %d statements", maxNote, maxMissed)
	}
	return nil
}

// Latest are the judgements that hold: of each judge and item the last.
func Latest(all []Judgement) []Judgement {
	at := map[string]int{}
	var out []Judgement
	for _, j := range all {
		key := strings.ToLower(strings.TrimSpace(j.Judge)) + "\x00" + j.Item + "\x00" + j.Reading
		if i, ok := at[key]; ok {
			out[i] = j
			continue
		}
		at[key] = len(out)
		out = append(out, j)
	}
	return slices.DeleteFunc(out, func(j Judgement) bool { return j.Item != "" && j.Statement == "" })
}
