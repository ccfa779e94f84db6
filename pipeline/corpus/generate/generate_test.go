package generate

import (
	"reflect"
	"testing"

	"github.com/whosaid/whosaid/output"
)

// TestArticles holds every result to the promises of extraction, and the truth
// to the result; it wants all kinds of versions in it.
func TestArticles(t *testing.T) {
	w := New(Options{Articles: 600, Seed: 3})
	copies, utterances, namesakes := map[string]int{}, map[string]int{}, 0
	for i := range 600 {
		r, truth := w.Article(i)
		if err := output.CheckResult(r); err != nil {
			t.Fatalf("article %d: %v", i, err)
		}
		if len(truth.Quotes) != len(r.Quotes) || len(truth.Entities) != len(r.Entities) {
			t.Fatalf("article %d: %d utterances of %d quotations, %d of %d entities", i, len(truth.Quotes), len(r.Quotes), len(truth.Entities), len(r.Entities))
		}
		for k, e := range truth.Entities {
			if e.Name != r.Entities[k].Name {
				t.Errorf("article %d: %s is %s in the truth", i, r.Entities[k].Name, e.Name)
			}
			if e.Namesake {
				namesakes++
			}
		}
		for _, u := range truth.Quotes {
			utterances[u]++
		}
		if truth.Copy != "" {
			copies[truth.Copy]++
		}
	}
	for id, n := range copies {
		if n < 2 {
			t.Errorf("%s is a copy of nothing", id)
		}
	}
	several := 0
	for _, n := range utterances {
		if n > 1 {
			several++
		}
	}
	if len(copies) < 20 || several < 300 || namesakes < 20 {
		t.Errorf("%d texts with copies, %d utterances of more than one statement, %d namesakes: too few to measure on", len(copies), several, namesakes)
	}
}

// TestRepeatable: an article is the same whatever was made before it, in a
// world of the same seed and no other.
func TestRepeatable(t *testing.T) {
	o := Options{Articles: 300, Seed: 5}
	a, b := New(o), New(o)
	for _, i := range []int{200, 7, 299} {
		x, tx := a.Article(i)
		y, ty := b.Article(i)
		if !reflect.DeepEqual(x, y) || !reflect.DeepEqual(tx, ty) {
			t.Errorf("article %d differs", i)
		}
	}
	o.Seed++
	x, _ := New(o).Article(7)
	y, _ := a.Article(7)
	if x.Doc.Text == y.Doc.Text {
		t.Error("another seed gives the same article")
	}
}
