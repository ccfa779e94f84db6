package detect

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/internal/quotetest"
	"github.com/whosaid/whosaid/extract/syntax"
)

// engine is the trained detector with the parser whose trees it learned from.
type engine struct {
	parser   *syntax.Parser
	detector *Detector
}

var loadEngine = sync.OnceValues(func() (e engine, err error) {
	if e.parser, err = syntax.Load(); err != nil {
		return e, err
	}
	e.detector, err = Load(nil, english.Language())
	return e, err
})

func trained(t testing.TB) engine {
	t.Helper()
	e, err := loadEngine()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func (e engine) read(text string) (*news.Document, []news.Quote) {
	d := quotetest.Document(text)
	e.parser.Annotate(d)
	return d, e.detector.Detect(d)
}

// detectorFail are the cases that the taggers do not get.
var detectorFail = map[string]string{
	"18 S said Q":       "the colon behind a cue is often marked with it where it learned from",
	"22 in a statement": "the colon, as above",
	"22 hit back":       "the colon, as above",
	"19 apposition":     "the comma that closes an apposition counts as part of the source",
	"19 aside":          "the comma, as above",
	"23 sign":           "“nothing” is what the sign says, by its grammar",
	"23 is said to":     "a raised subject is read as part of what is reported, as people mark it",
	"28 headline":       "of a headline's colon it is not sure whether a speaker stands before it",
	"25 reportedly":     "adverbs are rarely marked where it learned from",
	"26 warned against": "the preposition counts as part of the cue",
	"27 free indirect":  "sentences without a cue look like the article's own",
}

func TestDetectorHardCases(t *testing.T) {
	e := trained(t)
	quotetest.RunHard(t, e.parser.Annotate, e.detector.Detect, detectorFail)
}

// An article of the length of thousands of words is read piece by piece. What
// is found in one copy of a text must not depend on the copies around it.
func TestDetectorPieces(t *testing.T) {
	const text = "“The quay is closed,” said Ana Reyes, the harbour master. “Nobody goes out.”\n\n" +
		"Mayor Ilse Brandt said that the town would pay for the boats.\n\n" +
		"“My brother said, ‘Stay at home,’ and I did,” Ms. Lund said.\n\n" +
		"“It must go.\n\n“It must go now,” Tomas Vey told the Ellery Post.\n\n" +
		"The board met on Monday and closed the quay.\n\n"
	e := trained(t)
	d, want := e.read(text)
	quotetest.CheckQuotes(t, d, want)
	if len(want) < 5 {
		t.Fatalf("%d quotations in the text alone", len(want))
	}
	copies := pieceTokens/len(d.Tokens)*5/2 + 1
	long, got := e.read(strings.Repeat(text, copies))
	if len(long.Tokens) < 2*pieceTokens {
		t.Fatalf("%d tokens are no long document", len(long.Tokens))
	}
	if len(got) != copies*len(want) {
		t.Fatalf("%d quotations in %d copies, %d in one", len(got), copies, len(want))
	}
	groups := make(map[int32]int) // which copy a number belongs to
	for i := range got {
		n := i / len(want)
		g, w := got[i], want[i%len(want)]
		at := int32(n * len(text))
		move := func(s news.Span) news.Span {
			if s.Empty() {
				return s
			}
			return news.Span{Start: s.Start + at, End: s.End + at}
		}
		w.Cue, w.Source = move(w.Cue), move(w.Source)
		w.Parts = slices.Clone(w.Parts)
		for k := range w.Parts {
			w.Parts[k].Span = move(w.Parts[k].Span)
		}
		w.Move(int32(n * len(d.Tokens)))
		if w.Parent >= 0 {
			w.Parent += int32(n * len(want))
		}
		if g.Group >= 0 {
			if of, taken := groups[g.Group]; taken && of != n {
				t.Errorf("copies %d and %d share group %d", of, n, g.Group)
			}
			groups[g.Group] = n
		}
		if (g.Group >= 0) != (w.Group >= 0) {
			t.Errorf("copy %d: group %d, %d alone", n, g.Group, w.Group)
		}
		// How sure it is may rest on the paragraph ahead.
		g.Group, g.Confidence = w.Group, w.Confidence
		if !reflect.DeepEqual(g, w) {
			t.Fatalf("copy %d: %+v, alone %+v", n, g, w)
		}
	}
}

// A document of one paragraph without end is cut at sentences; every offset
// still slices it, and nothing overlaps the sentence's edges.
func TestDetectorOverlong(t *testing.T) {
	e := trained(t)
	const sentence = "Ana Reyes said that the boat was lost. "
	copies := 3 * paragraphTokens / 9
	d, got := e.read(strings.Repeat(sentence, copies))
	if len(d.Paragraphs) != 1 {
		t.Fatalf("%d paragraphs", len(d.Paragraphs))
	}
	if len(got) != copies {
		t.Fatalf("%d quotations of %d", len(got), copies)
	}
	for i := range got {
		quotetest.CheckQuotes(t, d, got[i:i+1])
		if w := quotetest.Words(d, &got[i]); w != "that the boat was lost" {
			t.Errorf("sentence %d: %q", i, w)
		}
	}
}

// tinyModel is a model file with all sections, of taggers that know next to
// nothing.
func tinyModel() *model.File {
	f := model.New()
	checks := make([]uint16, 8)
	checks[3], checks[6] = 17, 5
	for i, name := range []string{"first", "second"} {
		c := &linear.CRF{Rows: make([]linear.Row, 3), Trans: linear.NewTransitions(int(NumLabels), Classes)}
		c.Rows[1][i], c.Rows[2][2] = 1.5, -0.5
		EncodeTagger(f, name, checks, c, len(checks), 2)
	}
	EncodeReporters(f, Reporters{"say": 3, "claim": 2})
	var rankers Rankers
	for role := range rankers {
		rankers[role] = &forest.Model{Width: NumSpanMeasures, Trees: []forest.Tree{{Nodes: []forest.Node{{Value: 1}}}}}
	}
	EncodeRankers(f, &rankers)
	sure := single(measureCue, 1)
	EncodeCalibration(f, &Calibration{Content: sure, Pair: sure, Remaining: 0.5})
	return f
}

// cut is a copy of f in which a section is missing (to < 0) or ends at to.
func cut(t testing.TB, f *model.File, section string, to int) *model.File {
	t.Helper()
	g := model.New()
	for _, name := range f.Sections() {
		b, err := f.Get(name)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case name != section:
			g.Put(name, b)
		case to >= 0:
			g.Put(name, b[:to])
		}
	}
	return g
}

