// Package desktest makes tables for the tests of the desk: of as many invented
// articles as asked for, written by package output as extraction writes them,
// with every offset right.
package desktest

import (
	"encoding/hex"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"

	"github.com/whosaid/whosaid/output"
)

// unitArticles is how many articles a unit has.
const unitArticles = 5000

var (
	given    = strings.Fields("Ada Bilal Chiara Dong-hyun Esteban Farida Goran Hana Ikenna Joana Kofi Luz Mirela Nnamdi Odalys Priya Quentin Rúna Segundo Tove")
	families = strings.Fields("Example Sample Quist Radovan Simbaña Tanaka Umarov Vainio Wilk Xenakis Ybarra Zoltan Ashdown Birch Cobb Dray Eames Farrow Gant Hollis")
	bodies   = strings.Fields("Harbour Highways Water Transit Forestry Energy Fisheries Housing Tourism Archive")
	subjects = strings.Fields("bridge harbour budget school river ferry market tower railway forest clinic museum stadium archive tunnel road tax strike vote flood")
	verbs    = strings.Fields("opens closes grows fails returns waits moves changes rises falls costs helps stays ends begins")
	fillers  = strings.Fields("this week before the winter after years of work without any help for every family in the north at last with great care")
)

// Corpus says what to make.
type Corpus struct {
	Articles   int
	Statements int // an article, on average
	Seed       uint64
}

// Write makes the tables of c in dir.
func Write(dir string, c Corpus) error {
	r := rand.New(rand.NewPCG(c.Seed, 16))
	people := rand.NewZipf(r, 1.2, 20, 19_999)
	return WriteRows(dir, func(yield func(output.Rows) bool) {
		for n := range c.Articles {
			if !yield(article(r, people, n, c)) {
				return
			}
		}
	})
}

// WriteRows makes tables of articles in dir.
func WriteRows(dir string, articles iter.Seq[output.Rows]) (err error) {
	var w output.Writer
	n := 0
	for rows := range articles {
		if n%unitArticles == 0 {
			if w != nil {
				if _, err := w.Close(); err != nil {
					return err
				}
			}
			if w, err = openUnit(dir, fmt.Sprintf("%06d", n/unitArticles)); err != nil {
				return err
			}
		}
		n++
		if err := w.Write(rows); err != nil {
			return err
		}
	}
	if w != nil {
		if _, err := w.Close(); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, "_manifest.json"), []byte("{}\n"), 0o644)
}

func openUnit(dir, unit string) (output.Writer, error) {
	paths := map[output.Table]string{}
	for _, t := range []output.Table{output.Articles, output.Quotes, output.Entities} {
		if err := os.MkdirAll(filepath.Join(dir, string(t)), 0o755); err != nil {
			return nil, err
		}
		paths[t] = filepath.Join(dir, string(t), output.Parquet.PartName(unit+"-0a0b0c0d"))
	}
	return output.Open(output.Parquet, paths, output.Options{})
}

// maker writes a text and counts its code points.
type maker struct {
	strings.Builder
	runes int32
}

func (m *maker) add(s string) (start, end, byteStart, byteEnd int32) {
	start, byteStart = m.runes, int32(m.Len())
	m.WriteString(s)
	m.runes += int32(utf8.RuneCountInString(s))
	return start, m.runes, byteStart, int32(m.Len())
}

// id is 16 hex digits.
func id(parts ...any) string {
	h := xxhash.Sum64String(fmt.Sprint(parts...))
	return hex.EncodeToString([]byte{byte(h >> 56), byte(h >> 48), byte(h >> 40), byte(h >> 32), byte(h >> 24), byte(h >> 16), byte(h >> 8), byte(h)})
}

func words(r *rand.Rand) string {
	var w []string
	for range 2 + r.IntN(4) {
		w = append(w, "the", subjects[r.IntN(len(subjects))], verbs[r.IntN(len(verbs))], fillers[r.IntN(len(fillers))])
	}
	return strings.Join(w, " ")
}

