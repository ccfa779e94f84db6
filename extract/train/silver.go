package train

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// ReadSilver reads automatic parses: per document a line `# doc NAME`, per
// word `index start end lemma POS NER head relation` set apart by tabs, an
// empty line after each sentence. Words come from the document's text, which
// text returns, by their offsets in code points. The relations of Universal
// Dependencies v1 become those of v2 as the English Web Treebank uses them.
// Sentences that are no tree are left out.
func ReadSilver(r io.Reader, name string, text func(doc string) (string, error)) ([]Tree, error) {
	var trees []Tree
	t := Tree{silver: true}
	var runes []rune
	var person []bool
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, maxLine)
	line, last := 0, 0
	flush := func() {
		if len(t.Words) > 0 && t.check() == nil {
			t.toEnglishWeb(person)
			if t.check() == nil {
				trees = append(trees, t)
			}
		}
		t, person = Tree{Doc: t.Doc, silver: true}, nil
	}
	for scan.Scan() {
		line++
		row := scan.Text()
		if doc, ok := strings.CutPrefix(row, "# doc "); ok {
			flush()
			t.Doc = doc
			body, err := text(doc)
			if err != nil {
				return nil, fmt.Errorf("read %s:%d: %w", name, line, err)
			}
			runes = []rune(body)
		}
		if row == "" {
			flush()
		}
		if row == "" || row[0] == '#' && strings.HasPrefix(row, "# ") {
			continue
		}
		col := strings.Split(row, "\t")
		if len(col) != 8 {
			return nil, fmt.Errorf("read %s:%d: %d columns, want 8", name, line, len(col))
		}
		start, err1 := strconv.Atoi(col[1])
		end, err2 := strconv.Atoi(col[2])
		if err1 != nil || err2 != nil || start < 0 || end <= start || end > len(runes) {
			return nil, fmt.Errorf("read %s:%d: offsets %s to %s of %d", name, line, col[1], col[2], len(runes))
		}
		rel, ok := relationsV1[col[7]]
		if !ok {
			rel = col[7]
		}
		if err := t.add(col[0], string(runes[start:end]), len(t.Words) > 0 && start == last, col[4], col[6], rel); err != nil {
			return nil, fmt.Errorf("read %s:%d: %w", name, line, err)
		}
		last = end
		person = append(person, col[5] == "PERSON")
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("read %s:%d: %w", name, line, err)
	}
	flush()
	return trees, nil
}

// relationsV1 are the relations of v1 that have one name in v2.
var relationsV1 = map[string]string{
	"dobj": "obj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass",
	"auxpass": "aux:pass", "mwe": "fixed", "neg": "advmod", "name": "flat",
	"nmod:tmod": "obl:unmarked", "nmod:npmod": "obl:unmarked", "foreign": "flat",
}

// toEnglishWeb changes what takes more than another name: where v1 and v2,
// or CoreNLP and the English Web Treebank, build other trees.
func (t *Tree) toEnglishWeb(person []bool) {
	t.names(person)
	// A participle is passive unless it has another auxiliary.
	passive := make([]bool, len(t.Words))
	for i, tag := range t.Tags {
		passive[i] = tag == news.TagVBN
	}
	for i, rel := range t.Rels {
		if rel == news.RelAux && t.Heads[i] >= 0 {
			passive[t.Heads[i]] = false
		}
	}
	for i, rel := range t.Rels {
		if rel == news.RelAuxPass && t.Heads[i] >= 0 {
			passive[t.Heads[i]] = true
		}
	}
	for i := range t.Words {
		word := strings.ToLower(t.Words[i])
		head := t.Heads[i]
		switch t.Rels[i] {
		case news.RelAdvmod:
			if word == "no" && t.Tags[i] == news.TagDT {
				t.Rels[i] = news.RelDet
			}
		case news.RelNmod:
			if head >= 0 && t.predicate(head) {
				t.Rels[i] = news.RelObl
				if passive[head] && t.hasCase(i, "by") {
					t.Rels[i] = news.RelOblAgent
				}
			}
		case news.RelOblUnmarked:
			if head >= 0 && !t.predicate(head) {
				t.Rels[i] = news.RelNmodUnmarked
			}
		}
		// The Web Treebank has TO before infinitives alone.
		if t.Tags[i] == news.TagTO && t.Rels[i] != news.RelMark {
			t.Tags[i] = news.TagIN
		}
	}
	t.conjunctions()
	t.webMarks()
	t.marks()
}

