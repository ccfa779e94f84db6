package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
	"go.uber.org/goleak"

	"github.com/whosaid/whosaid/extract/news"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// write puts a file into a folder of the test's own.
func write(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// outcome is what reading gave.
type outcome struct {
	articles []news.Article
	rejects  []*Reject
	err      error
}

// readAll reads inputs as a run does, and checks what holds for all input.
func readAll(t testing.TB, o Options, inputs ...string) (out outcome) {
	t.Helper()
	shards, err := Discover(t.Context(), inputs, o)
	if err != nil {
		return outcome{err: err}
	}
	return readShards(t, New(o), shards)
}

func readShards(t testing.TB, r *Reader, shards []Shard) (out outcome) {
	t.Helper()
	for _, s := range shards {
		for a, err := range r.Articles(context.Background(), s) {
			var rej *Reject
			switch {
			case errors.As(err, &rej):
				if !knownReason(rej.Reason) || rej.Detail == "" || !utf8.ValidString(rej.Detail) {
					t.Errorf("reject %+v", rej)
				}
				out.rejects = append(out.rejects, rej)
			case err != nil:
				out.err = err
				return out
			default:
				checkArticle(t, &a)
				out.articles = append(out.articles, a)
			}
		}
	}
	return out
}

func knownReason(reason string) bool {
	for _, r := range Reasons() {
		if r == reason {
			return true
		}
	}
	return false
}

// checkArticle holds an article against what every reader promises.
func checkArticle(t testing.TB, a *news.Article) {
	t.Helper()
	if !utf8.ValidString(a.Body) || strings.ContainsRune(a.Body, 0) {
		t.Errorf("body is not clean UTF-8: %.80q", a.Body)
	}
	for _, s := range append([]string{a.ID, a.URL, a.Title, a.Outlet, a.Origin.Path}, a.Authors...) {
		if !utf8.ValidString(s) || len(s) > maxMeta || strings.IndexFunc(s, isControl) >= 0 {
			t.Errorf("metadata are not clean: %.80q", s)
		}
	}
	if !a.Published.IsZero() && (a.Published.Year() < 1000 || a.Published.Year() > 9999 || a.Published.Location() != time.UTC) {
		t.Errorf("published %v", a.Published)
	}
}

// summary spells an outcome in short lines: "id: body" for articles,
// "reason@record" for rejects.
func (o outcome) summary() []string {
	var out []string
	for _, a := range o.articles {
		body := a.Body
		if len(body) > 60 {
			body = body[:20] + fmt.Sprintf("…%d", len(body))
		}
		out = append(out, fmt.Sprintf("%s: %s", a.ID, body))
	}
	for _, r := range o.rejects {
		out = append(out, fmt.Sprintf("%s@%d", r.Reason, r.Record))
	}
	if o.err != nil {
		out = append(out, "error: "+o.err.Error())
	}
	return out
}

func equal(t testing.TB, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("difference (-want +got):\n%s", d)
	}
}

func gz(data ...string) []byte {
	var b bytes.Buffer
	for _, d := range data {
		w := gzip.NewWriter(&b)
		_, _ = w.Write([]byte(d))
		_ = w.Close()
	}
	return b.Bytes()
}

func zst(data ...string) []byte {
	var b bytes.Buffer
	for _, d := range data {
		w, _ := zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1))
		_, _ = w.Write([]byte(d))
		_ = w.Close()
	}
	return b.Bytes()
}

func xzip(data string) []byte {
	var b bytes.Buffer
	w, _ := xz.NewWriter(&b)
	_, _ = w.Write([]byte(data))
	_ = w.Close()
	return b.Bytes()
}

// lines makes n JSON Lines.
func lines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "{\"id\":%d,\"text\":\"Piece %d: “Rain,” said Ann Lee.\"}\n", i, i)
	}
	return b.String()
}

// many repeats a format with a running number.
func many(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}
