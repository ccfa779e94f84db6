package desk

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/whosaid/whosaid/desk/audit"
	"github.com/whosaid/whosaid/desk/index"
	"github.com/whosaid/whosaid/output"
)

// audits lists the audits, and draws new ones.
func (d *Desk) auditList(_ http.ResponseWriter, r *http.Request) (*view, error) {
	names, err := d.audits.Names()
	if err != nil {
		return nil, err
	}
	type entry struct {
		*audit.Sample
		Judged map[string]int // by judge
		Judges []string
	}
	var list []entry
	for _, name := range names {
		s, err := d.audits.Sample(name)
		if err != nil {
			return nil, err
		}
		js, err := d.audits.Judgements(name)
		if err != nil {
			return nil, err
		}
		e := entry{Sample: s, Judged: map[string]int{}}
		for _, j := range audit.Latest(js) {
			if e.Judged[j.Judge]++; e.Judged[j.Judge] == 1 {
				e.Judges = append(e.Judges, j.Judge)
			}
		}
		list = append(list, e)
	}
	return &view{Template: "audit", Title: "Audit", Tab: "/audit", Data: struct {
		List   []entry
		Strata []string
		Name   string
		Seed   uint32
	}{list, audit.Strata(), d.o.Now().Format("2006-01-02"), rand.Uint32N(100_000)}}, nil
}

