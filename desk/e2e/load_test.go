//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// visitor sends forms as a browser does, over restarts of the desk.
type visitor struct {
	t    *testing.T
	s    *server
	c    http.Client
	form string
}

func newVisitor(t *testing.T, s *server) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t: t, s: s, c: http.Client{Jar: jar, Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	r, err := v.c.Get(s.address + "/audit")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, _ := io.ReadAll(r.Body)
	m := regexp.MustCompile(`<meta name="form" content="([^"]+)">`).FindSubmatch(b)
	if m == nil {
		t.Fatalf("no form value in\n%s", b)
	}
	v.form = string(m[1])
	return v
}

// try sends a form and tells whether it was answered as kept.
func (v *visitor) try(target string, pairs ...string) bool {
	values := url.Values{"form": {v.form}}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	r, err := v.c.PostForm(v.s.address+target, values)
	if err != nil {
		return false
	}
	_, err = io.Copy(io.Discard, r.Body)
	r.Body.Close()
	return err == nil && r.StatusCode == http.StatusSeeOther
}

func (v *visitor) post(target string, pairs ...string) {
	v.t.Helper()
	if !v.try(target, pairs...) {
		v.t.Fatalf("%s was not kept", target)
	}
}

// itemsOf are the ids of an audit's statements.
func itemsOf(t *testing.T, dir, name string) (ids []string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "_desk", "audits", name, "sample.json"))
	if err != nil {
		t.Fatal(err)
	}
	var sample struct{ Items []struct{ ID string } }
	if err := json.Unmarshal(b, &sample); err != nil {
		t.Fatal(err)
	}
	for _, i := range sample.Items {
		ids = append(ids, i.ID)
	}
	return ids
}

// Fifty clients call the API for DESK_SECONDS, 60 by default, extraction and
// search mixed: no error, every answer its own, and memory stays flat.
func TestFiftyClients(t *testing.T) {
	seconds := 60
	if v := os.Getenv("DESK_SECONDS"); v != "" {
		if _, err := fmt.Sscan(v, &seconds); err != nil {
			t.Fatal(err)
		}
	}
	s := serve(t, stories(t))
	text, err := os.ReadFile("../../testdata/articles/cable-car-quito.txt")
	if err != nil {
		t.Fatal(err)
	}
	client := http.Client{Timeout: 2 * time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	own := 0 // statements of an answer, as many in every one
	ask := func(n int) error {
		var r *http.Response
		var err error
		id := fmt.Sprint("article-", n)
		if n%4 == 0 {
			r, err = client.Get(s.address + "/v1/search?q=bridge&limit=5")
		} else {
			r, err = client.Post(s.address+"/v1/extract?tables=quotes&id="+id, "text/plain", strings.NewReader(string(text)))
		}
		if err != nil {
			return err
		}
		defer r.Body.Close()
		b, err := io.ReadAll(r.Body)
		switch {
		case err != nil:
			return err
		case r.StatusCode != 200:
			return fmt.Errorf("status %d: %.200s", r.StatusCode, b)
		case n%4 != 0 && own > 0 && strings.Count(string(b), `"article_id":"`+id+`"`) != own:
			return fmt.Errorf("not its own answer: %.200s", b)
		case own == 0 && n%4 != 0:
			own = strings.Count(string(b), `"article_id":"`+id+`"`)
		}
		return nil
	}
	if err := ask(1); err != nil || own < 8 { // loads the models
		t.Fatalf("%d statements: %v", own, err)
	}
	var mu sync.Mutex
	var took []time.Duration
	var errs []error
	var wait sync.WaitGroup
	end := time.Now().Add(time.Duration(seconds) * time.Second)
	for c := range 50 {
		wait.Go(func() {
			for n := c; time.Now().Before(end); n += 50 {
				start := time.Now()
				err := ask(n)
				mu.Lock()
				took = append(took, time.Since(start))
				if err != nil {
					errs = append(errs, err)
				}
				mu.Unlock()
			}
		})
	}
	var memory []int
	for time.Now().Before(end) {
		time.Sleep(time.Duration(seconds) * time.Second / 12)
		memory = append(memory, s.rss())
	}
	wait.Wait()
	slices.Sort(took)
	at := func(p float64) time.Duration {
		return took[min(int(p*float64(len(took))), len(took)-1)].Round(time.Millisecond)
	}
	t.Logf("%d requests in %d s, %d errors; p50 %v, p99 %v, longest %v; memory %v MB", len(took), seconds, len(errs), at(0.5), at(0.99), at(1), memory)
	for _, err := range errs[:min(len(errs), 5)] {
		t.Error(err)
	}
	if half := slices.Max(memory[:len(memory)/2]); slices.Max(memory) > half+half/4 {
		t.Errorf("memory grows: %v MB", memory)
	}
}
