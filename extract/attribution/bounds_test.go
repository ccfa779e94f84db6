package attribution

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/token"
)

// walked is an article whose people are the words Name0, Name1 and so on, all of
// one family, and
// whose quotations are what stands between curly marks, said by whom "said" behind
// them names, before anything is decided.
func walked(t *testing.T, text string) *walker {
	t.Helper()
	d := token.New(english.Language()).Document(&news.Article{Body: text})
	found := &entity.Found{}
	known := map[string]int32{}
	for i := range d.Tokens {
		d.Tokens[i].Head = -1
		w := d.Word(int32(i))
		if !strings.HasPrefix(w, "Name") {
			continue
		}
		e, ok := known[w]
		if !ok {
			e = int32(len(found.Entities))
			known[w] = e
			found.Entities = append(found.Entities, entity.Entity{Entity: news.Entity{Name: w, Kind: news.Person}, Type: entity.Person, Surname: strings.TrimRight(w, "0123456789")})
		}
		found.Entities[e].Names = append(found.Entities[e].Names, int32(len(found.Names)))
		found.Names = append(found.Names, entity.Name{Tokens: news.TokenRange{First: int32(i), End: int32(i) + 1}, Kind: entity.Person, Confidence: 1, Entity: e})
	}
	var quotes []news.Quote
	for at := 0; ; {
		open := strings.Index(text[at:], "“")
		if open < 0 {
			break
		}
		open += at
		at = open + strings.Index(text[open:], "”") + len("”")
		q := news.Quote{Kind: news.Direct, Parts: []news.Part{{Span: news.Span{Start: int32(open), End: int32(at)}}}}
		if name, ok := strings.CutPrefix(text[at:], " said "); ok {
			start := int32(at + len(" said "))
			q.Cue = news.Span{Start: int32(at) + 1, End: start - 1}
			q.Source = news.Span{Start: start, End: start + int32(strings.IndexAny(name, ".,"))}
		}
		quotes = append(quotes, q)
	}
	a := coref.Read(coref.Of(english.Language()), nil, d, quotes, found)
	return newWalker(a, &Options{}, quotes, nil)
}

func spoke(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, "Name%d spoke. ", i)
	}
	return b.String()
}

// A bare quotation may be by those talked about last, by the last speakers, by
// those named most often and by those named next, so many of each.
func TestCandidates(t *testing.T) {
	w := walked(t, spoke(0, 6)+spoke(0, 40)+"\n\n“One.” “Two.” “Three.” “Four.” “Five.”\n\n“Six.” Name40, Name41, Name42, Name43, Name44 and Name45 spoke.")
	w.findWithin()
	last := len(w.quotes) - 1
	at := w.anchor(last)
	w.state.Until(at)
	for q := range last {
		w.done[q] = decision{made: true, choice: int32(10 + q)}
		w.spoken = append(w.spoken, int32(q))
	}
	var got []int32
	for _, id := range w.candidates(last, at) {
		if id >= 0 {
			got = append(got, id)
		}
	}
	slices.Sort(got)
	want := []int32{0, 1, 2, 3, 11, 12, 13, 14, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43}
	if !slices.Equal(got, want) {
		t.Errorf("candidates %v, want %v", got, want)
	}
}

// A statement whose words and source stand in another's is within that one, which
// may be some quotations away.
func TestWithin(t *testing.T) {
	const text = "“We heard Name1 deny it all day. Then it rained,” said Name0."
	w := walked(t, text)
	span := func(words string) news.Span {
		i := int32(strings.Index(text, words))
		return news.Span{Start: i, End: i + int32(len(words))}
	}
	quotes := slices.Clone(w.quotes)
	for range 3 {
		quotes = append(quotes, news.Quote{Kind: news.Indirect, Parts: []news.Part{{Span: span("it rained")}}})
	}
	quotes = append(quotes, news.Quote{Kind: news.Indirect, Parts: []news.Part{{Span: span("it all day")}}, Cue: span("deny"), Source: span("Name1")})
	w = newWalker(w.Article, &Options{}, quotes, nil)
	w.findWithin()
	if fmt.Sprint(w.within) != "[-1 -1 -1 -1 0]" || !w.nested[4] || w.nested[0] {
		t.Errorf("within %v, nested %v", w.within, w.nested)
	}
}

// The candidates that are told are those with a share in the probability.
func TestLikelyCandidates(t *testing.T) {
	w := walked(t, spoke(0, 4)+"“No.”")
	copy(w.probs[:], []float64{0.09, 0.9, 0.004, 0.006})
	d := &decision{}
	w.probabilities(d, []Choice{{Entity: 0}, {Entity: 1}, {Entity: 2}, {Entity: 3}}, 1)
	var got []int32
	for _, c := range d.candidates {
		got = append(got, c.entity)
	}
	if !slices.Equal(got, []int32{1, 0, 3}) || d.confidence != 0.9 {
		t.Errorf("%v, confidence %v", got, d.confidence)
	}
}

// Whoever shares the surname that a source gives may be meant, so many of them.
func TestNamesakes(t *testing.T) {
	w := walked(t, spoke(0, 20)+"“No,” said Name.")
	got := slices.DeleteFunc(w.candidates(0, w.anchor(0)), func(id int32) bool { return id < 0 })
	if !slices.Equal(got, []int32{20, 0, 1, 2, 3, 4, 5, 6, 7}) {
		t.Errorf("candidates %v", got)
	}
}

// You is nobody's name.
func TestYouIsAPronoun(t *testing.T) {
	w := walked(t, "“You know that.” said you.")
	if s := &w.sources[0]; w.ownName(s, true) != "" || w.ownName(s, false) != "" {
		t.Errorf("source you: %q", w.ownName(s, true))
	}
}