// article makes the rows of article n.
func article(r *rand.Rand, people *rand.Zipf, n int, c Corpus) output.Rows {
	var rows output.Rows
	a := &rows.Article
	published := output.Timestamp(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n*1000/max(c.Articles, 1)).UnixMicro())
	a.ArticleID, a.Title, a.Outlet = fmt.Sprintf("article-%07d", n), "The "+subjects[r.IntN(len(subjects))]+" "+verbs[r.IntN(len(verbs))], fmt.Sprintf("Outlet %02d", r.IntN(40))
	a.SourcePath, a.SourceRecord, a.Published, a.Language, a.Status = "made.jsonl", int64(n), &published, "en", string(output.StatusOK)
	a.Authors, a.Repairs = []string{}, []string{}
	var text maker
	entities := map[string]int{}
	count := c.Statements/2 + r.IntN(c.Statements+1)
	for i := range count {
		text.add(strings.ToUpper(subjects[r.IntN(len(subjects))][:1]) + " " + words(r) + ".\n\n")
		name, kind, gender := speaker(r, people)
		e, met := entities[name]
		if !met {
			e = len(rows.Entities)
			entities[name] = e
			row := output.EntityRow{ArticleID: a.ArticleID, EntityID: id("e", n, name), Name: name, Kind: kind, Titles: []string{}, Aliases: []string{}, Gender: gender, NMentions: 1}
			if gender != "" {
				row.GenderBasis = []string{"pronoun", "title", "first_name"}[r.IntN(3)]
			}
			rows.Entities = append(rows.Entities, row)
		}
		q := statement(r, &text, n, i)
		q.ArticleID, q.Published, q.Outlet = a.ArticleID, a.Published, a.Outlet
		q.SpeakerKind = kind
		if kind != "unknown" {
			q.Speaker, q.SpeakerID, q.SpeakerGender = name, rows.Entities[e].EntityID, gender
			q.Candidates = append(q.Candidates, output.CandidateRow{EntityID: q.SpeakerID, Name: name, Probability: q.SpeakerConfidence})
		}
		text.add(" ")
		start, end, byteStart, byteEnd := text.add(name)
		q.Source, q.SourceForm = name, "name"
		q.SourceStart, q.SourceEnd, q.SourceByteStart, q.SourceByteEnd = &start, &end, &byteStart, &byteEnd
		text.add(".\n\n")
		rows.Entities[e].NQuotes++
		rows.Entities[e].NWordsQuoted += q.NWords
		rows.Quotes = append(rows.Quotes, q)
	}
	body := text.String()
	a.Text, a.NChars, a.NQuotes, a.NWords = &body, text.runes, int32(count), int32(len(strings.Fields(body)))
	a.TextSHA256 = strings.Repeat(id(n), 4)
	return rows
}

func speaker(r *rand.Rand, people *rand.Zipf) (name, kind, gender string) {
	switch r.IntN(10) {
	case 0:
		return "the " + bodies[r.IntN(len(bodies))] + " Trust", "organization", ""
	case 1:
		return "a spokesman", "unnamed", "male"
	case 2:
		return "nobody", "unknown", ""
	}
	k := int(people.Uint64())
	name = given[k%20] + " " + families[k/20%20]
	if k >= 400 {
		name += fmt.Sprintf("-%d", k/400)
	}
	return name, "person", []string{"female", "male"}[k%2]
}

func statement(r *rand.Rand, text *maker, n, i int) output.QuoteRow {
	q := output.QuoteRow{QuoteID: id("q", n, i), Ordinal: int32(i), Form: "full", Act: "statement", Polarity: "affirmed", Modality: "asserted", Method: "made", Candidates: []output.CandidateRow{}}
	q.Type = []string{"direct", "indirect", "mixed"}[r.IntN(3)]
	q.Modality = []string{"asserted", "asserted", "asserted", "asserted", "asked", "future"}[r.IntN(6)]
	q.Text = words(r)
	if q.Type == "direct" {
		q.Text = "“" + q.Text + ",”"
	}
	q.NWords = int32(len(strings.Fields(q.Text)))
	q.Start, q.End, q.ByteStart, q.ByteEnd = text.add(q.Text)
	q.Parts = []output.PartRow{{Start: q.Start, End: q.End, ByteStart: q.ByteStart, ByteEnd: q.ByteEnd, Quoted: q.Type == "direct"}}
	q.Paragraph, q.Sentence = int32(2*i+1), int32(2*i+1)
	q.ContextBefore, q.ContextAfter = "before", "after"
	text.add(" ")
	start, end, byteStart, byteEnd := text.add("said")
	q.Cue, q.CueLemma = "said", "say"
	q.CueStart, q.CueEnd, q.CueByteStart, q.CueByteEnd = &start, &end, &byteStart, &byteEnd
	q.DetectConfidence, q.SpeakerConfidence = float32(r.IntN(101))/100, float32(r.IntN(101))/100
	return q
}
