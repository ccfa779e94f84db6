package coref_test

import (
	"testing"

	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
	"github.com/whosaid/whosaid/extract/token"
)

// read is the article of a text, with names found by the program's own means.
func read(t testing.TB, text string) *coref.Article {
	t.Helper()
	p, err := syntax.Load()
	if err != nil {
		t.Fatal(err)
	}
	names, err := entity.Load()
	if err != nil {
		t.Fatal(err)
	}
	d := token.New(english.Language()).Document(&news.Article{Body: text})
	p.Annotate(d)
	return coref.Read(coref.Of(english.Language()), nil, d, nil, names.Find(d))
}

func resolved(t testing.TB, text string) *coref.Article {
	t.Helper()
	m, err := coref.LoadFrom(nil, english.Language())
	if err != nil {
		t.Fatal(err)
	}
	a := read(t, text)
	coref.NewState(a, m).Until(int32(len(a.Toks)) + 1)
	return a
}

// Pronouns and descriptions of the narration stand for whom a reader takes them
// to stand for.
func TestAntecedents(t *testing.T) {
	for _, tt := range []struct{ text, mention, want string }{
		{"Mary Poole runs the mill. She opened it in 1998.", "She", "Mary Poole"},
		{"Mary Poole met John Alder in Leeds. He was late.", "He", "John Alder"},
		{"The Harrow Foundation named Beatriz Lemos its director. She moved to London.", "She", "Beatriz Lemos"},
		{"Governor Tomas Brandt met Ingrid Vasko. The governor was late.", "The governor", "Tomas Brandt"},
		{"Ingrid Vasko sued the Teachers Union in May, after a long argument with the director. The union was slow to answer.", "The union", "Teachers Union"},
		{"John Alder, who sold the boat, lives in Hull.", "who", "John Alder"},
	} {
		a := resolved(t, tt.text)
		found := false
		for _, m := range a.Mentions {
			if m.Form != news.Name && a.Text(m.First, m.End) == tt.mention {
				found = true
				if m.Entity < 0 || a.Entities[m.Entity].Name != tt.want {
					t.Errorf("%s: %q stands for entity %d, want %s", tt.text, tt.mention, m.Entity, tt.want)
				}
				break
			}
		}
		if !found {
			t.Errorf("%s: no mention %q", tt.text, tt.mention)
		}
	}
}

// Descriptions fit whom the text calls so.
func TestDescribes(t *testing.T) {
	a := read(t, "Ewan Crombie, 31, a retired diver, met Senator Dora Quill. The 31-year-old spoke. The diver spoke. The lawmaker spoke. The actress spoke.")
	want := map[string][2]float32{"31-year-old": {3, -1}, "diver": {2, -1}, "lawmaker": {-1, 1}}
	for _, m := range a.Mentions {
		w, ok := want[a.Low(m.Head)]
		if !ok || m.Form != news.Nominal || !m.Definite {
			continue
		}
		for i, e := range a.Entities {
			if e.Names == 0 || i > 1 {
				continue
			}
			f := a.Describes(m.First, m.End, m.Head, m.Class, m.Plural, m.Sex, &a.Entities[i])
			if w[i] > 0 && f.Role != w[i] || w[i] < 0 && f.Role >= 1 {
				t.Errorf("%s for %s: %v", a.Low(m.Head), e.Name, f.Role)
			}
		}
		delete(want, a.Low(m.Head))
	}
	if len(want) > 0 {
		t.Errorf("not met: %v", want)
	}
}

// A possessive pronoun is a mention of its own before the description that it
// opens, so that "his decision" has an owner.
func TestPossessiveBeforeDescription(t *testing.T) {
	a := read(t, "John Alder sold the boat. His lawyer confirmed it.")
	for i := range a.Toks {
		i := int32(i)
		switch a.Low(i) {
		case "his":
			if m := a.MentionAt(i); m < 0 || a.Mentions[m].Form != news.Pronoun {
				t.Errorf("his is no pronoun of its own")
			}
		case "lawyer":
			m := a.MentionAt(i)
			if m < 0 || a.Mentions[m].Form != news.Nominal || a.Mentions[m].First != i-1 || a.Mentions[m].Owner != i-1 {
				t.Errorf("his lawyer is no description with an owner")
			}
		}
	}
}
