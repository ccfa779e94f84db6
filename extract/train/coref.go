package train

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/forest"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
)

// CorefOptions are the settings of the coreference ranker's training. Zero
// values take the defaults.
type CorefOptions struct {
	Seed     uint64
	Folds    int     // for figures; 0: 4
	Trees    int     // 0: 140
	Depth    int     // 0: 5
	Rate     float64 // 0: 0.13
	Progress func(string)
}

func (o *CorefOptions) fill() {
	if o.Folds == 0 {
		o.Folds = 4
	}
	if o.Trees == 0 {
		o.Trees = 140
	}
	if o.Depth == 0 {
		o.Depth = 5
	}
	if o.Rate == 0 {
		o.Rate = 0.13
	}
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
}

func (o *CorefOptions) grow(n uint64) growOptions {
	return growOptions{Trees: o.Trees, Depth: o.Depth, Rate: o.Rate, Lambda: 2, MinHess: 3, RowShare: 0.7, FeatShare: 0.6, Seed: o.Seed*1000 + n}
}

// corefCase is a text whose mentions are gathered to clusters.
type corefCase struct {
	name    string
	text    string
	cluster map[[2]int32]int32 // mention in bytes -> cluster
	partial bool               // only what is in cluster is known; nothing else is new
	weight  float32
	set     string
}

// Coref trains the ranker of extract/coref on GUM's coreference and GAP's
// pronouns under dataDir and returns it with its figures in folds.
func Coref(ctx context.Context, dataDir string, annotate Annotate, names FindNames, o CorefOptions) (*forest.Model, []CorefFigure, error) {
	o.fill()
	cases, err := corefCases(dataDir)
	if err != nil {
		return nil, nil, fmt.Errorf("train coreference: %w", err)
	}
	lex := coref.Of(english.Language())
	var groups []rankGroup
	var of []corefDecision
	for i := range cases {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		g, d := collectCoref(lex, &cases[i], annotate, names, o.Seed+uint64(i))
		for k := range g {
			g[k].fold = i % o.Folds
		}
		groups, of = append(groups, g...), append(of, d...)
	}
	o.Progress(fmt.Sprintf("%d texts, %d mentions", len(cases), len(groups)))
	folds, err := growFolds(ctx, groups, o.Folds, coref.NumFeatures, o.grow)
	if err != nil {
		return nil, nil, err
	}
	figures := judgeCoref(groups, of, folds)
	trees, err := grow(ctx, groups, coref.NumFeatures, o.grow(99))
	if err != nil {
		return nil, nil, err
	}
	return newForest(trees, coref.NumFeatures), figures, nil
}

// corefDecision is what is told apart in the figures.
type corefDecision struct {
	set, form string
	isNew     bool
}

// CorefFigure counts right decisions of one kind of mention in one set.
type CorefFigure struct {
	Set, Form  string
	Right, All int
}

func judgeCoref(groups []rankGroup, of []corefDecision, folds []*forest.Model) []CorefFigure {
	var out []CorefFigure
	var scores [64]float32
	for i := range groups {
		g := &groups[i]
		s := scores[:g.n]
		folds[g.fold].Score(g.rows, s)
		best := 0
		for k := range s {
			if s[k] > s[best] {
				best = k
			}
		}
		form := of[i].form
		if of[i].isNew {
			form += ", new"
		}
		k := slices.IndexFunc(out, func(f CorefFigure) bool { return f.Set == of[i].set && f.Form == form })
		if k < 0 {
			k = len(out)
			out = append(out, CorefFigure{Set: of[i].set, Form: form})
		}
		out[k].All++
		if best == g.right {
			out[k].Right++
		}
	}
	return out
}

// collectCoref walks a text with the gold's antecedents and gathers the
// candidates of each mention that has one.
func collectCoref(lex *coref.Lexicon, c *corefCase, annotate Annotate, names FindNames, seed uint64) (groups []rankGroup, of []corefDecision) {
	d := annotate(&news.Article{ID: c.name, Body: c.text})
	a := coref.Read(lex, nil, d, nil, hideGenders(names(d), seed))
	s := coref.NewState(a, nil)
	clusters := clusterOfMentions(a, c)
	entity := map[int32]int32{}
	votes := map[[2]int32]int{}
	for i := range a.Mentions { // an entity is the cluster that most of its names are in
		if m := &a.Mentions[i]; m.Form == news.Name && clusters[i] >= 0 {
			k := [2]int32{m.Entity, clusters[i]}
			votes[k]++
			if old, ok := entity[m.Entity]; !ok || votes[k] > votes[[2]int32{m.Entity, old}] {
				entity[m.Entity] = clusters[i]
			}
		}
	}
	seen := int32(0)
	s.Pick = func(mi int32, ids []int32, rows []float32) int {
		for ; seen < mi; seen++ { // descriptions have made entities since
			if e := a.Mentions[seen].Entity; e >= 0 && clusters[seen] >= 0 {
				if _, ok := entity[e]; !ok {
					entity[e] = clusters[seen]
				}
			}
		}
		g := clusters[mi]
		if g < 0 {
			return -1
		}
		right := slices.IndexFunc(ids, func(id int32) bool { k, ok := entity[id]; return ok && id >= 0 && k == g })
		if right < 0 {
			if c.partial || slices.Contains(clusters[:mi], g) {
				return -1
			}
			right = len(ids) - 1
		}
		groups = append(groups, rankGroup{rows: slices.Clone(rows), n: len(ids), right: right, weight: c.weight})
		of = append(of, corefDecision{c.set, a.Mentions[mi].Form.String(), right == len(ids)-1})
		return right
	}
	s.Until(int32(len(a.Toks)) + 1)
	return groups, of
}