func TestNewDamaged(t *testing.T) {
	whole := tinyModel()
	if _, err := decode(whole, words(t), english.Language()); err != nil {
		t.Fatal(err)
	}
	for _, section := range whole.Sections() {
		b, err := whole.Get(section)
		if err != nil {
			t.Fatal(err)
		}
		for to := -1; to < len(b); to++ {
			_, err := decode(cut(t, whole, section, to), words(t), english.Language())
			// Half a table is a smaller table, down to two slots.
			if err == nil && strings.HasSuffix(section, ".planes") && to >= 2*linear.Stride && to&(to-1) == 0 {
				continue
			}
			if !errors.Is(err, model.ErrDamaged) {
				t.Fatalf("%s of %d bytes, %d left: %v", section, len(b), to, err)
			}
		}
	}
}

// FuzzNew replaces one section of a model by any bytes: an error, or a
// detector that can be used.
func FuzzNew(f *testing.F) {
	whole := tinyModel()
	names := whole.Sections()
	for i, name := range names {
		b, err := whole.Get(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(uint8(i), b)
	}
	f.Add(uint8(0), []byte(nil))
	for i := range names {
		f.Add(uint8(i), make([]byte, linear.Stride)) // one slot
	}
	d := quotetest.Document("“The quay is closed,” said Ana Reyes. She said that the boat was lost.")
	f.Fuzz(func(t *testing.T, section uint8, data []byte) {
		m := cut(t, whole, names[int(section)%len(names)], -1)
		m.Put(names[int(section)%len(names)], data)
		l, err := decode(m, words(t), english.Language())
		if err != nil {
			if !errors.Is(err, model.ErrDamaged) {
				t.Fatalf("error does not wrap ErrDamaged: %v", err)
			}
			return
		}
		for _, q := range l.Detect(d) {
			_ = fmt.Sprint(q, quotetest.Words(d, &q))
		}
	})
}

func words(t testing.TB) *syntax.Parser {
	t.Helper()
	p, err := syntax.Load()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Who was heard saying something is the subject of the verb of hearing; a verb of the cue
// is no source.
func TestHeardSaying(t *testing.T) {
	for _, c := range []struct{ text, first, last, want string }{
		{"A voice can be heard saying “Ada, there is ice.”", "can", "saying", "A voice"},
		{"The mayor said on Monday that it was lost.", "said", "said", ""},
	} {
		d, f := prepared(t, c.text)
		g := Candidate{Cue: news.TokenRange{First: word(t, d, c.first), End: word(t, d, c.last) + 1}}
		if got := hardText(d, f.heardSaying(d, &g)); got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
		if !g.verb(d, news.TokenRange{First: g.Cue.End - 1, End: g.Cue.End}) || g.verb(d, news.TokenRange{End: 1}) {
			t.Errorf("%s: which of its words is a verb of the cue", c.text)
		}
	}
}
