package annotation

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whosaid/whosaid/extract/eval"
)

// Our own gold goes through every two-way format without loss, and eval gives
// the same figures before and after.
func TestOwnGold(t *testing.T) {
	type set struct {
		path  string
		docs  []*Document
		preds eval.Predictions
		want  string // figures
	}
	var sets []set
	for _, file := range []string{"gold/gold.jsonl", "dialogue/judge.jsonl", "layouts/judge.jsonl"} {
		s := set{path: filepath.Join("../../testdata", file)}
		var told notes
		var err error
		if s.docs, told, err = readAll(Gold, Options{}, s.path); err != nil || len(told) > 0 {
			t.Fatal(err, told)
		}
		s.preds, s.want = figures(t, s.path, nil)
		sets = append(sets, s)
	}
	for _, f := range twoWay() {
		t.Run(string(f), func(t *testing.T) {
			t.Parallel()
			for _, s := range sets {
				var told notes
				got, err := through(t.TempDir(), f, Options{Skip: told.add}, s.docs)
				if err != nil || len(told) > 0 {
					t.Fatal(err, told)
				}
				if diff := cmp.Diff(s.docs, got, byID); diff != "" {
					t.Errorf("%s (-, +):\n%s", s.path, diff)
				}
				again := t.TempDir()
				if _, err := through(again, Gold, Options{}, got); err != nil {
					t.Fatal(err)
				}
				if _, have := figures(t, filepath.Join(again, "out", "gold.jsonl"), s.preds); have != s.want {
					t.Errorf("%s, figures (-, +):\n%s", s.path, cmp.Diff(s.want, have))
				}
			}
		})
	}
}

// figures are what eval says of predictions, which are made of the gold when
// there are none.
func figures(t *testing.T, path string, preds eval.Predictions) (eval.Predictions, string) {
	t.Helper()
	golds, err := eval.ReadGoldFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if preds == nil {
		preds = blurred(golds)
	}
	return preds, eval.Compare(golds, preds).Figures().String()
}

// blurred are predictions that are right in part, so that every figure is
// something else than 0 or 100.
func blurred(golds []eval.Gold) eval.Predictions {
	preds := eval.Predictions{}
	n := 0
	for _, g := range golds {
		for _, a := range g.Attributions {
			if n++; n%5 == 0 || len(a.Content) == 0 {
				continue
			}
			p := eval.Prediction{Type: a.Type, Content: a.Content, Cue: a.Cue, Source: a.Source, Kind: a.Kind, Name: a.Name, Detect: 1, Speaker: 1}
			if n%3 == 0 {
				p.Cue, p.Name = nil, "Nobody"
			}
			if n%4 == 0 {
				p.Content = []eval.Range{{a.Content[0][0], a.Content[0][1] - 1}}
			}
			preds[eval.Key(g.Doc)] = append(preds[eval.Key(g.Doc)], p)
		}
	}
	return preds
}
