package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/source"
)

// pipeLines runs a pipe over JSON Lines with the fake extractor.
func pipeLines(t *testing.T, in io.Reader, out io.Writer, o Options) (*Counters, error) {
	t.Helper()
	answers, err := output.AnswersJSONL(out, []output.Table{output.Quotes}, output.Options{})
	if err != nil {
		t.Fatal(err)
	}
	dates, err := source.ParseDateFormat("month-first")
	if err != nil {
		t.Fatal(err)
	}
	so := source.Options{Format: source.JSONL, Stdin: in, Dates: dates}
	c, err := Pipe(t.Context(), source.New(so), source.Shard{Path: source.Stdin, Format: source.JSONL, Stream: true}, quoteMarks, o, answers)
	if err == nil {
		err = answers.Close()
	}
	return c, err
}

// The same records give the same bytes at any number of workers, and each gets
// its answer in its place.
func TestPipeKeepsOrder(t *testing.T) {
	var in strings.Builder
	for i := range 400 {
		switch i % 7 {
		case 3:
			fmt.Fprintf(&in, "{\"id\": \"a%d\", \"text\":\n", i)
		case 5:
			in.WriteString("{\"id\": \"same\", \"text\": \"“Rain,” said Zoë.\"}\n")
		default:
			fmt.Fprintf(&in, "{\"id\": \"a%d\", \"text\": \"“%s,” said Zoë Marr.\"}\n", i, strings.Repeat("Rain ", i%40))
		}
	}
	var want string
	for _, workers := range []int{1, 2, 8} {
		var out bytes.Buffer
		c, err := pipeLines(t, strings.NewReader(in.String()), &out, Options{Workers: workers, Language: "any"})
		if err != nil {
			t.Fatal(err)
		}
		if c.Read != 400 || c.Rejected != 57 {
			t.Errorf("%d workers: read %d, rejected %d", workers, c.Read, c.Rejected)
		}
		if want == "" {
			want = out.String()
			for i, line := range strings.Split(strings.TrimSpace(want), "\n")[1:401] {
				if !strings.HasPrefix(line, fmt.Sprintf(`{"record":%d,`, i)) {
					t.Fatalf("answer %d is %.60s", i, line)
				}
			}
		} else if out.String() != want {
			t.Errorf("%d workers give other bytes", workers)
		}
	}
}

// Answers are handed on while the stream is open, not only at its end.
func TestPipeAnswersWhileOpen(t *testing.T) {
	in, feed := io.Pipe()
	read, out := io.Pipe()
	done := make(chan error, 1)
	go func() {
		_, err := pipeLines(t, in, out, Options{Workers: 2, Language: "any"})
		_ = out.Close()
		done <- err
	}()
	go func() {
		for i := range 3000 { // more than is looked at before the first record
			fmt.Fprintf(feed, "{\"text\": \"“Rain %d,” said Zoë Marr.\"}\n", i)
		}
	}()
	got := make(chan string)
	go func() {
		buf := make([]byte, 1<<20)
		n, _ := io.ReadAtLeast(read, buf, 1000)
		got <- string(buf[:n])
		_, _ = io.Copy(io.Discard, read)
	}()
	select {
	case s := <-got:
		if !strings.Contains(s, `{"record":0,`) {
			t.Errorf("the stream begins with %.200s", s)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("no answer while the stream is open")
	}
	_ = feed.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

// endless gives n articles of one id.
type endless struct{ n int }

func (e endless) Articles(ctx context.Context, _ source.Shard) iter.Seq2[news.Article, error] {
	return func(yield func(news.Article, error) bool) {
		for i := range e.n {
			a := news.Article{ID: "x", Body: fmt.Sprintf("“Rain %d,” said Zoë.", i), Origin: news.Origin{Record: int64(i)}}
			if !yield(a, nil) {
				return
			}
		}
	}
}

// Memory does not grow with the stream.
func TestPipeIsFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("needs some seconds")
	}
	heap := func(n int) uint64 {
		answers, err := output.AnswersJSONL(io.Discard, []output.Table{output.Quotes}, output.Options{})
		if err != nil {
			t.Fatal(err)
		}
		c, err := Pipe(t.Context(), endless{n}, source.Shard{}, quoteMarks, Options{Workers: 2, Language: "any"}, answers)
		if err != nil || c.Written != int64(n) {
			t.Fatalf("%d of %d articles, %v", c.Written, n, err)
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, after := heap(2_000), heap(40_000)
	if after > before+16<<20 {
		t.Errorf("heap after 2,000 records %d, after 40,000 %d", before, after)
	}
}