// auditNew draws a sample.
func (d *Desk) auditNew(w http.ResponseWriter, r *http.Request) (*view, error) {
	design := audit.Design{By: r.PostFormValue("by")}
	name := strings.TrimSpace(r.PostFormValue("name"))
	var errs []error
	count := func(field string) int {
		n, err := strconv.Atoi(strings.TrimSpace(r.PostFormValue(field)))
		if err != nil || n < 0 {
			errs = append(errs, fmt.Errorf("%w: %s %q is not a number", errBadRequest, field, r.PostFormValue(field)))
		}
		return n
	}
	design.Size, design.Articles, design.Seed = count("size"), count("articles"), uint64(count("seed"))
	if err := design.Check(); err != nil {
		errs = append(errs, fmt.Errorf("%w: %w", errBadRequest, err))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	s, err := Draw(r.Context(), d.x, name, design, d.o.Now())
	if err != nil {
		return nil, err
	}
	if err := d.audits.Create(s); err != nil {
		return nil, err
	}
	http.Redirect(w, r, "/audit", http.StatusSeeOther)
	return nil, nil
}

// progress is how far a judge is.
type progress struct {
	Audit, Judge string
	Done, All    int
}

// judging reads who judges what.
func (d *Desk) judging(r *http.Request) (s *audit.Sample, p progress, done map[string]audit.Judgement, err error) {
	p = progress{Audit: r.FormValue("audit"), Judge: strings.TrimSpace(r.FormValue("judge"))}
	if s, err = d.audits.Sample(p.Audit); err != nil {
		return
	}
	if p.Judge == "" {
		err = fmt.Errorf("%w: who judges needs a name", errBadRequest)
		return
	}
	all, err := d.audits.Judgements(p.Audit)
	if err != nil {
		return
	}
	done = map[string]audit.Judgement{}
	for _, j := range audit.Latest(all) {
		if strings.EqualFold(j.Judge, p.Judge) {
			done[j.Item+"\x00"+j.Reading] = j
		}
	}
	p.All = len(s.Items) + len(s.Readings)
	for _, i := range s.Items {
		if _, ok := done[i.ID+"\x00"]; ok {
			p.Done++
		}
	}
	for _, a := range s.Readings {
		if _, ok := done["\x00"+a.ID]; ok {
			p.Done++
		}
	}
	return s, p, done, nil
}

// judge shows the next item that a judge has not judged, or one that was asked
// for.
func (d *Desk) judge(w http.ResponseWriter, r *http.Request) (*view, error) {
	s, p, done, err := d.judging(r)
	if err != nil {
		return nil, err
	}
	at := -1
	if id := r.FormValue("item"); id != "" {
		if at = slices.IndexFunc(s.Items, func(i audit.Item) bool { return i.ID == id }); at < 0 {
			return nil, fmt.Errorf("statement %q of the audit: %w", id, index.ErrNotFound)
		}
	} else {
		at = slices.IndexFunc(s.Items, func(i audit.Item) bool { _, ok := done[i.ID+"\x00"]; return !ok })
	}
	if at < 0 {
		return d.read(w, r)
	}
	item := &s.Items[at]
	data := struct {
		progress
		Item                *audit.Item
		Number              int
		Before              string // the item before
		Given               audit.Judgement
		Context             []paragraph
		Verdicts, Speakers  []choiceLabel
		Speaker, ArticleURL string
	}{progress: p, Item: item, Number: at + 1, Given: done[item.ID+"\x00"], Verdicts: verdicts, Speakers: speakerVerdicts, Speaker: item.Speaker}
	if at > 0 {
		data.Before = s.Items[at-1].ID
	}
	data.ArticleURL = query("/article", "id", item.ArticleID, "n", item.Article) + "#s" + strconv.Itoa(item.Ordinal)
	if a, err := d.x.Article(r.Context(), item.ArticleID, item.Article); err == nil {
		data.Context = around(a, item.ID)
	} else if !errors.Is(err, index.ErrNotFound) {
		return nil, err
	}
	return &view{Template: "judge", Title: fmt.Sprintf("Statement %d of %d", at+1, len(s.Items)), Tab: "/audit", Data: &data}, nil
}

// choiceLabel is a thing to say, with its key.
type choiceLabel struct{ Value, Label, Key string }

var (
	verdicts = []choiceLabel{
		{audit.Right, "Right: these words were said or thought by somebody", "1"}, {audit.Edges, "There is a statement, but its edges are wrong", "2"}, {audit.None, "There is no statement here", "3"},
	}
	speakerVerdicts = []choiceLabel{{audit.Right, "Right", "4"}, {audit.Wrong, "Wrong", "5"}, {audit.Unknown, "The article does not tell", "6"}}
)

// around is the statement marked in its article, with two paragraphs before and
// behind; nil where the article has it no longer.
func around(a *index.Article, id string) []paragraph {
	at := slices.IndexFunc(a.Quotes, func(q output.QuoteRow) bool { return q.QuoteID == id })
	if at < 0 || a.Doc.Article.Text == nil {
		return nil
	}
	one := a.Quotes[at : at+1]
	all := marked(*a.Doc.Article.Text, one, []int{0})
	first, last := -1, -1
	for i, p := range all {
		for _, s := range p.Segments {
			if len(s.Statements) > 0 {
				if first < 0 {
					first = i
				}
				last = i
			}
		}
	}
	if first < 0 {
		return nil
	}
	return all[max(0, first-2):min(len(all), last+3)]
}

// judgeSave keeps a judgement and goes on to the next.
func (d *Desk) judgeSave(w http.ResponseWriter, r *http.Request) (*view, error) {
	s, p, _, err := d.judging(r)
	if err != nil {
		return nil, err
	}
	j := audit.Judgement{Judge: p.Judge, At: d.o.Now().UTC().Format(time.RFC3339), Item: r.PostFormValue("item"), Statement: r.PostFormValue("statement"), Speaker: r.PostFormValue("speaker"), Note: strings.TrimSpace(r.PostFormValue("note"))}
	at := slices.IndexFunc(s.Items, func(i audit.Item) bool { return i.ID == j.Item })
	switch {
	case at < 0:
		return nil, fmt.Errorf("%w: statement %q is not in this audit", errBadRequest, j.Item)
	case j.Statement == "":
		return nil, fmt.Errorf("%w: say whether the statement is right", errBadRequest)
	case j.Statement == audit.None || s.Items[at].Speaker == "":
		j.Speaker = ""
	case j.Speaker == "":
		return nil, fmt.Errorf("%w: say whether the speaker is right", errBadRequest)
	}
	if err := j.Check(); err != nil {
		return nil, fmt.Errorf("%w: %w", errBadRequest, err)
	}
	if err := d.audits.Judge(p.Audit, j); err != nil {
		return nil, err
	}
	http.Redirect(w, r, query("/audit/judge", "audit", p.Audit, "judge", p.Judge), http.StatusSeeOther)
	return nil, nil
}

// read shows the next article that a judge has not read, or the end.
func (d *Desk) read(_ http.ResponseWriter, r *http.Request) (*view, error) {
	s, p, done, err := d.judging(r)
	if err != nil {
		return nil, err
	}
	at := -1
	if id := r.FormValue("reading"); id != "" {
		at = slices.IndexFunc(s.Readings, func(a audit.Reading) bool { return a.ID == id })
	} else {
		at = slices.IndexFunc(s.Readings, func(a audit.Reading) bool { _, ok := done["\x00"+a.ID]; return !ok })
	}
	if at < 0 {
		return &view{Template: "judged", Title: "All judged", Tab: "/audit", Data: p}, nil
	}
	reading := &s.Readings[at]
	data := struct {
		progress
		Reading    *audit.Reading
		Number     int
		Given      audit.Judgement
		Paragraphs []paragraph
		Statements []statementView
	}{progress: p, Reading: reading, Number: at + 1, Given: done["\x00"+reading.ID]}
	a, err := d.x.Article(r.Context(), reading.ID, reading.Article)
	if err != nil {
		return nil, err
	}
	v, err := d.articleView(r, a)
	if err != nil {
		return nil, err
	}
	data.Paragraphs, data.Statements = v.Paragraphs, v.Statements
	return &view{Template: "read", Title: fmt.Sprintf("Article %d of %d", at+1, len(s.Readings)), Tab: "/audit", Data: &data}, nil
}

// readSave keeps what a judge says of an article.
func (d *Desk) readSave(w http.ResponseWriter, r *http.Request) (*view, error) {
	s, p, _, err := d.judging(r)
	if err != nil {
		return nil, err
	}
	j := audit.Judgement{Judge: p.Judge, At: d.o.Now().UTC().Format(time.RFC3339), Reading: r.PostFormValue("reading"), Note: strings.TrimSpace(r.PostFormValue("note"))}
	at := slices.IndexFunc(s.Readings, func(a audit.Reading) bool { return a.ID == j.Reading })
	if at < 0 {
		return nil, fmt.Errorf("%w: article %q is not in this audit", errBadRequest, j.Reading)
	}
	for _, id := range r.PostForm["wrong"] {
		if slices.Contains(s.Readings[at].Statements, id) && !slices.Contains(j.Wrong, id) {
			j.Wrong = append(j.Wrong, id)
		}
	}
	for line := range strings.Lines(r.PostFormValue("missed")) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			j.Missed = append(j.Missed, line)
		}
	}
	if err := j.Check(); err != nil {
		return nil, fmt.Errorf("%w: %w", errBadRequest, err)
	}
	if err := d.audits.Judge(p.Audit, j); err != nil {
		return nil, err
	}
	http.Redirect(w, r, query("/audit/judge", "audit", p.Audit, "judge", p.Judge), http.StatusSeeOther)
	return nil, nil
}

