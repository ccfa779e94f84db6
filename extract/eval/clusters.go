package eval

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// ClusteredText is an article whose mentions people gathered into clusters.
type ClusteredText struct {
	Doc      string
	Text     string
	Clusters [][]news.Span // each in text order
}

// clusterKinds are the kinds of entities whose clusters are judged: those that
// can speak or be spoken of by name.
var clusterKinds = []string{"person", "organization", "place"}

// ReadClusters reads the files *.conll of a folder as GUM writes coreference: a
// number, a token and the mentions that open and close there a line, set apart
// by tabs. Clusters of people, organizations and places with two mentions or
// more are kept; the text is made of the tokens again.
func ReadClusters(dir string) ([]ClusteredText, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.conll"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("read clusters: no *.conll in %s", dir)
	}
	slices.Sort(files)
	var out []ClusteredText
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			return nil, fmt.Errorf("read clusters: %w", err)
		}
		t, err := readClusters(f, file)
		f.Close()
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

func readClusters(r io.Reader, name string) (ClusteredText, error) {
	c := ClusteredText{Doc: strings.TrimSuffix(filepath.Base(name), ".conll")}
	b := textMaker{label: "O"}
	open := map[string][]int32{}
	spans := map[string][]news.Span{}
	var order []string
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 1<<20)
	line := 0
	for scan.Scan() {
		line++
		row := scan.Text()
		if strings.HasPrefix(row, "#") {
			continue
		}
		if row == "" {
			b.paragraph()
			continue
		}
		col := strings.Split(row, "\t")
		if len(col) < 3 {
			return c, fmt.Errorf("read %s:%d: %d columns, want a number, a token and mentions", name, line, len(col))
		}
		start, end := b.token(col[1])
		if col[2] == "_" {
			continue
		}
		for _, m := range mentionMarks(col[2]) {
			if m.opens {
				open[m.id] = append(open[m.id], start)
			}
			if n := len(open[m.id]); m.closes && n > 0 {
				if spans[m.id] == nil {
					order = append(order, m.id)
				}
				spans[m.id] = append(spans[m.id], news.Span{Start: open[m.id][n-1], End: end})
				open[m.id] = open[m.id][:n-1]
			}
		}
	}
	if err := scan.Err(); err != nil {
		return c, fmt.Errorf("read %s: %w", name, err)
	}
	c.Text = b.text.String()
	for _, id := range order {
		kind, _, _ := strings.Cut(id, "-")
		if s := spans[id]; len(s) > 1 && slices.Contains(clusterKinds, kind) {
			slices.SortFunc(s, func(a, b news.Span) int { return int(a.Start - b.Start) })
			c.Clusters = append(c.Clusters, s)
		}
	}
	return c, nil
}

// mentionMark is one mention that opens or closes at a token, or both.
type mentionMark struct {
	id            string // kind and number: person-6
	opens, closes bool
}

// mentionMarks reads "(person-6", "person-6)", "(abstract-7)" and several of them
// one after the other.
func mentionMarks(s string) (out []mentionMark) {
	for s != "" {
		m := mentionMark{}
		if s[0] == '(' {
			m.opens, s = true, s[1:]
		}
		end := strings.IndexAny(s, "()")
		if end < 0 {
			end = len(s)
		}
		m.id = s[:end]
		if s = s[end:]; s != "" && s[0] == ')' {
			m.closes, s = true, s[1:]
		}
		if f := strings.SplitN(m.id, "-", 3); len(f) > 2 { // the Wikipedia page
			m.id = f[0] + "-" + f[1]
		}
		out = append(out, m)
	}
	return out
}

// token adds a token without a label and tells where it stands.
func (b *textMaker) token(s string) (start, end int32) {
	b.add(s, "O")
	end = int32(b.text.Len())
	return end - int32(len(s)), end
}

// ClusterFigures are precision, recall and F1, in per cent, of clusters.
type ClusterFigures struct {
	B3, CEAF PRF
	Mentions PRF // found mentions that are ones of the key
}

