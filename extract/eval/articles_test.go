package eval

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"testing"
)

// articleFiles makes testdata/articles, the input of `whosaid extract`: a text
// file a story, but for stories that belong to a corpus.
func articleFiles(t *testing.T, stories []story) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	var pages []story
	var rows [][]string
	for _, s := range stories {
		switch file := s.meta["corpus"]; {
		case file == "":
			files[s.name+".txt"] = []byte(s.gold.Text + "\n")
		case strings.HasSuffix(file, ".html"):
			files[file] = page2HTML(t, s)
		case strings.HasSuffix(file, ".jsonl"):
			files[file] = append(files[file], jsonLine(t, s)...)
		case strings.HasSuffix(file, ".csv"):
			rows = append(rows, []string{s.name, s.meta["date"], s.meta["outlet"], s.meta["author"], s.meta["title"], s.meta["url"], s.gold.Text})
		case strings.HasSuffix(file, ".warc.gz"):
			pages = append(pages, s)
		default:
			t.Fatalf("%s: no way to write %s", s.name, file)
		}
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(append([][]string{{"id", "date", "source", "author", "headline", "link", "article"}}, rows...)); err != nil {
		t.Fatal(err)
	}
	files["daybook.csv"] = b.Bytes()
	files["crawl.warc.gz"] = warc(t, pages)
	return files
}

// jsonLine is a story as one record of a corpus, under names that such corpora
// use.
func jsonLine(t *testing.T, s story) []byte {
	t.Helper()
	rec := struct {
		ID      string   `json:"id"`
		Title   string   `json:"title"`
		Body    string   `json:"body"`
		Authors []string `json:"authors"`
		Date    string   `json:"date_publish"`
		Source  string   `json:"source"`
		URL     string   `json:"url"`
	}{s.name, s.meta["title"], s.gold.Text, []string{}, s.meta["date"] + "T06:30:00Z", s.meta["outlet"], s.meta["url"]}
	if a := s.meta["author"]; a != "" {
		rec.Authors = append(rec.Authors, a)
	}
	line, err := json.Marshal(rec)
	if err != nil {
		t.Fatal(err)
	}
	return append(line, '\n')
}

// pageTemplate is a news page as sites make them: the article among
// navigation, advertisement, links to other stories and a consent line.
var pageTemplate = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{.Title}} | {{.Outlet}}</title>
<meta name="author" content="{{.Author}}">
<meta property="og:type" content="article">
<meta property="og:title" content="{{.Title}}">
<meta property="og:site_name" content="{{.Outlet}}">
<meta property="og:url" content="{{.URL}}">
<meta property="article:published_time" content="{{.Date}}T08:00:00Z">
<link rel="canonical" href="{{.URL}}">
<script type="application/ld+json">
{"@context": "https://schema.org", "@type": "NewsArticle", "headline": {{.Title}}, "datePublished": "{{.Date}}T08:00:00Z", "author": [{"@type": "Person", "name": {{.Author}}}], "publisher": {"@type": "Organization", "name": {{.Outlet}}}}
</script>
<style>body { font-family: serif }</style>
</head>
<body>
<header>
<a href="/">{{.Outlet}}</a>
<nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li><li><a href="/opinion">Opinion</a></li><li><a href="/subscribe">Subscribe</a></li></ul></nav>
</header>
<main>
<article>
<h1>{{.Title}}</h1>
<p class="byline">By <a rel="author" href="/authors">{{.Author}}</a></p>
<div class="article-body">
{{range .Paragraphs}}<p>{{.}}</p>
{{end}}</div>
</article>
<aside class="related">
<h2>Related stories</h2>
<ul><li><a href="/a">Harbour seals return to the old pier</a></li><li><a href="/b">“We were never asked,” say stallholders</a></li></ul>
</aside>
</main>
<footer>
<p>Follow us | Contact | Privacy</p>
<p>Copyright {{.Outlet}}. All rights reserved.</p>
</footer>
<script>window.stats = window.stats || [];</script>
</body>
</html>
`))

func page2HTML(t *testing.T, s story) []byte {
	t.Helper()
	var b bytes.Buffer
	err := pageTemplate.Execute(&b, map[string]any{
		"Title": s.meta["title"], "Outlet": s.meta["outlet"], "Author": s.meta["author"],
		"URL": s.meta["url"], "Date": s.meta["date"], "Paragraphs": strings.Split(s.gold.Text, "\n\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// warc archives pages as crawlers do, a gzip member a record: what the crawl
// was, each page with its request, an image, and a page seen again.
func warc(t *testing.T, pages []story) []byte {
	t.Helper()
	var out bytes.Buffer
	n := 0
	record := func(kind, uri string, head []string, body string) {
		n++
		lines := []string{
			"WARC/1.0",
			"WARC-Type: " + kind,
			fmt.Sprintf("WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>", n),
			fmt.Sprintf("WARC-Date: 2030-08-14T00:00:%02dZ", n),
		}
		if uri != "" {
			lines = append(lines, "WARC-Target-URI: "+uri)
		}
		lines = append(append(lines, head...), fmt.Sprintf("Content-Length: %d", len(body)))
		// Stored, not packed: the bytes must not depend on the Go release.
		w, err := gzip.NewWriterLevel(&out, gzip.NoCompression)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(w, "%s\r\n\r\n%s\r\n\r\n", strings.Join(lines, "\r\n"), body)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	response := []string{"Content-Type: application/http; msgtype=response"}
	record("warcinfo", "", []string{"Content-Type: application/warc-fields"}, "software: whosaid test corpus\r\nformat: WARC File Format 1.0\r\n")
	for i, s := range pages {
		uri := s.meta["url"]
		path := uri[strings.Index(uri, ".invalid")+len(".invalid"):]
		record("request", uri, []string{"Content-Type: application/http; msgtype=request"},
			"GET "+path+" HTTP/1.1\r\nHost: fundyshore.news.invalid\r\n\r\n")
		body := string(page2HTML(t, s))
		record("response", uri, response, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", len(body), body))
		if i == 0 {
			record("response", "https://fundyshore.news.invalid/img/rower.gif", response,
				"HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\n\r\nGIF89a\x01\x00\x01\x00\x00\x00\x00;")
			record("revisit", uri, slices.Concat(response, []string{"WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"}),
				"HTTP/1.1 304 Not Modified\r\n\r\n")
		}
	}
	return out.Bytes()
}
