package segments

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/internal/steptest"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

type note struct{ Runs int }

// appender is a step that appends to two columns.
type appender struct {
	t     *testing.T
	fresh []byte // an item a byte
	had   *[]byte
	files int
}

func (*appender) Name() string           { return "appender" }
func (*appender) Tables() []output.Table { return nil }

func (a *appender) Run(_ context.Context, in *step.Input, out *step.Output) error {
	var n note
	s, err := Open(in, &n)
	if err != nil {
		return err
	}
	defer s.Close()
	items := len(*a.had)
	if int(s.Items()) != items {
		a.t.Errorf("run %d: %d items, wanted %d", n.Runs, s.Items(), items)
	}
	one, err := s.Column("one")
	if err != nil {
		return err
	}
	two, err := s.Column("two")
	if err != nil {
		return err
	}
	a.files = len(one.files)
	for range 20 { // anywhere
		from := rand.IntN(items + 1)
		b := make([]byte, rand.IntN(items-from+2))
		k, err := one.ReadAt(b, int64(from))
		if want := (*a.had)[from:min(items, from+len(b))]; !bytes.Equal(b[:k], want) || (err == io.EOF) != (k < len(b)) || err != nil && err != io.EOF {
			a.t.Errorf("run %d: %d bytes from %d: %q, %v; wanted %q", n.Runs, len(b), from, b[:k], err, want)
		}
	}
	all, err := io.ReadAll(two.Reader(0))
	if want := bytes.Repeat(*a.had, 1); err != nil || len(all) != 2*items || items > 0 && (all[0] != want[0] || all[2*items-1] != want[items-1]) {
		a.t.Errorf("run %d: %d bytes, %v", n.Runs, len(all), err)
	}
	*a.had = append(*a.had, a.fresh...)
	n.Runs++
	return s.Save(out, int64(len(a.fresh)), n, Added{"one", func(w io.Writer) error {
		_, err := w.Write(a.fresh)
		return err
	}}, Added{"two", func(w io.Writer) error {
		for _, b := range a.fresh {
			if _, err := w.Write([]byte{b, b}); err != nil {
				return err
			}
		}
		return nil
	}})
}

// TestSegments: what runs append comes out as one, and many runs leave few
// files.
func TestSegments(t *testing.T) {
	var before *steptest.Made
	var had []byte
	for run := range 70 {
		a := &appender{t: t, had: &had}
		for i := range []int{1, 5, 0, 40}[run%4] + run/60 {
			a.fresh = append(a.fresh, fmt.Sprint(i)[0])
		}
		before = steptest.Run(t, a, step.Input{}, before)
		if a.files > 9 {
			t.Errorf("run %d: %d files a column", run, a.files)
		}
	}
}
