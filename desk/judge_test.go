package desk

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/whosaid/whosaid/desk/audit"
)

// visitor is a browser with its cookie.
type visitor struct {
	t    *testing.T
	d    *Desk
	form string
}

// visit opens the first page.
func visit(t *testing.T, d *Desk) *visitor {
	t.Helper()
	w := ask(d, "GET", "/audit", "")
	c, err := http.ParseSetCookie(w.Header().Get("Set-Cookie"))
	if err != nil || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode {
		t.Fatalf("cookie %v (%v)", c, err)
	}
	return &visitor{t, d, c.Value}
}

func (v *visitor) get(target string) string {
	v.t.Helper()
	w := ask(v.d, "GET", target, "", "Cookie", formCookie+"="+v.form)
	if w.Code != 200 {
		v.t.Fatalf("%s: status %d\n%s", target, w.Code, w.Body)
	}
	return w.Body.String()
}

// send sends a form, by pairs of fields.
func (v *visitor) send(target string, pairs ...string) *httptest.ResponseRecorder {
	values := url.Values{formField: {v.form}}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return ask(v.d, "POST", target, values.Encode(), "Cookie", formCookie+"="+v.form, "Content-Type", "application/x-www-form-urlencoded", "Origin", "http://"+host)
}

var (
	itemField    = regexp.MustCompile(`name="item" value="([^"]*)"`)
	readingField = regexp.MustCompile(`name="reading" value="([^"]*)"`)
	speakerGroup = regexp.MustCompile(`name="speaker"`)
)

// Sixty statements are judged through the pages and give the known interval; a
// desk that is opened anew has them all.
func TestAuditOfSixty(t *testing.T) {
	d := made(t, Options{})
	v := visit(t, d)
	if w := v.send("/audit/new", "name", "sixty", "size", "60", "by", "none", "articles", "3", "seed", "5"); w.Code != 303 {
		t.Fatalf("draw: status %d\n%s", w.Code, w.Body)
	}
	for n := range 60 {
		page := v.get("/audit/judge?audit=sixty&judge=Ada")
		m := itemField.FindStringSubmatch(page)
		if m == nil {
			t.Fatalf("statement %d is not asked for:\n%s", n, page)
		}
		pairs := []string{"audit", "sixty", "judge", "Ada", "item", m[1], "statement", audit.Right}
		if n%10 == 0 {
			pairs[7] = audit.None
		} else if speakerGroup.MatchString(page) {
			pairs = append(pairs, "speaker", audit.Right)
		}
		if w := v.send("/audit/judge", pairs...); w.Code != 303 {
			t.Fatalf("judge: status %d\n%s", w.Code, w.Body)
		}
		if n == 30 { // as after a crash: whatever the process held is gone
			d = over(t, strings.TrimSuffix(d.x.Dir, "/_desk"), Options{})
			v = visit(t, d)
		}
	}
	for range 3 {
		page := v.get("/audit/judge?audit=sixty&judge=Ada")
		m := readingField.FindStringSubmatch(page)
		if m == nil {
			t.Fatalf("no article is asked for:\n%s", page)
		}
		if w := v.send("/audit/read", "audit", "sixty", "judge", "Ada", "reading", m[1], "missed", "one that was missed\n\n"); w.Code != 303 {
			t.Fatalf("read: status %d\n%s", w.Code, w.Body)
		}
	}
	if page := v.get("/audit/judge?audit=sixty&judge=ada"); !strings.Contains(page, "has judged all 63 of sixty") {
		t.Errorf("at the end:\n%s", page)
	}
	page := v.get("/audit/report?audit=sixty&wish=0.9")
	// 54 of 60 are there: Wilson's interval is 79.9 to 95.3%.
	for _, want := range []string{"60 of 60 statements judged, 3 articles read in full, by Ada", "<strong>90.0%</strong> <span class=\"facts\">79.9 to 95.3%, of 60</span>", "Precision was 90.0% (79.9 to 95.3%)", "detect_confidence &gt;="} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	sheet := ask(d, "GET", "/audit/sheet?audit=sixty", "").Body.String()
	if strings.Count(sheet, "\nstatement,") != 60 || strings.Count(sheet, "\narticle,") != 3 {
		t.Errorf("the sheet:\n%.500s", sheet)
	}
}