// marks gives the marks the heads that v2 asks for; CoreNLP hangs them on
// whatever verb is near.
func (t *Tree) marks() {
	parent := make([]bool, len(t.Words))
	for _, h := range t.Heads {
		if h >= 0 {
			parent[h] = true
		}
	}
	rels := slices.Clone(t.Rels)
	for i, rel := range rels {
		if rel == news.RelPunct && parent[i] {
			rels[i] = news.RelDep // not a mark to be moved
		}
	}
	syntax.AttachMarks(t.Tags, t.Heads, rels, nil)
}

// webMarks gives dashes, semicolons and dots the tag of a comma, as the Web
// Treebank does; the Penn Treebank and GUM count them with the colon.
func (t *Tree) webMarks() {
	for i, w := range t.Words {
		switch w {
		case ";", "--", "—", "–", "...", "…":
			if t.Tags[i] == news.TagCOLON {
				t.Tags[i] = news.TagCOMMA
			}
		}
	}
}

// predicate tells whether word i takes oblique dependents: verbs, adjectives
// and adverbs do, nouns do not.
func (t *Tree) predicate(i int32) bool {
	switch t.Tags[i] {
	case news.TagVB, news.TagVBD, news.TagVBG, news.TagVBN, news.TagVBP, news.TagVBZ, news.TagMD,
		news.TagJJ, news.TagJJR, news.TagJJS, news.TagRB, news.TagRBR, news.TagRBS, news.TagWRB:
		return true
	}
	return false
}

func (t *Tree) hasCase(i int, word string) bool {
	for j, rel := range t.Rels {
		if rel == news.RelCase && int(t.Heads[j]) == i && strings.EqualFold(t.Words[j], word) {
			return true
		}
	}
	return false
}

// names makes the first word of a person's name its head, the others flat,
// and a title before it a description.
func (t *Tree) names(person []bool) {
	for first := 0; first < len(person); first++ {
		if !person[first] {
			continue
		}
		last := first
		for last+1 < len(person) && person[last+1] && t.Heads[last] >= 0 {
			last++
		}
		// Only a run that is one name: all of it compounds of its last word.
		for last > first && !t.compounds(first, last) {
			last--
		}
		if last > first {
			t.Heads[first], t.Rels[first] = t.Heads[last], t.Rels[last]
			for i := range t.Heads {
				if int(t.Heads[i]) == last && i != first {
					t.Heads[i] = int32(first)
				}
			}
			for i := first + 1; i <= last; i++ {
				t.Heads[i], t.Rels[i] = int32(first), news.RelFlat
			}
		}
		for i := first - 1; i >= 0 && !person[i] && int(t.Heads[i]) == first && t.Rels[i] == news.RelCompound; i-- {
			t.Rels[i] = news.RelNmodDesc
		}
		first = last
	}
}

func (t *Tree) compounds(first, last int) bool {
	for i := first; i < last; i++ {
		if int(t.Heads[i]) != last || t.Rels[i] != news.RelCompound {
			return false
		}
	}
	return true
}

// conjunctions hangs a coordinating word on the conjunct that follows, as v2
// does, not on the first.
func (t *Tree) conjunctions() {
	for i := range t.Words {
		if t.Rels[i] != news.RelCc {
			continue
		}
		// The next conjunct of the same head, with nothing of that head
		// but coordinating words and marks between.
		for j := i + 1; j < len(t.Words); j++ {
			if t.Heads[j] != t.Heads[i] || t.Rels[j] == news.RelCc || t.Rels[j] == news.RelPunct {
				continue
			}
			if t.Rels[j] == news.RelConj {
				t.Heads[i] = int32(j)
			}
			break
		}
	}
}

// readSilver reads the silver parses of one split ("train" or "dev") of a
// PolNeAR folder.
func readSilver(polnear, split string) ([]Tree, error) {
	name := filepath.Join(polnear, "silver", split+".tsv.gz")
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read silver parses: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read silver parses %s: %w", name, err)
	}
	return ReadSilver(z, name, func(doc string) (string, error) {
		b, err := os.ReadFile(filepath.Join(polnear, split, "text", doc+".txt"))
		return string(b), err
	})
}
