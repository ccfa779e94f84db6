package source

import (
	"strings"
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"2016-09-12":                      "2016-09-12T00:00:00Z",
		"2016-09-12T10:00:00Z":            "2016-09-12T10:00:00Z",
		"2016-09-12T10:00:00+02:00":       "2016-09-12T08:00:00Z",
		"2016-09-12T10:00:00.123456789Z":  "2016-09-12T10:00:00.123456Z",
		"2016-09-12T10:00:00+0200":        "2016-09-12T08:00:00Z",
		"2016-09-12T10:00:00":             "2016-09-12T10:00:00Z",
		"2016-09-12 10:00:00":             "2016-09-12T10:00:00Z",
		"2016-09-12 10:00:00.5":           "2016-09-12T10:00:00.5Z",
		"2016-09-12 10:00:00+00:00":       "2016-09-12T10:00:00Z",
		"2016-09-12 10:00:00 UTC":         "2016-09-12T10:00:00Z",
		"2016-09-12 10:00":                "2016-09-12T10:00:00Z",
		"20160912":                        "2016-09-12T00:00:00Z",
		"20160912101500":                  "2016-09-12T10:15:00Z",
		"20160912T101500Z":                "2016-09-12T10:15:00Z",
		"Mon, 12 Sep 2016 10:00:00 GMT":   "2016-09-12T10:00:00Z",
		"Mon, 12 Sep 2016 10:00:00 EDT":   "2016-09-12T14:00:00Z",
		"Mon, 12 Sep 2016 10:00:00 -0400": "2016-09-12T14:00:00Z",
		"September 12, 2016":              "2016-09-12T00:00:00Z",
		"Sep 12, 2016":                    "2016-09-12T00:00:00Z",
		"12 September 2016":               "2016-09-12T00:00:00Z",
		"Monday, September 12, 2016":      "2016-09-12T00:00:00Z",
		"13/09/2016":                      "2016-09-13T00:00:00Z",
		"09/13/2016":                      "2016-09-13T00:00:00Z",
		"1473674400":                      "2016-09-12T10:00:00Z",
		"1473674400.25":                   "2016-09-12T10:00:00.25Z",
		"1473674400000":                   "2016-09-12T10:00:00Z",
		"1473674400000000":                "2016-09-12T10:00:00Z",
		"1473674400000000000":             "2016-09-12T10:00:00Z",
		"-86400000":                       "1967-04-07T00:00:00Z",
		"09/12/2016":                      "",
		"Mon, 12 Sep 2016 10:00:00 XYZ":   "",
		"0001-01-01T00:00:00Z":            "",
		"2016":                            "",
		"yesterday":                       "",
		"9999999999999999999999":          "",
		"2016-13-40":                      "",
		strings.Repeat("1", 1000):         "",
		"31/02/2016":                      "",
	} {
		got, ok := parseDate(in)
		s := ""
		if ok {
			s = got.Format(time.RFC3339Nano)
		}
		if s != want {
			t.Errorf("%.40s: %q, want %q", in, s, want)
		}
	}
}

