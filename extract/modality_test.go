package extract_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/modality"
)

// moods are the labels of one cue.
type moods struct{ polarity, modality string }

// readMoods reads testdata/polarity/NAME.tsv: polarity, modality and a sentence
// whose cues stand in braces.
func readMoods(t *testing.T, name string, each func(want moods, text string, cues []news.Span)) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "testdata", "polarity", name+".tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || len(f) != 3 {
			continue
		}
		var text strings.Builder
		var cues []news.Span
		for _, c := range f[2] {
			switch c {
			case '{':
				cues = append(cues, news.Span{Start: int32(text.Len())})
			case '}':
				cues[len(cues)-1].End = int32(text.Len())
			default:
				text.WriteRune(c)
			}
		}
		each(moods{f[0], f[1]}, text.String(), cues)
	}
}

// TestModalityGold holds macro F1 of polarity and modality on sentences of our
// own to a floor: half of them were looked at while the rules were written, the
// other half never.
func TestModalityGold(t *testing.T) {
	x, err := extract.New(extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, floor := range map[string]float64{"tune": 0.93, "judge": 0.93} {
		var polarity, mood counts
		polarity, mood = counts{}, counts{}
		readMoods(t, name, func(want moods, text string, cues []news.Span) {
			r, err := x.Extract(news.Article{Body: text})
			if err != nil {
				t.Fatal(err)
			}
			for _, cue := range cues {
				got := moodsAt(r, cue)
				polarity.add(want.polarity, got.polarity)
				mood.add(want.modality, got.modality)
				if got != want && name == "tune" {
					t.Logf("%s: want %v, got %v: %s", cue.Of(text), want, got, text)
				}
			}
		})
		for what, c := range map[string]counts{"polarity": polarity, "modality": mood} {
			t.Logf("%s: %s %s", name, what, c)
			if f := c.macro(); f < floor {
				t.Errorf("%s: macro F1 of %s is %.3f, below %.2f", name, what, f, floor)
			}
		}
	}
}

// TestModalityOfNews holds the same figures on 208 cues of real news, eight of them chosen for their silence, whose
// texts lie beside the project: the gold's own cues, in the document as the
// extractor reads it.
func TestModalityOfNews(t *testing.T) {
	data := filepath.Join("..", "..", "shared", "data")
	if _, err := os.Stat(data); err != nil {
		t.Skip("needs ../shared data")
	}
	golds := map[string][]eval.Gold{}
	var err error
	if golds["polnear"], err = eval.ReadPolnear(filepath.Join(data, "polnear", "dev"), filepath.Join(data, "polnear", "speakers-dev.tsv")); err != nil {
		t.Fatal(err)
	}
	if golds["worldnews"], err = eval.ReadGoldFile(filepath.Join(data, "worldnews", "gold.jsonl")); err != nil {
		t.Fatal(err)
	}
	wants := map[string]moods{}
	lines, err := os.ReadFile(filepath.Join("..", "testdata", "polarity", "annotated.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(lines)) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 5 && !strings.HasPrefix(line, "#") {
			wants[strings.Join(f[:3], "\t")] = moods{f[3], f[4]}
		}
	}
	x, err := extract.New(extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	polarity, mood := counts{}, counts{}
	for corpus, articles := range golds {
		for _, g := range articles {
			var doc *news.Document
			for _, a := range g.Attributions {
				want, ok := wants[corpus+"\t"+g.Doc+"\t"+a.ID]
				if !ok {
					continue
				}
				if doc == nil {
					r, err := x.Extract(news.Article{Body: g.Text})
					if err != nil {
						t.Fatal(err)
					}
					doc = r.Doc
				}
				q := []news.Quote{asQuote(g.Text, a)}
				withTokens(doc, &q[0])
				modality.Mark(english.Language(), doc, q)
				got := moods{q[0].Polarity.String(), q[0].Modality.String()}
				polarity.add(want.polarity, got.polarity)
				mood.add(want.modality, got.modality)
				if got != want {
					t.Logf("%s %s %q: want %v, got %v", g.Doc, a.ID, q[0].Cue.Of(g.Text), want, got)
				}
			}
		}
	}
	for what, c := range map[string]counts{"polarity": polarity, "modality": mood} {
		t.Logf("%s %s", what, c)
		if f := c.macro(); f < 0.86 {
			t.Errorf("macro F1 of %s is %.3f, below 0.86", what, f)
		}
	}
}

// asQuote is an attribution of the gold, whose offsets are code points, as the
// detector would give it.
func asQuote(text string, a eval.Attribution) news.Quote {
	at := make([]int32, 0, len(text))
	for i := range text {
		at = append(at, int32(i))
	}
	at = append(at, int32(len(text)))
	span := func(r eval.Range) news.Span { return news.Span{Start: at[r[0]], End: at[r[1]]} }
	q := news.Quote{Kind: news.Indirect, Cue: news.Span{Start: at[a.Cue[0][0]], End: at[a.Cue[len(a.Cue)-1][1]]}}
	if a.Type == "direct" {
		q.Kind = news.Direct
	}
	for _, r := range a.Content {
		q.Parts = append(q.Parts, news.Part{Span: span(r)})
	}
	return q
}

// moodsAt is what the extractor says of the cue, or of a statement that begins
// after it where no statement has that cue.
func moodsAt(r *news.Result, cue news.Span) moods {
	i := slices.IndexFunc(r.Quotes, func(q news.Quote) bool { return q.Cue.Overlaps(cue) })
	if i >= 0 {
		return moods{r.Quotes[i].Polarity.String(), r.Quotes[i].Modality.String()}
	}
	end := int32(len(strings.TrimRight(r.Doc.Text, ".")))
	rest := news.Span{Start: min(cue.End+1, end-1), End: end}
	q := []news.Quote{{Cue: cue, Kind: news.Indirect, Parts: []news.Part{{Span: rest}}}}
	withTokens(r.Doc, &q[0])
	modality.Mark(english.Language(), r.Doc, q)
	return moods{q[0].Polarity.String(), q[0].Modality.String()}
}

// counts are how often each label was wanted and given.
type counts map[[2]string]int

func (c counts) add(want, got string) { c[[2]string{want, got}]++ }

// labels are the labels wanted or given, sorted.
func (c counts) labels() []string {
	var out []string
	for k := range c {
		out = append(out, k[0], k[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (c counts) f1(label string) float64 {
	var hit, wanted, given int
	for k, n := range c {
		if k[0] == label {
			wanted += n
		}
		if k[1] == label {
			given += n
		}
		if k[0] == label && k[1] == label {
			hit += n
		}
	}
	return 2 * float64(hit) / float64(wanted+given)
}

func (c counts) macro() float64 {
	sum := 0.0
	for _, l := range c.labels() {
		sum += c.f1(l)
	}
	return sum / float64(len(c.labels()))
}

func (c counts) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "macro F1 %.3f:", c.macro())
	for _, l := range c.labels() {
		fmt.Fprintf(&b, " %s %.3f", l, c.f1(l))
	}
	return b.String()
}

// withTokens gives a quotation of gold its tokens.
func withTokens(d *news.Document, q *news.Quote) {
	q.CueTokens, q.SourceTokens = d.TokensOf(q.Cue), d.TokensOf(q.Source)
	for i := range q.Parts {
		q.Parts[i].Tokens = d.TokensOf(q.Parts[i].Span)
	}
}
