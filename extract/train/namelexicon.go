package train

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Thresholds of the compiled lexicon.
const (
	minBirths    = 900 // fewer bearers of a first name than this in 80 years say little about sex
	minGMBCount  = 3   // a word seen less often in the Groningen Meaning Bank may be a slip of its labels
	minGMBShare  = 0.8 // and it must have one label this often to count for it
	minCommon    = 6   // lower-case uses that make a word a common one
	sharesOfName = 9   // shares of female births are kept in ninths, one digit
)

// NameLexicon compiles the word lists that extract/entity/shape embeds from the
// public lists under dataDir/lexicons and the labels of dataDir/ner/gmb. The
// result is text: comment lines that name source and licence, section lines
// in brackets, one entry a line, sorted. No list of people is among them:
// first names stand alone, and surnames are left out.
func NameLexicon(ctx context.Context, dataDir string) ([]byte, error) {
	var b strings.Builder
	b.WriteString("# Compiled by `whosaid train`; do not edit by hand.\n")
	first, err := firstNames(filepath.Join(dataDir, "lexicons", "first-names-us.tsv"))
	if err != nil {
		return nil, err
	}
	b.WriteString("# First names with the share of female bearers in ninths. Source: US Social Security Administration, public domain.\n[first]\n")
	for _, n := range sortedKeys(first) {
		fmt.Fprintf(&b, "%s %d\n", n, first[n])
	}
	nick, err := nicknames(filepath.Join(dataDir, "lexicons", "nicknames.csv"))
	if err != nil {
		return nil, err
	}
	b.WriteString("# First names and their nicknames. Source: carltonnorthern/nicknames, Apache License 2.0.\n[nickname]\n")
	for _, n := range sortedKeys(nick) {
		fmt.Fprintf(&b, "%s %s\n", n, strings.Join(nick[n], " "))
	}
	place, err := countryNames(filepath.Join(dataDir, "lexicons", "country-codes.csv"))
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	gmb, err := gmbWords(filepath.Join(dataDir, "ner", "gmb", "gmb.conll.gz"))
	if err != nil {
		return nil, err
	}
	for n := range gmb["place"] {
		place[n] = true
	}
	b.WriteString("# Countries and capitals: datahub country-codes, Public Domain Dedication and License. Other places: Groningen Meaning Bank, texts in the public domain.\n[place]\n")
	writeWords(&b, place)
	b.WriteString("# Words for nations and their people. Source: Groningen Meaning Bank.\n[nation]\n")
	writeWords(&b, gmb["nation"])
	b.WriteString("# First words of people's names in world news. Source: Groningen Meaning Bank.\n[given]\n")
	given := map[string]bool{}
	for n := range gmb["given"] {
		if _, known := first[n]; !known {
			given[n] = true
		}
	}
	writeWords(&b, given)
	b.WriteString("# Words of organizations' names. Source: Groningen Meaning Bank.\n[organization]\n")
	writeWords(&b, gmb["organization"])
	b.WriteString("# Words of news that are seldom part of a name. Source: Groningen Meaning Bank.\n[common]\n")
	writeWords(&b, gmb["common"])
	return []byte(b.String()), nil
}

