package desk

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/whosaid/whosaid/desk/audit"
	"github.com/whosaid/whosaid/desk/internal/desktest"
	"github.com/whosaid/whosaid/output"
)

// payloads are what somebody may have put into titles, names and texts.
var payloads = []string{
	`<script>alert(1)</script>`, `"><script>alert(1)</script>`, `'><script>alert(1)</script>`, `</title><script>alert(1)</script>`,
	`</textarea><script>alert(1)</script>`, `</style><script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `"><img src=x onerror=alert(1)>`,
	`<svg onload=alert(1)>`, `<svg><script>alert(1)</script></svg>`, `<body onload=alert(1)>`, `<iframe src="javascript:alert(1)"></iframe>`,
	`<a href="javascript:alert(1)">x</a>`, `javascript:alert(1)`, `JaVaScRiPt:alert(1)`, "java\nscript:alert(1)", `data:text/html,<script>alert(1)</script>`,
	`" onmouseover="alert(1)`, `' onmouseover='alert(1)`, `" autofocus onfocus=alert(1) x="`, `x" style="background:url(//evil.example/)`,
	`<style>@import "//evil.example/x.css";</style>`, `<link rel=stylesheet href=//evil.example/x.css>`, `<meta http-equiv=refresh content="0;url=//evil.example">`,
	`<base href="//evil.example/">`, `<form action="//evil.example"><input name=q>`, `<object data="//evil.example/x.swf"></object>`, `<embed src=//evil.example>`,
	`<video src=x onerror=alert(1)>`, `<details open ontoggle=alert(1)>`, `<marquee onstart=alert(1)>`, `<math><mi xlink:href="javascript:alert(1)">x</mi></math>`,
	`{{.}}`, `{{define "main"}}x{{end}}`, `${alert(1)}`, `<%= 7*7 %>`, `<!--<script>alert(1)</script>-->`, `<![CDATA[<script>alert(1)</script>]]>`,
	`&lt;script&gt;alert(1)&lt;/script&gt;`, `&#60;script&#62;alert(1)&#60;/script&#62;`, "\u202e<script>alert(1)</script>", "\ufeff<script>alert(1)</script>",
	`<scr<script>ipt>alert(1)</scr</script>ipt>`, "<script\x0c>alert(1)</script>", `<SCRIPT SRC=//evil.example/x.js></SCRIPT>`, `<template><script>alert(1)</script></template>`,
	`'; DROP TABLE articles; --`, `" OR words : "x`, `../../../etc/passwd`, `=HYPERLINK("//evil.example")`, `]]>"><x onx=1>`, `\x3cscript\x3ealert(1)\x3c/script\x3e`,
}

// poisoned is an article that holds a payload wherever it can hold text.
func poisoned(n int, payload string) output.Rows {
	at := output.Timestamp(1_700_000_000_000_000)
	body := payload + " said " + payload + ". " + payload
	size := int32(len(payload))
	runes := int32(len([]rune(payload)))
	at32 := func(v int32) *int32 { return &v }
	cueByte, cueRune := size+1, runes+1
	quote := output.QuoteRow{
		QuoteID: fmt.Sprintf("%016x", n+1), ArticleID: payload, Type: "direct", Form: "full", Act: "statement", Polarity: "affirmed", Modality: "asserted",
		Text: payload, End: runes, ByteEnd: size, Parts: []output.PartRow{{End: runes, ByteEnd: size}}, NWords: 1, ContextBefore: payload, ContextAfter: payload,
		Cue: "said", CueStart: at32(cueRune), CueEnd: at32(cueRune + 4), CueByteStart: at32(cueByte), CueByteEnd: at32(cueByte + 4), CueLemma: payload,
		Source: payload, SourceStart: at32(cueRune + 5), SourceEnd: at32(cueRune + 5 + runes), SourceByteStart: at32(cueByte + 5), SourceByteEnd: at32(cueByte + 5 + size),
		Speaker: payload, SpeakerID: fmt.Sprintf("%016x", n+100), SpeakerKind: "person", SpeakerTitle: "Dr " + payload, DetectConfidence: 0.9, SpeakerConfidence: 0.8, Method: payload,
		Candidates: []output.CandidateRow{{EntityID: fmt.Sprintf("%016x", n+100), Name: payload, Probability: 0.8}}, Published: &at, Outlet: payload,
	}
	return output.Rows{
		Article: output.ArticleRow{
			ArticleID: payload, SourcePath: payload, URL: payload, Title: payload, Outlet: payload, Authors: []string{payload}, Published: &at, Language: "en",
			Text: &body, TextSHA256: strings.Repeat("0", 64), NChars: int32(len([]rune(body))), NQuotes: 1, Repairs: []string{}, Status: "ok",
		},
		Quotes:   []output.QuoteRow{quote},
		Entities: []output.EntityRow{{ArticleID: payload, EntityID: quote.SpeakerID, Name: payload, Kind: "person", Titles: []string{}, Aliases: []string{payload}, NQuotes: 1}},
	}
}

