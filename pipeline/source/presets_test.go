package source

import (
	"testing"
)

func TestPresets(t *testing.T) {
	for _, c := range []struct {
		preset, file, data         string
		text, title, outlet, dated string
	}{
		{"all-the-news", "a.csv", "date,author,title,article,url,section,publication\n2018-05-02,Ada Example,The bridge,Rain fell.,https://x.example/1,News,Alder Post\n", "Rain fell.", "The bridge", "Alder Post", "2018-05-02"},
		{"all-the-news", "a.csv", ",id,title,publication,author,date,year,month,url,content\n0,17,The bridge,Alder Post,Ada Example,2017-01-31,2017,1,,Rain fell.\n", "Rain fell.", "The bridge", "Alder Post", "2017-01-31"},
		{"cc-news", "a.jsonl", `{"requested_url":"https://x.example/1","plain_text":"Rain fell.","text":"no","published_date":"2021-03-04","title":"The bridge","sitename":"Alder Post","publisher":"no"}`, "Rain fell.", "The bridge", "Alder Post", "2021-03-04"},
		{"cc-news", "a.jsonl", `{"title":"The bridge","text":"Rain fell.","domain":"alder.example","date":"2017-07-01 00:00:00","description":"no","url":"https://x.example/1"}`, "Rain fell.", "The bridge", "alder.example", "2017-07-01"},
		{"cnn-dailymail", "a.jsonl", `{"article":"Rain fell.","highlights":"no","id":"ab"}`, "Rain fell.", "", "", ""},
		{"mediacloud", "a.jsonl", `{"stories_id":7,"media_name":"Alder Post","media_url":"https://x.example","publish_date":"2021-03-04","title":"The bridge","url":"https://x.example/1","story_text":"Rain fell."}`, "Rain fell.", "The bridge", "Alder Post", "2021-03-04"},
		{"nela", "a.json", `[{"id":"alder--1","date":"2021-03-04","source":"alderpost","title":"The bridge","content":"Rain fell.","author":"Ada Example","url":"https://x.example/1","published":"Thu, 04 Mar 2021 10:00:00 +0000","published_utc":1614852000}]`, "Rain fell.", "The bridge", "alderpost", "2021-03-04"},
		{"news-please", "a.json", `{"authors":["Ada Example"],"date_download":"2022-01-01 00:00:00","date_publish":"2021-03-04 10:00:00","description":"no","maintext":"Rain fell.","source_domain":"alder.example","text":"no","title":"The bridge","url":"https://x.example/1"}`, "Rain fell.", "The bridge", "alder.example", "2021-03-04"},
		{"realnews", "a.jsonl", `{"url":"https://x.example/1","title":"The bridge","text":"Rain fell.","summary":"no","authors":["Ada Example"],"publish_date":"03-04-2021","domain":"alder.example","warc_date":"2021-05-05T00:00:00Z"}`, "Rain fell.", "The bridge", "alder.example", "2021-03-04"},
	} {
		got := readAll(t, Options{Preset: c.preset}, write(t, c.file, []byte(c.data)))
		if len(got.articles) != 1 || len(got.rejects) > 0 {
			t.Errorf("%s: %v", c.preset, got.summary())
			continue
		}
		a := got.articles[0]
		dated := ""
		if !a.Published.IsZero() {
			dated = a.Published.Format("2006-01-02")
		}
		if a.Body != c.text || a.Title != c.title || a.Outlet != c.outlet || dated != c.dated {
			t.Errorf("%s: %q, %q, %q, %s", c.preset, a.Body, a.Title, a.Outlet, dated)
		}
	}
	if len(PresetNames()) != 7 {
		t.Errorf("%d presets", len(PresetNames()))
	}
	if _, err := ParsePreset("pravda"); err == nil {
		t.Error("an unknown preset is taken")
	}
}

func TestColumns(t *testing.T) {
	columns := []string{"id", "date", "text"}
	for _, c := range []struct{ name, file, data string }{
		{"commas", "a.csv", "a,2021-03-04,\"Rain fell, and fell; and fell.\"\nb,2021-03-05,It stopped.\n"},
		{"tabs", "a.tsv", "a\t2021-03-04\tRain fell, and fell; and fell.\nb\t2021-03-05\tIt stopped.\n"},
		{"semicolons, with more commas than they", "a.csv", "a;2021-03-04;\"Rain fell, and fell; and fell.\"\nb;2021-03-05;It stopped.\n"},
	} {
		got := readAll(t, Options{Columns: columns}, write(t, c.file, []byte(c.data)))
		t.Run(c.name, func(t *testing.T) {
			equal(t, got.summary(), []string{"a: Rain fell, and fell; and fell.", "b: It stopped."})
		})
	}
	got := readAll(t, Options{Columns: columns}, write(t, "a.csv", []byte("a,2021-03-04\nb,2021-03-05,It stopped.\n")))
	equal(t, got.summary(), []string{"b: It stopped.", "bad_csv@0"})
	got = readAll(t, Options{Columns: []string{"x", "y"}}, write(t, "a.csv", []byte("a,b\n")))
	equal(t, got.summary(), []string{"no_text@0"})
}
