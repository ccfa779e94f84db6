package people

import (
	"context"
	"fmt"
	"iter"
	"os"
	"testing"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/internal/steptest"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// entities is a corpus of entities alone.
type entities struct {
	step.Corpus
	list [][]step.Entity
}

func (c entities) Entities(context.Context) iter.Seq2[[]step.Entity, error] {
	return func(yield func([]step.Entity, error) bool) {
		for _, l := range c.list {
			if len(l) > 0 && !yield(l, nil) {
				return
			}
		}
	}
}

// made is what a run of the step made.
type made steptest.Made

// replaced are the tables whose place the next run takes.
var replaced = step.Tables{}

// run runs the step over new entities, behind a run before; nil for a first.
func run(t testing.TB, s *Step, fresh step.Corpus, before *made, memory int64) *made {
	t.Helper()
	return (*made)(steptest.Run(t, s, step.Input{New: fresh, Replaced: replaced, Memory: memory}, (*steptest.Made)(before)))
}

// links are the persons of entities, by article and entity.
func (m *made) links(t testing.TB) map[[2]string]output.PersonLinkRow {
	t.Helper()
	out := map[[2]string]output.PersonLinkRow{}
	if err := step.Rows(m.Tables, func(r *output.PersonLinkRow) error {
		out[[2]string{r.ArticleID, r.EntityID}] = *r
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func (m *made) people(t testing.TB) (out []output.PersonRow) {
	t.Helper()
	if err := step.Rows(m.Tables, func(r *output.PersonRow) error { out = append(out, *r); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

// scores is precision, recall and F1 in percent.
type scores struct{ p, r, f float64 }

func (s scores) String() string { return fmt.Sprintf("P %.1f R %.1f F1 %.1f", s.p, s.r, s.f) }

// bcubed holds clusters against the truth; a key without a cluster is alone.
func bcubed[K comparable](truth, found map[K]string) scores {
	gold, pred, both := map[string]float64{}, map[string]float64{}, map[[2]string]float64{}
	of := func(k K) string {
		if c, ok := found[k]; ok {
			return c
		}
		return fmt.Sprint("alone ", k)
	}
	for k, g := range truth {
		c := of(k)
		gold[g]++
		pred[c]++
		both[[2]string{g, c}]++
	}
	var s scores
	for k, g := range truth {
		n := both[[2]string{g, of(k)}]
		s.p += n / pred[of(k)]
		s.r += n / gold[g]
	}
	n := float64(len(truth))
	s.p, s.r = 100*s.p/n, 100*s.r/n
	s.f = 2 * s.p * s.r / (s.p + s.r)
	return s
}

func theStep(t testing.TB) *Step {
	t.Helper()
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return &Step{Model: m}
}

// evaluate links a world and holds the links against the truth.
func evaluate(t testing.TB, w *world) (all, persons scores) {
	got := run(t, theStep(t), w, nil, 1<<28).links(t)
	truth, truthP, found := map[[2]string]string{}, map[[2]string]string{}, map[[2]string]string{}
	for k, list := range w.entities {
		for i, e := range list {
			key := [2]string{e.Article.ID, e.EntityID}
			truth[key] = fmt.Sprint(w.truth[k][i])
			if e.Kind == "person" {
				truthP[key] = truth[key]
			}
			if l, ok := got[key]; ok {
				found[key] = l.PersonID
			}
		}
	}
	return bcubed(truth, found), bcubed(truthP, found)
}

func TestMain(m *testing.M) { os.Exit(m.Run()) }
