package desk

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whosaid/whosaid/desk/index"
	"github.com/whosaid/whosaid/desk/internal/desktest"
	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/output"
)

const host = "desk.test"

// engines are loaded once for all tests.
var engines = sync.OnceValues(func() (*Engine, error) {
	x, err := extract.New(extract.Options{})
	if err != nil {
		return nil, err
	}
	why, err := extract.New(extract.Options{Explain: true})
	if err != nil {
		return nil, err
	}
	return &Engine{Extract: x.Run, Explain: why.Run, Hash: "models"}, nil
})

// over is a desk over tables that are in dir already.
func over(t testing.TB, dir string, o Options) *Desk {
	t.Helper()
	x, err := index.Open(context.Background(), dir, index.Options{SearchTime: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	o.Hosts, o.Version = append(o.Hosts, host), "test"
	if o.Engine == nil {
		o.Engine = engines
	}
	d, err := New(x, o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// made is a desk over a small invented corpus.
func made(t testing.TB, o Options) *Desk {
	t.Helper()
	dir := t.TempDir()
	if err := desktest.Write(dir, desktest.Corpus{Articles: 40, Statements: 6, Seed: 3}); err != nil {
		t.Fatal(err)
	}
	return over(t, dir, o)
}

// linked is made with the tables of link.
func linked(t testing.TB) *Desk {
	t.Helper()
	dir := t.TempDir()
	if err := desktest.Write(dir, desktest.Corpus{Articles: 40, Statements: 6, Seed: 3}); err != nil {
		t.Fatal(err)
	}
	if err := desktest.WriteAcross(dir); err != nil {
		t.Fatal(err)
	}
	return over(t, dir, Options{})
}

// ask sends a request as a program does.
func ask(d http.Handler, method, target string, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://"+host+target, strings.NewReader(body))
	for i := 0; i+1 < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
			continue
		}
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w
}

// pagesOf are addresses of every page, with something on it.
func pagesOf(d *Desk) []string {
	id := "article-0000007"
	return []string{
		"/", "/search", "/search?q=bridge", "/search?kind=person&min=0.5", "/people", "/people?kind=organization", "/people?q=ada",
		"/person?key=" + url.QueryEscape("person:ada example"), "/quotations", "/help", "/article?id=" + id, "/correct?id=" + id, "/audit",
	}
}

// Every page is there, escapes nothing it should not, and comes with the
// headers that keep a browser safe.
func TestPages(t *testing.T) {
	d := made(t, Options{})
	for _, target := range pagesOf(d) {
		w := ask(d, "GET", target, "")
		if w.Code != 200 || !strings.Contains(w.Header().Get("Content-Type"), "text/html") {
			t.Errorf("%s: status %d\n%s", target, w.Code, w.Body)
			continue
		}
		for _, h := range headers {
			if w.Header().Get(h[0]) != h[1] {
				t.Errorf("%s: %s is %q", target, h[0], w.Header().Get(h[0]))
			}
		}
		for _, l := range linksOf(t, w.Body.String()) {
			if strings.HasPrefix(l, "/") && !strings.HasPrefix(l, "/search?q=") {
				if w := ask(d, "GET", l, ""); w.Code != 200 {
					t.Errorf("%s links to %s: status %d", target, l, w.Code)
				}
			}
		}
	}
	for target, status := range map[string]int{
		"/nothing": 404, "/article?id=nonesuch": 404, "/person?key=nonesuch": 404, "/quotation?id=nonesuch": 404, "/search?type=loud": 400,
		"/search?after=x": 400, "/figures/none.svg": 404, "/figures/types.exe": 404, "/static/none.css": 404, "/export?format=xml": 400, "/v1/articles/nonesuch": 404,
		"/static/..%2fdesk.go": 404, "/static/%2e%2e/desk.go": 404, "/figures/../../etc/passwd": 404, "/export?format=csv&min=7": 400,
	} {
		if w := ask(d, "GET", target, ""); w.Code != status && w.Code/100 != 3 {
			t.Errorf("%s: status %d, want %d", target, w.Code, status)
		}
	}
	if w := ask(d, "POST", "/search", ""); w.Code != 403 && w.Code != 405 {
		t.Errorf("POST of a page: status %d", w.Code)
	}
}

// With the tables of link, pages of persons and quotations lead to each other.
func TestPagesAcrossArticles(t *testing.T) {
	d := linked(t)
	list, err := d.x.Travelled(context.Background(), 0, 1)
	if err != nil || len(list) == 0 {
		t.Fatal(err)
	}
	page := ask(d, "GET", "/quotation?id="+list[0].ID, "").Body.String()
	for _, want := range []string{"As the articles have it", "<del>", "<ins>", "reworded", "/article?id=", "/person?key="} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	for _, target := range []string{"/", "/quotations", "/quotation?id=" + list[0].ID, "/people", "/article?id=article-0000007"} {
		w := ask(d, "GET", target, "")
		for _, wrong := range harm(t, w.Body.String()) {
			t.Errorf("%s: %s", target, wrong)
		}
		for _, l := range linksOf(t, w.Body.String()) {
			if strings.HasPrefix(l, "/") && !strings.HasPrefix(l, "/search?") {
				if w := ask(d, "GET", l, ""); w.Code != 200 {
					t.Errorf("%s links to %s: status %d", target, l, w.Code)
				}
			}
		}
	}
}

func TestDiff(t *testing.T) {
	var out []string
	for _, w := range diff("“The bridge will open in May,”", "the bridge might open, in May or June") {
		out = append(out, w.Op+":"+w.Text)
	}
	if got := strings.Join(out, "|"); got != ":the bridge|del:will|ins:might|:open, in May|ins:or June" {
		t.Error(got)
	}
}

// Statements inside others, in pieces and over each other are marked as what
// they are, and all of the text is there.
func TestMarked(t *testing.T) {
	const text = "One “two three” four.\n\nFive\nsix “seven,” she said, “eight.”\n"
	at := func(words string) (int32, int32) {
		i := strings.Index(text, words)
		return int32(i), int32(i + len(words))
	}
	row := func(id string, pieces ...string) (q output.QuoteRow) {
		for _, p := range pieces {
			a, b := at(p)
			q.Parts = append(q.Parts, output.PartRow{ByteStart: a, ByteEnd: b})
		}
		q.SpeakerID, q.ByteStart, q.ByteEnd = id, q.Parts[0].ByteStart, q.Parts[len(q.Parts)-1].ByteEnd
		return q
	}
	quotes := []output.QuoteRow{row("a", "One “two three” four"), row("b", "two three"), row("a", "“seven,”", "“eight.”"), row("", "six “seven")}
	a, b := at("said")
	quotes[2].CueByteStart, quotes[2].CueByteEnd = &a, &b
	quotes = append(quotes, output.QuoteRow{Parts: []output.PartRow{{ByteStart: 3, ByteEnd: 900}}})
	var got []string
	all := ""
	for _, p := range marked(text, quotes, coloursOf(quotes)) {
		for _, s := range p.Segments {
			all += s.Text
			if s.Class != "" {
				got = append(got, fmt.Sprint(s.Text, s.Statements, s.Class))
			}
		}
		all += "|"
	}
	want := []string{"One “[0]st c-0", "two three[0 1]st c-1 nested", "” four[0]st c-0", "six [3]st c-none", "“seven[2 3]st c-none nested", ",”[2]st c-0", "said[2]cue", "“eight.”[2]st c-0"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if all != "One “two three” four.|Five\nsix “seven,” she said, “eight.”|" {
		t.Errorf("text %q", all)
	}
}

// What a page counts is what its links lead to.
func TestFiguresLeadToTheirRows(t *testing.T) {
	d := made(t, Options{})
	o, err := d.x.Overview(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, f := range overviewFigures(o) {
		for _, r := range f.Rows {
			target, ok := strings.CutPrefix(r.Link, "/search?")
			if !ok || f.Name == "persons" {
				continue
			}
			w := ask(d, "GET", "/v1/search?limit=1&"+target, "")
			var page struct{ Total int64 }
			if err := json.Unmarshal(w.Body.Bytes(), &page); err != nil {
				t.Fatal(err)
			}
			sum := int64(0)
			for _, v := range r.Values {
				sum += v
			}
			if page.Total != sum {
				t.Errorf("%s, %s: %d, and %s finds %d", f.Name, r.Label, sum, r.Link, page.Total)
			}
			checked++
		}
		w := ask(d, "GET", f.Address("csv", ""), "")
		rows, err := csv.NewReader(w.Body).ReadAll()
		if err != nil || len(rows) != len(f.Rows)+1 {
			t.Errorf("%s.csv: %d rows, want %d (%v)", f.Name, len(rows), len(f.Rows)+1, err)
		}
		for _, theme := range []string{"", "dark"} {
			if w := ask(d, "GET", f.Address("svg", theme), ""); w.Code != 200 || !strings.HasPrefix(w.Body.String(), "<svg") {
				t.Errorf("%s.svg: status %d", f.Name, w.Code)
			}
		}
	}
	if checked < 50 {
		t.Errorf("only %d links checked", checked)
	}
}

// An export holds the statements that the search finds, in every format.
func TestExport(t *testing.T) {
	d := made(t, Options{})
	q := index.Query{Words: "bridge", Types: []string{"mixed"}}
	var want []string
	for h, err := range d.x.Each(context.Background(), q, 1000) {
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, h.Row.QuoteID)
	}
	if len(want) < 3 {
		t.Fatalf("%d statements", len(want))
	}
	target := "/export?" + q.Values().Encode() + "&format="
	var lines []string
	for line := range strings.Lines(ask(d, "GET", target+"jsonl", "").Body.String()) {
		var row output.QuoteRow
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, row.QuoteID)
	}
	table, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(ask(d, "GET", target+"csv", "").Body.String(), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var cells []string
	for _, r := range table[1:] {
		cells = append(cells, r[slices.Index(table[0], "quote_id")])
	}
	file := filepath.Join(t.TempDir(), "statements.parquet")
	if err := os.WriteFile(file, ask(d, "GET", target+"parquet", "").Body.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	var rows []string
	if _, err := output.ReadFile(file, func(r *output.QuoteRow) error { rows = append(rows, r.QuoteID); return nil }); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string][]string{"jsonl": lines, "csv": cells, "parquet": rows} {
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// Who calls by another name, from another site, without the token or without
// the form's value is refused, and nothing is done.
func TestGuard(t *testing.T) {
	d := made(t, Options{})
	const token = "0123456789abcdef"
	locked := made(t, Options{Token: token})
	text := []string{"Content-Type", "text/plain"}
	for name, c := range map[string]struct {
		d              *Desk
		method, target string
		header         []string
		want           int
	}{
		"own host":               {d, "GET", "/", nil, 200},
		"foreign host":           {d, "GET", "/", []string{"Host", "evil.example"}, 421},
		"foreign host, api":      {d, "GET", "/v1/search", []string{"Host", "desk.test.evil.example"}, 421},
		"address as host":        {d, "GET", "/", []string{"Host", "192.168.0.7:80"}, 421},
		"no host":                {d, "GET", "/", []string{"Host", ""}, 421},
		"another site":           {d, "POST", "/v1/extract", append([]string{"Sec-Fetch-Site", "cross-site"}, text...), 403},
		"another port":           {d, "POST", "/v1/extract", append([]string{"Sec-Fetch-Site", "same-site"}, text...), 403},
		"another origin":         {d, "POST", "/v1/extract", append([]string{"Origin", "http://evil.example"}, text...), 403},
		"null origin":            {d, "POST", "/v1/extract", append([]string{"Origin", "null"}, text...), 403},
		"a program":              {d, "POST", "/v1/extract", text, 200},
		"own page":               {d, "POST", "/v1/extract", append([]string{"Sec-Fetch-Site", "same-origin", "Origin", "http://" + host}, text...), 200},
		"no token":               {locked, "GET", "/", nil, 401},
		"no token, figures":      {locked, "GET", "/figures/types.csv", nil, 401},
		"no token, style":        {locked, "GET", "/static/desk.css", nil, 401},
		"wrong token":            {locked, "GET", "/v1/search", []string{"Authorization", "Bearer 0123456789abcdeF"}, 401},
		"empty token":            {locked, "GET", "/v1/search", []string{"Authorization", "Bearer "}, 401},
		"wrong token in address": {locked, "GET", "/?token=x", nil, 401},
		"token in a form":        {locked, "POST", "/v1/extract?token=" + token, text, 401},
		"token":                  {locked, "GET", "/v1/search", []string{"Authorization", "Bearer " + token}, 200},
		"token as cookie":        {locked, "GET", "/", []string{"Cookie", tokenCookie + "=" + token}, 200},
		"health":                 {locked, "GET", "/healthz", nil, 200},
		"token in address":       {locked, "GET", "/search?q=a&token=" + token, nil, 303},
		"token, foreign host":    {locked, "GET", "/", []string{"Host", "evil.example", "Authorization", "Bearer " + token}, 421},
		"a method":               {d, "DELETE", "/v1/articles/article-0000001", nil, 405},
	} {
		body := "“The bridge will open in May,” said Ada Example."
		w := ask(c.d, c.method, c.target, body, c.header...)
		if w.Code != c.want {
			t.Errorf("%s: status %d, want %d\n%.300s", name, w.Code, c.want, w.Body)
		}
		if c.want == 303 && (w.Header().Get("Location") != "/search?q=a" || !strings.Contains(w.Header().Get("Set-Cookie"), "HttpOnly; SameSite=Strict")) {
			t.Errorf("%s: to %s with %s", name, w.Header().Get("Location"), w.Header().Get("Set-Cookie"))
		}
	}
	anywhere := made(t, Options{AnyAddress: true, Token: token})
	for h, want := range map[string]int{"192.168.0.7:8080": 200, "[fe80::1]:8080": 200, "10.0.0.1": 200, "evil.example:8080": 421, "192.168.0.7.evil.example": 421} {
		if w := ask(anywhere, "GET", "/", "", "Host", h, "Authorization", "Bearer "+token); w.Code != want {
			t.Errorf("host %s: status %d, want %d", h, w.Code, want)
		}
	}
	for _, open := range []string{"//evil.example/?token=" + token, "/%2f/evil.example?token=" + token} {
		w := ask(locked, "GET", open, "")
		if to := w.Header().Get("Location"); strings.HasPrefix(to, "//") || strings.Contains(to, "://") {
			t.Errorf("%s redirects to %s", open, to)
		}
	}
}

// What is too long, of another kind or makes no sense is refused with a word.
func TestExtractRefuses(t *testing.T) {
	d := made(t, Options{MaxBody: 2000})
	for name, c := range map[string]struct {
		media, target, body string
		status              int
		message             string
	}{
		"no type":        {"", "", "x", 415, "Content-Type"},
		"a picture":      {"image/png", "", "x", 415, "text/plain"},
		"too long":       {"text/plain", "", strings.Repeat("long ", 500), 413, "longer than 2000 bytes"},
		"empty":          {"text/plain", "", " \n", 400, "empty"},
		"no article":     {"application/json", "", "[]", 400, "no article"},
		"wrong table":    {"text/plain", "?tables=quotes,rejects", "x", 400, "rejects"},
		"wrong format":   {"text/plain", "?format=xml", "x", 400, "json or jsonl"},
		"wrong language": {"text/plain", "?language=fr", "x", 400, "en or any"},
		"wrong date":     {"text/plain", "?published=never", "x", 400, "is not a date"},
	} {
		w := ask(d, "POST", "/v1/extract"+c.target, c.body, "Content-Type", c.media)
		var e struct {
			Error struct {
				Status  int
				Message string
			}
		}
		if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, w.Body)
		}
		if w.Code != c.status || e.Error.Status != c.status || !strings.Contains(e.Error.Message, c.message) {
			t.Errorf("%s: status %d, %q", name, w.Code, e.Error.Message)
		}
	}
}

type answers struct {
	Answers []struct {
		Record    int64
		ArticleID string `json:"article_id"`
		Status    string
		Reason    string
		Articles  []output.ArticleRow
		Quotes    []output.QuoteRow
		Entities  []output.EntityRow
		Mentions  []output.MentionRow
	}
}

// Text, HTML, an article as JSON and many of them are answered with the rows of
// the tables.
func TestExtract(t *testing.T) {
	d := made(t, Options{})
	const said = "“The bridge will open in May,” said Ada Example."
	article := func(id string) string {
		b, _ := json.Marshal(map[string]string{"id": id, "text": said, "title": "Bridge"})
		return string(b)
	}
	page := "<html><head><title>Bridge</title></head><body><article><p>" + said + " It took many years of work, and the town is glad that it is over at last.</p><p>The old ferry will stop in June, after a hundred years on the river.</p></article></body></html>"
	for name, c := range map[string]struct {
		media, target, body string
		ids                 []string
	}{
		"text":          {"text/plain; charset=utf-8", "?id=mine&title=Bridge&outlet=Gazette&published=2026-05-04", said, []string{"mine"}},
		"html":          {"text/html", "?id=page", page, []string{"page"}},
		"article":       {"application/json", "", article("one"), []string{"one"}},
		"pretty":        {"application/json", "", strings.ReplaceAll(article("one"), `,"`, ",\n  \""), []string{"one"}},
		"array":         {"application/json", "", "[" + article("one") + "," + article("two") + "]", []string{"one", "two"}},
		"lines":         {"application/x-ndjson", "", article("one") + "\n" + article("two") + "\n", []string{"one", "two"}},
		"a broken line": {"application/x-ndjson", "", article("one") + "\n{broken\n" + article("three") + "\n", []string{"one", "", "three"}},
	} {
		w := ask(d, "POST", "/v1/extract"+c.target, c.body, "Content-Type", c.media)
		var a answers
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || w.Code != 200 {
			t.Errorf("%s: status %d: %v\n%.400s", name, w.Code, err, w.Body)
			continue
		}
		var ids []string
		for _, x := range a.Answers {
			ids = append(ids, x.ArticleID)
			if x.ArticleID == "" {
				if x.Status != "rejected" || x.Reason == "" {
					t.Errorf("%s: %+v", name, x)
				}
				continue
			}
			if x.Status != "ok" || len(x.Quotes) == 0 || x.Quotes[0].Speaker != "Ada Example" || len(x.Articles) != 1 || len(x.Entities) == 0 {
				t.Errorf("%s: %+v", name, x)
			}
		}
		if !slices.Equal(ids, c.ids) {
			t.Errorf("%s: articles %q, want %q", name, ids, c.ids)
		}
		if name == "text" {
			row := a.Answers[0].Articles[0]
			if row.Title != "Bridge" || row.Outlet != "Gazette" || row.Published.String() != "2026-05-04T00:00:00Z" {
				t.Errorf("the article is %+v", row)
			}
		}
	}
	w := ask(d, "POST", "/v1/extract?tables=quotes,mentions", article("one")+"\n", "Content-Type", "application/x-ndjson", "Accept", "application/x-ndjson")
	lines := strings.Split(strings.TrimSpace(w.Body.String()), "\n")
	if len(lines) != 3 || !strings.Contains(lines[0], `"whosaid_pipe":1`) || !strings.Contains(lines[1], `"mentions":[{`) || !strings.Contains(lines[2], `"records":1`) {
		t.Errorf("in lines:\n%s", w.Body)
	}
}

// Twenty clients at once get their own answers, all of them.
func TestTwentyClients(t *testing.T) {
	d := made(t, Options{})
	s := httptest.NewServer(d)
	defer s.Close()
	d.o.Hosts = append(d.o.Hosts, strings.TrimPrefix(s.URL, "http://"))
	var wait sync.WaitGroup
	for client := range 20 {
		wait.Go(func() {
			for n := range 5 {
				id := fmt.Sprintf("article-%d-%d", client, n)
				r, err := http.Post(s.URL+"/v1/extract?id="+id+"&tables=quotes", "text/plain", strings.NewReader("“The bridge will open in May,” said Ada Example."))
				if err != nil {
					t.Error(err)
					return
				}
				b, err := io.ReadAll(r.Body)
				r.Body.Close()
				if err != nil || r.StatusCode != 200 || bytes.Count(b, []byte(`"article_id":"`+id+`"`)) != 2 {
					t.Errorf("%s: status %d, %v\n%.300s", id, r.StatusCode, err, b)
				}
			}
		})
	}
	wait.Wait()
}

// More requests than may wait are turned away with a word, and those that wait
// too long as well; afterwards all is as before.
func TestBusy(t *testing.T) {
	d := made(t, Options{Extractions: 1, Waiting: 1, RequestTime: 300 * time.Millisecond})
	release, err := d.extraction(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	codes := make(chan int, 3)
	for range 3 {
		go func() {
			codes <- ask(d, "POST", "/v1/extract", "Text.", "Content-Type", "text/plain").Code
		}()
	}
	got := []int{<-codes, <-codes, <-codes}
	slices.Sort(got)
	if !slices.Equal(got, []int{503, 503, 504}) {
		t.Errorf("statuses %v", got)
	}
	release()
	d.o.RequestTime = time.Minute
	if w := ask(d, "POST", "/v1/extract", "Text.", "Content-Type", "text/plain"); w.Code != 200 {
		t.Errorf("afterwards: status %d\n%s", w.Code, w.Body)
	}
}

func TestMetricsAndHealth(t *testing.T) {
	d := made(t, Options{})
	ask(d, "POST", "/v1/extract", "“The bridge will open in May,” said Ada Example.", "Content-Type", "text/plain")
	ask(d, "GET", "/search?type=loud", "")
	m := ask(d, "GET", "/metrics", "").Body.String()
	for _, want := range []string{
		`whosaid_desk_requests_total{route="POST /v1/extract",status="200"} 1`, `whosaid_desk_requests_total{route="GET /search",status="400"} 1`,
		`whosaid_desk_extracted_articles_total{status="ok"} 1`, `whosaid_desk_extracted_statements_total 1`,
	} {
		if !strings.Contains(m, want) {
			t.Errorf("no %s", want)
		}
	}
	if w := ask(d, "GET", "/healthz", ""); w.Code != 200 || !strings.Contains(w.Body.String(), `"status":"ok"`) {
		t.Errorf("health: %d %s", w.Code, w.Body)
	}
}
