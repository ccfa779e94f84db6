package desk

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/whosaid/whosaid/desk/index"
	"github.com/whosaid/whosaid/output"
)

// Sizes of a page of statements.
const (
	pageSize    = 25
	maxPageSize = 200
)

// found is a statement in a list.
type found struct {
	*index.Hit
	Speaker string // in words
	Key     string // of the person; "" for none
}

// listed makes the hits of a page ready to show.
func (d *Desk) listed(r *http.Request, hits []index.Hit) ([]found, error) {
	keys := map[int64]string{}
	out := make([]found, len(hits))
	for i := range hits {
		h := &hits[i]
		key, ok := keys[h.Person]
		if !ok && h.Person > 0 {
			p, err := d.x.PersonByN(r.Context(), h.Person)
			if err != nil {
				return nil, err
			}
			key = p.Key
			keys[h.Person] = key
		}
		out[i] = found{Hit: h, Speaker: speakerOf(&h.Row), Key: key}
	}
	return out, nil
}

// speakerOf is a statement's speaker in words, with the title.
func speakerOf(q *output.QuoteRow) string {
	switch {
	case q.SpeakerKind == "author":
		return "the author"
	case q.Speaker == "":
		return "unknown"
	case q.SpeakerTitle != "" && !strings.Contains(q.Speaker, q.SpeakerTitle):
		return q.Speaker + ", " + q.SpeakerTitle
	}
	return q.Speaker
}

func (d *Desk) search(_ http.ResponseWriter, r *http.Request) (*view, error) {
	data := struct {
		Query   index.Query
		Values  url.Values
		Choices []choiceView
		Outlets []index.Outlet
		Page    *index.Page
		Found   []found
		Next    string
		Formats [][2]string // of an export, with the address
		Error   string
		First   bool
	}{Values: r.URL.Query()}
	v := &view{Template: "search", Title: "Search", Tab: "/search"}
	var err error
	if data.Outlets, err = d.x.Outlets(r.Context(), 200); err != nil {
		return nil, err
	}
	data.Query, err = index.ParseQuery(data.Values)
	data.Choices = choicesOf(data.Values)
	if err != nil {
		v.Status, v.Data = http.StatusBadRequest, &data
		data.Error = err.Error()
		return v, nil
	}
	after, err := numberParam(r, "after", 0, 1<<60)
	if err != nil {
		return nil, err
	}
	data.First = after == 0
	if data.Page, err = d.x.Search(r.Context(), data.Query, after, pageSize); err != nil {
		return nil, err
	}
	if data.Found, err = d.listed(r, data.Page.Hits); err != nil {
		return nil, err
	}
	values := data.Query.Values()
	for _, f := range [][2]string{{"CSV", "csv"}, {"JSON Lines", "jsonl"}, {"Parquet", "parquet"}} {
		values.Set("format", f[1])
		data.Formats = append(data.Formats, [2]string{f[0], "/export?" + values.Encode()})
	}
	values.Del("format")
	if data.Page.Next > 0 {
		values.Set("after", strconv.FormatInt(data.Page.Next, 10))
		data.Next = "/search?" + values.Encode()
	}
	v.Data = &data
	return v, nil
}

// choiceView is a group of boxes to tick.
type choiceView struct {
	Param, Title string
	Values       []choiceValue
}

type choiceValue struct {
	Value string
	On    bool
}

func choicesOf(v url.Values) (out []choiceView) {
	for _, c := range [][2]string{{"type", "Type"}, {"kind", "Kind of speaker"}, {"polarity", "Polarity"}, {"modality", "Modality"}, {"act", "Act"}, {"gender", "Gender of speaker"}, {"basis", "Gender rests on"}} {
		view := choiceView{Param: c[0], Title: c[1]}
		for _, value := range index.Values(c[0]) {
			on := false
			for _, given := range v[c[0]] {
				on = on || given == value
			}
			view.Values = append(view.Values, choiceValue{value, on})
		}
		out = append(out, view)
	}
	return out
}

// numberParam reads a whole number, 0 where it is not given.
func numberParam(r *http.Request, name string, least, most int64) (int64, error) {
	s := r.URL.Query().Get(name)
	if s == "" {
		return max(0, least), nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < least || n > most {
		return 0, fmt.Errorf("%w: %s=%q is not a number from %d to %d", errBadRequest, name, s, least, most)
	}
	return n, nil
}
