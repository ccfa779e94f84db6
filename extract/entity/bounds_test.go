package entity

import (
	"fmt"
	"testing"

	"github.com/whosaid/whosaid/extract/news"
)

// analyse is an article at the point where its names are mended, with none yet.
func analyse(t *testing.T, text string) *analysis {
	t.Helper()
	r, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	d := annotated(t, text)
	w := r.scratch.New().(*worker)
	w.f.Prepare(d)
	return &analysis{r: r, d: d, t: &w.f.t, full: map[string][]string{}}
}

// A name is as likely as its least likely token, and an unlikely one is none.
func TestLeastSure(t *testing.T) {
	a := analyse(t, "Pia Rook met Tom Hale.")
	labels, sure := make([]uint8, len(a.d.Tokens)), make([]float32, len(a.d.Tokens))
	for i, p := range map[int]float32{0: 0.9, 1: 0.4, 3: 0.9, 4: 0.3} {
		labels[i], sure[i] = labelOf(Person, i == 0 || i == 3), p
	}
	a.take(labels, sure)
	if len(a.names) != 1 || a.names[0].Tokens != (news.TokenRange{First: 0, End: 2}) || a.names[0].Confidence != 0.4 {
		t.Errorf("names %+v", a.names)
	}
}

// labelOf is the label of a name's first token or of a later one.
func labelOf(k Kind, begins bool) uint8 {
	for y := uint8(1); y < Labels; y++ {
		if kindOf(y) == k && starts(y) == begins {
			return y
		}
	}
	return labelO
}

// A form of address is no part of a name.
func TestTrim(t *testing.T) {
	a := analyse(t, "Mrs. Pia Rook left early.")
	n := Name{Tokens: news.TokenRange{First: 0, End: 3}, Kind: Person}
	if a.trim(&n); n.Tokens.First != 1 || n.Tokens.End != 3 {
		t.Errorf("name %+v", n)
	}
}

// Known names are looked for up to six words, the longest first.
func TestKnownPhrases(t *testing.T) {
	const words = 9
	a := analyse(t, "Alder Birch Cedar Elm Fir Holly Ivy Juniper Larch")
	hash := func(from, to int) uint64 {
		h := uint64(phraseSeed)
		for i := from; i < to; i++ {
			h = phraseHash(h, a.t.words[i].hash)
		}
		return h
	}
	for _, c := range []struct {
		known map[uint64]Kind
		want  string
	}{
		{map[uint64]Kind{hash(0, 6): Place}, "111111000"},
		{map[uint64]Kind{hash(0, 7): Place}, "000000000"},
		{map[uint64]Kind{hash(0, 2): Person, hash(0, 3): Place, hash(1, 4): Place, hash(8, 9): Person}, "111000001"},
	} {
		x := &sight{t: a.t, r: news.TokenRange{First: 0, End: words}}
		got := ""
		for _, m := range x.match(nil, func(h uint64) Kind { return c.known[h] }) {
			got += fmt.Sprint(min(m, 1))
		}
		if got != c.want {
			t.Errorf("marked %s, want %s", got, c.want)
		}
	}
}

// A doubtful name that ends with the surname of what is surely a person is a
// person's.
func TestAsPersons(t *testing.T) {
	for _, c := range []struct {
		surname, body float32
		want          Kind
	}{
		{0.9, 0.7, Person}, {0.8, 0.7, Organization}, {0.9, 0.9, Organization},
	} {
		a := analyse(t, "Pia Rook left. Rook sang.")
		a.names = []Name{
			{Tokens: news.TokenRange{First: 0, End: 2}, Kind: Organization, Confidence: c.body},
			{Tokens: news.TokenRange{First: 4, End: 5}, Kind: Person, Confidence: c.surname},
		}
		if a.asPersons(); a.names[0].Kind != c.want {
			t.Errorf("%+v: it is a %v's", c, a.names[0].Kind)
		}
	}
}

