package eval

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var update = flag.Bool("update", false, "rewrite golden files")

// shared is a file of the data that lies beside the project; the test is
// skipped where it is not there.
func shared(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("WHOSAID_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	p := filepath.Join(dir, name)
	if _, err := os.Stat(p); err != nil {
		t.Skip("needs ../shared data: " + name)
	}
	return p
}

func python(t *testing.T, args ...string) []byte {
	t.Helper()
	exe, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("needs python3")
	}
	cmd := exec.Command(exe, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, stderr.Bytes())
	}
	return out
}

func TestReadPolnearAgreesWithItsScript(t *testing.T) {
	script := shared(t, "tools/gold_polnear.py")
	sets := []string{"dev"}
	if os.Getenv("WHOSAID_TORTURE") != "" {
		sets = append(sets, "train") // a quarter of a minute
	}
	for _, set := range sets {
		t.Run(set, func(t *testing.T) {
			dir := shared(t, "data/polnear/"+set)
			speakers := shared(t, "data/polnear/speakers-"+set+".tsv")
			want, err := ReadGold(bytes.NewReader(python(t, script, dir, speakers)))
			if err != nil {
				t.Fatal(err)
			}
			got, err := ReadPolnear(dir, speakers)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
				t.Fatalf("gold differs (-script +Go):\n%.3000s", d)
			}
		})
	}
}

// some are six articles from all over a set: score.py takes a quarter of
// a minute for a whole one. The long form of the tests takes all.
func some(golds []Gold) []Gold {
	const enough = 6
	if len(golds) <= enough || os.Getenv("WHOSAID_TORTURE") != "" {
		return golds
	}
	var few []Gold
	for i := range enough {
		few = append(few, golds[i*len(golds)/enough])
	}
	return few
}

// TestScoreAgrees compares our figures with those of score.py, digit by digit,
// on gold that has been damaged in every way a detector errs.
func TestScoreAgrees(t *testing.T) {
	script := shared(t, "tools/score.py")
	sets := map[string]func() ([]Gold, error){
		"polnear": func() ([]Gold, error) {
			golds, err := ReadPolnear(shared(t, "data/polnear/dev"), shared(t, "data/polnear/speakers-dev.tsv"))
			return golds, err
		},
		"worldnews": func() ([]Gold, error) { return ReadGoldFile(shared(t, "data/worldnews/gold.jsonl")) },
		"hostile":   func() ([]Gold, error) { return hostileGold(), nil },
		"stories": func() (golds []Gold, err error) {
			for _, s := range readStories(t, "gold") {
				golds = append(golds, s.gold)
			}
			return golds, nil
		},
	}
	for name, load := range sets {
		t.Run(name, func(t *testing.T) {
			golds, err := load()
			if err != nil {
				t.Fatal(err)
			}
			golds = some(golds)
			dir := t.TempDir()
			goldFile := filepath.Join(dir, "gold.jsonl")
			writeGoldFile(t, goldFile, golds)
			for seed := range uint64(2) {
				predFile := filepath.Join(dir, fmt.Sprintf("pred%d.jsonl", seed))
				if err := os.WriteFile(predFile, damage(golds, seed), 0o600); err != nil {
					t.Fatal(err)
				}
				for _, act := range []string{"", "statement"}[:2-seed] {
					args := []string{script, "--gold", goldFile, "--pred", predFile}
					if act != "" {
						args = append(args, "--act", act)
					}
					f := figuresOf(t, goldFile, predFile, act)
					if d := cmp.Diff(string(python(t, args...)), f.String()); d != "" {
						t.Errorf("seed %d act %q (-score.py +Go):\n%s", seed, act, d)
					}
					got, err := f.MarshalJSON()
					if err != nil {
						t.Fatal(err)
					}
					want := bytes.TrimSpace(python(t, append(args, "--json")...))
					if d := cmp.Diff(string(want), string(got)); d != "" {
						t.Errorf("seed %d act %q json (-score.py +Go):\n%s", seed, act, d)
					}
				}
			}
		})
	}
}

// TestCharactersAgree compares the classes that words are made of with those of
// the regular expressions of score.py, over all of Unicode. Characters that one
// side's edition does not know yet do not count.
func TestCharactersAgree(t *testing.T) {
	out := python(t, "-c", `
import re, unicodedata
known = [c for c in range(0x110000) if not 0xd800 <= c < 0xe000 and unicodedata.category(chr(c)) != "Cn"]
text = "".join(map(chr, known))
words, spaces = set(re.findall(r"\w", text)), set(re.findall(r"\s", text))
print("\n".join(f"{c} {'w' if chr(c) in words else 's' if chr(c) in spaces else '-'}" for c in known))
`)
	n := 0
	for line := range strings.Lines(string(out)) {
		number, class, _ := strings.Cut(strings.TrimSpace(line), " ")
		code, err := strconv.ParseInt(number, 10, 32)
		if err != nil {
			t.Fatal(err)
		}
		c := rune(code)
		n++
		if got := isWord(c); got != (class == "w") {
			t.Errorf("%U: word character: %v", c, got)
		}
		if got := isSpace(c); got != (class == "s") {
			t.Errorf("%U: white space: %v", c, got)
		}
	}
	if n < 100000 {
		t.Fatalf("only %d characters compared", n)
	}
}

