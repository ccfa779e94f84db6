package desk

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/whosaid/whosaid/desk/index"
	"github.com/whosaid/whosaid/output"
)

func (d *Desk) healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"status": "ok", "version": d.o.Version, "articles": d.x.About.Articles, "statements": d.x.About.Statements})
}

// apiArticle gives an article of the corpus with its rows.
func (d *Desk) apiArticle(w http.ResponseWriter, r *http.Request) {
	a, err := d.x.Article(r.Context(), r.PathValue("id"), 0)
	if err != nil {
		d.apiFault(w, r, err)
		return
	}
	b := append([]byte(`{"article":`), output.AppendJSON(nil, &a.Doc.Article)...)
	b = appendRows(append(b, `,"quotes":`...), a.Quotes)
	b = appendRows(append(b, `,"entities":`...), a.Entities)
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(append(b, "}\n"...))
}

// apiSearch gives a page of statements.
func (d *Desk) apiSearch(w http.ResponseWriter, r *http.Request) {
	q, err := index.ParseQuery(r.URL.Query())
	if err != nil {
		d.apiFault(w, r, err)
		return
	}
	after, err := numberParam(r, "after", 0, 1<<60)
	if err != nil {
		d.apiFault(w, r, err)
		return
	}
	limit := int64(pageSize)
	if r.URL.Query().Has("limit") {
		if limit, err = numberParam(r, "limit", 1, maxPageSize); err != nil {
			d.apiFault(w, r, err)
			return
		}
	}
	p, err := d.x.Search(r.Context(), q, after, int(limit))
	if err != nil {
		d.apiFault(w, r, err)
		return
	}
	b := []byte(`{"total":`)
	if after == 0 {
		b = strconv.AppendInt(b, p.Total, 10)
	} else {
		b = append(b, "null"...)
	}
	b = strconv.AppendBool(append(b, `,"more_than_total":`...), p.More)
	b = append(b, `,"next":`...)
	if p.Next > 0 {
		b = strconv.AppendInt(b, p.Next, 10)
	} else {
		b = append(b, "null"...)
	}
	rows := make([]output.QuoteRow, len(p.Hits))
	for i := range p.Hits {
		rows[i] = p.Hits[i].Row
	}
	b = appendRows(append(b, `,"statements":`...), rows)
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(append(b, "}\n"...))
}

func (d *Desk) apiFault(w http.ResponseWriter, r *http.Request, err error) {
	status, message := d.explained(r, err)
	writeError(w, status, message)
}

func appendRows[T output.Row](dst []byte, rows []T) []byte {
	dst = append(dst, '[')
	for i := range rows {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = output.AppendJSON(dst, &rows[i])
	}
	return append(dst, ']')
}
