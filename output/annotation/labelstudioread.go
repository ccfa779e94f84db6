package annotation

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// labelStudio reads an export (JSON, not JSON-MIN) or a file of tasks.
func (r *reader) labelStudio(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	defer f.Close()
	in := bufio.NewReader(io.LimitReader(f, 16*maxFile)) // task by task, each far smaller
	if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\ufeff")) {
		in.Discard(3)
	}
	dec := json.NewDecoder(in)
	if t, err := dec.Token(); err != nil || t != json.Delim('[') {
		return fmt.Errorf("read %s: not a list of tasks; export from Label Studio as JSON", path)
	}
	n := 0
	for ; dec.More(); n++ {
		where := fmt.Sprintf("%s: [%d]", path, n)
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return fmt.Errorf("read %s: %w", where, err)
		}
		var task lsTask
		if err := unmarshal(raw, &task); err != nil {
			return fmt.Errorf("read %s: %w", where, err)
		}
		if err := r.lsTask(where, path, n, &task); err != nil {
			return err
		}
	}
	if _, err := dec.Token(); err != nil {
		return fmt.Errorf("read %s: the list ends after %d tasks without its bracket: %w", path, n, err)
	}
	return nil
}

func (r *reader) lsTask(where, path string, n int, task *lsTask) error {
	if task.Data.Text == nil {
		return fmt.Errorf(`read %s: no data.text; export as JSON, not JSON-MIN, from a project with whosaid's labeling configuration`, where)
	}
	d := &Document{ID: task.Data.Doc, Meta: task.Data.Meta, Text: *task.Data.Text}
	if d.ID == "" {
		d.ID = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)) + "-" + fmt.Sprint(n+1)
	}
	if d.Title == d.ID { // put there so that there is something to show
		d.Title = ""
	}
	answer, place := r.lsAnswer(where, task)
	l := &lsReader{reader: r, where: where + place, x: newIndex(d.Text), at: map[string]int{}}
	l.g = read{where: l.where, skip: r.skip}
	if answer != nil {
		for _, pass := range []func(string, *lsItem) error{l.region, l.attribute} {
			for i := range answer.Result {
				item := fmt.Sprintf("%s.result[%d]", l.where, i)
				if err := pass(item, &answer.Result[i]); err != nil {
					return fmt.Errorf("read %s: %w", item, err)
				}
			}
		}
	}
	d.Statements = l.g.statements()
	return r.document("read "+where, d)
}

// lsAnswer chooses among a task's results: the annotation that is marked as
// ground truth, else the last that was not cancelled, else the prediction.
func (r *reader) lsAnswer(where string, task *lsTask) (answer *lsAnswer, place string) {
	several := 0
	for i := range task.Annotations {
		a := &task.Annotations[i]
		if a.Cancelled {
			continue
		}
		several++
		if answer == nil || !answer.GroundTruth {
			answer, place = a, fmt.Sprintf(".annotations[%d]", i)
		}
	}
	if several > 1 {
		r.skip(where, "other annotations of a task that has several: the ground truth counts, else the last")
	}
	if answer == nil && len(task.Annotations) > 0 {
		r.skip(where, "a task whose annotations were all cancelled: it has no statements")
		return nil, ""
	}
	if answer == nil && len(task.Predictions) > 0 {
		r.skip(where, "nothing, but look: a task without an annotation, whose prediction was taken")
		answer, place = &task.Predictions[0], ".predictions[0]"
	}
	return answer, place
}

// lsReader is one result under way.
type lsReader struct {
	*reader
	where string
	x     *index
	g     read
	at    map[string]int // nodes by the id of their region
}

// region reads what marks words.
func (l *lsReader) region(where string, item *lsItem) error {
	if item.Type != "labels" {
		return nil
	}
	if item.Value == nil || item.ID == "" {
		return fmt.Errorf("a region without value or id")
	}
	if len(item.Value.Labels) != 1 || !slices.Contains(roles, Role(item.Value.Labels[0])) {
		l.skip(where, fmt.Sprintf("a region with the labels %q, not one of Content, Cue and Source", item.Value.Labels))
		return nil
	}
	s, err := l.span(item.Value)
	if err != nil {
		return err
	}
	if _, ok := l.at[item.ID]; ok {
		return fmt.Errorf("a second region with the id %q", item.ID)
	}
	l.at[item.ID] = len(l.g.nodes)
	n := readNode{role: Role(item.Value.Labels[0]), span: s, place: "region " + item.ID}
	if item.Meta != nil && len(item.Meta.Text) > 0 {
		text := strings.Join(item.Meta.Text, "\n")
		var one Statement
		if err := one.unhide(text); err != nil {
			l.skip(where, "a note on a region")
		} else {
			n.id, n.attributes.Extra, n.anchor = one.ID, one.Extra, true
		}
	}
	l.g.nodes = append(l.g.nodes, n)
	return nil
}

// span is the place of a region. Versions before 1.4 counted UTF-16 units; the
// words stored with a region tell which it was.
func (l *lsReader) span(v *lsValue) (Span, error) {
	s := Span{v.Start, v.End}
	words, told := v.Text.(string)
	same := func(s Span) bool { return lsWords(l.x.slice(s)) == lsWords(words) }
	if l.x.has(s) && (!told || same(s)) {
		return s, nil
	}
	if u, ok := l.x.ofUTF16(v.Start, v.End); ok && told && same(u) {
		return u, nil
	}
	if !l.x.has(s) {
		return s, l.x.outside("the region", v.Start, v.End)
	}
	return s, fmt.Errorf("the region says %.60q where the text has %.60q; was the text changed after it was annotated?", words, l.x.slice(s))
}

// lsWords is what two copies of the words of a region have in common: Label
// Studio's may spell line breaks out, and leaves spaces as a browser shows them.
func lsWords(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer(`\n`, " ", "\u00a0", " ").Replace(s)), " ")
}

// attribute reads what stands on a region or between two.
func (l *lsReader) attribute(where string, item *lsItem) error {
	if item.Type == "relation" {
		from, okA := l.at[item.FromID]
		to, okB := l.at[item.ToID]
		if !okA || !okB {
			l.skip(where, "a relation of a region that is not there, or was left out")
			return nil
		}
		if item.Direction == "left" {
			from, to = to, from
		}
		l.g.lines = append(l.g.lines, line{from, to})
		return nil
	}
	if item.Type == "labels" {
		return nil
	}
	n, ok := l.at[item.ID]
	if !ok || item.Value == nil {
		l.skip(where, "a "+item.Type+" on no region")
		return nil
	}
	a := &l.g.nodes[n].attributes
	if item.Type == "textarea" && item.FromName == lsSpeaker {
		names, _ := item.Value.Text.([]any)
		var texts []string
		for _, name := range names {
			texts = append(texts, fmt.Sprint(name))
		}
		a.Speaker = strings.Join(texts, " ")
		return nil
	}
	for _, c := range choices() {
		if c.key == item.FromName && len(item.Value.Choices) == 1 {
			l.choose(where, c, a, item.Value.Choices[0])
			return nil
		}
	}
	l.skip(where, "a "+item.Type+" that is not of whosaid's labeling configuration: "+item.FromName)
	return nil
}
