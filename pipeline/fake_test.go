package pipeline

import (
	"bufio"
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/source"
)

// lines is a source of one article a line, "id<TAB>text"; a line "!reason" is
// a broken record.
type lines struct{}

func (lines) Articles(ctx context.Context, s source.Shard) iter.Seq2[news.Article, error] {
	return func(yield func(news.Article, error) bool) {
		f, err := os.Open(s.Path)
		if err != nil {
			yield(news.Article{}, err)
			return
		}
		defer f.Close()
		sc := bufio.NewScanner(f)
		sc.Buffer(nil, 64<<20)
		for n := int64(0); sc.Scan(); n++ {
			if ctx.Err() != nil {
				return
			}
			at := news.Origin{Path: s.Path, Record: n}
			if reason, bad := strings.CutPrefix(sc.Text(), "!"); bad {
				if !yield(news.Article{}, &source.Reject{Path: at.Path, Record: n, Reason: reason, Detail: "as asked"}) {
					return
				}
				continue
			}
			if sc.Text() == "READER PANIC" {
				panic("a planted panic of a reader")
			}
			id, text, _ := strings.Cut(sc.Text(), "\t")
			a := news.Article{ID: id, Body: text, Origin: at}
			if day, rest, ok := strings.Cut(text, "|"); ok {
				a.Published, _ = time.Parse(time.DateOnly, day)
				a.Body = rest
			}
			if !yield(a, nil) {
				return
			}
		}
		if err := sc.Err(); err != nil {
			yield(news.Article{}, err)
		}
	}
}

// quoteMarks finds what stands between straight quotation marks, said by the
// word before it.
func quoteMarks(ctx context.Context, a *news.Article) (*news.Result, extract.Times, error) {
	if strings.Contains(a.Body, "PANIC") {
		panic("a planted panic")
	}
	if strings.Contains(a.Body, "SLOW") {
		<-ctx.Done()
		return nil, extract.Times{}, ctx.Err()
	}
	if strings.Contains(a.Body, "STUCK") {
		time.Sleep(300 * time.Millisecond)
	}
	d := &news.Document{Article: a, Text: a.Body}
	r := &news.Result{Doc: d, Entities: []news.Entity{{Name: "Ada Example", Kind: news.Person}}}
	for at := 0; ; {
		i := strings.IndexByte(a.Body[at:], '"')
		if i < 0 {
			break
		}
		j := strings.IndexByte(a.Body[at+i+1:], '"')
		if j <= 0 {
			break
		}
		span := news.Span{Start: int32(at + i + 1), End: int32(at + i + 1 + j)}
		at = int(span.End) + 1
		r.Quotes = append(r.Quotes, news.Quote{Parts: []news.Part{{Span: span, Quoted: true}}, Group: -1, Parent: -1, Confidence: 0.9})
		r.Attributions = append(r.Attributions, news.Attribution{Entity: 0, Kind: news.Person, Confidence: 0.5, Method: "fake"})
	}
	return r, extract.Times{Tokenize: 1, Detect: 1, Attribute: 1}, nil
}

// corpus writes files of the given numbers of articles and plans them; small
// units, so that there are several.
func corpus(t testing.TB, files ...int) *Plan {
	t.Helper()
	dir := t.TempDir()
	var shards []source.Shard
	n := 0
	for i, articles := range files {
		var b strings.Builder
		for range articles {
			fmt.Fprintf(&b, "a%05d\tIt was the day of the vote and he said: \"This is number %d of the lot.\" %s\n", n, n, strings.Repeat("And that was that for the day. ", n%7))
			n++
			if n%17 == 0 {
				b.WriteString("!bad_json\n")
			}
		}
		name := filepath.Join(dir, fmt.Sprintf("in%02d.txt", i))
		if err := os.WriteFile(name, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		shards = append(shards, source.Shard{Path: name, Size: int64(b.Len())})
	}
	return planOf(t, shards)
}

// planOf plans one unit a shard.
func planOf(t testing.TB, shards []source.Shard) *Plan {
	t.Helper()
	return NewPlan(shards, 1, "test", "model", map[string]string{"engine": "fake"})
}

// fileOf is a shard over one file with this content.
func fileOf(t testing.TB, content string) source.Shard {
	t.Helper()
	name := filepath.Join(t.TempDir(), "in.txt")
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	return source.Shard{Path: name, Size: int64(len(content))}
}

func job(p *Plan, out string) Job {
	return Job{Plan: p, Source: lines{}, Extract: quoteMarks, Out: out,
		Options: Options{Workers: 2, Language: "any"}, Write: WriteOptions{Format: output.Parquet}}
}

// tree is every file below dir with its content.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		files[rel] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// sameTree reports how two trees differ; "" when they do not.
func sameTree(want, got map[string]string) string {
	var d []string
	for _, k := range sortedKeys(want) {
		if g, ok := got[k]; !ok {
			d = append(d, "missing "+k)
		} else if g != want[k] {
			d = append(d, "differs "+k)
		}
	}
	for _, k := range sortedKeys(got) {
		if _, ok := want[k]; !ok {
			d = append(d, "extra "+k)
		}
	}
	return strings.Join(d, ", ")
}
