package source

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"2016-09-12":                          "2016-09-12T00:00:00Z",
		"2016-09-12T10:00:00Z":                "2016-09-12T10:00:00Z",
		"2016-09-12T10:00:00+02:00":           "2016-09-12T08:00:00Z",
		"2016-09-12T10:00:00.123456789Z":      "2016-09-12T10:00:00.123456Z",
		"2016-09-12T10:00:00+0200":            "2016-09-12T08:00:00Z",
		"2016-09-12T10:00:00":                 "2016-09-12T10:00:00Z",
		"2016-09-12 10:00:00":                 "2016-09-12T10:00:00Z",
		"2016-09-12 10:00:00.5":               "2016-09-12T10:00:00.5Z",
		"2016-09-12 10:00:00+00:00":           "2016-09-12T10:00:00Z",
		"2016-09-12 10:00:00 UTC":             "2016-09-12T10:00:00Z",
		"2016-09-12 10:00":                    "2016-09-12T10:00:00Z",
		"20160912":                            "2016-09-12T00:00:00Z",
		"20160912101500":                      "2016-09-12T10:15:00Z",
		"20160912T101500Z":                    "2016-09-12T10:15:00Z",
		"Mon, 12 Sep 2016 10:00:00 GMT":       "2016-09-12T10:00:00Z",
		"Mon, 12 Sep 2016 10:00:00 EDT":       "2016-09-12T14:00:00Z",
		"Mon, 12 Sep 2016 10:00:00 -0400":     "2016-09-12T14:00:00Z",
		"September 12, 2016":                  "2016-09-12T00:00:00Z",
		"Sep 12, 2016":                        "2016-09-12T00:00:00Z",
		"12 September 2016":                   "2016-09-12T00:00:00Z",
		"Monday, September 12, 2016":          "2016-09-12T00:00:00Z",
		"13/09/2016":                          "2016-09-13T00:00:00Z",
		"09/13/2016":                          "2016-09-13T00:00:00Z",
		"1473674400":                          "2016-09-12T10:00:00Z",
		"1473674400.25":                       "2016-09-12T10:00:00.25Z",
		"1473674400000":                       "2016-09-12T10:00:00Z",
		"1473674400000000":                    "2016-09-12T10:00:00Z",
		"1473674400000000000":                 "2016-09-12T10:00:00Z",
		"-86400000":                           "1967-04-07T00:00:00Z",
		"04-19-2019":                          "2019-04-19T00:00:00Z",
		"19-04-2019 10:15:30":                 "2019-04-19T10:15:30Z",
		"4/19/2019 3:04 PM":                   "2019-04-19T15:04:00Z",
		"01.03.2026":                          "2026-03-01T00:00:00Z",
		"01.03.2026, 07:45":                   "2026-03-01T07:45:00Z",
		"2026-03":                             "2026-03-01T00:00:00Z",
		"202603":                              "2026-03-01T00:00:00Z",
		"March 2026":                          "2026-03-01T00:00:00Z",
		"2026/3/1":                            "2026-03-01T00:00:00Z",
		"2026-03-01 9:30 AM EST":              "2026-03-01T14:30:00Z",
		"Mar 01, 2026, 9:30 AM EST":           "2026-03-01T14:30:00Z",
		"Mar. 1, 2026 12:30 a.m. ET":          "2026-03-01T05:30:00Z",
		"July 1, 2026 at 12:30 p.m. ET":       "2026-07-01T16:30:00Z",
		"Sun 2nd March 2025 9pm":              "2025-03-02T21:00:00Z",
		"Published: 3 Sept 2021 | 14:05":      "2021-09-03T14:05:00Z",
		"Mon, 12 Sep 2016 10:00 +0200 (CEST)": "2016-09-12T08:00:00Z",
		"Monday, 12-Sep-16 10:00:00 GMT":      "2016-09-12T10:00:00Z",
		"Mon Sep 12 10:00:00 EDT 2016":        "2016-09-12T14:00:00Z",
		"Mon Sep 12 10:00:00 -0400 2016":      "2016-09-12T14:00:00Z",
		"2016-09-12 10:00:00-04":              "2016-09-12T14:00:00Z",
		"12-Sep-2016":                         "2016-09-12T00:00:00Z",
		"June 31, 2026":                       "",
		"June 3, 2026, 25:00":                 "",
		"June 3 July 4 2026":                  "",
		"13:00 on the 4th":                    "",
		"12 apples 2016":                      "",
		"04/19-2019":                          "",
		"09/12/2016":                          "",
		"Mon, 12 Sep 2016 10:00:00 XYZ":       "",
		"0001-01-01T00:00:00Z":                "",
		"2016":                                "",
		"yesterday":                           "",
		"9999999999999999999999":              "",
		"2016-13-40":                          "",
		strings.Repeat("1", 1000):             "",
		"31/02/2016":                          "",
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

