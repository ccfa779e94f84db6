package probe

import (
	"testing"

	"github.com/whosaid/whosaid/extract/news"
)

func TestDocument(t *testing.T) {
	d, err := Document()
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Tokens) < 400 || len(d.Paragraphs) < 15 {
		t.Errorf("%d tokens in %d paragraphs", len(d.Tokens), len(d.Paragraphs))
	}
	next := int32(0)
	for _, s := range d.Sentences {
		if s.First != next || s.Empty() {
			t.Errorf("sentence %v does not follow on token %d", s, next)
		}
		next = s.End
		roots := 0
		for i := s.First; i < s.End; i++ {
			switch h := d.Tokens[i].Head; {
			case h == news.NoHead:
				roots++
			case !s.Contains(h) || h == i:
				t.Errorf("token %d, %q: head %d", i, d.Word(i), h)
			}
		}
		if roots != 1 {
			t.Errorf("%d roots in %q", roots, d.Span(s).Of(d.Text))
		}
	}
	if int(next) != len(d.Tokens) || d.Paragraphs[len(d.Paragraphs)-1].End != next {
		t.Error("tokens are left over")
	}
}

func TestQuotes(t *testing.T) {
	quotes, err := Quotes()
	if err != nil || len(quotes) < 20 {
		t.Fatal(len(quotes), err)
	}
	for i, q := range quotes {
		if len(q.Parts) == 0 || int(q.Extent().End) > len(text) || q.Cue.Empty() != (q.CueLemma == "") || int(q.Parent) >= i {
			t.Errorf("statement %d: %+v", i, q)
		}
	}
	if q := quotes[1]; q.Cue.Of(text) != "told" || q.Source.Of(text) != "she" || len(q.Parts) != 2 || !q.Parts[1].Quoted {
		t.Errorf("%+v", q)
	}
}