// clusterSums adds up what the figures are made of.
type clusterSums struct{ b3p, b3r, ceaf, keyClusters, gotClusters, key, got, both float64 }

// ScoreClusters compares the clusters found in each text with its key's, by
// B-cubed (Bagga and Baldwin 1998) and entity-based CEAF (Luo 2005). A mention
// found is one of the key where it lies in it, and in no smaller one; clusters
// of one mention are left out on both sides.
func ScoreClusters(texts []ClusteredText, found [][][]news.Span) ClusterFigures {
	var s clusterSums
	for i := range texts {
		s.add(texts[i].Clusters, found[i])
	}
	figures := func(p, pn, r, rn float64) PRF {
		f := PRF{P: round1(100 * p / max(pn, 1)), R: round1(100 * r / max(rn, 1))}
		if f.P+f.R > 0 {
			f.F1 = round1(2 * f.P * f.R / (f.P + f.R))
		}
		return f
	}
	return ClusterFigures{
		B3:       figures(s.b3p, s.got, s.b3r, s.key),
		CEAF:     figures(s.ceaf, s.gotClusters, s.ceaf, s.keyClusters),
		Mentions: figures(s.both, s.got, s.both, s.key),
	}
}

func (s *clusterSums) add(key, found [][]news.Span) {
	owner := map[news.Span]int{}
	for k, c := range key {
		for _, m := range c {
			owner[m] = k
		}
	}
	var all []news.Span
	for m := range owner {
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b news.Span) int { return a.Len() - b.Len() })
	taken := map[news.Span]bool{}
	overlap := [][]float64{} // found × key
	var sizes []float64
	for _, c := range found {
		if len(c) < 2 {
			continue
		}
		row := make([]float64, len(key))
		for _, m := range c {
			for _, g := range all {
				if g.Contains(m) {
					if !taken[g] {
						taken[g] = true
						row[owner[g]]++
					}
					break
				}
			}
		}
		overlap = append(overlap, row)
		sizes = append(sizes, float64(len(c)))
	}
	similarity := make([][]float64, len(overlap))
	for i, row := range overlap {
		similarity[i] = make([]float64, len(key))
		for k, n := range row {
			s.both += n
			s.b3p += n * n / sizes[i]
			s.b3r += n * n / float64(len(key[k]))
			similarity[i][k] = 2 * n / (sizes[i] + float64(len(key[k])))
		}
		s.got += sizes[i]
	}
	for _, c := range key {
		s.key += float64(len(c))
	}
	s.keyClusters += float64(len(key))
	s.gotClusters += float64(len(overlap))
	s.ceaf += assignment(similarity, len(key))
}

// assignment is the largest sum of one entry a row and column (Kuhn 1955, Munkres
// 1957).
func assignment(w [][]float64, columns int) (sum float64) {
	n, m := len(w), max(columns, len(w))
	cost := func(i, j int) float64 {
		if j < columns {
			return -w[i][j]
		}
		return 0
	}
	u, v := make([]float64, n+1), make([]float64, m+1)
	row, way := make([]int, m+1), make([]int, m+1)
	for i := 1; i <= n; i++ {
		row[0] = i
		j := 0
		least, used := make([]float64, m+1), make([]bool, m+1)
		for k := range least {
			least[k] = math.Inf(1)
		}
		for ok := true; ok; ok = row[j] != 0 {
			used[j] = true
			delta, next := math.Inf(1), 0
			for k := 1; k <= m; k++ {
				if used[k] {
					continue
				}
				if c := cost(row[j]-1, k-1) - u[row[j]] - v[k]; c < least[k] {
					least[k], way[k] = c, j
				}
				if least[k] < delta {
					delta, next = least[k], k
				}
			}
			for k := range used {
				if used[k] {
					u[row[k]] += delta
					v[k] -= delta
				} else {
					least[k] -= delta
				}
			}
			j = next
		}
		for j != 0 {
			row[j] = row[way[j]]
			j = way[j]
		}
	}
	for j := 1; j <= columns; j++ {
		if row[j] > 0 {
			sum += w[row[j]-1][j-1]
		}
	}
	return sum
}
