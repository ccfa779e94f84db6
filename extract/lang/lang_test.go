package lang

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/whosaid/whosaid/extract/news"
)

func toy(t *testing.T, text string) *Language {
	t.Helper()
	l, err := New("xx", "Toy", fstest.MapFS{"stage.txt": {Data: []byte(text)}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

type words struct {
	Plain    Set       `lang:"stage.plain"`
	Keyed    Keys      `lang:"stage.keyed"`
	Grouped  Groups    `lang:"stage.grouped"`
	Entries  Reporting `lang:"stage.entries"`
	Missing  Set       `lang:"stage.missing"`
	derived  int
	language string
}

func (w *words) Compile(l *Language) { w.derived, w.language = len(w.Plain), l.Code }

func TestBind(t *testing.T) {
	l := toy(t, `# words
[plain]
mur, in_a_ron :
[keyed, keyed]
title: Ba Bo
other: Bu
[grouped, grouped]
one: a b
two: b
[entries, reporting]
zu verb: say claim; clause attitude
za noun: person
`)
	w := Bind[words](l)
	for _, one := range []string{"mur,", "in a ron", ":"} {
		if !w.Plain.Has(one) {
			t.Errorf("the plain section lacks %q", one)
		}
	}
	if w.Plain.Has("in") {
		t.Error("a word with a space was cut")
	}
	if w.Keyed["Bo"] != "title" || w.Keyed["Bu"] != "other" || w.Keyed["no"] != "" {
		t.Errorf("keys: %v", w.Keyed)
	}
	if len(w.Grouped["one"]) != 2 || len(w.Grouped["two"]) != 1 {
		t.Errorf("groups: %v", w.Grouped)
	}
	if len(w.Missing) != 0 {
		t.Errorf("a section that is missing holds %v", w.Missing)
	}
	if w.derived != 3 || w.language != "xx" {
		t.Error("Compile was not called once all was filled")
	}
	e := w.Entries[0]
	if e.Lemma != "zu" || e.Part != Verb || e.Senses[0] != Say || e.Senses[1] != Claim || !e.Has(Clause|Attitude) || e.Has(Addressee) {
		t.Errorf("entry: %+v", e)
	}
	if Bind[words](l) != w {
		t.Error("a struct of words was filled twice")
	}
	if l.Lemma("ZU", news.TagVB) != "zu" {
		t.Error("without rules of its own a language has the word in lower case for its lemma")
	}
}

// A change to a section changes the fingerprint of those that read it alone.
func TestFingerprint(t *testing.T) {
	const text = "[plain]\na b\n[unread]\nc\n"
	was := Fingerprint[words](toy(t, text))
	for _, c := range []struct {
		text string
		same bool
	}{
		{text, true},
		{"# a comment\n[plain]\nb\na\n[unread]\nc\n", true},
		{"[plain]\na b\n[unread]\nc d\n", true},
		{"[plain]\na b c\n[unread]\nc\n", false},
		{"[plain]\na b\n[keyed, keyed]\nk: c\n", false},
	} {
		if same := Fingerprint[words](toy(t, c.text)) == was; same != c.same {
			t.Errorf("%q: the same is %v, want %v", c.text, same, c.same)
		}
	}
}

// What is wrong with a file is told with its place.
func TestMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"mur\n":                                          "stage.txt:1: words before",
		"[a]\nmur\n[a]\n":                                "stage.txt:3: section stage.a stands twice",
		"[a]\nmur ron\nron\n":                            `stage.txt:3: "ron" stands twice`,
		"[a, sorted]\n":                                  "stage.txt:1: a section is keyed",
		"[a, keyed]\nmur\n":                              "begins with a key",
		"[a, keyed]\nk: mur\nl: mur\n":                   `"mur" stands twice`,
		"[a, reporting]\nzu: say\n":                      "a lemma and its part of speech",
		"[a, reporting]\nzu vorb: say\n":                 `"vorb" is no part of speech`,
		"[a, reporting]\nzu verb: sey\n":                 `"sey" is no sense`,
		"[a, reporting]\nzu verb: say ask tell\n":        "more than two senses",
		"[a, reporting]\nzu verb: say; clause loudly\n":  `"loudly" is no mark`,
		"[a, reporting]\nzu verb:\n":                     "nothing is said of zu verb",
		"[a, reporting]\nzu verb: say\nzu verb: claim\n": `"zu verb" stands twice`,
	} {
		_, err := New("xx", "Toy", fstest.MapFS{"stage.txt": {Data: []byte(text)}}, nil)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
}