func TestAuthors(t *testing.T) {
	for in, want := range map[string]string{
		"Ann Lee":                      "Ann Lee",
		"By Ann Lee":                   "Ann Lee",
		"BY ANN LEE":                   "ANN LEE",
		"Ann Lee and Bo Day":           "Ann Lee|Bo Day",
		"Ann Lee, Bo Day and Cy Fox":   "Ann Lee|Bo Day|Cy Fox",
		"Ann Lee, Bo Day, and Cy Fox":  "Ann Lee|Bo Day|Cy Fox",
		"Lee, Ann":                     "Lee, Ann",
		"Lee, Ann; Day, Bo":            "Lee, Ann|Day, Bo",
		"Ann Lee, Reuters":             "Ann Lee, Reuters",
		`["Ann Lee", "Bo Day"]`:        "Ann Lee|Bo Day",
		`['Ann Lee', "Bo O'Day"]`:      "Ann Lee|Bo O'Day",
		"[]":                           "",
		"[Ann Lee]":                    "[Ann Lee]",
		" ":                            "",
		"Standards and Practices Desk": "Standards and Practices Desk",
	} {
		if got := strings.Join(cleanAuthors(listText(in)), "|"); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestMapping finds fields by their usual names and by the user's.
func TestMapping(t *testing.T) {
	rec := `{"Doc-ID":7,"article_id":8,"headline":"H","Title":"","maintext":"M","body":"B","Link":"u","date_publish":"2021-03-04","source_domain":"alder.example","meta":{"author":{"name":"Ann Lee"},"words":["One.","Two."]}}`
	for _, c := range []struct {
		name   string
		fields Fields
		want   Fields
		text   string
	}{
		{"by itself", Fields{}, Fields{ID: "Doc-ID", Text: "body", Title: "headline", URL: "Link", Outlet: "source_domain", Date: "date_publish"}, "B"},
		{"by the user", Fields{Text: "maintext", ID: "LINK", Author: "meta.author"}, Fields{ID: "Link", Text: "maintext", Title: "headline", URL: "Link", Outlet: "source_domain", Author: "meta.author", Date: "date_publish"}, "M"},
		{"in an object", Fields{Text: "meta.words"}, Fields{ID: "Doc-ID", Text: "meta.words", Title: "headline", URL: "Link", Outlet: "source_domain", Date: "date_publish"}, "One.\n\nTwo."},
	} {
		path := write(t, "a.jsonl", []byte(rec))
		r := New(Options{Fields: c.fields})
		got := readShards(t, r, []Shard{{Path: path}})
		if len(got.articles) != 1 {
			t.Fatal(got.summary())
		}
		n, _ := r.Notes(path)
		equal(t, n.Mapping, c.want)
		equal(t, got.articles[0].Body, c.text)
	}
	got := readAll(t, Options{Fields: Fields{Text: "gone"}}, write(t, "a.jsonl", []byte(rec)))
	if len(got.rejects) != 1 || !strings.Contains(got.rejects[0].Detail, `no field "gone"; the fields are Doc-ID, article_id`) {
		t.Errorf("%v", got.rejects)
	}
}

// A record without text names its fields, those of objects inside it too, and
// the one that holds prose.
func TestNoTextHint(t *testing.T) {
	prose := strings.Repeat("It was the first of the days. ", 5)
	for name, c := range map[string]struct{ file, content, want string }{
		"nested":  {"a.jsonl", `{"webTitle":"A day","fields":{"bodyHtmlish":"` + prose + `","short":"x"}}`, "the fields are webTitle, fields.bodyHtmlish, fields.short; use --text-field fields.bodyHtmlish"},
		"columns": {"a.csv", "nr,news_body_en,when\n1,x,y\n", "the fields are nr, news_body_en, when; use --text-field news_body_en"},
		"nothing": {"b.jsonl", `{"a":1,"b":"c"}`, "the fields are a, b; use --text-field NAME"},
	} {
		got := readAll(t, Options{}, write(t, c.file, []byte(c.content)))
		if len(got.rejects) != 1 || got.rejects[0].Reason != ReasonNoText || !strings.HasSuffix(got.rejects[0].Detail, c.want) {
			t.Errorf("%s: %v", name, got.rejects)
		}
	}
}

// A field that the user names and no record has is an unknown one; one that
// any of the records has is not.
func TestCheckFields(t *testing.T) {
	a := write(t, "a.jsonl", []byte(`{"headline":"H","text":"T","meta":{"by":{"name":"Ann Lee"}}}`+"\n"+`{"Kicker":"K","text":"T"}`))
	b := write(t, "b.csv", []byte("id,text,day\n1,T,2026-01-02\n"))
	text := write(t, "c.txt", []byte("It was the first of the days."))
	for _, c := range []struct {
		fields Fields
		paths  []string
		want   []string
	}{
		{Fields{Title: "headline", Author: "meta.by", Outlet: "kicker", Date: "day"}, []string{a, b}, nil},
		{Fields{Title: "headlines", Author: "meta.by.name", Date: "dated"}, []string{a, b}, []string{"headlines", "dated"}},
		{Fields{Text: "body"}, []string{b}, []string{"body"}},
		{Fields{Title: "anything"}, []string{text}, nil},
	} {
		var shards []Shard
		for _, p := range c.paths {
			shards = append(shards, Shard{Path: p})
		}
		var got []string
		for _, u := range CheckFields(t.Context(), shards, Options{Fields: c.fields}) {
			got = append(got, u.Name)
			if !strings.Contains(u.Error(), "the fields are ") || strings.Contains(u.Error(), "meta,") {
				t.Error(u)
			}
		}
		equal(t, got, c.want)
	}
}
