package desk

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/whosaid/whosaid/desk/index"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
)

// articleView is an article as it is shown.
type articleView struct {
	*index.Article
	Paragraphs []paragraph
	Statements []statementView
	NoText     bool
	Link       string // the address of the original, where it is a web address
}

// statementView is a statement beside the text.
type statementView struct {
	*output.QuoteRow
	Speaker   string
	Key       string // of the person
	Class     string
	Quotation int64
}

func (d *Desk) article(_ http.ResponseWriter, r *http.Request) (*view, error) {
	n, err := numberParam(r, "n", 0, 1<<60)
	if err != nil {
		return nil, err
	}
	a, err := d.x.Article(r.Context(), r.URL.Query().Get("id"), n)
	if err != nil {
		return nil, err
	}
	v, err := d.articleView(r, a)
	if err != nil {
		return nil, err
	}
	title := a.Head.Title
	if title == "" {
		title = a.Head.ID
	}
	return &view{Template: "article", Title: title, Tab: "/search", Data: v}, nil
}

// articleView lays an article out.
func (d *Desk) articleView(r *http.Request, a *index.Article) (*articleView, error) {
	v := &articleView{Article: a, Link: webAddress(a.Doc.Article.URL)}
	colour := coloursOf(a.Quotes)
	keys := map[int64]string{}
	for i := range a.Quotes {
		s := statementView{QuoteRow: &a.Quotes[i], Speaker: speakerOf(&a.Quotes[i]), Class: colourClass(colour[i]), Quotation: a.Quotations[i]}
		if p := a.Persons[i]; p > 0 {
			if _, ok := keys[p]; !ok {
				who, err := d.x.PersonByN(r.Context(), p)
				if err != nil {
					return nil, err
				}
				keys[p] = who.Key
			}
			s.Key = keys[p]
		}
		v.Statements = append(v.Statements, s)
	}
	if text := a.Doc.Article.Text; text != nil {
		v.Paragraphs = marked(*text, a.Quotes, colour)
	} else {
		v.NoText = true
	}
	return v, nil
}

// webAddress is an address that a link may lead to; "" for any other.
func webAddress(s string) string {
	for _, scheme := range []string{"https://", "http://"} {
		if len(s) > len(scheme) && s[:len(scheme)] == scheme {
			return s
		}
	}
	return ""
}

// reason is why a statement has its speaker.
type reason struct {
	QuoteID string   `json:"quote_id"`
	Method  string   `json:"method"`
	Why     []string `json:"why"`
}

// why extracts an article once more and tells, for every statement found again
// with its speaker, what spoke for that choice.
func (d *Desk) why(w http.ResponseWriter, r *http.Request) {
	reasons, err := d.reasons(r)
	if err != nil {
		status, message := d.explained(r, err)
		writeError(w, status, message)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"reasons": reasons})
}

func (d *Desk) reasons(r *http.Request) ([]reason, error) {
	n, err := numberParam(r, "n", 0, 1<<60)
	if err != nil {
		return nil, err
	}
	a, err := d.x.Article(r.Context(), r.URL.Query().Get("id"), n)
	if err != nil {
		return nil, err
	}
	out := []reason{}
	if a.Doc.Article.Text == nil {
		return out, nil
	}
	row := &a.Doc.Article
	article := news.Article{ID: row.ArticleID, URL: row.URL, Title: row.Title, Outlet: row.Outlet, Authors: row.Authors, Language: row.Language, Body: *row.Text}
	if row.Published != nil {
		article.Published = row.Published.Time()
	}
	result, err := d.run(r.Context(), &article, true)
	if err != nil {
		return nil, fmt.Errorf("explain: %w", err)
	}
	there := map[string]*output.QuoteRow{}
	for i := range a.Quotes {
		there[a.Quotes[i].QuoteID] = &a.Quotes[i]
	}
	rows := output.NewMapper(output.MapOptions{}).Map(result, output.StatusOK)
	for i := range rows.Quotes {
		q := &rows.Quotes[i]
		if same := there[q.QuoteID]; same != nil && same.Speaker == q.Speaker && i < len(result.Attributions) {
			out = append(out, reason{q.QuoteID, q.Method, result.Attributions[i].Why})
		}
	}
	return out, nil
}
