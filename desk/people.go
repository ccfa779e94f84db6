package desk

import (
	"net/http"
	"strings"

	"github.com/whosaid/whosaid/desk/index"
)

func (d *Desk) people(_ http.ResponseWriter, r *http.Request) (*view, error) {
	const size = 50
	skip, err := numberParam(r, "skip", 0, 10_000)
	if err != nil {
		return nil, err
	}
	kind := r.URL.Query().Get("kind")
	if kind != "organization" {
		kind = "person"
	}
	words := strings.TrimSpace(r.URL.Query().Get("q"))
	list, err := d.x.People(r.Context(), kind, words, int(skip), size+1)
	if err != nil {
		return nil, err
	}
	next := ""
	if len(list) > size {
		list = list[:size]
		next = query("/people", "kind", kind, "q", words, "skip", skip+size)
	}
	return &view{Template: "people", Title: "People and organizations", Tab: "/people", Data: struct {
		List              []index.Person
		Kind, Words, Next string
		Skip              int64
	}{list, kind, words, next, skip}}, nil
}

func (d *Desk) person(_ http.ResponseWriter, r *http.Request) (*view, error) {
	p, err := d.x.Person(r.Context(), r.URL.Query().Get("key"))
	if err != nil {
		return nil, err
	}
	page, err := d.x.Search(r.Context(), index.Query{Key: p.Key}, 0, 10)
	if err != nil {
		return nil, err
	}
	hits, err := d.listed(r, page.Hits)
	if err != nil {
		return nil, err
	}
	return &view{Template: "person", Title: p.Name, Tab: "/people", Data: struct {
		*index.PersonPage
		Figures []*figure
		Found   []found
	}{p, personFigures(p), hits}}, nil
}

func (d *Desk) quotations(_ http.ResponseWriter, r *http.Request) (*view, error) {
	const size = 50
	skip, err := numberParam(r, "skip", 0, 10_000)
	if err != nil {
		return nil, err
	}
	list, err := d.x.Travelled(r.Context(), int(skip), size+1)
	if err != nil {
		return nil, err
	}
	next := ""
	if len(list) > size {
		list = list[:size]
		next = query("/quotations", "skip", skip+size)
	}
	return &view{Template: "quotations", Title: "Quotations that travel", Tab: "/quotations", Data: struct {
		List []index.Quotation
		Next string
	}{list, next}}, nil
}

func (d *Desk) quotation(_ http.ResponseWriter, r *http.Request) (*view, error) {
	n, err := numberParam(r, "n", 0, 1<<60)
	if err != nil {
		return nil, err
	}
	q, variants, err := d.x.Quotation(r.Context(), r.URL.Query().Get("id"), n)
	if err != nil {
		return nil, err
	}
	type variant struct {
		index.Variant
		Words []diffWord
	}
	out := make([]variant, len(variants))
	for i, v := range variants {
		out[i] = variant{v, diff(q.Text, v.Row.Text)}
	}
	return &view{Template: "quotation", Title: "Quotation", Tab: "/quotations", Data: struct {
		*index.Quotation
		Variants []variant
	}{q, out}}, nil
}
