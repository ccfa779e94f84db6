package entity

import (
	"testing"

	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
	"github.com/whosaid/whosaid/extract/token"
)

// annotated is a document of the text, tagged and parsed.
func annotated(t testing.TB, text string) *news.Document {
	t.Helper()
	p, err := syntax.Load()
	if err != nil {
		t.Fatal(err)
	}
	d := token.New(english.Language()).Document(&news.Article{Body: text})
	p.Annotate(d)
	return d
}

func TestFind(t *testing.T) {
	r, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	d := annotated(t, "The clinic thanked Marta Olsson. Its owner, Ms. Olsson, was in Sweden.")
	f := r.Find(d)
	for i, n := range f.Names {
		e := f.Entities[n.Entity]
		if n.Span(d).Of(d.Text) == "Marta Olsson" && (e.Kind != news.Person || e.Surname != "Olsson") {
			t.Errorf("name %d: %+v", i, e)
		}
	}
	if len(f.Names) < 2 {
		t.Errorf("%d names", len(f.Names))
	}
}
