package coref

import (
	"fmt"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/token"
)

// people is an article that tells of n people, by names of one word each that
// stand in turns with "spoke .", and knows nothing else of them.
func people(t *testing.T, n int, more string) *Article {
	t.Helper()
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, "Name%d spoke. ", i)
	}
	d := token.New(english.Language()).Document(&news.Article{Body: text.String() + more})
	found := &entity.Found{}
	for i := range d.Tokens {
		d.Tokens[i].Head = -1
		if strings.HasPrefix(d.Word(int32(i)), "Name") {
			k := int32(len(found.Names))
			found.Names = append(found.Names, entity.Name{Tokens: news.TokenRange{First: int32(i), End: int32(i) + 1}, Kind: entity.Person, Confidence: 1, Entity: k})
			found.Entities = append(found.Entities, entity.Entity{Entity: news.Entity{Name: d.Word(int32(i)), Kind: news.Person}, Type: entity.Person, Names: []int32{k}})
		}
	}
	return Read(Of(english.Language()), nil, d, nil, found)
}

// A walk remembers so many entities, the latest ones, and looks at
// so many of them for one mention.
func TestWalkRemembers(t *testing.T) {
	a := people(t, 50, "")
	s := NewState(a, nil)
	s.Until(int32(len(a.Toks)))
	if len(s.Recent) != maxRecent || s.Recent[0] != 49 || s.Recent[maxRecent-1] != 50-maxRecent {
		t.Errorf("%d entities in mind, from %d on", len(s.Recent), s.Recent[0])
	}
	if ids := s.Candidates(0); len(ids) != maxMind+1 || ids[0] != 49 || ids[maxMind-1] != 50-maxMind || ids[maxMind] != NewEntity {
		t.Errorf("candidates %v", ids)
	}
	if maxRecent < 10 || maxMind < 10 {
		t.Errorf("%d and %d are too few", maxRecent, maxMind)
	}
}

// Of many whom a description fits, the first are candidates.
func TestLookup(t *testing.T) {
	a := people(t, 20, "The pilot spoke.")
	head := int32(-1)
	for i := range a.Toks {
		if a.Low(int32(i)) == "pilot" {
			head = int32(i)
		}
	}
	role := a.Lex.Full("pilot")
	for e := range int32(20) {
		a.roles[role] = append(a.roles[role], e)
	}
	var got []int32
	NewState(a, nil).ByRole(head, func(id int32) {
		if id >= 0 {
			got = append(got, id)
		}
	})
	if fmt.Sprint(got) != "[0 1 2 3 4 5 6 7]" {
		t.Errorf("candidates %v", got)
	}
}

// The subject of a verb far above a cue is not the cue's.
func TestSubjectOver(t *testing.T) {
	a := people(t, 0, "Ann b c d e f g h i")
	d := a.Doc
	for i := range d.Tokens {
		d.Tokens[i].Head, d.Tokens[i].Rel = int32(i)-1, news.RelConj
	}
	d.Tokens[0].Head, d.Tokens[0].Rel = 1, news.RelNsubj
	d.Tokens[1].Head = -1
	a = Read(a.Lex, nil, d, nil, &entity.Found{})
	for i := int32(1); i < int32(len(d.Tokens)); i++ {
		want := int32(0)
		if i > 5 {
			want = -1
		}
		if subj := a.SubjectOver(i); subj != want {
			t.Errorf("of token %d: subject %d, want %d", i, subj, want)
		}
	}
}

// Words looked up for one article are kept for the next, up to a bound.
func TestWordsAreKept(t *testing.T) {
	a := people(t, 3, "")
	kept := a.Words()
	if len(kept) == 0 {
		t.Fatal("no word was looked up")
	}
	kept["unheard-of"] = kept["spoke"]
	if w := Read(a.Lex, kept, a.Doc, nil, &entity.Found{}).Words(); len(w) != len(kept) {
		t.Errorf("%d words of %d are kept", len(w), len(kept))
	}
	for i := range maxWords {
		kept[fmt.Sprint("word", i)] = kept["spoke"]
	}
	if w := Read(a.Lex, kept, a.Doc, nil, &entity.Found{}).Words(); len(w) > 20 {
		t.Errorf("%d words are kept", len(w))
	}
}

// What a description may mean of somebody of whom the text says nothing of the
// kind stands between fitting and not fitting.
func TestFits(t *testing.T) {
	a := people(t, 1, "")
	person := func(called ...string) *Entity {
		e := &Entity{called: map[string]uint8{}}
		for _, w := range called {
			e.called[w] = asRole
		}
		return e
	}
	old := person()
	old.Age = "31"
	for _, c := range []struct {
		head string
		e    *Entity
		want float32
	}{
		{"pilot", person(), 0.5}, {"pilot", person("pilot"), 2}, {"pilot", person("baker"), 0},
		{"31-year-old", person(), 0.5}, {"31-year-old", old, 3}, {"40-year-old", old, -1},
	} {
		if got := a.roleFit(c.head, c.e); got != c.want {
			t.Errorf("%s: %v, want %v", c.head, got, c.want)
		}
	}
	body := func(words ...string) *Entity {
		return &Entity{Named: Named{Entity: news.Entity{Name: strings.Join(words, " "), Kind: news.Organization}, Words: words}, called: map[string]uint8{}}
	}
	for _, c := range []struct {
		head string
		e    *Entity
		want float32
	}{
		{"university", body("harrow", "university"), 1}, {"company", body("harrow", "university"), 0}, {"company", body("brightwater"), 0.5},
	} {
		if got := a.bodyFit(c.head, c.e); got != c.want {
			t.Errorf("%s for %s: %v, want %v", c.head, c.e.Name, got, c.want)
		}
	}
}

// "They" may be one person, sooner than no person at all and later than a group.
func TestTheyAgrees(t *testing.T) {
	of := func(k news.SpeakerKind) float32 {
		return Agrees(They, 0, &Entity{Named: Named{Entity: news.Entity{Kind: k}}})
	}
	if g, o, p, d := of(news.Group), of(news.Organization), of(news.Person), of(news.DocumentKind); g <= o || o <= p || p <= d {
		t.Errorf("group %v, organization %v, person %v, document %v", g, o, p, d)
	}
	a := people(t, 2, "They left.")
	s := NewState(a, nil)
	they := int32(len(a.Mentions)) - 1
	s.Until(a.Mentions[they].First)
	if ids := s.Candidates(they); fmt.Sprint(ids) != "[1 0 -1]" {
		t.Errorf("candidates of they: %v", ids)
	}
}
