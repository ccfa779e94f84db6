package train

import (
	"fmt"
	"path/filepath"
	"strings"

	"whosaid/extract/news"
	"whosaid/extract/syntax"
)

// SyntaxData is everything the tagger and the parser are trained and judged
// on.
type SyntaxData struct {
	Train []Tree // the Web Treebank's and PolNeAR's train parts, GUM's open genres
	Sets  []TestSet
}

// TestSet is a set of sentences that is never trained on.
type TestSet struct {
	Name  string
	Trees []Tree
}

// ReadSyntaxData reads the treebanks under dataDir: ud/ewt, gum/dep and
// polnear/silver.
func ReadSyntaxData(dataDir string) (*SyntaxData, error) {
	d := &SyntaxData{}
	for _, pattern := range []string{"ud/ewt/train.conllu", "gum/dep/*.conllu"} {
		trees, err := readTreebank(filepath.Join(dataDir, pattern))
		if err != nil {
			return nil, err
		}
		d.Train = append(d.Train, trees...)
	}
	silver, err := readSilver(filepath.Join(dataDir, "polnear"), "train")
	if err != nil {
		return nil, err
	}
	d.Train = append(d.Train, silver...)
	for _, split := range []string{"dev", "test"} {
		trees, err := readTreebank(filepath.Join(dataDir, "ud/ewt", split+".conllu"))
		if err != nil {
			return nil, err
		}
		d.Sets = append(d.Sets, TestSet{"EWT " + split, trees})
	}
	silver, err = readSilver(filepath.Join(dataDir, "polnear"), "dev")
	if err != nil {
		return nil, err
	}
	d.Sets = append(d.Sets, TestSet{"PolNeAR dev (silver)", silver})
	return d, nil
}

// SyntaxScore counts right decisions over the words of a test set, marks
// among them.
type SyntaxScore struct {
	Words, Tags int
	Heads       int // words with the right head
	Labels      int // words with the right head and relation
}

func (s SyntaxScore) String() string {
	part := func(k int) float64 { return 100 * float64(k) / float64(max(s.Words, 1)) }
	return fmt.Sprintf("tags %.2f, heads (UAS) %.2f, with relation (LAS) %.2f, of %d words", part(s.Tags), part(s.Heads), part(s.Labels), s.Words)
}

// Document lays the words of trees out as a document, set apart by spaces.
func Document(trees []Tree) *news.Document {
	var text strings.Builder
	d := &news.Document{Article: &news.Article{}}
	for _, t := range trees {
		first := int32(len(d.Tokens))
		for _, w := range t.Words {
			start := int32(text.Len())
			text.WriteString(w)
			d.Tokens = append(d.Tokens, news.Token{Span: news.Span{Start: start, End: int32(text.Len())}, Head: news.NoHead})
			text.WriteByte(' ')
		}
		r := news.TokenRange{First: first, End: int32(len(d.Tokens))}
		d.Paragraphs, d.Sentences = append(d.Paragraphs, r), append(d.Sentences, r)
	}
	d.Text = text.String()
	d.Article.Body = d.Text
	return d
}

// ScoreSyntax compares a parser's decisions on the words of trees with them.
func ScoreSyntax(p *syntax.Parser, trees []Tree) SyntaxScore {
	d := Document(trees)
	p.Annotate(d)
	return compare(d, trees)
}

func compare(d *news.Document, trees []Tree) (s SyntaxScore) {
	for k, t := range trees {
		first := d.Sentences[k].First
		for i := range t.Words {
			tok := d.Tokens[first+int32(i)]
			s.Words++
			if tok.Tag == t.Tags[i] {
				s.Tags++
			}
			head := t.Heads[i]
			if head >= 0 {
				head += first
			}
			if tok.Head == head {
				s.Heads++
				if tok.Rel == t.Rels[i] {
					s.Labels++
				}
			}
		}
	}
	return s
}