// The surname of a full name is one elsewhere too, where the full name is likely.
func TestAddEndsOfPeople(t *testing.T) {
	for sure, want := range map[float32]int{0.5: 1, 0.7: 2} {
		a := analyse(t, "Pia Rook left. They say Rook sang.")
		a.names = []Name{{Tokens: news.TokenRange{First: 0, End: 2}, Kind: Person, Confidence: sure}}
		if a.addEnds(); len(a.names) != want {
			t.Errorf("probability %.1f: names %+v", sure, a.names)
		}
	}
}

// A word that begins a body's name is the body's, unless somebody has that surname.
func TestAsBodies(t *testing.T) {
	for _, c := range []struct {
		text  string
		names []Name
		want  Kind
	}{
		{"Dunnock Energy closed. Dunnock sank.", []Name{
			{Tokens: news.TokenRange{First: 4, End: 5}, Kind: Person, Confidence: 0.9}}, Organization},
		{"Dunnock Energy closed. Dunnock sank. Ida Dunnock left.", []Name{
			{Tokens: news.TokenRange{First: 4, End: 5}, Kind: Person, Confidence: 0.9},
			{Tokens: news.TokenRange{First: 7, End: 9}, Kind: Person, Confidence: 0.9}}, Person},
	} {
		a := analyse(t, c.text)
		a.names = append([]Name{{Tokens: news.TokenRange{First: 0, End: 2}, Kind: Organization, Confidence: surelyBody}}, c.names...)
		a.asPersons()
		if a.asBodies(); a.names[1].Kind != c.want {
			t.Errorf("%s: a %v", c.text, a.names[1].Kind)
		}
	}
}

// The last word of a body's name behind "the" names it too.
func TestAddEndsOfBodies(t *testing.T) {
	for sure, want := range map[float32]int{0.8: 1, 0.9: 2} {
		a := analyse(t, "It stood in the Valley Times. They say the Times erred.")
		a.names = []Name{{Tokens: news.TokenRange{First: 4, End: 6}, Kind: Organization, Confidence: sure}}
		if a.addEnds(); len(a.names) != want {
			t.Errorf("probability %.1f: names %+v", sure, a.names)
		}
	}
}

// What an acronym in brackets stands for ends before the bracket and has its letters.
func TestSpelled(t *testing.T) {
	for text, want := range map[string]string{
		"The Office on Quiet Harbours (OQH) closed.":        "Office on Quiet Harbours",
		"The Marsh Trust of the Low Isles (MTLI) closed.":   "Marsh Trust of the Low Isles",
		"The Marsh Trust of the Low Isles (MTOTLI) closed.": "Marsh Trust of the Low Isles",
		"The Marsh Trust (MXT) closed.":                     "",
		"The quiet office (TQO) closed.":                    "",
		"The Marsh Trust (MT) closed.":                      "",
	} {
		a := analyse(t, text)
		a.names = nil
		got := ""
		if a.spellOut(); len(a.names) > 0 {
			got = a.names[0].Span(a.d).Of(a.d.Text)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// The last word of a name, and a noun beside it, tell the kind of what is not sure.
func TestTellKinds(t *testing.T) {
	for _, c := range []struct {
		text  string
		first int32
		end   int32
		sure  float32
		want  Kind
	}{
		{"They passed the Quiet Harbours Act in May.", 3, 6, 0.9, Other},
		{"They passed the Quiet Harbours Act in May.", 3, 6, 0.97, Person},
		{"They read it in the newspaper Dagblad on Monday.", 6, 7, 0.7, Organization},
		{"They read it in the newspaper Dagblad on Monday.", 6, 7, 0.85, Person},
		{"They left Brinmoor, a village on the coast, in May.", 2, 3, 0.7, Place},
		{"They left Brinmoor in May.", 2, 3, 0.7, Person},
	} {
		a := analyse(t, c.text)
		a.names = []Name{{Tokens: news.TokenRange{First: c.first, End: c.end}, Kind: Person, Confidence: c.sure}}
		if a.tellKinds(); a.names[0].Kind != c.want {
			t.Errorf("%s, sure by %.2f: a %v", c.text, c.sure, a.names[0].Kind)
		}
	}
}