func writeWords(b *strings.Builder, set map[string]bool) {
	for _, n := range sortedKeys(set) {
		b.WriteString(n)
		b.WriteByte('\n')
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// firstNames reads name, male, female and returns the lower-case name with
// the share of female births in ninths.
func firstNames(path string) (map[string]int, error) {
	out := map[string]int{}
	err := eachLine(path, func(n int, line string) error {
		f := strings.Split(line, "\t")
		if n == 1 || len(f) != 3 {
			return nil
		}
		male, err := strconv.Atoi(f[1])
		if err != nil {
			return fmt.Errorf("read %s:%d: %w", path, n, err)
		}
		female, err := strconv.Atoi(f[2])
		if err != nil {
			return fmt.Errorf("read %s:%d: %w", path, n, err)
		}
		if male+female >= minBirths {
			out[strings.ToLower(f[0])] = (sharesOfName*female + (male+female)/2) / (male + female)
		}
		return nil
	})
	return out, err
}

// nicknames reads name1,relationship,name2 into name -> sorted nicknames.
func nicknames(path string) (map[string][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open nicknames: %w", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	out := map[string][]string{}
	for _, r := range rows[1:] {
		a, b := strings.ToLower(strings.TrimSpace(r[0])), strings.ToLower(strings.TrimSpace(r[2]))
		if a != "" && b != "" && !strings.Contains(a+b, " ") && !slices.Contains(out[a], b) {
			out[a] = append(out[a], b)
		}
	}
	for _, n := range out {
		slices.Sort(n)
	}
	return out, nil
}

// countryNames reads the English names of countries and their capitals.
func countryNames(path string) (map[string]bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open countries: %w", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	out := map[string]bool{}
	for i, h := range rows[0] {
		switch h {
		case "official_name_en", "UNTERM English Short", "Capital", "CLDR display name":
			for _, r := range rows[1:] {
				name, _, _ := strings.Cut(strings.ToLower(r[i]), " (")
				name = strings.TrimSpace(strings.TrimPrefix(name, "the "))
				if len(name) > 2 && !strings.ContainsAny(name, ",;/") {
					out[name] = true
				}
			}
		}
	}
	return out, nil
}

// gmbWords sorts the words of labelled names by what they nearly always are:
// a place (whole name), a nation, a person's first word, a word of an
// organization, a common word.
func gmbWords(path string) (map[string]map[string]bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open gmb: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	g := gmbCounts{inNames: map[string]map[string]int{}, total: map[string]int{}, lower: map[string]int{}}
	for _, k := range gmbKinds {
		g.inNames[k] = map[string]int{}
	}
	var words []string
	label := ""
	s := bufio.NewScanner(z)
	for s.Scan() {
		f := strings.Split(s.Text(), "\t")
		if len(f) != 3 || !strings.HasPrefix(f[2], "I-") {
			g.name(words, label)
			words, label = words[:0], ""
		}
		if len(f) != 3 {
			continue
		}
		if r := []rune(f[0])[0]; unicode.IsLower(r) {
			g.lower[f[0]]++
		}
		if r := []rune(f[0])[0]; strings.HasPrefix(f[2], "O") && unicode.IsUpper(r) {
			g.total[strings.ToLower(f[0])]++
		}
		if len(f[2]) > 2 {
			words, label = append(words, strings.ToLower(f[0])), f[2][2:]
		}
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	g.name(words, label)
	return g.sorted(), nil
}

// gmbKinds are what the labels of the Groningen Meaning Bank stand for.
var gmbKinds = map[string]string{"per": "given", "org": "organization", "geo": "place", "gpe": "nation"}

// gmbCounts counts words and names by what they are labelled as.
type gmbCounts struct {
	inNames map[string]map[string]int // by kind
	total   map[string]int            // however labelled, with a capital
	lower   map[string]int            // without
}

// name counts one labelled name.
func (g *gmbCounts) name(words []string, label string) {
	if len(words) == 0 {
		return
	}
	k := gmbKinds[label]
	switch k {
	case "given":
		if label == "per" && len(words) > 1 && !titleWord[words[0]] {
			g.inNames[k][words[0]]++
		}
		for _, w := range words {
			g.total[w]++
		}
	case "place", "nation":
		name := strings.Join(words, " ")
		g.inNames[k][name]++
		g.total[name]++
		if len(words) == 1 {
			return
		}
		for _, w := range words {
			g.total[w]++
		}
	case "organization":
		for _, w := range words {
			g.inNames[k][w]++
			g.total[w]++
		}
	}
}

// sorted are the words and names of each kind.
func (g *gmbCounts) sorted() map[string]map[string]bool {
	out := map[string]map[string]bool{"common": {}}
	for w, n := range g.lower {
		if n >= minCommon && n > 3*g.total[w] && len(w) > 2 && !strings.ContainsAny(w, ".,'\"") {
			out["common"][w] = true
		}
	}
	for k, c := range g.inNames {
		out[k] = map[string]bool{}
		for w, n := range c {
			share := minGMBShare
			if k == "given" {
				share = 0.6 // a given name is often used alone for a namesake place or as a surname
			}
			if k == "place" && strings.Contains(w, " ") && !strings.HasPrefix(w, "san ") && g.inNames["given"][strings.Fields(w)[0]] > 0 {
				continue // a person labelled as a place
			}
			if n >= minGMBCount && float64(n) >= share*float64(g.total[w]) && len(w) > 2 && !strings.ContainsAny(w, ".,'\"") {
				out[k][w] = true
			}
		}
	}
	return out
}

// titleWord holds what the Groningen Meaning Bank labels as the first word of
// a person and is none.
var titleWord = map[string]bool{
	"president": true, "prime": true, "mr.": true, "mrs.": true, "ms.": true, "vice": true, "secretary": true,
	"minister": true, "general": true, "senator": true, "king": true, "queen": true, "prince": true, "pope": true,
	"foreign": true, "chancellor": true, "ambassador": true, "judge": true, "governor": true, "chief": true,
	"leader": true, "colonel": true, "professor": true, "sheikh": true, "ayatollah": true, "the": true,
}

// eachLine calls f with each line of a file and its 1-based number.
func eachLine(path string, f func(n int, line string) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open list: %w", err)
	}
	defer file.Close()
	s := bufio.NewScanner(file)
	s.Buffer(nil, 1<<22) // articles of one line reach a megabyte
	for n := 1; s.Scan(); n++ {
		if err := f(n, s.Text()); err != nil {
			return err
		}
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}