// Numeric dates are read in the order that other dates of the file show,
// wherever in the file those are, in whichever shard, and from a pipe too.
func TestDateOrder(t *testing.T) {
	file := func(dates ...string) []byte {
		var b strings.Builder
		for i, d := range dates {
			fmt.Fprintf(&b, "{\"id\":\"%d\",\"text\":\"It rained for the whole of the day.\",\"date\":%q}\n", i, d)
		}
		return []byte(b.String())
	}
	for name, c := range map[string]struct {
		dates  []string
		format string
		want   []string
	}{
		"day first":      {[]string{"04/05/2019", "06-07-2019", "19/05/2019"}, "", []string{"2019-05-04", "2019-07-06", "2019-05-19"}},
		"month first":    {[]string{"04/05/2019", "05/19/2019", "06/07/2019 9:30 pm"}, "", []string{"2019-04-05", "2019-05-19", "2019-06-07"}},
		"contradiction":  {[]string{"04/05/2019", "05/19/2019", "19/05/2019"}, "", []string{"?04/05/2019", "2019-05-19", "2019-05-19"}},
		"no evidence":    {[]string{"04/05/2019", "2019-05-19", "n/a", "soon"}, "", []string{"?04/05/2019", "2019-05-19", "", "?soon"}},
		"dots":           {[]string{"04.05.2019"}, "", []string{"2019-05-04"}},
		"dots of a kind": {[]string{"04.05.2019", "04.25.2019"}, "month-first", []string{"2019-04-05", "2019-04-25"}},
		"forced":         {[]string{"04/05/2019", "05/19/2019"}, "day-first", []string{"2019-05-04", "2019-05-19"}},
		"pattern":        {[]string{"19_04_05", "2019-05-19"}, "%y_%m_%d", []string{"2019-04-05", "2019-05-19"}},
	} {
		format, err := ParseDateFormat(c.format)
		if err != nil {
			t.Fatal(err)
		}
		content := file(c.dates...)
		path := write(t, "a.jsonl", content)
		for what, o := range map[string]Options{
			"whole": {Dates: format}, "slices": {Dates: format, SliceSize: 10}, "pipe": {Dates: format, Stdin: bytes.NewReader(content)},
		} {
			in := path
			if what == "pipe" {
				in = Stdin
			}
			var got []string
			for _, a := range readAll(t, o, in).articles {
				s := ""
				if !a.Published.IsZero() {
					s = a.Published.Format(time.DateOnly)
				} else if a.DateUnread != "" {
					s = "?" + a.DateUnread
				}
				got = append(got, s)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s, %s: %q, want %q", name, what, got, c.want)
			}
		}
	}
}

func TestParseDateFormat(t *testing.T) {
	for s, want := range map[string]string{
		"%d/%m/%Y %I:%M %p": "05/04/2019 09:30 pm", "%Y.%m.%d": "2019.4.5", "%d %B %Y": "5 april 2019",
		"%Y-%m-%dT%H:%M:%S.%f%z": "2019-04-05T01:02:03.456+0200", "%d%%%m%%%Y": "5%4%2019", "%b %e %Y %T %Z": "Apr 5 2019 23:00:00 EST",
	} {
		f, err := ParseDateFormat(s)
		if err != nil {
			t.Error(err)
			continue
		}
		if got, ok := f.pattern(want); !ok || got.Year() != 2019 || got.Month() != 4 {
			t.Errorf("%s: %q is %v", s, want, got)
		}
	}
	for _, s := range []string{"dmy", "%q", "%d/%m", "%Y%", "%Y 2006", "%Y %y"} {
		if _, err := ParseDateFormat(s); err == nil || !strings.Contains(err.Error(), "give day-first, month-first or a pattern") {
			t.Errorf("%q: %v", s, err)
		}
	}
}