// Judgements of many at once are all kept; what makes no sense is refused and
// keeps nothing.
func TestJudging(t *testing.T) {
	d := made(t, Options{})
	v := visit(t, d)
	if w := v.send("/audit/new", "name", "many", "size", "20", "by", "type", "articles", "1", "seed", "1"); w.Code != 303 {
		t.Fatalf("draw: status %d\n%s", w.Code, w.Body)
	}
	s, err := d.audits.Sample("many")
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for judge := range 4 {
		wait.Go(func() {
			for _, i := range s.Items {
				w := v.send("/audit/judge", "audit", "many", "judge", fmt.Sprint("judge ", judge), "item", i.ID, "statement", audit.Edges, "speaker", audit.Wrong)
				if w.Code != 303 {
					t.Errorf("status %d\n%s", w.Code, w.Body)
				}
			}
		})
	}
	wait.Wait()
	js, err := d.audits.Judgements("many")
	if err != nil || len(js) != 80 {
		t.Errorf("%d judgements of 80 (%v)", len(js), err)
	}
	item := s.Items[0].ID
	for name, c := range map[string]struct {
		target string
		pairs  []string
		want   int
	}{
		"no judge":          {"/audit/judge", []string{"audit", "many", "item", item, "statement", "right", "speaker", "right"}, 400},
		"no audit":          {"/audit/judge", []string{"audit", "none", "judge", "a", "item", item, "statement", "right"}, 404},
		"a path":            {"/audit/judge", []string{"audit", "../many", "judge", "a", "item", item, "statement", "right"}, 400},
		"no item":           {"/audit/judge", []string{"audit", "many", "judge", "a", "item", "x", "statement", "right"}, 400},
		"no verdict":        {"/audit/judge", []string{"audit", "many", "judge", "a", "item", item}, 400},
		"another verdict":   {"/audit/judge", []string{"audit", "many", "judge", "a", "item", item, "statement", "great", "speaker", "right"}, 400},
		"a long name":       {"/audit/judge", []string{"audit", "many", "judge", strings.Repeat("a", 61), "item", item, "statement", "none"}, 400},
		"no article":        {"/audit/read", []string{"audit", "many", "judge", "a", "reading", "x", "missed", ""}, 400},
		"a taken name":      {"/audit/new", []string{"name", "many", "size", "5", "by", "none", "articles", "0", "seed", "1"}, 400},
		"a name of letters": {"/audit/new", []string{"name", "Many!", "size", "5", "by", "none", "articles", "0", "seed", "1"}, 400},
		"nothing":           {"/audit/new", []string{"name", "x", "size", "0", "by", "none", "articles", "0", "seed", "1"}, 400},
		"too much":          {"/audit/new", []string{"name", "x", "size", "1000000", "by", "none", "articles", "0", "seed", "1"}, 400},
		"other strata":      {"/audit/new", []string{"name", "x", "size", "5", "by", "colour", "articles", "0", "seed", "1"}, 400},
	} {
		if w := v.send(c.target, c.pairs...); w.Code != c.want {
			t.Errorf("%s: status %d, want %d\n%s", name, w.Code, c.want, w.Body)
		}
	}
	good := []string{"audit", "many", "judge", "b", "item", item, "statement", "none"}
	stranger := &visitor{t, d, "AAAAAAAAAAAAAAAAAAAAAAAAAA"}
	for name, w := range map[string]*httptest.ResponseRecorder{
		"without the cookie": ask(d, "POST", "/audit/judge", url.Values{"form": {v.form}, "audit": {"many"}}.Encode(), "Content-Type", "application/x-www-form-urlencoded"),
		"another value": func() *httptest.ResponseRecorder {
			r := *v
			body := url.Values{formField: {stranger.form}, "audit": {"many"}}.Encode()
			return ask(r.d, "POST", "/audit/judge", body, "Cookie", formCookie+"="+r.form, "Content-Type", "application/x-www-form-urlencoded")
		}(),
		"another site": ask(d, "POST", "/audit/judge", url.Values{formField: {v.form}, "audit": {"many"}}.Encode(), "Cookie", formCookie+"="+v.form, "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "cross-site"),
	} {
		if w.Code != 403 {
			t.Errorf("%s: status %d", name, w.Code)
		}
	}
	if again, _ := d.audits.Judgements("many"); len(again) != len(js) {
		t.Errorf("%d judgements were kept that should not be", len(again)-len(js))
	}
	if w := v.send("/audit/judge", good...); w.Code != 303 {
		t.Errorf("status %d\n%s", w.Code, w.Body)
	}
}
