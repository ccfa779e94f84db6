package quotations

import (
	"context"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/pipeline/corpus/generate"
)

var update = flag.Bool("update", false, "train the model anew and write model.tsv")

// made turns generated articles into statements, with the utterance of each.
func made(o generate.Options) (statements []Statement, utterances map[string]string) {
	w := generate.New(o)
	utterances = map[string]string{}
	for i := range o.Articles {
		r, truth := w.Article(i)
		at := r.Doc.Article.Published.UnixMicro()
		for k := range r.Quotes {
			q := &r.Quotes[k]
			var words []string
			for _, p := range q.Parts {
				words = append(words, p.Span.Of(r.Doc.Text))
			}
			s := Statement{
				QuoteID: truth.ID + "." + string(rune('A'+k)), ArticleID: truth.ID, Text: strings.Join(words, " "), Type: q.Kind.String(),
				Published: &at, Outlet: r.Doc.Article.Outlet, Copy: truth.Copy,
			}
			e := truth.Entities[r.Attributions[k].Entity]
			s.Person = e.Is
			utterances[s.QuoteID] = truth.Quotes[k]
			statements = append(statements, s)
		}
	}
	return statements, utterances
}

// candidates gathers examples from pairs of statements; label tells whether a
// pair is one utterance, or that it is not known.
func candidates(t *testing.T, statements []Statement, label func(a, b *Statement) (same, known bool, weight float64)) (out []Example) {
	t.Helper()
	l, err := New(Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for i := range statements {
		if err := l.Add(&statements[i]); err != nil {
			t.Fatal(err)
		}
	}
	err = l.Candidates(context.Background(), func(a, b *Statement, e *Evidence) error {
		if same, known, weight := label(a, b); known {
			out = append(out, Example{*e, same, weight})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestTrain trains the model with -update: on pairs of PolNeAR read by hand and
// on a generated corpus, in which a third of the speakers are not known.
func TestTrain(t *testing.T) {
	if !*update {
		t.Skip("trains with -update alone")
	}
	statements, utterances := made(generate.Options{Articles: 4000, Seed: 11})
	r := rand.New(rand.NewPCG(1, 1))
	for i := range statements {
		switch r.IntN(6) {
		case 0, 1:
			statements[i].Person = ""
		case 2:
			statements[i].Copy = ""
		case 3:
			statements[i].Published = nil
		}
	}
	examples := candidates(t, statements, func(a, b *Statement) (bool, bool, float64) {
		same := utterances[a.QuoteID] == utterances[b.QuoteID]
		return same, r.IntN(12) == 0, generatedWeight
	})
	labels := map[[2]string]bool{}
	b, err := os.ReadFile(filepath.Join("testdata", "pairs.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 5 {
			x, y := f[0]+"\t"+f[1], f[2]+"\t"+f[3]
			labels[[2]string{x, y}], labels[[2]string{y, x}] = f[4] == "1", f[4] == "1"
		}
	}
	gold := goldStatements(t)
	read := candidates(t, gold, func(a, b *Statement) (bool, bool, float64) {
		same, known := labels[[2]string{a.ArticleID + "\t" + a.QuoteID, b.ArticleID + "\t" + b.QuoteID}]
		return same, known, 1
	})
	yes := 0
	for _, e := range examples {
		if e.Same {
			yes++
		}
	}
	t.Logf("%d generated pairs, %d of them one utterance; %d pairs read by hand", len(examples), yes, len(read))
	m := Fit(append(examples, read...), 1)
	header := "# Weights of the decision whether two statements are one utterance.\n# Made by: go test ./pipeline/corpus/quotations -run TestTrain -update\n"
	if err := os.WriteFile("model.tsv", []byte(header+m.String()), 0o666); err != nil {
		t.Fatal(err)
	}
}

// generatedWeight of an example, beside 1 for one that was read by hand: there
// are many more of them.
const generatedWeight = 0.05
