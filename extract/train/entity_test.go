package train

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/token"
)

// smallNames is a BIO file of n articles about invented people and bodies.
func smallNames(n int) string {
	people := []string{"Maya Lind", "Karl Osei", "Ana Sousa", "Tariq Noor", "Ilse Okonkwo"}
	bodies := []string{"Harbour Trust", "Ministry of Ports", "Lisbon Review", "Coastal Union"}
	var b strings.Builder
	row := func(words, kind string) {
		for i, w := range strings.Fields(words) {
			switch {
			case kind == "":
				fmt.Fprintf(&b, "%s\tO\n", w)
			case i == 0:
				fmt.Fprintf(&b, "%s\tB-%s\n", w, kind)
			default:
				fmt.Fprintf(&b, "%s\tI-%s\n", w, kind)
			}
		}
	}
	for i := range n {
		p, o := people[i%len(people)], bodies[i%len(bodies)]
		fmt.Fprintf(&b, "# doc paper_%d_%d\n", i%3, i)
		row("On Monday Mr.", "")
		row(p, "Person")
		row("of the", "")
		row(o, "Organization")
		row("said the plan was ready . The", "")
		row(o, "Organization")
		row("will publish it in", "")
		row("Oslo", "Location")
		row(".\n\n", "")
	}
	return b.String()
}

// The same cases give the same bytes, and the model finds what it was shown.
func TestTrainNames(t *testing.T) {
	p, annotate := Annotator(t)
	texts, err := eval.ReadNames(strings.NewReader(smallNames(30)), "small.tsv")
	if err != nil {
		t.Fatal(err)
	}
	train := func() []byte {
		d := &EntityData{Lists: map[uint64]entity.Gazette{}}
		for i := range texts {
			d.World = append(d.World, NameCaseOf(&texts[i], annotate(&news.Article{Body: texts[i].Text})))
		}
		d.Wide, d.Rewritten = d.World[:10], rewritten(texts, annotate)
		o := EntityOptions{Words: p, Slots: 1 << 12, Folds: 2}
		nt, err := NewNameTrainer(context.Background(), d, o)
		if err != nil {
			t.Fatal(err)
		}
		f := nt.Train(append(d.World, d.Rewritten...)).File()
		report := eval.NameReport{}
		if err := judgeNames(f, d.World, o, report); err != nil {
			t.Fatal(err)
		}
		for _, k := range []string{"Person", "Organization", "Location"} {
			if _, _, f1 := report[""][k].PRF(); f1 < 95 {
				t.Errorf("%s: F1 %.1f on what it was trained with", k, f1)
			}
		}
		b, err := f.Encode()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if !bytes.Equal(train(), train()) {
		t.Error("a second training gives other bytes")
	}
}

func TestRewritten(t *testing.T) {
	texts, err := eval.ReadNames(strings.NewReader(smallNames(3)), "small.tsv")
	if err != nil {
		t.Fatal(err)
	}
	cases := rewritten(texts, func(a *news.Article) *news.Document { return token.New(english.Language()).Document(a) })
	var got []string
	for _, c := range cases {
		got = append(got, c.Doc.Text[:c.Gold[0].Span.End])
	}
	if s := strings.Join(got, "|"); s != "ON MONDAY MR. MAYA LIND|On Monday Mr. Ana Sousa" {
		t.Error(s)
	}
	if s := cases[1].Doc.Text; !strings.Contains(s, "Said The Plan Was Ready.") {
		t.Error(s)
	}
}
