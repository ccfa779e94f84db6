package output

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// damage writes b under a name of its own and checks it.
func damage(t testing.TB, dir string, b []byte) (int64, error) {
	t.Helper()
	path := filepath.Join(dir, "damaged.parquet")
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	return CheckFile(path)
}

func damageParts(t *testing.T, dir string) map[Table][]byte {
	writeAll(t, dir, Parquet, fakeRows(t, 21, 6, 300, MapOptions{}), Options{RowGroupRows: 50})
	out := map[Table][]byte{}
	for table, path := range paths(dir, Parquet) {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out[table] = b
	}
	return out
}

func TestCheckFileTruncated(t *testing.T) {
	dir := t.TempDir()
	for table, b := range damageParts(t, dir) {
		for cut := 0; cut < len(b); cut += 1 + len(b)/60 {
			if _, err := damage(t, dir, b[:cut]); err == nil {
				t.Fatalf("%s cut at %d of %d: no error", table, cut, len(b))
			}
			if _, err := damage(t, dir, b[cut+1:]); err == nil {
				t.Fatalf("%s without its first %d bytes: no error", table, cut+1)
			}
		}
		if _, err := damage(t, dir, append(b[:len(b):len(b)], 0)); err == nil {
			t.Fatalf("%s with a byte more: no error", table)
		}
	}
}

// A flipped byte never panics. Most are found; those that are not stand where
// Parquet has no checksum (statistics, names of encodings, padding), which is
// why a run compares sha256 first.
func TestCheckFileFlipped(t *testing.T) {
	dir := t.TempDir()
	rng := rand.New(rand.NewPCG(3, 3))
	found, flips := 0, 0
	for _, table := range Tables() {
		b := damageParts(t, t.TempDir())[table]
		for range 80 {
			i := rng.IntN(len(b))
			was := b[i]
			b[i] ^= 1 << rng.IntN(8)
			if _, err := damage(t, dir, b); err != nil {
				found++
			}
			flips++
			b[i] = was
		}
	}
	t.Logf("%d of %d flips found", found, flips)
	if found < flips/2 {
		t.Errorf("only %d of %d flips found", found, flips)
	}
}

func TestCheckFileOther(t *testing.T) {
	dir := t.TempDir()
	if _, err := CheckFile(filepath.Join(dir, "none.parquet")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	path := filepath.Join(dir, "other.parquet")
	if err := parquet.WriteFile(path, []struct{ A int32 }{{1}}); err != nil {
		t.Fatal(err)
	}
	if _, err := CheckFile(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("a foreign table: error %v", err)
	}
	bad := "\xff"
	path = filepath.Join(dir, "bad.parquet")
	if err := parquet.WriteFile(path, []ArticleRow{{Text: &bad}}); err != nil {
		t.Fatal(err)
	}
	if _, err := CheckFile(path); err == nil || !strings.Contains(err.Error(), "column text") {
		t.Errorf("bad UTF-8: error %v", err)
	}
	if _, err := ReadFile(path, func(*QuoteRow) error { return nil }); err == nil {
		t.Error("articles are read as quotes")
	}
	stop := errors.New("stop")
	if n, err := ReadFile(path, func(*ArticleRow) error { return stop }); n != 0 || !errors.Is(err, stop) {
		t.Errorf("ReadFile = %d, %v", n, err)
	}
}

// Run it with -fuzzminimizetime 1x: making every interesting file smaller takes
// all the time there is.
func FuzzCheckFile(f *testing.F) {
	dir := f.TempDir()
	writeAll(f, dir, Parquet, fakeRows(f, 22, 1, 40, MapOptions{}), Options{})
	for _, table := range []Table{Mentions, Entities, Rejects} { // narrow tables make small seeds
		b, err := os.ReadFile(paths(dir, Parquet)[table])
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) { damage(t, t.TempDir(), b) })
}

