package train

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// Tree is one sentence with its parts of speech and its dependency tree. The
// slices are of one length; Heads counts from 0 and is -1 at the root.
type Tree struct {
	Doc   string // the document it stands in
	Words []string
	Glued []bool // whether no space stands before the word
	Tags  []news.Tag
	Heads []int32
	Rels  []news.Rel

	silver    bool // parsed by machine
	rewritten bool // with other capitals than it was found with
}

// maxLine bounds a line of a treebank in bytes; the longest real one has a
// few thousand.
const maxLine = 1 << 20

// ReadCoNLLU reads a treebank in CoNLL-U with Penn tags in its fifth column.
// Lines of several-word tokens and empty nodes are left out: what remains are
// the syntactic words. A tag or relation that news does not know is an error,
// but for a subtype of a relation, which falls back to the relation.
func ReadCoNLLU(r io.Reader, name string) ([]Tree, error) {
	var trees []Tree
	t := Tree{Doc: name}
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, maxLine)
	line := 0
	glued, last, lastNoSpace := false, "", false
	flush := func() error {
		glued, last = false, ""
		if len(t.Words) == 0 {
			return nil
		}
		if err := t.check(); err != nil {
			return fmt.Errorf("read %s:%d: %w", name, line, err)
		}
		trees = append(trees, t)
		t = Tree{Doc: t.Doc}
		return nil
	}
	for scan.Scan() {
		line++
		text := scan.Text()
		if doc, ok := strings.CutPrefix(text, "# newdoc id = "); ok {
			t.Doc = doc
		}
		if text == "" {
			if err := flush(); err != nil {
				return nil, err
			}
		}
		if text == "" || text[0] == '#' {
			continue
		}
		col := strings.Split(text, "\t")
		if len(col) != 10 {
			return nil, fmt.Errorf("read %s:%d: %d columns, want 10", name, line, len(col))
		}
		noSpace := strings.Contains(col[9], "SpaceAfter=No")
		if strings.ContainsAny(col[0], "-.") {
			// Between the words of a token there is no space; after its last
			// one there is what the token's own line says.
			if _, end, ok := strings.Cut(col[0], "-"); ok {
				last, lastNoSpace = end, noSpace
			}
			continue
		}
		if err := t.add(col[0], col[1], glued, col[4], col[6], col[7]); err != nil {
			return nil, fmt.Errorf("read %s:%d: %w", name, line, err)
		}
		switch {
		case last == "":
			glued = noSpace
		case last == col[0]:
			glued, last = lastNoSpace, ""
		default:
			glued = true
		}
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("read %s:%d: %w", name, line, err)
	}
	if err := flush(); err != nil {
		return nil, err
	}
	return trees, nil
}

// add appends one word to t.
func (t *Tree) add(index, word string, glued bool, tagName, headText, relName string) error {
	if index != strconv.Itoa(len(t.Words)+1) {
		return fmt.Errorf("word %s comes after %d words", index, len(t.Words))
	}
	tag, ok := news.ParseTag(tagName)
	if !ok {
		return fmt.Errorf("unknown tag %q", tagName)
	}
	head, err := strconv.Atoi(headText)
	if err != nil {
		return fmt.Errorf("head %q is not a number", headText)
	}
	rel, ok := news.ParseRel(relName)
	if !ok {
		base, _, _ := strings.Cut(relName, ":")
		if rel, ok = news.ParseRel(base); !ok {
			return fmt.Errorf("unknown relation %q", relName)
		}
	}
	t.Words = append(t.Words, word)
	t.Glued = append(t.Glued, glued)
	t.Tags = append(t.Tags, tag)
	t.Heads = append(t.Heads, int32(head-1))
	t.Rels = append(t.Rels, rel)
	return nil
}

// check tells whether the heads make a tree with one root.
func (t *Tree) check() error {
	roots := 0
	for i := range t.Heads {
		if t.Heads[i] < -1 || int(t.Heads[i]) >= len(t.Heads) || int(t.Heads[i]) == i {
			return fmt.Errorf("word %d has head %d", i+1, t.Heads[i]+1)
		}
		if t.Heads[i] < 0 {
			roots++
		}
		steps := 0
		for h := int32(i); h >= 0; h = t.Heads[h] {
			if steps++; steps > len(t.Heads) {
				return fmt.Errorf("word %d is in a circle", i+1)
			}
		}
	}
	if roots != 1 {
		return fmt.Errorf("%d roots", roots)
	}
	return nil
}

// readTreebank reads all CoNLL-U files that match a pattern, in order of
// their names.
func readTreebank(pattern string) ([]Tree, error) {
	names, err := filepath.Glob(pattern)
	if err != nil {
		return nil, fmt.Errorf("read treebank %s: %w", pattern, err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("read treebank %s: no such file", pattern)
	}
	slices.Sort(names)
	var all []Tree
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("read treebank: %w", err)
		}
		trees, err := ReadCoNLLU(f, filepath.Base(name))
		f.Close()
		if err != nil {
			return nil, err
		}
		all = append(all, trees...)
	}
	return all, nil
}
