package annotation

import (
	"cmp"
	"fmt"
	"strings"
)

// Label Studio. labeling-config.xml sets a project up; tasks.json is what it
// imports: a task a document, with the result as a prediction, which people
// accept or correct, or as an annotation where people made it. A result is a
// list of regions of the text, choices and names on those that anchor a
// statement, and relations between regions (graph.go). Offsets are code points,
// as Label Studio has stored them since version 1.4.

const (
	lsConfigName = "labeling-config.xml"
	lsTasksName  = "tasks.json"
	lsText       = "text"    // the tag that shows the text
	lsLabels     = "role"    // the tag whose labels are the roles
	lsSpeaker    = "speaker" // the tag for names
)

type lsTask struct {
	ID          any        `json:"id,omitempty"`
	Data        lsData     `json:"data"`
	Annotations []lsAnswer `json:"annotations,omitempty"`
	Predictions []lsAnswer `json:"predictions,omitempty"`
}

type lsData struct {
	Text *string `json:"text"`
	Doc  string  `json:"doc,omitempty"`
	Meta
}

type lsAnswer struct {
	ModelVersion string   `json:"model_version,omitempty"`
	Score        *float64 `json:"score,omitempty"`
	Result       []lsItem `json:"result"`
	Cancelled    bool     `json:"was_cancelled,omitempty"`
	GroundTruth  bool     `json:"ground_truth,omitempty"`
}

// lsItem is a region, a choice or a text on one, or a relation.
type lsItem struct {
	ID        string   `json:"id,omitempty"`
	FromName  string   `json:"from_name,omitempty"`
	ToName    string   `json:"to_name,omitempty"`
	Type      string   `json:"type"`
	Value     *lsValue `json:"value,omitempty"`
	Meta      *lsMeta  `json:"meta,omitempty"`
	FromID    string   `json:"from_id,omitempty"`
	ToID      string   `json:"to_id,omitempty"`
	Direction string   `json:"direction,omitempty"`
	Labels    []string `json:"labels,omitempty"`
}

type lsMeta struct {
	Text []string `json:"text,omitempty"`
}

type lsValue struct {
	Start   int      `json:"start"`
	End     int      `json:"end"`
	Text    any      `json:"text,omitempty"` // words of a region; a list of names
	Labels  []string `json:"labels,omitempty"`
	Choices []string `json:"choices,omitempty"`
}

// lsConfig is the labeling configuration.
func lsConfig() string {
	var b strings.Builder
	b.WriteString("<View>\n" +
		"  <Style>.htx-text { white-space: pre-wrap; }</Style>\n" +
		"  <Header value=\"$title\"/>\n" +
		"  <Relations>\n    <Relation value=\"Content\"/>\n    <Relation value=\"Cue\"/>\n    <Relation value=\"Source\"/>\n  </Relations>\n" +
		"  <Labels name=\"" + lsLabels + "\" toName=\"" + lsText + "\">\n" +
		"    <Label value=\"Content\" background=\"#1f77b4\" hotkey=\"1\"/>\n" +
		"    <Label value=\"Cue\" background=\"#ff7f0e\" hotkey=\"2\"/>\n" +
		"    <Label value=\"Source\" background=\"#2ca02c\" hotkey=\"3\"/>\n" +
		"  </Labels>\n" +
		"  <Text name=\"" + lsText + "\" value=\"$text\" granularity=\"word\"/>\n" +
		"  <View visibleWhen=\"region-selected\" whenTagName=\"" + lsLabels + "\" whenLabelValue=\"Content\">\n" +
		"    <Header value=\"Speaker: the fullest name in the article\"/>\n" +
		"    <TextArea name=\"" + lsSpeaker + "\" toName=\"" + lsText + "\" perRegion=\"true\" maxSubmissions=\"1\" editable=\"true\"/>\n")
	for _, c := range choices() {
		fmt.Fprintf(&b, "    <Header value=\"%s\"/>\n    <Choices name=\"%s\" toName=\"%s\" perRegion=\"true\" choice=\"single-radio\" showInline=\"true\">\n", strings.ReplaceAll(c.key, "_", " "), c.key, lsText)
		for _, v := range c.values {
			fmt.Fprintf(&b, "      <Choice value=\"%s\"/>\n", v)
		}
		b.WriteString("    </Choices>\n")
	}
	b.WriteString("  </View>\n</View>\n")
	return b.String()
}

type lsEncoder struct {
	*stream
	options Options
	n       int
}

func newLabelStudio(f *folder, o Options) (encoder, error) {
	if err := f.put(lsConfigName, lsConfig()); err != nil {
		return nil, err
	}
	s, err := f.stream(lsTasksName)
	if err != nil {
		return nil, err
	}
	_, err = s.WriteString("[")
	return &lsEncoder{stream: s, options: o}, err
}

func (e *lsEncoder) close() error {
	if _, err := e.WriteString("\n]\n"); err != nil {
		return err
	}
	return e.stream.close()
}

func (e *lsEncoder) encode(d *Document, x *index) error {
	task := lsTask{Data: lsData{Text: &d.Text, Doc: d.ID, Meta: d.Meta}}
	task.Data.Title = cmp.Or(d.Title, d.ID) // the configuration shows it
	answer := lsAnswer{Result: []lsItem{}}
	g := newGraph(d.Statements)
	for _, n := range g.nodes {
		value := lsValue{Start: n.span.Start, End: n.span.End, Text: x.slice(n.span), Labels: []string{string(n.role)}}
		item := lsItem{ID: n.id, FromName: lsLabels, ToName: lsText, Type: "labels", Value: &value}
		if n.statement >= 0 {
			item.Meta = &lsMeta{[]string{d.Statements[n.statement].hidden()}}
		}
		answer.Result = append(answer.Result, item)
		if n.statement >= 0 {
			answer.Result = append(answer.Result, lsAttributes(n, &d.Statements[n.statement])...)
		}
	}
	for _, l := range g.lines {
		to := g.nodes[l.to]
		answer.Result = append(answer.Result, lsItem{Type: "relation", FromID: g.nodes[l.from].id, ToID: to.id, Direction: "right", Labels: []string{string(to.role)}})
	}
	if e.options.Predicted {
		answer.ModelVersion = cmp.Or(e.options.Program, "whosaid")
		task.Predictions = []lsAnswer{answer}
	} else {
		task.Annotations = []lsAnswer{answer}
	}
	b, err := marshal(task)
	if err != nil {
		return err
	}
	if e.n++; e.n > 1 {
		e.WriteString(",")
	}
	e.WriteString("\n")
	_, err = e.Write(b) // tells of an error before, too
	return err
}

// lsAttributes are what a region that anchors a statement carries.
func lsAttributes(n node, s *Statement) (out []lsItem) {
	value := lsValue{Start: n.span.Start, End: n.span.End}
	if s.Speaker != "" {
		v := value
		v.Text = []string{s.Speaker}
		out = append(out, lsItem{ID: n.id, FromName: lsSpeaker, ToName: lsText, Type: "textarea", Value: &v})
	}
	for _, c := range choices() {
		if chosen := *c.of(&s.Attributes); chosen != "" {
			v := value
			v.Choices = []string{chosen}
			out = append(out, lsItem{ID: n.id, FromName: c.key, ToName: lsText, Type: "choices", Value: &v})
		}
	}
	return out
}
