package index

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/whosaid/whosaid/extract/news"
)

// Query is what statements are asked for. The zero value is all of them.
type Query struct {
	Words   string
	Person  string // name, or words of one
	Key     string // Person.Key of one person, which goes before Person
	Outlets []string
	// Since and Until are days, both included; zero for none.
	Since, Until time.Time
	// Each of these lists values of a column of quotes, one of which must be
	// there; empty: any.
	Types, Kinds, Polarities, Modalities, Acts, Genders, Bases []string
	// MinConfidence and MinSure are the least confidences of the statement and
	// of its speaker, BelowConfidence is above all the first: multiples of 0.05.
	MinConfidence, BelowConfidence, MinSure float64
}

// choice is a parameter that takes some of a few values.
type choice struct {
	Param  string
	Facet  string
	Values []string
	of     func(*Query) *[]string
}

// choices are the parameters with few values.
var choices = []choice{
	{"type", facetType, names(news.Direct, news.Indirect, news.Mixed), func(q *Query) *[]string { return &q.Types }},
	{"kind", facetKind, names(news.Person, news.Organization, news.Group, news.DocumentKind, news.Unnamed, news.Author, news.Unknown), func(q *Query) *[]string { return &q.Kinds }},
	{"polarity", facetPolarity, names(news.Affirmed, news.Negated, news.Refused), func(q *Query) *[]string { return &q.Polarities }},
	{"modality", facetModality, names(news.Asserted, news.Asked, news.Ordered, news.Hypothetical, news.Future), func(q *Query) *[]string { return &q.Modalities }},
	{"act", facetAct, names(news.Statement, news.Attitude), func(q *Query) *[]string { return &q.Acts }},
	{"gender", facetGender, []string{"female", "male", Unknown}, func(q *Query) *[]string { return &q.Genders }},
	{"basis", facetBasis, []string{"pronoun", "title", "first_name"}, func(q *Query) *[]string { return &q.Bases }},
}

func names[T fmt.Stringer](values ...T) (out []string) {
	for _, v := range values {
		out = append(out, v.String())
	}
	return out
}

// Values are the values that a parameter such as type takes; nil for one that
// takes any.
func Values(param string) []string {
	for _, c := range choices {
		if c.Param == param {
			return c.Values
		}
	}
	return nil
}

// Params are the parameters of a query, in the order in which help lists them.
func Params() []string {
	return []string{"q", "person", "key", "outlet", "since", "until", "type", "kind", "polarity", "modality", "act", "gender", "basis", "min", "below", "sure"}
}

// ParseQuery reads a query from the parameters of an address. Parameters that
// are not a query's are left alone.
func ParseQuery(v url.Values) (Query, error) {
	q := Query{Words: strings.TrimSpace(v.Get("q")), Person: strings.TrimSpace(v.Get("person")), Key: v.Get("key"), Outlets: present(v["outlet"])}
	if _, err := parseWords(q.Words); err != nil {
		return q, err
	}
	if len(q.Person) > maxWordsBytes || len(q.Key) > maxWordsBytes || len(q.Outlets) > maxTerms {
		return q, fmt.Errorf("%w: more than %d characters of a name, or more than %d outlets", ErrQuery, maxWordsBytes, maxTerms)
	}
	for _, c := range choices {
		to := c.of(&q)
		for _, value := range present(v[c.Param]) {
			if !slices.Contains(c.Values, value) {
				return q, fmt.Errorf("%w: %s=%q is not one of %s", ErrQuery, c.Param, value, strings.Join(c.Values, ", "))
			}
			if !slices.Contains(*to, value) {
				*to = append(*to, value)
			}
		}
	}
	var err error
	if q.Since, err = parseDay(v, "since", false); err != nil {
		return q, err
	}
	if q.Until, err = parseDay(v, "until", true); err != nil {
		return q, err
	}
	if !q.Since.IsZero() && !q.Until.IsZero() && q.Until.Before(q.Since) {
		return q, fmt.Errorf("%w: until is before since", ErrQuery)
	}
	for param, to := range map[string]*float64{"min": &q.MinConfidence, "below": &q.BelowConfidence, "sure": &q.MinSure} {
		if *to, err = parseStep(v, param); err != nil {
			return q, err
		}
	}
	return q, nil
}

// present are the values that are not empty.
func present(values []string) (out []string) {
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}

// parseDay reads a day, or the first or last of a month or year.
func parseDay(v url.Values, param string, last bool) (time.Time, error) {
	s := strings.TrimSpace(v.Get(param))
	if s == "" {
		return time.Time{}, nil
	}
	for _, form := range []struct {
		layout        string
		years, months int
	}{{time.DateOnly, 0, 0}, {"2006-01", 0, 1}, {"2006", 1, 0}} {
		t, err := time.Parse(form.layout, s)
		if err != nil || t.Year() < 1 {
			continue
		}
		if last && form.years+form.months > 0 {
			t = t.AddDate(form.years, form.months, -1)
		}
		return t, nil
	}
	return time.Time{}, fmt.Errorf("%w: %s=%q is not a day such as 2026-11-22, a month such as 2026-11, or a year", ErrQuery, param, s)
}

// parseStep reads a confidence, and takes it down to a multiple of 0.05.
func parseStep(v url.Values, param string) (float64, error) {
	s := strings.TrimSpace(v.Get(param))
	if s == "" {
		return 0, nil
	}
	p, err := strconv.ParseFloat(s, 64)
	if err != nil || !(p >= 0 && p <= 1) {
		return 0, fmt.Errorf("%w: %s=%q is not a number from 0 to 1", ErrQuery, param, s)
	}
	return float64(int(p*Steps+1e-9)) / Steps, nil
}

// Values are the parameters that ParseQuery reads q from.
func (q *Query) Values() url.Values {
	v := url.Values{}
	set := func(param, value string) {
		if value != "" {
			v.Set(param, value)
		}
	}
	set("q", q.Words)
	set("person", q.Person)
	set("key", q.Key)
	for _, o := range q.Outlets {
		v.Add("outlet", o)
	}
	for _, c := range choices {
		for _, value := range *c.of(q) {
			v.Add(c.Param, value)
		}
	}
	for param, t := range map[string]time.Time{"since": q.Since, "until": q.Until} {
		if !t.IsZero() {
			v.Set(param, t.Format(time.DateOnly))
		}
	}
	for param, p := range map[string]float64{"min": q.MinConfidence, "below": q.BelowConfidence, "sure": q.MinSure} {
		if p > 0 {
			v.Set(param, strconv.FormatFloat(p, 'f', -1, 64))
		}
	}
	return v
}