// Nothing that is stored runs, loads or leads anywhere, on any page.
func TestStoredHTMLDoesNothing(t *testing.T) {
	if len(payloads) < 50 {
		t.Fatalf("only %d payloads", len(payloads))
	}
	dir := t.TempDir()
	err := desktest.WriteRows(dir, func(yield func(output.Rows) bool) {
		for n, p := range payloads {
			if !yield(poisoned(n, p)) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	d := over(t, dir, Options{})
	sample, err := Draw(t.Context(), d.x, "poison", audit.Design{By: "outlet", Size: 100, Articles: 60}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.audits.Create(sample); err != nil {
		t.Fatal(err)
	}
	people, err := d.x.People(context.Background(), "person", "", 0, 200)
	if err != nil || len(people) < 45 {
		t.Fatalf("%d people: %v", len(people), err)
	}
	targets := []string{"/", "/people", "/search", "/quotations"}
	for _, p := range payloads {
		e := url.QueryEscape(p)
		targets = append(targets, "/article?id="+e, "/correct?id="+e, "/audit/judge?judge="+e+"&audit=poison", "/audit/report?audit="+e, "/search?q="+e, "/search?person="+e+"&outlet="+e, "/search?since="+e, "/search?key="+e, "/people?q="+e,
			"/person?key="+e, "/quotation?id="+e, "/article?id=no"+e, "/search?type="+e, "/search?after="+e, "/"+url.PathEscape(p))
	}
	for _, i := range sample.Items {
		targets = append(targets, "/audit/judge?audit=poison&judge=a&item="+i.ID)
	}
	for _, a := range sample.Readings {
		targets = append(targets, "/audit/read?audit=poison&judge=a&reading="+url.QueryEscape(a.ID))
	}
	for _, p := range payloads[:20] {
		if err := d.audits.Judge("poison", audit.Judgement{Judge: p, Item: sample.Items[0].ID, Statement: audit.Edges, Note: p}); err != nil {
			t.Fatal(err)
		}
	}
	targets = append(targets, "/audit", "/audit/report?audit=poison")
	for _, p := range people {
		targets = append(targets, "/person?key="+url.QueryEscape(p.Key))
	}
	shown := 0
	for _, target := range targets {
		w := ask(d, "GET", target, "")
		if w.Code >= 500 {
			t.Errorf("%s: status %d\n%s", target, w.Code, w.Body)
		}
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		body := w.Body.String()
		for _, wrong := range harm(t, body) {
			t.Errorf("%s: %s", target, wrong)
		}
		for _, p := range payloads {
			if strings.Contains(body, html.EscapeString(p)) {
				shown++
				break
			}
		}
	}
	if shown < 100 {
		t.Errorf("payloads are shown on %d pages only", shown)
	}
}

// known are the elements that pages are made of.
var known = strings.Fields(`html head meta title link script body a header p nav ul li main footer time small h1 h2 h3 dl dt dd div section article
	blockquote span mark figure picture source img details summary table caption thead tbody tr th td form label input select option datalist fieldset legend
	button code ol del ins strong textarea output progress kbd`)

// harm is what a page holds that it must not.
func harm(t *testing.T, page string) (out []string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	scripts := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if !slices.Contains(known, n.Data) {
			out = append(out, "element "+n.Data)
		}
		if n.Data == "script" {
			scripts++
		}
		for _, a := range n.Attr {
			value := strings.ToLower(strings.Map(func(r rune) rune {
				if r <= ' ' {
					return -1
				}
				return r
			}, a.Val))
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "http-equiv", a.Key == "srcdoc":
				out = append(out, n.Data+" with "+a.Key)
			case a.Key == "src", a.Key == "srcset", a.Key == "action", a.Key == "href", a.Key == "data-why":
				local := strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "//") || strings.HasPrefix(value, "#")
				outside := n.Data == "a" && a.Key == "href" && (strings.HasPrefix(value, "https://") || strings.HasPrefix(value, "http://"))
				if !local && !outside {
					out = append(out, fmt.Sprintf("%s with %s=%q", n.Data, a.Key, a.Val))
				}
			}
		}
	}
	if scripts != 1 {
		out = append(out, fmt.Sprintf("%d scripts", scripts))
	}
	return out
}

// linksOf are the addresses that a page links to.
func linksOf(t *testing.T, page string) (out []string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "href" || a.Key == "src" || a.Key == "srcset" {
				address, _, _ := strings.Cut(a.Val, "#")
				out = append(out, address)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Whatever a program sends, it gets an answer that it can read, and never a
// fault of the desk.
func FuzzExtractBody(f *testing.F) {
	for _, b := range []string{`{"text":"“Yes,” said Ada Example."}`, `[{"text":"a"},{"text":1}]`, "{", "null", "\x00\xff", `<p>“Yes,” she said.`, `{"text":"` + strings.Repeat(`\"`, 99) + `"}`} {
		for _, media := range []string{"application/json", "application/x-ndjson", "text/plain", "text/html"} {
			f.Add(media, "", b)
		}
	}
	f.Add("text/plain", "id=a&published=2026-01-01&tables=quotes&format=jsonl", "“Yes,” said Ada Example.")
	d := made(f, Options{MaxBody: 1 << 16})
	f.Fuzz(func(t *testing.T, media, query, body string) {
		if _, err := url.ParseQuery(query); err != nil || strings.ContainsAny(query, "# \r\n\t") || strings.IndexFunc(query, func(r rune) bool { return r < ' ' || r > '~' }) >= 0 {
			return
		}
		w := ask(d, "POST", "/v1/extract?"+query, body, "Content-Type", media)
		if w.Code >= 500 || w.Code != 200 && !strings.Contains(w.Body.String(), `"error"`) {
			t.Errorf("%q %q %q: status %d\n%s", media, query, body, w.Code, w.Body)
		}
	})
}

// What a scanner sends is answered without a fault: no error of the desk, no
// header that the request wrote, no word of files, no redirect to elsewhere.
func TestHostileRequests(t *testing.T) {
	d := made(t, Options{})
	long := strings.Repeat("a", 20_000)
	requests := []struct{ method, target string }{
		{"GET", "/static/../desk.go"}, {"GET", "/static/..%2f..%2fgo.mod"}, {"GET", "/static/%2e%2e%2f%2e%2e%2fgo.mod"}, {"GET", "/static/..%252f..%252fgo.mod"}, {"GET", `/static/..%5c..%5cgo.mod`},
		{"GET", "/static/%00"}, {"GET", "/static/desk.css%00.html"}, {"GET", "/figures/..%2f..%2fetc%2fpasswd.csv"}, {"GET", "/figures/types.csv%00"}, {"GET", "/figures/.svg"},
		{"GET", "//evil.example/"}, {"GET", "///evil.example"}, {"GET", "/%2f%2fevil.example"}, {"GET", `/\evil.example`}, {"GET", "/.git/config"}, {"GET", "/.env"}, {"GET", "/debug/pprof/"}, {"GET", "/_desk/index.sqlite"},
		{"GET", "/search?q=%0d%0aSet-Cookie:%20x=1"}, {"GET", "/export?format=csv%0d%0aX-Evil:1"}, {"GET", "/audit/sheet?audit=..%2f..%2fetc"}, {"GET", "/audit/report?audit=%2fetc%2fpasswd"}, {"GET", "/audit/sheet?audit=a%0d%0aX-Evil:1"},
		{"GET", "/search?q=" + long}, {"GET", "/article?id=" + long}, {"GET", "/person?key=" + long}, {"GET", "/search?" + strings.Repeat("type=direct&", 3000)}, {"GET", "/search?since=0000-00-00"}, {"GET", "/search?since=9999-12-31&until=9999-12-31"},
		{"GET", "/search?since=0001&until=9999"}, {"GET", "/search?after=-1"}, {"GET", "/search?after=99999999999999999999"}, {"GET", "/article?id=article-0000001&n=-1"}, {"GET", "/article?id=article-0000001&n=1e9"}, {"GET", "/people?skip=-1"}, {"GET", "/people?skip=999999999"},
		{"GET", "/search?min=1e308"}, {"GET", "/search?min=-0"}, {"GET", "/search?min=Inf"}, {"GET", "/audit/report?audit=x&wish=NaN"}, {"GET", "/v1/articles/%2e%2e%2f%2e%2e"}, {"GET", "/v1/articles/%00"}, {"GET", "/v1/search?limit=1000000"}, {"GET", "/v1/search?q=%ff%fe"},
		{"TRACE", "/"}, {"OPTIONS", "/v1/extract"}, {"CONNECT", "/"}, {"PUT", "/v1/extract"}, {"DELETE", "/audit"}, {"PATCH", "/correct"}, {"PROPFIND", "/"}, {"HEAD", "/"}, {"HEAD", "/export?format=csv"},
		{"POST", "/audit/new"}, {"POST", "/correct?id=article-0000001"}, {"POST", "/audit/judge?audit=..%2fx"}, {"POST", "/v1/extract?tables=../../x"}, {"POST", "/v1/extract?id=" + long},
	}
	for _, q := range requests {
		r, err := http.NewRequest(q.method, "http://"+host+"/", strings.NewReader("x"))
		if err != nil {
			t.Fatal(err)
		}
		path, query, _ := strings.Cut(q.target, "?")
		r.URL.RawQuery = query
		r.URL.Path, r.URL.RawPath = path, ""
		if p, err := url.PathUnescape(path); err == nil {
			r.URL.Path, r.URL.RawPath = p, path
		}
		r.Header.Set("Content-Type", "text/plain")
		w := httptest.NewRecorder()
		d.ServeHTTP(w, r)
		where := fmt.Sprintf("%s %.80s", q.method, q.target)
		if w.Code >= 500 && w.Code != http.StatusNotImplemented {
			t.Errorf("%s: status %d\n%.300s", where, w.Code, w.Body)
		}
		if to := w.Header().Get("Location"); strings.Contains(to, "evil") && (strings.HasPrefix(to, "//") || strings.Contains(to, ":")) {
			t.Errorf("%s: to %s", where, to)
		}
		if w.Header().Get("X-Evil") != "" || len(w.Header().Values("Set-Cookie")) > 1 || w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: headers %v", where, w.Header())
		}
		for _, leak := range []string{"package desk", "module github.com", "root:", "goroutine ", "/_desk/", "SQL"} {
			if strings.Contains(w.Body.String(), leak) && !strings.Contains(q.target, strings.TrimSpace(leak)) {
				t.Errorf("%s: tells %q\n%.300s", where, leak, w.Body)
			}
		}
		if w.Header().Get("Content-Security-Policy") == "" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: without the headers", where)
		}
	}
}
