package attribution_test

import (
	"strings"
	"testing"
)

// A source ends where its noun phrase does: not at a time behind it, nor at a verb
// before the "and" of its cue; and a surname like a body's is a person's.
func TestSourceEnds(t *testing.T) {
	r := resolver(t)
	for _, c := range []struct {
		text string
		said
	}{
		{"Marlovian state television today reported that the bridge had fallen.",
			said{"that the bridge had fallen", "reported", "Marlovian state television today", "Marlovian state television"}},
		{"There were reports that a frightened cook trapped in the lift hurt himself and left a note saying: \"Send a ladder.\"",
			said{"\"Send a ladder.\"", "left a note saying:", "a frightened cook trapped in the lift hurt himself and", "unnamed:a frightened cook"}},
		{"The envoy to the coast has lashed out at the port.\n\nSpeaking during a meeting of the council, Nora Lindqvist used strong words as she turned to the owners.\n\n\"You bear the blame for this,\" she said.",
			said{"\"You bear the blame for this,\"", "said", "she", "Nora Lindqvist"}},
	} {
		d, quotes := caseOf(t, c.text, []said{c.said})
		res := r.Resolve(d, quotes)
		got := strings.TrimPrefix(answer(&res, 0), "group:") // whether the body has a name is the ranker's to say
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}

// A source whose head is the name of a body is that body, whatever its words could
// describe.
func TestNameIsNoDescription(t *testing.T) {
	d, quotes := caseOf(t, "The Association of Coastal Peoples said the sea was rising. The association said villages must move.",
		[]said{{"the sea was rising", "said", "The Association of Coastal Peoples", ""}, {"villages must move", "said", "The association", ""}})
	res := resolver(t).Resolve(d, quotes)
	for q := range quotes {
		if got := answer(&res, q); got != "Association of Coastal Peoples" {
			t.Errorf("statement %d: %q", q, got)
		}
	}
}

// What stands beside a name in a source is whose the named one is, not who speaks.
func TestNamesBesideAName(t *testing.T) {
	for source, want := range map[string]string{
		"Rep. Dolores Vance (D-Ohio)":                        "Dolores Vance",
		"Sen. Mark Ostrander, R-Texas,":                      "Mark Ostrander",
		"Lieutenant Colonel Ivan Petkov of the Border Guard": "Ivan Petkov",
		"Verdant Foods chief executive Anna Kowal":           "Anna Kowal",
		"Hans Ritter, a spokesman for the World Food Board,": "Hans Ritter",
		"The World Food Board in Rome":                       "World Food Board",
		"Verdant Harvest Bank (VHB) director Anna Kowal":     "Anna Kowal",
		"“Low Tide” star Hans Ritter":                        "Hans Ritter",
	} {
		d, quotes := caseOf(t, source+" said the roof was done.", []said{{"the roof was done", "said", source, ""}})
		res := resolver(t).Resolve(d, quotes)
		if got := answer(&res, 0); got != want {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
}
