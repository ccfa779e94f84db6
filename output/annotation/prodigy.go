package annotation

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Prodigy, a task a line, as its recipes rel.manual and spans.manual show and
// save it: the text, its tokens, spans that begin and end at tokens, relations
// between spans (graph.go). Offsets are code points. What Prodigy has no field
// for stands in further fields of meta and spans, which it keeps.

type prodigyTask struct {
	Text      *string           `json:"text"`
	Meta      prodigyMeta       `json:"meta"`
	Tokens    []prodigyToken    `json:"tokens,omitempty"`
	Spans     []prodigySpan     `json:"spans"`
	Relations []prodigyRelation `json:"relations"`
	Answer    string            `json:"answer,omitempty"`
}

type prodigyMeta struct {
	Doc string `json:"doc,omitempty"`
	Meta
}

type prodigyToken struct {
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	ID    int    `json:"id"`
	WS    bool   `json:"ws"`
}

// prodigySpan is a span; TokenEnd is its last token.
type prodigySpan struct {
	Start      int               `json:"start"`
	End        int               `json:"end"`
	TokenStart *int              `json:"token_start,omitempty"`
	TokenEnd   *int              `json:"token_end,omitempty"`
	Label      string            `json:"label"`
	ID         string            `json:"id,omitempty"`
	Statement  *prodigyStatement `json:"statement,omitempty"`
}

type prodigyStatement struct {
	ID string `json:"id,omitempty"`
	Attributes
}

// prodigyRelation names the last tokens of its spans, and the spans.
type prodigyRelation struct {
	Head      int          `json:"head"`
	Child     int          `json:"child"`
	HeadSpan  *prodigySpan `json:"head_span,omitempty"`
	ChildSpan *prodigySpan `json:"child_span,omitempty"`
	Label     string       `json:"label"`
}

type prodigyEncoder struct {
	*stream
	options Options
}

func newProdigy(f *folder, o Options) (encoder, error) {
	s, err := f.stream("prodigy.jsonl")
	return &prodigyEncoder{s, o}, err
}

func (e *prodigyEncoder) encode(d *Document, x *index) error {
	task := prodigyTask{
		Text: &d.Text, Meta: prodigyMeta{d.ID, d.Meta}, Tokens: prodigyTokens(x, d.tokens(x, e.options.Segment)),
		Spans: []prodigySpan{}, Relations: []prodigyRelation{},
	}
	if !e.options.Predicted {
		task.Answer = "accept"
	}
	starts, ends := map[int]int{}, map[int]int{}
	for i, t := range task.Tokens {
		starts[t.Start], ends[t.End] = i, i
	}
	g := newGraph(d.Statements)
	for _, n := range g.nodes {
		first, last := starts[n.span.Start], ends[n.span.End]
		s := prodigySpan{Start: n.span.Start, End: n.span.End, TokenStart: &first, TokenEnd: &last, Label: strings.ToUpper(string(n.role)), ID: n.id}
		if n.statement >= 0 {
			of := &d.Statements[n.statement]
			s.Statement = &prodigyStatement{of.ID, of.Attributes}
		}
		task.Spans = append(task.Spans, s)
	}
	for _, l := range g.lines {
		from, to := task.Spans[l.from], task.Spans[l.to]
		from.Statement, to.Statement = nil, nil
		task.Relations = append(task.Relations, prodigyRelation{*from.TokenEnd, *to.TokenEnd, &from, &to, to.Label})
	}
	b, err := marshal(task)
	if err != nil {
		return err
	}
	_, err = e.Write(append(b, '\n'))
	return err
}

// prodigyTokens lists tokens as spaCy has them: ws for one space behind a token,
// and a token of its own for white space beyond that.
func prodigyTokens(x *index, sentences [][]Span) (out []prodigyToken) {
	at := 0
	add := func(s Span) {
		out = append(out, prodigyToken{Text: x.slice(s), Start: s.Start, End: s.End, ID: len(out)})
	}
	gap := func(to int) {
		if at < to && len(out) > 0 && x.runeAt(at) == ' ' {
			out[len(out)-1].WS = true
			at++
		}
		if at < to {
			add(Span{at, to})
		}
	}
	for _, sentence := range sentences {
		for _, t := range sentence {
			gap(t.Start)
			add(t)
			at = t.End
		}
	}
	gap(x.len())
	return out
}

func (r *reader) prodigy(path string) error {
	n := 0
	return eachLine(path, func(where string, line []byte) error {
		n++
		var task prodigyTask
		if err := unmarshal(line, &task); err != nil {
			return fmt.Errorf("read %s: %w", where, err)
		}
		if task.Text == nil {
			return fmt.Errorf(`read %s: no "text": this is no task of Prodigy`, where)
		}
		if task.Answer != "" && task.Answer != "accept" {
			r.skip(where, "a task with the answer "+task.Answer)
			return nil
		}
		d := &Document{ID: task.Meta.Doc, Meta: task.Meta.Meta, Text: *task.Text}
		if d.ID == "" {
			d.ID = fmt.Sprintf("%s-%d", strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), n)
		}
		var err error
		if d.Statements, err = r.prodigyStatements(where, &task, newIndex(d.Text)); err != nil {
			return fmt.Errorf("read %s: %w", where, err)
		}
		return r.document("read "+where, d)
	})
}

func (r *reader) prodigyStatements(where string, task *prodigyTask, x *index) ([]Statement, error) {
	g := read{where: where, skip: r.skip}
	at := make([]int, len(task.Spans)) // node of each span; -1 for none
	for i, s := range task.Spans {
		at[i] = -1
		role := Role(s.Label)
		for _, known := range roles {
			if strings.EqualFold(s.Label, string(known)) {
				role = known
			}
		}
		place := fmt.Sprintf("spans[%d]", i)
		if !slices.Contains(roles, role) {
			r.skip(where+": "+place, fmt.Sprintf("a span with the label %q, not CONTENT, CUE or SOURCE", s.Label))
			continue
		}
		span := Span{s.Start, s.End}
		if !x.has(span) {
			return nil, fmt.Errorf("%s: %w", place, x.outside(s.Label, s.Start, s.End))
		}
		n := readNode{role: role, span: span, place: place}
		if s.Statement != nil {
			n.id, n.anchor = s.Statement.ID, true
			n.attributes.Speaker, n.attributes.Extra = s.Statement.Speaker, s.Statement.Extra
			for _, c := range choices() {
				r.choose(where+": "+place, c, &n.attributes, *c.of(&s.Statement.Attributes))
			}
		}
		at[i] = len(g.nodes)
		g.nodes = append(g.nodes, n)
	}
	for i, rel := range task.Relations {
		from, to := task.find(rel.HeadSpan, rel.Head), task.find(rel.ChildSpan, rel.Child)
		if from < 0 || to < 0 || at[from] < 0 || at[to] < 0 {
			r.skip(fmt.Sprintf("%s: relations[%d]", where, i), "a relation of tokens that are no Content, Cue or Source")
			continue
		}
		g.lines = append(g.lines, line{at[from], at[to]})
	}
	return g.statements(), nil
}

// find is the span that one end of a relation means: the one with its id, else
// the one at its place with its label, else the last that ends at the token.
func (t *prodigyTask) find(end *prodigySpan, token int) int {
	best := -1
	for i, s := range t.Spans {
		switch {
		case end == nil:
			if s.TokenEnd != nil && *s.TokenEnd == token {
				best = i
			}
		case end.ID != "" && end.ID == s.ID:
			return i
		case best < 0 && end.Start == s.Start && end.End == s.End && strings.EqualFold(end.Label, s.Label):
			best = i
		}
	}
	return best
}
