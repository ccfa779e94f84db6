//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/whosaid/whosaid/desk/internal/desktest"
)

// Every page is reached by clicking, on the stories of testdata.
func TestClickThrough(t *testing.T) {
	b := open(t, serve(t, stories(t)))
	b.size(1200, 900)
	b.visit("/")
	for _, tab := range []string{"/search", "/people", "/quotations", "/audit", "/help", "/"} {
		b.click(`nav a[href="` + tab + `"]`)
		if at := js[string](b, "location.pathname"); at != tab {
			t.Errorf("%s leads to %s", tab, at)
		}
	}
	b.wait(`[...document.images].every((i) => i.loading === "lazy" || i.complete && i.naturalWidth > 0)`)
	b.check("tabs")

	// From a number of the overview to its statements, to an article, to a person.
	b.click(`.figure table a[href="/search?type=direct"]`)
	if n := js[int](b, `document.querySelectorAll(".hit").length`); n != 25 {
		t.Errorf("%d statements", n)
	}
	b.click(`a[rel=next]`)
	b.visit("/search?q=cable")
	b.click(`.hit .facts a`)
	b.wait(`document.querySelectorAll(".text .num").length >= 10`)
	b.click(`.statements .who a`)
	b.wait(`document.querySelector("h1").textContent.length > 0 && location.pathname === "/person"`)
	b.click(`a.button[href^="/search?key="]`)
	b.check("from the overview to a person")

	// Why: by the mouse, by the keyboard, and from the list.
	b.visit("/article?id=cable-car-quito")
	b.wait(`document.readyState === "complete"`)
	b.do(chromedp.Focus(chromedp.CSS("#s2")))
	b.wait(`!document.getElementById("peek").hidden && document.getElementById("peek").querySelectorAll("li").length > 1`)
	if words := js[string](b, `document.getElementById("peek").innerText`); !strings.Contains(words, "Esteban Larrea Montúfar") || !strings.Contains(words, "next best") {
		t.Errorf("why: %s", words)
	}
	b.size(1100, 860)
	b.shot("article")
	b.do(chromedp.KeyEvent(kb.Escape))
	b.wait(`document.getElementById("peek").hidden`)
	js[bool](b, `(document.querySelector("#d3 details.why").open = true)`)
	b.wait(`document.querySelectorAll("#d3 .reasons li").length > 1`)
	b.check("why")
}

