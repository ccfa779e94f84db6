package annotation

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// twoWay are the formats that can be written and read.
func twoWay() (out []Format) {
	for _, d := range formats() {
		if d.create != nil && d.read != nil {
			out = append(out, d.format)
		}
	}
	return out
}

// notes counts what was skipped.
type notes []string

func (n *notes) add(where, reason string) { *n = append(*n, where+": "+reason) }

// through writes documents in a format and reads them back.
func through(dir string, f Format, o Options, docs []*Document) ([]*Document, error) {
	out := filepath.Join(dir, "out")
	w, err := Create(f, out, o)
	if err != nil {
		return nil, err
	}
	for _, d := range docs {
		if err := w.Write(d); err != nil {
			return nil, errors.Join(err, w.Abort())
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	var back []*Document
	err = Read(f, []string{out}, o, func(d *Document) error { back = append(back, d); return nil })
	return back, err
}

// byID: formats of a file a document give them back in the order of names.
var byID = cmpopts.SortSlices(func(a, b *Document) bool { return a.ID < b.ID })

// pieces that texts are made of: marks of every plane, what formats use to
// escape, what spreadsheets run, line ends of every kind.
var pieces = []string{
	"the minister", "said", " ", " ", " ", "  ", "\n", "\n\n", "\t", "\r\n", "\u00a0", "\u2028", "“We’ll see,”", "\"no\"", "🙂", "👩‍👩‍👧", "e\u0301", "Ł", "中文", ",", ".", ";", "=1+2", "'", "_x000D_", "_", "#", "|", "\\s", "\\", "<b>&amp;", "…", "T1\tContent 0 3", "\x1f", "]]>", "-", "@", "O",
}

func drawText(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, label), "")
}

func drawDocuments(t *rapid.T) (docs []*Document) {
	for i := range rapid.IntRange(1, 3).Draw(t, "documents") {
		id := rapid.SampledFrom([]string{"plain", "../../etc/passwd", "https://example.org/a?b=c", "CON", "ärtikel", ".hidden", "Plain", "a/b.txt", "-x", "E1"}).Draw(t, "id")
		d := &Document{ID: fmt.Sprintf("%s%d", id, i), Text: drawText(t, "text")}
		if rapid.Bool().Draw(t, "meta") {
			d.Meta = Meta{Title: "=Title, \"it\"", URL: "https://example.org/", Outlet: "The 'Gazette'", Published: "2026-11-28T00:00:00Z", Authors: []string{"Ada Example", "B; C"}}
		}
		n := len([]rune(d.Text))
		span := rapid.Custom(func(t *rapid.T) Span {
			a := rapid.IntRange(0, n).Draw(t, "start")
			return Span{a, min(n, a+rapid.IntRange(0, 30).Draw(t, "length"))}
		})
		for k := range rapid.IntRange(0, 4).Draw(t, "statements") {
			s := Statement{ID: rapid.SampledFrom([]string{"E1", "E7", "3fa9", "", "with space"}).Draw(t, "statement id")}
			if s.ID != "" && k > 0 {
				s.ID += fmt.Sprint(k)
			}
			s.Content = rapid.SliceOfN(span, 0, 3).Draw(t, "content")
			s.Cue = rapid.SliceOfN(span, 0, 2).Draw(t, "cue")
			s.Source = rapid.SliceOfN(span, 0, 2).Draw(t, "source")
			for _, c := range choices() {
				*c.of(&s.Attributes) = rapid.SampledFrom(append(c.values, "")).Draw(t, c.key)
			}
			s.Speaker = rapid.SampledFrom([]string{"", "Ada Example", "=cmd()", "two\nlines", " spaced ", "Ünï 🙂", "'quoted", "a\tb"}).Draw(t, "speaker")
			if rapid.Bool().Draw(t, "extra") {
				p := rapid.Float64Range(0, 1).Draw(t, "p")
				s.Extra = Extra{Aliases: []string{"Ada", "A. | Example"}, SpeakerTitle: "Foreign Secretary", SpeakerGender: "female", DetectConfidence: &p, Group: "g1", Parent: "E1"}
			}
			d.Statements = append(d.Statements, s)
		}
		docs = append(docs, d)
	}
	return docs
}

// What is canonical comes back equal from every two-way format, whatever it
// holds, with no word of anything left out.
func TestRoundTrip(t *testing.T) {
	for _, f := range twoWay() {
		t.Run(string(f), func(t *testing.T) {
			t.Parallel()
			base := t.TempDir()
			rapid.Check(t, func(t *rapid.T) {
				dir, err := os.MkdirTemp(base, "")
				if err != nil {
					t.Fatal(err)
				}
				defer os.RemoveAll(dir)
				docs := drawDocuments(t)
				for _, d := range docs {
					if f == Inception { // XML holds no controls; TestControlsInXML
						d.Text = strings.ReplaceAll(d.Text, "\x1f", " ")
					}
					if err := d.canonical(d.ID, func(string, string) {}); err != nil {
						t.Fatal(err)
					}
				}
				var told notes
				back, err := through(dir, f, Options{Skip: told.add}, docs)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(docs, back, byID, cmpopts.EquateEmpty()); diff != "" {
					t.Fatalf("written, then read (-, +):\n%s", diff)
				}
				if len(told) > 0 {
					t.Fatalf("told of %q", told)
				}
			})
		})
	}
}
