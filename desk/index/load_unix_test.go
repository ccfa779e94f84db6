//go:build unix

package index

import (
	"context"
	"os"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/whosaid/whosaid/desk/internal/desktest"
)

// Every page's data comes in time, however large the corpus: DESK_ARTICLES says
// how many to make, of ten statements each.
func TestLoad(t *testing.T) {
	n := 300
	if s := os.Getenv("DESK_ARTICLES"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	dir := t.TempDir()
	if d := os.Getenv("DESK_TABLES"); d != "" {
		dir = d
	}
	if _, err := os.Stat(dir + "/_manifest.json"); err != nil {
		if err := desktest.Write(dir, desktest.Corpus{Articles: n, Statements: 10, Seed: 1}); err != nil {
			t.Fatal(err)
		}
	}
	ctx := context.Background()
	start := time.Now()
	x, err := Open(ctx, dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if x.About.Articles != int64(n) {
		t.Errorf("%d articles", x.About.Articles)
	}
	st, _ := os.Stat(dir + "/_desk/index.sqlite")
	t.Logf("opened in %v: %d statements, %d MB", time.Since(start).Round(time.Millisecond), x.About.Statements, st.Size()>>20)
	limit := 300 * time.Millisecond
	timed := func(what string, f func() error) {
		t.Helper()
		start, busy := time.Now(), processor(t)
		err := f()
		took, busy := time.Since(start), processor(t)-busy
		t.Logf("%-70s %8v, %8v of the processor", what, took.Round(100*time.Microsecond), busy.Round(100*time.Microsecond))
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if min(took, busy) > limit { // on a busy machine, only the processor's time tells
			t.Errorf("%s took %v", what, busy)
		}
	}
	timed("overview", func() error { _, err := x.Overview(ctx); return err })
	o, err := x.Overview(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []Query{
		{}, {Words: "bridge"}, {Words: `"bridge opens"`}, {Words: "the"}, {Words: "the -bridge"}, {Words: "bri* OR tower"},
		{Words: "the", Outlets: []string{"Outlet 07"}, Types: []string{"mixed"}},
		{Types: []string{"direct"}, Kinds: []string{"unnamed"}, Outlets: []string{"Outlet 11"}, MinConfidence: 0.95},
		{Person: "Ada Example"}, {Person: "Ada Example", Words: "museum tunnel archive"}, {Person: "Example-9"},
		{Words: "the", Since: time.Date(2024, 2, 3, 0, 0, 0, 0, time.UTC), Until: time.Date(2026, 7, 9, 0, 0, 0, 0, time.UTC), MinConfidence: 0.3},
		{Words: "bridge harbour budget school river ferry"}, {Words: "nonesuch"}, {Genders: []string{"female"}, MinSure: 0.9, Words: "flood -the"},
	} {
		var p *Page
		timed("search "+q.Values().Encode(), func() (err error) { p, err = x.Search(ctx, q, 0, 50); return err })
		if p != nil {
			t.Logf("    %d hits of %d", len(p.Hits), p.Total)
		}
		if p != nil && p.Next > 0 {
			timed("  behind the middle", func() (err error) { p, err = x.Search(ctx, q, x.About.Statements/2, 50); return err })
		}
	}
	timed("article", func() error { _, err := x.Article(ctx, "article-0000123", 0); return err })
	timed("person", func() error { _, err := x.Person(ctx, o.People[0].Key); return err })
	timed("people", func() error { _, err := x.People(ctx, "person", "", 0, 50); return err })
	timed("people named", func() error { _, err := x.People(ctx, "person", "exam", 0, 50); return err })
}

// processor is the time that this process has had of all processors.
func processor(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