// Pages of a large corpus come quickly, in the browser too: DESK_LARGE articles,
// 100,000 by default, of ten statements each.
func TestLargeCorpus(t *testing.T) {
	n := 100_000
	if s := os.Getenv("DESK_LARGE"); s != "" {
		if _, err := fmt.Sscan(s, &n); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	if err := desktest.Write(dir, desktest.Corpus{Articles: n, Statements: 10, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	if err := desktest.WriteAcross(dir); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	s := serve(t, dir)
	t.Logf("%d articles: index in %v, %d MB of memory", n, time.Since(start).Round(time.Second), s.rss())
	b := open(t, s)
	b.size(1200, 900)
	targets := []string{
		"/", "/search", "/search?q=bridge", "/search?q=bridge+-tower&type=mixed&min=0.5", "/search?outlet=Outlet+07&kind=unnamed&since=2025-02&until=2025-11-20",
		"/people", "/people?q=ada", "/quotations", "/article?id=article-0000123", "/audit",
	}
	for _, target := range targets {
		start := time.Now()
		s.get(target)
		took := time.Since(start)
		b.visit(target)
		if h := js[string](b, `document.querySelector("h1").textContent`); h == "" {
			t.Errorf("%s: no heading", target)
		}
		t.Logf("%-70s %v", target, took.Round(time.Millisecond))
		if took > time.Second { // a page on an idle machine takes a tenth
			t.Errorf("%s took %v", target, took)
		}
	}
	for _, list := range [][2]string{{"/people", "tbody a"}, {"/quotations", "ol a"}} {
		b.visit(list[0])
		b.click(list[1])
		targets = append(targets, js[string](b, "location.pathname + location.search"))
	}
	b.check("a large corpus")
	b.shots(targets)
}

// shots keeps pictures of pages, light and dark, wide and narrow, in DESK_SHOTS.
func (b *browser) shots(targets []string) {
	b.t.Helper()
	if os.Getenv("DESK_SHOTS") == "" {
		return
	}
	for _, scheme := range []string{"light", "dark"} {
		b.scheme(scheme)
		for _, width := range []int64{1200, 360} {
			b.size(width, 900)
			for i, target := range targets {
				b.visit(target)
				b.wait(`[...document.images].every((i) => i.loading === "lazy" || i.complete)`)
				b.shot(fmt.Sprintf("%s-%d-%02d", scheme, width, i))
			}
		}
	}
	b.scheme("light")
}

// axe finds nothing, in light and dark, wide and narrow; nothing is wider than a
// phone; and every page can be walked with the Tab key.
func TestAccessibility(t *testing.T) {
	s := serve(t, stories(t))
	b := open(t, s)
	axe := axeScript(t)
	b.visit("/audit")
	draw(b, "a11y", 4, 1)
	pages := []string{
		"/", "/search", "/search?q=the&type=mixed", "/search?type=loud", "/article?id=cable-car-quito", "/people", "/people?kind=organization", "/quotations", "/help", "/nothing",
		"/correct?id=cable-car-quito", "/audit", "/audit/judge?audit=a11y&judge=Ada", "/audit/read?audit=a11y&judge=Ada", "/audit/report?audit=a11y",
	}
	b.visit("/people")
	pages = append(pages, js[string](b, `document.querySelector("tbody a").getAttribute("href")`))
	for _, scheme := range []string{"light", "dark"} {
		b.scheme(scheme)
		for _, width := range []int64{1200, 360} {
			b.size(width, 800)
			for _, target := range pages {
				b.visit(target)
				where := fmt.Sprintf("%s (%s, %d wide)", target, scheme, width)
				if wide := js[int](b, "document.documentElement.scrollWidth"); int64(wide) > width {
					t.Errorf("%s: %d pixels wide", where, wide)
				}
				js[bool](b, axe+"; true")
				found := js[string](b, `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then((r) => JSON.stringify(r.violations.map((v) => v.id + ": " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + n.failureSummary).join(" | "))))`)
				var violations []string
				if err := json.Unmarshal([]byte(found), &violations); err != nil {
					t.Fatal(err)
				}
				for _, v := range violations {
					t.Errorf("%s: %s", where, v)
				}
			}
		}
	}
	b.check("pages")
	b.size(1200, 800)
	b.visit("/article?id=cable-car-quito")
	seen := map[string]bool{}
	for range 60 {
		b.do(chromedp.KeyEvent(kb.Tab))
		at := js[string](b, `(document.activeElement.id || document.activeElement.getAttribute("href") || document.activeElement.tagName)`)
		seen[at] = true
		if at == "BODY" { // behind the last, before the first again
			continue
		}
		if visible := js[bool](b, `getComputedStyle(document.activeElement).outlineStyle !== "none"`); !visible {
			t.Errorf("the focus does not show on %s", at)
		}
	}
	for _, want := range []string{"#main", "/search", "s0", "s9", "/people"} {
		if !seen[want] {
			t.Errorf("the Tab key never reaches %s", want)
		}
	}
}

// axeScript is axe-core, from AXE or from a package that npm fetches.
func axeScript(t *testing.T) string {
	t.Helper()
	path := os.Getenv("AXE")
	if path == "" {
		npm, err := exec.LookPath("npm")
		if err != nil {
			t.Skip("needs axe-core: npm, or AXE=PATH of axe.min.js")
		}
		dir := t.TempDir()
		if out, err := exec.Command(npm, "install", "--prefix", dir, "--no-audit", "--no-fund", "axe-core@4").CombinedOutput(); err != nil {
			t.Skipf("axe-core cannot be fetched: %v\n%s", err, out)
		}
		path = filepath.Join(dir, "node_modules", "axe-core", "axe.min.js")
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// What is stored does nothing in a real browser: no dialog, no request, no
// script.
func TestStoredHTMLInABrowser(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "hostile.jsonl")
	var lines strings.Builder
	for i, p := range []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</title><svg onload=alert(1)>`, `' autofocus onfocus=alert(1) '`, `javascript:alert(1)`,
		`<iframe src=javascript:alert(1)>`, `<style>@import "//evil.example/x.css";</style>`, `<meta http-equiv=refresh content="0;url=//evil.example">`, `<base href=//evil.example>`,
	} {
		line, err := json.Marshal(map[string]string{
			"id": fmt.Sprint("hostile-", i), "title": p, "url": p, "outlet": p, "author": p, "text": "“" + p + " is here,” said Ada Example of the " + p + " Trust. The town council, which met on Monday, did not say what it thought of that.",
		})
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(append(line, '\n'))
	}
	if err := os.WriteFile(file, []byte(lines.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	tables := filepath.Join(dir, "tables")
	run(t, "extract", "--quiet", "--progress", "none", "--field-html", "never", "--no-repair", "--out", tables, file)
	s := serve(t, tables)
	b := open(t, s)
	targets := []string{"/", "/search", "/people", "/audit"}
	for i := range 9 {
		id := fmt.Sprint("hostile-", i)
		targets = append(targets, "/article?id="+id, "/correct?id="+id, "/search?q="+url.QueryEscape(`"><script>alert(1)</script>`))
	}
	for _, target := range targets {
		b.visit(target)
		b.wait(`document.readyState === "complete"`)
		if n := js[int](b, `document.querySelectorAll("main script, main iframe, main style, main base, main meta").length`); n != 0 {
			t.Errorf("%s: %d elements that nobody wrote", target, n)
		}
		b.check(target)
	}
}

// draw draws a sample through the form.
func draw(b *browser, name string, size, articles int) {
	b.t.Helper()
	b.visit("/audit")
	for field, value := range map[string]string{"name": name, "size": fmt.Sprint(size), "articles": fmt.Sprint(articles), "seed": "7"} {
		js[bool](b, fmt.Sprintf(`(document.querySelector('form[method=post] [name=%s]').value = %q, true)`, field, value))
	}
	b.click(`form[action="/audit/new"] button`)
	b.wait(fmt.Sprintf(`document.getElementById("a-%s") !== null`, name))
}

// An audit of sixty statements by keys, with known answers, gives the known
// interval; the desk is killed on the way, again and again, and no judgement is
// lost.
func TestAuditByKeys(t *testing.T) {
	s := serve(t, stories(t))
	b := open(t, s)
	b.size(1200, 900)
	draw(b, "sixty", 60, 2)
	b.visit("/audit/judge?audit=sixty&judge=Ada")
	kills := 0
	for n := range 60 {
		b.wait(fmt.Sprintf(`document.querySelector("h1").textContent === "Statement %d" && document.readyState === "complete"`, n+1))
		if n == 4 {
			b.size(1100, 860)
			b.shot("audit")
		}
		keys := []string{"1", "4"}
		if n%10 == 0 {
			keys = []string{"3"}
		} else if !js[bool](b, `document.querySelector('input[name=speaker]') !== null`) {
			keys = []string{"1"}
		}
		for _, key := range keys {
			b.do(chromedp.KeyEvent(key))
		}
		if n%20 == 19 { // the next page is the sign that the judgement is kept
			b.wait(fmt.Sprintf(`!document.querySelector("h1").textContent.endsWith(" %d")`, n+1))
			s.kill()
			s.start()
			kills++
			b.visit("/audit/judge?audit=sixty&judge=Ada")
		}
	}
	for range 2 {
		b.wait(`document.querySelector("textarea[name=missed]") !== null && document.readyState === "complete"`)
		js[bool](b, `getSelection().selectAllChildren(document.querySelector("#reading p")) === undefined`)
		b.do(chromedp.KeyEvent("m"))
		b.wait(`document.querySelector("textarea[name=missed]").value.trim() !== ""`)
		b.click(`form[action="/audit/read"] button`)
	}
	b.wait(`document.querySelector("h1").textContent === "All judged"`)
	b.click("main a.button")
	b.wait(`location.pathname === "/audit/report"`)
	words := js[string](b, "document.querySelector('main').innerText")
	// 54 of 60: Wilson's interval is 79.9 to 95.3%.
	for _, want := range []string{"60 of 60 statements judged, 2 articles read in full, by Ada", "90.0% 79.9 to 95.3%, of 60", "Precision was 90.0% (79.9 to 95.3%)"} {
		if !strings.Contains(words, want) {
			t.Errorf("no %q in\n%s", want, words)
		}
	}
	b.shot("audit-report")
	b.check("an audit")
	t.Logf("killed %d times", kills)
}

// Judgements that were answered before kill -9 are all there: whenever it comes.
func TestKilledDeskLosesNothing(t *testing.T) {
	s := serve(t, stories(t))
	v := newVisitor(t, s)
	v.post("/audit/new", "name", "torn", "size", "200", "by", "none", "articles", "0", "seed", "1")
	var kept []string
	for round := range 12 {
		var mu sync.Mutex
		var wait sync.WaitGroup
		stop := make(chan struct{})
		ids := itemsOf(t, s.dir, "torn")
		for client := range 4 {
			wait.Go(func() {
				for i := 0; ; i++ {
					select {
					case <-stop:
						return
					default:
					}
					judge, id := fmt.Sprintf("judge-%d-%d-%d", round, client, i), ids[i%len(ids)]
					if v.try("/audit/judge", "audit", "torn", "judge", judge, "item", id, "statement", "none") {
						mu.Lock()
						kept = append(kept, judge)
						mu.Unlock()
					}
				}
			})
		}
		time.Sleep(time.Duration(100+37*round) * time.Millisecond)
		s.kill()
		close(stop)
		wait.Wait()
		s.start()
	}
	b, err := os.ReadFile(filepath.Join(s.dir, "_desk", "audits", "torn", "judgements.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for line := range strings.Lines(string(b)) {
		var j struct{ Judge string }
		if json.Unmarshal([]byte(line), &j) == nil {
			there[j.Judge] = true
		}
	}
	lost := slices.DeleteFunc(slices.Clone(kept), func(judge string) bool { return there[judge] })
	if len(lost) > 0 || len(kept) < 100 {
		t.Errorf("%d of %d judgements are lost", len(lost), len(kept))
	}
	t.Logf("%d judgements answered over 12 kills, %d in the file", len(kept), len(there))
}

// Corrections through the browser become gold that eval and train read.
func TestCorrectByBrowser(t *testing.T) {
	s := serve(t, stories(t))
	b := open(t, s)
	b.visit("/correct?id=cable-car-quito")
	js[bool](b, `(document.querySelector("#e-" + document.querySelector(".statements li").id.slice(2) + " details").open = true)`)
	js[bool](b, `(document.querySelector(".statements li input[name=name]").value = "Somebody Else", true)`)
	b.click(`.statements li:first-child button[value=set]`)
	b.wait(`document.querySelector(".statements li summary").textContent.includes("Somebody Else (corrected)")`)
	b.click(`button[value=done]`)
	b.wait(`document.body.innerText.includes("called right")`)
	b.check("correcting")
	gold := filepath.Join(t.TempDir(), "gold.jsonl")
	run(t, "audit", "gold", "--out", gold, s.dir)
	if out := run(t, "eval", "--gold", gold); !strings.Contains(out, "1 article") && !strings.Contains(out, "articles") {
		t.Errorf("eval:\n%s", out)
	}
}
