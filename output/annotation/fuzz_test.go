package annotation

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"
)

// Whatever a file holds, reading it ends in documents whose spans slice their
// texts, or in an error; and what was read can be written and read again.
func fuzz(f *testing.F, format Format, name string, beside map[string]string, seeds ...string) {
	for _, s := range seeds {
		f.Add(s)
	}
	docs := sample()
	base := f.TempDir()
	w, err := Create(format, filepath.Join(base, "seed"), Options{})
	if err != nil {
		f.Fatal(err)
	}
	for _, d := range docs {
		if err := w.Write(d); err != nil {
			f.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		f.Fatal(err)
	}
	d, _ := format.description()
	files, err := d.find(filepath.Join(base, "seed"))
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	f.Fuzz(func(t *testing.T, content string) {
		dir := t.TempDir()
		for n, c := range beside {
			os.WriteFile(filepath.Join(dir, n), []byte(c), 0o644)
		}
		os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644)
		var read []*Document
		err := Read(format, []string{filepath.Join(dir, name)}, Options{}, func(d *Document) error {
			if !utf8.ValidString(d.Text) {
				return errors.New("fuzz: text that is not UTF-8")
			}
			x := newIndex(d.Text)
			for i := range d.Statements {
				for _, r := range roles {
					for _, s := range *d.Statements[i].spans(r) {
						if !x.has(s) || x.trim(s) != s || s.Start == s.End {
							t.Errorf("%s %v of %q", r, s, d.Text)
						}
					}
				}
			}
			read = append(read, d)
			return nil
		})
		if err != nil || len(read) == 0 {
			return
		}
		back, err := through(dir, Gold, Options{}, read)
		if err != nil || len(back) != len(read) {
			t.Errorf("again: %d documents of %d: %v", len(back), len(read), err)
		}
	})
}

// sample are documents with all that formats hold.
func sample() []*Document {
	p := 0.5
	return []*Document{{
		ID: "../a b", Meta: Meta{Title: "=T", Authors: []string{"Ada"}}, Text: "🙂 “We won,” said Ada Example,\n“at last.”\n",
		Statements: []Statement{
			{ID: "E1", Content: []Span{{2, 11}, {30, 40}}, Cue: []Span{{12, 16}}, Source: []Span{{17, 28}}, Attributes: Attributes{Type: "direct", SpeakerKind: "person", Speaker: "Ada Example", Extra: Extra{Aliases: []string{"Ada"}, DetectConfidence: &p}}},
			{ID: "x", Content: []Span{{5, 8}}, Source: []Span{{17, 28}}, Attributes: Attributes{Type: "mixed", Modality: "asked"}},
		},
	}, {ID: "b", Text: " \n"}}
}

const fuzzText = "🙂 “We won,” said Ada Example,\n“at last.”\n"

func FuzzBrat(f *testing.F) {
	fuzz(f, Brat, "a.ann", map[string]string{"a.txt": fuzzText}, "T1\tContent 2 11;30 40\t\nR1\tOf Arg1:T1 Arg2:T1\nA1\tType T1 direct\n#1\tAnnotatorNotes T1\tAda\n")
}

func FuzzLabelStudio(f *testing.F) { fuzz(f, LabelStudio, "a.json", nil) }
func FuzzCoNLL(f *testing.F)       { fuzz(f, CoNLL, "a.conllup", nil) }
func FuzzInception(f *testing.F)   { fuzz(f, Inception, "a.xmi", nil) }
func FuzzProdigy(f *testing.F)     { fuzz(f, Prodigy, "a.jsonl", nil) }
func FuzzCitron(f *testing.F)      { fuzz(f, Citron, "a.json", nil) }
func FuzzGold(f *testing.F)        { fuzz(f, Gold, "a.jsonl", nil) }

func FuzzCSV(f *testing.F) {
	fuzz(f, CSV, "a.csv", map[string]string{documentsCSV: "doc,text\n../a b,\"" + fuzzText + "\"\n"})
}

func FuzzXLSX(f *testing.F) { fuzz(f, XLSX, "a.xlsx", nil) }