// Every column that can be wrong and every way of being wrong is found.
func TestCheckArticle(t *testing.T) {
	p := func(n int32) *int32 { return &n }
	for name, spoil := range map[string]func(*Rows){
		"n_quotes":              func(r *Rows) { r.Article.NQuotes++ },
		"n_chars":               func(r *Rows) { r.Article.NChars++ },
		"n_words":               func(r *Rows) { r.Article.NWords-- },
		"status":                func(r *Rows) { r.Article.Status = "fine" },
		"with reason":           func(r *Rows) { r.Article.Reason = "empty" },
		"text_sha256":           func(r *Rows) { s := *r.Article.Text + " "; r.Article.Text = &s },
		"article_id":            func(r *Rows) { r.Quotes[0].ArticleID = "x" },
		"mention 0: article_id": func(r *Rows) { r.Mentions[0].ArticleID = "x" },
		"entity 1: article_id":  func(r *Rows) { r.Entities[1].ArticleID = "x" },
		"quote_id":              func(r *Rows) { r.Quotes[1].QuoteID = r.Quotes[0].QuoteID },
		"mention_id":            func(r *Rows) { r.Mentions[1].MentionID = "abc" },
		"entity_id":             func(r *Rows) { r.Entities[0].EntityID = "" },
		"ordinal":               func(r *Rows) { r.Quotes[1].Ordinal = 5 },
		"starts before":         func(r *Rows) { q := r.Quotes; q[1], q[2] = q[2], q[1]; q[1].Ordinal, q[2].Ordinal = 1, 2 },
		"type":                  func(r *Rows) { r.Quotes[0].Type = "" },
		"form":                  func(r *Rows) { r.Quotes[0].Form = "half" },
		"polarity":              func(r *Rows) { r.Quotes[0].Polarity = "doubted" },
		"modality":              func(r *Rows) { r.Quotes[0].Modality = "sung" },
		"act":                   func(r *Rows) { r.Quotes[0].Act = "deed" },
		"text is":               func(r *Rows) { r.Quotes[0].Text += "!" },
		"parts are":             func(r *Rows) { r.Quotes[0].Text = "we will  rebuild it soon" },
		"characters":            func(r *Rows) { r.Quotes[0].Parts[1].Start++ },
		"extent":                func(r *Rows) { r.Quotes[0].ByteStart, r.Quotes[0].Start = 29, 26 },
		"cuts a character":      func(r *Rows) { r.Quotes[0].ByteEnd += 1 },
		"lies outside":          func(r *Rows) { r.Quotes[2].ByteEnd += 1000 },
		"begin and end":         func(r *Rows) { r.Quotes[0].Parts = r.Quotes[0].Parts[:1] },
		"parts is empty":        func(r *Rows) { r.Quotes[0].Parts = nil },
		"before the end of":     func(r *Rows) { r.Quotes[0].Parts[1].ByteStart = 30 },
		"paragraph":             func(r *Rows) { r.Quotes[0].Paragraph = -1 },
		"sentence":              func(r *Rows) { r.Quotes[0].Sentence = 3 },
		"context is not":        func(r *Rows) { r.Quotes[0].ContextAfter = r.Quotes[0].ContextAfter[3:] },
		"context is too long":   func(r *Rows) { r.Quotes[0].ContextBefore = strings.Repeat("x", 121) },
		"cue is null":           func(r *Rows) { q := &r.Quotes[2]; q.CueLemma = "say" },
		"its offsets are not":   func(r *Rows) { r.Quotes[2].CueStart = p(0) },
		"cue has no offsets":    func(r *Rows) { r.Quotes[0].CueByteEnd = nil },
		"cue is \"says\"":       func(r *Rows) { r.Quotes[0].Cue = "says" },
		"source is":             func(r *Rows) { r.Quotes[0].SourceEnd, r.Quotes[0].SourceByteEnd = p(3), p(4) },
		"source is null":        func(r *Rows) { r.Quotes[2].SourceForm = "name" },
		"source_form":           func(r *Rows) { r.Quotes[0].SourceForm = "noun" },
		"speaker \"\" with":     func(r *Rows) { r.Quotes[0].Speaker = "" },
		"speaker is":            func(r *Rows) { r.Quotes[0].Speaker = "Zoe Marr" },
		"speaker_id":            func(r *Rows) { r.Quotes[0].SpeakerID = "0123456789abcdef" },
		"speaker_kind":          func(r *Rows) { r.Quotes[0].SpeakerKind = "robot" },
		"kind is unknown":       func(r *Rows) { r.Quotes[0].SpeakerKind = "unknown" },
		"speaker_gender":        func(r *Rows) { r.Quotes[0].SpeakerGender = "male" },
		"a title or gender":     func(r *Rows) { r.Quotes[2].SpeakerTitle = "mayor" },
		"anonymity_reason":      func(r *Rows) { r.Quotes[0].AnonymityReason = "because he was not there" },
		"detect_confidence":     func(r *Rows) { r.Quotes[0].DetectConfidence = 1.1 },
		"speaker_confidence":    func(r *Rows) { r.Quotes[0].SpeakerConfidence = -1 },
		"method":                func(r *Rows) { r.Quotes[0].Method = "" },
		"best first":            func(r *Rows) { c := r.Quotes[0].Candidates; c[0], c[1] = c[1], c[0] },
		"candidate ":            func(r *Rows) { r.Quotes[0].Candidates[0].Name = "Zoe" },
		"candidates":            func(r *Rows) { c := r.Quotes[0].Candidates; r.Quotes[0].Candidates = append(append(c, c...), c...) },
		"group_id":              func(r *Rows) { r.Quotes[0].GroupID = "1" },
		"parent_quote_id":       func(r *Rows) { r.Quotes[2].ParentQuoteID = "0123456789abcdef" },
		"not another quote":     func(r *Rows) { r.Quotes[2].ParentQuoteID = r.Quotes[2].QuoteID },
		"published":             func(r *Rows) { r.Quotes[0].Published = nil },
		"outlet":                func(r *Rows) { r.Quotes[0].Outlet = "" },
		"mention 0: text":       func(r *Rows) { r.Mentions[0].Text = "Zoe Marr" },
		"mention 1: form":       func(r *Rows) { r.Mentions[1].Form = "" },
		"mention 1: entity_id":  func(r *Rows) { r.Mentions[1].EntityID = "0123456789abcdef" },
		"in_quote_id":           func(r *Rows) { r.Mentions[0].InQuoteID = r.Quotes[0].QuoteID },
		"n_mentions":            func(r *Rows) { r.Mentions = r.Mentions[:4] },
		"n_quotes is 0":         func(r *Rows) { r.Entities[1].NQuotes = 0 },
		"n_words_quoted":        func(r *Rows) { r.Entities[1].NWordsQuoted++ },
		"name is empty":         func(r *Rows) { r.Entities[1].Name = "" },
		"kind is":               func(r *Rows) { r.Entities[1].Kind = "" },
		"gender":                func(r *Rows) { r.Entities[0].GenderBasis = "" },
	} {
		t.Run(name, func(t *testing.T) {
			rows := NewMapper(MapOptions{}).Map(boroughResult(), StatusOK)
			mustCheck(t, rows)
			spoil(&rows)
			err := CheckArticle(rows.Article, rows.Quotes, rows.Mentions, rows.Entities)
			if err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestSkim(t *testing.T) {
	whole := []byte{
		0x15, 0x02, // field 1, a number
		0x19, 0x1c, 0x15, 0x04, 0x00, // field 2, a list of one structure
		0x18, 0x02, 'a', 'b', // field 3, text
		0x11,       // field 4, true
		0x00,       // end
		0xff, 0xff, // of something else
	}
	if n, err := skim(whole); n != len(whole)-2 || err != nil {
		t.Errorf("skim = %d, %v", n, err)
	}
	for i := range len(whole) - 2 {
		if _, err := skim(whole[:i]); err == nil {
			t.Errorf("the first %d bytes are a structure", i)
		}
	}
	for name, b := range map[string][]byte{
		"long list":    {0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x07, 0x00},
		"long text":    {0x18, 0xff, 0xff, 0xff, 0xff, 0x07, 0x00},
		"long number":  {0x16, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00},
		"deep":         append(bytes.Repeat([]byte{0x1c}, 100), make([]byte, 101)...),
		"deep in list": append(bytes.Repeat([]byte{0x19, 0x19}, 100), make([]byte, 101)...),
		"map":          {0x1b, 0x00, 0x00},
		"no type":      {0x1f, 0x00, 0x00},
	} {
		if n, err := skim(b); err == nil {
			t.Errorf("%s: %d bytes are a structure", name, n)
		}
	}
}