// clusterOfMentions is the gold cluster of each mention: of the shortest gold
// mention that ends with its head and holds it, or is held by it; -1.
func clusterOfMentions(a *coref.Article, c *corefCase) []int32 {
	type gold struct {
		start, end, cluster int32
	}
	byEnd := map[int32][]gold{}
	for s, k := range c.cluster {
		byEnd[s[1]] = append(byEnd[s[1]], gold{s[0], s[1], k})
	}
	out := make([]int32, len(a.Mentions))
	for i := range a.Mentions {
		m := &a.Mentions[i]
		out[i] = -1
		span := a.Doc.Span(news.TokenRange{First: m.First, End: m.End})
		if k, ok := c.cluster[[2]int32{span.Start, span.End}]; ok {
			out[i] = k
			continue
		}
		best := gold{start: -1}
		for _, g := range byEnd[span.End] {
			if m.Form != news.Pronoun && (best.start < 0 || g.start > best.start) && g.start <= a.Doc.Tokens[m.Head].Span.Start {
				best = g
			}
		}
		if best.start >= 0 {
			out[i] = best.cluster
		}
	}
	return out
}

// corefCases reads GUM and GAP.
func corefCases(dataDir string) ([]corefCase, error) {
	files, err := filepath.Glob(filepath.Join(dataDir, "gum", "coref", "*.conll"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no GUM coreference under %s", filepath.Join(dataDir, "gum", "coref"))
	}
	var out []corefCase
	for _, f := range files {
		c, err := readGumCoref(f)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	for _, f := range []string{"gap-development.tsv", "gap-validation.tsv"} {
		c, err := readGap(filepath.Join(dataDir, "coref", f))
		if err != nil {
			return nil, err
		}
		out = append(out, c...)
	}
	return out, nil
}

// readGumCoref reads "index TAB word TAB (type-N words-that-open type-M)".
func readGumCoref(path string) (corefCase, error) {
	c := corefCase{name: filepath.Base(path), cluster: map[[2]int32]int32{}, weight: 1, set: "GUM"}
	f, err := os.Open(path)
	if err != nil {
		return c, err
	}
	defer f.Close()
	var b strings.Builder
	ids := map[string]int32{}
	open := map[string][]int32{}
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		col := strings.Split(line, "\t")
		if len(col) < 3 {
			return c, fmt.Errorf("read %s:%d: want three columns", path, n)
		}
		if b.Len() > 0 && !closesUp(col[1]) {
			b.WriteByte(' ')
		}
		start := int32(b.Len())
		b.WriteString(col[1])
		end := int32(b.Len())
		for _, m := range bracketed(col[2]) {
			key := gumKey(m.id)
			if _, ok := ids[key]; !ok {
				ids[key] = int32(len(ids))
			}
			if m.opens {
				open[key] = append(open[key], start)
			}
			if m.closes {
				if k := len(open[key]); k > 0 {
					c.cluster[[2]int32{open[key][k-1], end}] = ids[key]
					open[key] = open[key][:k-1]
				}
			}
		}
	}
	c.text = b.String()
	return c, sc.Err()
}

// closesUp reports whether no space stands before a token.
func closesUp(w string) bool {
	switch w {
	case ".", ",", "!", "?", ";", ":", ")", "'s", "’s", "n't", "n’t", "'", "'re", "'ve", "'ll", "'m", "'d", "%", "”", "’re", "’ve", "’ll", "’m":
		return true
	}
	return false
}

type bracket struct {
	id            string
	opens, closes bool
}

// bracketed reads "(a-1(b-2)" and "a-1)" into what opens and closes.
func bracketed(s string) (out []bracket) {
	for s != "" && s != "_" {
		m := bracket{opens: s[0] == '('}
		s = strings.TrimPrefix(s, "(")
		k := strings.IndexAny(s, "()")
		if k < 0 {
			m.id, s = s, ""
		} else {
			m.id, m.closes = s[:k], s[k] == ')'
			if s = s[k:]; m.closes {
				s = s[1:]
			}
		}
		out = append(out, m)
	}
	return out
}

// gumKey is type and number of a mention's label without its link.
func gumKey(s string) string {
	p := strings.SplitN(s, "-", 3)
	if len(p) < 2 {
		return s
	}
	return p[1]
}

// readGap reads GAP's rows: a pronoun and two names, one of which it stands
// for.
func readGap(path string) ([]corefCase, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	var out []corefCase
	for n := 1; ; n++ {
		col, err := r.Read()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		if n == 1 || len(col) < 10 || col[6] != "TRUE" && col[9] != "TRUE" {
			continue
		}
		c := corefCase{name: col[0], text: col[1], cluster: map[[2]int32]int32{}, partial: true, weight: 1, set: "GAP"}
		at := byteOffsets(c.text)
		put := func(word, off string, cluster int32) {
			k, err := strconv.Atoi(off)
			if err != nil || k < 0 || k+len([]rune(word)) >= len(at) {
				return
			}
			c.cluster[[2]int32{at[k], at[k+len([]rune(word))]}] = cluster
		}
		put(col[4], col[5], 1)
		put(col[7], col[8], 2)
		if col[6] == "TRUE" {
			put(col[2], col[3], 1)
		} else {
			put(col[2], col[3], 2)
		}
		out = append(out, c)
	}
}
