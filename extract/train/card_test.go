package train

import "testing"

func TestCard(t *testing.T) {
	c := Card{
		Title: "Parser", Purpose: "Parses.",
		Data:       []CardData{{"Bank", "3 words", "CC0", "train"}},
		Seed:       7,
		Settings:   []CardLine{{"passes", "2"}},
		Figures:    []CardTable{{"Right heads.", []string{"set", "a|b"}, [][]string{{"dev", "90"}}}},
		Weaknesses: []string{"Verse."},
		Hash:       "00ff", Bytes: 12,
	}
	want := "# Parser\n\nParses.\n\nFile: 12 bytes, SHA-256 of its body `00ff`.\n\n" +
		"## Data\n\n| name | size | licence | use |\n|---|---|---|---|\n| Bank | 3 words | CC0 | train |\n\n" +
		"## Settings\n\n| setting | value |\n|---|---|\n| seed | 7 |\n| passes | 2 |\n\n" +
		"## Figures\n\nRight heads.\n\n| set | a\\|b |\n|---|---|\n| dev | 90 |\n\n" +
		"## Known weaknesses\n\n- Verse.\n"
	if got := c.Markdown(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
