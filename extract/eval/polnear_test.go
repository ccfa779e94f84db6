package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// at gives the place of words in a text, in characters as brat counts.
func at(t *testing.T, text, words string) Range {
	t.Helper()
	i := strings.Index(text, words)
	if i < 0 {
		t.Fatalf("%q is not in the text", words)
	}
	start := utf8.RuneCountInString(text[:i])
	return Range{start, start + utf8.RuneCountInString(words)}
}

const bratText = "Zoë Birk said the mill would stay.\n\n“We sell,” said Jon Ames, “nothing.”\n\nIt was “a good day” for all, Birk added.\n"

// bratFolder is a folder as PolNeAR has them, of our own: an article with two
// annotators, one with none, and what else lies about in such folders.
func bratFolder(t *testing.T, notes string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range map[string]string{
		"text/alder_2020-01-02_mill.txt": bratText, "text/alder_2020-01-03_none.txt": "Nobody noted this.\n", "text/.hidden.txt": "x", "text/README": "x",
		"attributions/alder_2020-01-02_mill_1a.ann": notes, "attributions/alder_2020-01-02_mill_2b.ann": "E1\tAttribution:T1\n",
		"speakers.tsv": "alder_2020-01-02_mill\tE1\tperson\tZoë  Birk\r\n\nalder_2020-01-02_mill\tE2\tunnamed\t-\nalder_2020-01-09_other\tE3\tperson\tNo One\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The twin of TestReadPolnearAgreesWithItsScript on a folder of our own.
func TestReadPolnear(t *testing.T) {
	// Places in characters, not in bytes: the first letters already tell.
	dir := bratFolder(t, strings.Join([]string{
		"T1\tSource 0 8\tZoë Birk", "T2\tCue 9 13\tsaid", "T3\tContent 14 33\tthe mill would stay",
		"E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3",
		"T4\tContent 36 46\t“We sell,”", "T5\tContent2 62 72\t“nothing.”", "T6\tCue 47 51\tsaid", "T7\tSource 52 60\tJon Ames",
		"E2\tAttribution:T6 Content2:T5 Source:T7 Content:T4 Cue:T6",
		"T8\tContent 74 80;81 102\tIt was “a good day” for all,", "T9\tCue 108 113\tadded",
		"E3\tAttribution:T9 Content:T8 Cue:T9\r",
		"T10\tSource 103 107\tBirk", "A1\tNested E1", "#1\tAnnotatorNotes E1\tT3 is doubtful", "spilled over a line break",
	}, "\n"))
	want := []Gold{{Doc: "alder_2020-01-02_mill", Text: bratText, Attributions: []Attribution{
		{
			ID: "E1", Type: "indirect", Kind: "person", Name: "Zoë Birk",
			Source: []Range{at(t, bratText, "Zoë Birk")}, Cue: []Range{at(t, bratText, "said")}, Content: []Range{at(t, bratText, "the mill would stay")},
		}, {
			ID: "E2", Type: "direct", Kind: "unnamed",
			Source: []Range{at(t, bratText, "Jon Ames")}, Cue: []Range{{47, 51}}, Content: []Range{at(t, bratText, "“We sell,”"), at(t, bratText, "“nothing.”")},
		}, {
			ID: "E3", Type: "mixed", Cue: []Range{at(t, bratText, "added")}, Content: []Range{at(t, bratText, "It was"), at(t, bratText, "“a good day” for all,")},
		},
	}}}
	got, err := ReadPolnear(dir, filepath.Join(dir, "speakers.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("gold (-want +got):\n%s", d)
	}
}

// What is wrong with a folder is said with the file.
func TestReadPolnearBroken(t *testing.T) {
	for notes, want := range map[string]string{
		"T1\tSource 0 900\tx\nE1\tAttribution:T1 Source:T1": "alder_2020-01-02_mill",
		"T1\tSource 0\tx":       "_1a.ann:1",
		"x\nE1\tAttribution T1": "_1a.ann:2",
	} {
		dir := bratFolder(t, notes)
		if _, err := ReadPolnear(dir, ""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", notes, err)
		}
		if err := os.WriteFile(filepath.Join(dir, "speakers.tsv"), []byte("a\tb\tc\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadPolnear(dir, filepath.Join(dir, "speakers.tsv")); err == nil || !strings.Contains(err.Error(), "speakers.tsv:1") {
			t.Errorf("speakers: %v", err)
		}
	}
	if _, err := ReadPolnear(t.TempDir(), ""); err == nil {
		t.Error("an empty folder is read")
	}
}