// auditReport shows what an audit found so far.
func (d *Desk) auditReport(_ http.ResponseWriter, r *http.Request) (*view, error) {
	s, report, err := d.report(r)
	if err != nil {
		return nil, err
	}
	wish := 0.95
	if v := r.FormValue("wish"); v != "" {
		if wish, err = strconv.ParseFloat(v, 64); err != nil || !(wish > 0 && wish <= 1) {
			return nil, fmt.Errorf("%w: wish=%q is not a number between 0 and 1", errBadRequest, v)
		}
	}
	data := struct {
		*audit.Report
		Name    string
		Wish    string
		Kept    *audit.Threshold
		Methods string
	}{Report: report, Name: s.Name, Wish: strconv.FormatFloat(wish, 'f', -1, 64), Methods: report.Methods()}
	if t, ok := report.For(wish); ok {
		data.Kept = &t
	}
	return &view{Template: "report", Title: "Audit " + s.Name, Tab: "/audit", Data: &data}, nil
}

func (d *Desk) report(r *http.Request) (*audit.Sample, *audit.Report, error) {
	s, err := d.audits.Sample(r.FormValue("audit"))
	if err != nil {
		return nil, nil, err
	}
	js, err := d.audits.Judgements(s.Name)
	if err != nil {
		return nil, nil, err
	}
	return s, audit.NewReport(s.Design, s.Items, s.Readings, js), nil
}

// sheet gives an audit as a CSV sheet, for judges without a browser.
func (d *Desk) sheet(w http.ResponseWriter, r *http.Request) {
	s, err := d.audits.Sample(r.FormValue("audit"))
	if err != nil {
		status, message := d.explained(r, err)
		d.refuse(w, r, status, message)
		return
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="audit-`+s.Name+`.csv"`)
	_, _ = w.Write([]byte("\ufeff"))
	_ = audit.WriteSheet(w, s)
}