// TestScoreStored holds the same agreement where score.py is not at hand: the
// stored figures are score.py's on hostileGold.
func TestScoreStored(t *testing.T) {
	dir := t.TempDir()
	goldFile, predFile := filepath.Join(dir, "gold.jsonl"), filepath.Join(dir, "pred.jsonl")
	golds := hostileGold()
	writeGoldFile(t, goldFile, golds)
	if err := os.WriteFile(predFile, damage(golds, 99), 0o600); err != nil {
		t.Fatal(err)
	}
	stored := filepath.Join("testdata", "hostile.figures")
	if *update {
		out := python(t, shared(t, "tools/score.py"), "--gold", goldFile, "--pred", predFile)
		if err := os.WriteFile(stored, out, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(stored)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), figuresOf(t, goldFile, predFile, "").String()); d != "" {
		t.Errorf("figures (-score.py +Go):\n%s", d)
	}
}

func figuresOf(t *testing.T, goldFile, predFile, act string) Figures {
	t.Helper()
	golds, err := ReadGoldFile(goldFile)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(predFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	preds, err := ReadPredictions(f, act)
	if err != nil {
		t.Fatal(err)
	}
	return Compare(golds, preds).Figures()
}

func writeGoldFile(t *testing.T, name string, golds []Gold) {
	t.Helper()
	var b bytes.Buffer
	if err := WriteGold(&b, golds); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// hostileGold is gold whose texts hold what tokenizers and name comparison
// stumble over.
func hostileGold() []Gold {
	texts := []string{
		"“Ça va?”\u00a0asked Zoë O’Hara_2.\r\n\r\nThe\u2028mayor—İpek Öz\u0301demir—said ½ of ²³ trains\x1cstood still.\n",
		"हिन्दी समाचार: \"नमस्ते\" said Priya\tRao.\v\n\n\n ٣٤ of Ⅷ, 𝟘𝟙 and 漢字 😀👩‍🚀 agreed that it snowed\u200b.\n\u3000\n",
		"Σίσυφος said \"ΟΔΟΣ\" twice; Σίσυφοσ denied it.\nﬁne, said the Straße's owner.\n",
		"",
		"x",
	}
	names := []string{"", "Zoë O’Hara", "zoë o'hara's", "The Ministry", "İpek Özdemir", "ΣΊΣΥΦΟΣ", "Straße", "ﬁne Co."}
	kinds := []string{"", "person", "organization", "group", "unknown", "person"}
	types := []string{"direct", "mixed", "indirect"}
	rnd := rand.New(rand.NewPCG(7, 11))
	var out []Gold
	for i, text := range texts {
		n := len([]rune(text))
		g := Gold{Doc: fmt.Sprintf("sub/dir/doc %d.txt", i), Text: text}
		spans := func(most int) []Range {
			var rs []Range
			for range rnd.IntN(most + 1) {
				a := rnd.IntN(n + 1)
				rs = append(rs, Range{a, min(n, a+rnd.IntN(30))})
			}
			return rs
		}
		for k := range 30 {
			g.Attributions = append(g.Attributions, Attribution{
				ID: fmt.Sprint("E", k), Type: types[rnd.IntN(3)],
				Content: spans(3), Cue: spans(1), Source: spans(2),
				Kind: kinds[rnd.IntN(len(kinds))], Name: names[rnd.IntN(len(names))],
			})
		}
		out = append(out, g)
	}
	return out
}

// damage writes a quotes table made from gold: edges moved, statements lost,
// doubled and invented, fields missing, names and kinds confused.
func damage(golds []Gold, seed uint64) []byte {
	rnd := rand.New(rand.NewPCG(seed, 1))
	var b bytes.Buffer
	for _, g := range golds {
		n := len([]rune(g.Text))
		if rnd.IntN(10) == 0 {
			continue
		}
		move := func(r Range) Range {
			if rnd.IntN(3) == 0 {
				r[0] = min(max(0, r[0]+rnd.IntN(9)-4), n)
				r[1] = min(max(r[0], r[1]+rnd.IntN(9)-4), n)
			}
			return r
		}
		for i := range g.Attributions {
			a := g.Attributions[i]
			if rnd.IntN(6) == 0 {
				continue
			}
			row := map[string]any{"article_id": g.Doc, "type": a.Type}
			content := slices.Clone(a.Content)
			if len(content) == 0 {
				content = []Range{{0, min(n, 20)}}
			}
			var parts []map[string]int
			for k := range content {
				content[k] = move(content[k])
				parts = append(parts, map[string]int{"start": content[k][0], "end": content[k][1]})
			}
			row["start"], row["end"] = content[0][0], max(content[0][0], content[len(content)-1][1])
			if rnd.IntN(4) > 0 {
				row["parts"] = parts
			}
			one := func(name string, rs []Range) {
				if len(rs) > 0 && rnd.IntN(5) > 0 {
					r := move(rs[0])
					row[name+"_start"], row[name+"_end"] = r[0], r[1]
				} else if rnd.IntN(2) == 0 {
					row[name+"_start"], row[name+"_end"] = nil, nil
				}
			}
			one("cue", a.Cue)
			one("source", a.Source)
			row["speaker_kind"] = a.Kind
			if a.Name != "" { // the schema has null where a name is unknown, never ""
				row["speaker"] = a.Name
			}
			switch rnd.IntN(8) {
			case 0:
				row["speaker"] = strings.ToUpper(a.Name)
			case 1:
				row["speaker"], row["speaker_kind"] = "the "+a.Name+".", "person"
			case 2:
				row["speaker"] = nil
			case 3:
				row["speaker_kind"] = "group"
			case 4:
				row["type"] = "mixed"
			}
			switch rnd.IntN(4) {
			case 0:
				row["act"] = "attitude"
			case 1, 2:
				row["act"] = "statement"
			}
			line, _ := json.Marshal(row) //nolint:errchkjson // plain maps always marshal
			for range 1 + rnd.IntN(8)/7 {
				b.Write(append(line, '\n'))
			}
		}
	}
	return b.Bytes()
}
