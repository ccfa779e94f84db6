package syntax

import (
	"strings"
	"sync"
	"testing"

	"github.com/jdkato/prose/v2"

	"github.com/whosaid/whosaid/extract/news"
)

// document makes one sentence of words set apart by spaces.
func document(sentences ...string) *news.Document {
	d := &news.Document{Article: &news.Article{}}
	for _, s := range sentences {
		first := int32(len(d.Tokens))
		for _, w := range strings.Fields(s) {
			start := int32(len(d.Text))
			d.Text += w
			d.Tokens = append(d.Tokens, news.Token{Span: news.Span{Start: start, End: int32(len(d.Text))}, Head: news.NoHead})
			d.Text += " "
		}
		r := news.TokenRange{First: first, End: int32(len(d.Tokens))}
		d.Sentences = append(d.Sentences, r)
		d.Paragraphs = append(d.Paragraphs, r)
	}
	d.Article.Body = d.Text
	return d
}

func tags(d *news.Document) string {
	var b strings.Builder
	for i, t := range d.Tokens {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.Tag.String())
	}
	return b.String()
}

func loaded(t testing.TB) *Perceptron {
	t.Helper()
	p, err := LoadPerceptron()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var proseSentences = []string{
	"The mayor of Northbridge said on Tuesday that the bridge would reopen in 2031 .",
	"Ms. Quillfeather , a retired engineer , told reporters she had never seen such a well-run office .",
	"He is running faster than anyone expected ( and smiling ) .",
	"Critics warned the plan could cost 12 million pounds a year ; nobody listened .",
}

func TestPerceptronLikeProse(t *testing.T) {
	p := loaded(t)
	for _, s := range proseSentences {
		d := document(s)
		p.Annotate(d)
		doc, err := prose.NewDocument(s, prose.WithExtraction(false), prose.WithSegmentation(false))
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, tok := range doc.Tokens() {
			want = append(want, strings.NewReplacer("(", "-LRB-", ")", "-RRB-").Replace(tok.Tag))
		}
		if got := tags(d); got != strings.Join(want, " ") {
			t.Errorf("%s\n got %s\nwant %s", s, got, strings.Join(want, " "))
		}
	}
}

func TestPerceptronMarks(t *testing.T) {
	p := loaded(t)
	d := document(`“ We do n’t know , ” he said .`, `" Maybe , " he said , " not . "`, `See https://example.org or @quill !`, ``)
	p.Annotate(d)
	want := "`` PRP VBP RB VB , '' PRP VBD . `` RB , '' PRP VBD , `` RB . '' VB NN CC NN ."
	if got := tags(d); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestPerceptronConcurrent(t *testing.T) {
	p := loaded(t)
	want := document(proseSentences...)
	p.Annotate(want)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 10 {
				d := document(proseSentences...)
				p.Annotate(d)
				if tags(d) != tags(want) {
					t.Error("another tag at another time")
				}
			}
		})
	}
	wg.Wait()
}

func FuzzPerceptron(f *testing.F) {
	p, err := LoadPerceptron()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("It 's « Oui » -- \xff 1999 12-year-old -")
	f.Fuzz(func(t *testing.T, s string) {
		d := document(strings.ToValidUTF8(s, "\uFFFD"))
		p.Annotate(d)
		for i, tok := range d.Tokens {
			if tok.Tag == news.NoTag || int(tok.Tag) >= news.NumTags {
				t.Errorf("token %d %q has tag %d", i, d.Word(int32(i)), tok.Tag)
			}
		}
	})
}

func BenchmarkPerceptron(b *testing.B) {
	p := loaded(b)
	d := document(proseSentences...)
	b.ReportAllocs()
	for b.Loop() {
		p.Annotate(d)
	}
	b.ReportMetric(float64(b.N*len(d.Tokens))/b.Elapsed().Seconds(), "tokens/s")
}
