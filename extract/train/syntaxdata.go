package train

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// SyntaxData is everything the tagger and the parser are trained and judged
// on.
type SyntaxData struct {
	Web    []Tree     // the English Web Treebank's train part
	Gum    []Tree     // GUM's genres with open licences
	Silver []Tree     // PolNeAR's train part, parsed by CoreNLP
	News   [][]string // the Groningen Meaning Bank: words alone
	Sets   []TestSet
}

// TestSet is a set of sentences that is never trained on.
type TestSet struct {
	Name  string
	Trees []Tree
}

// goldTimes is how often a tree made by people counts for one of a machine.
const goldTimes = 2

// Train lists the trees to train on.
func (d *SyntaxData) Train() []Tree {
	var all []Tree
	for range goldTimes {
		all = append(append(all, d.Web...), d.Gum...)
	}
	all = append(all, d.Silver...)
	for i := range len(all) / rewriteEvery {
		all = append(all, all[i*rewriteEvery].rewrite(i%numWritings))
	}
	return all
}

// rewriteEvery is of how many sentences one is learned in another writing
// too: treebanks of whole texts have few headlines, and few sentences whose
// names have no capitals.
const rewriteEvery = 12

// The writings.
const (
	inCapitals = iota
	inTitleCase
	inLowerCase
	numWritings
)

// rewrite is t in capitals or in title case, like a headline without its full
// stop, or in lower case.
func (t Tree) rewrite(writing int) Tree {
	words := make([]string, len(t.Words))
	for i, w := range t.Words {
		switch writing {
		case inCapitals:
			words[i] = strings.ToUpper(w)
		case inLowerCase:
			words[i] = strings.ToLower(w)
		default:
			words[i] = w
			if i == 0 || len(w) > 3 || !smallInTitles(t.Tags[i]) {
				first, size := utf8.DecodeRuneInString(w)
				words[i] = string(unicode.ToUpper(first)) + w[size:]
			}
		}
	}
	t.Words, t.rewritten = words, true
	last := len(words) - 1
	if writing != inLowerCase && last > 0 && words[last] == "." && !slices.Contains(t.Heads, int32(last)) {
		t.Words, t.Glued, t.Tags, t.Heads, t.Rels = words[:last], t.Glued[:last], t.Tags[:last], t.Heads[:last], t.Rels[:last]
	}
	return t
}

// smallInTitles tells whether short words of a tag keep their small letter in
// titles.
func smallInTitles(tag news.Tag) bool {
	switch tag {
	case news.TagIN, news.TagDT, news.TagCC, news.TagTO, news.TagPOS:
		return true
	}
	return false
}

// Plain returns the words of all that is not for tests.
func (d *SyntaxData) Plain() [][]string {
	var all [][]string
	for _, trees := range [][]Tree{d.Web, d.Gum, d.Silver} {
		for _, t := range trees {
			all = append(all, t.Words)
		}
	}
	return append(all, d.News...)
}

// ReadSyntaxData reads the treebanks under dataDir: ud/ewt, gum/dep,
// polnear/silver and ner/gmb.
func ReadSyntaxData(dataDir string) (*SyntaxData, error) {
	d := &SyntaxData{}
	var err error
	if d.Web, err = readTreebank(filepath.Join(dataDir, "ud/ewt/train.conllu")); err != nil {
		return nil, err
	}
	if d.Gum, err = readTreebank(filepath.Join(dataDir, "gum/dep/*.conllu")); err != nil {
		return nil, err
	}
	for i := range d.Gum {
		d.Gum[i].webMarks()
	}
	if d.Silver, err = readSilver(filepath.Join(dataDir, "polnear"), "train"); err != nil {
		return nil, err
	}
	if d.News, err = readGMB(filepath.Join(dataDir, "ner/gmb/gmb.conll.gz")); err != nil {
		return nil, err
	}
	for _, split := range []string{"dev", "test"} {
		trees, err := readTreebank(filepath.Join(dataDir, "ud/ewt", split+".conllu"))
		if err != nil {
			return nil, err
		}
		d.Sets = append(d.Sets, TestSet{"EWT " + split, trees})
	}
	silver, err := readSilver(filepath.Join(dataDir, "polnear"), "dev")
	if err != nil {
		return nil, err
	}
	d.Sets = append(d.Sets, TestSet{"PolNeAR dev (silver)", silver})
	return d, nil
}

// SyntaxScore counts right decisions over the words of a test set, and those
// over words that are not punctuation.
type SyntaxScore struct {
	All, Plain Attachment
	Tags       int // of All.Words, those with the right tag
}

// Attachment counts right heads and relations.
type Attachment struct {
	Words  int
	Heads  int // words with the right head
	Labels int // words with the right head and relation
}

func (s SyntaxScore) String() string {
	return fmt.Sprintf("tags %.2f, heads (UAS) %.2f, with relation (LAS) %.2f, of %d words; without punctuation %.2f, %.2f",
		percent(s.Tags, s.All.Words), percent(s.All.Heads, s.All.Words), percent(s.All.Labels, s.All.Words), s.All.Words,
		percent(s.Plain.Heads, s.Plain.Words), percent(s.Plain.Labels, s.Plain.Words))
}

func percent(k, n int) float64 { return 100 * float64(k) / float64(max(n, 1)) }

// Document lays the words of trees out as a document, set apart by spaces.
func Document(trees []Tree) *news.Document {
	var text strings.Builder
	d := &news.Document{Article: &news.Article{}}
	for _, t := range trees {
		first := int32(len(d.Tokens))
		for i, w := range t.Words {
			if i > 0 && !t.Glued[i] {
				text.WriteByte(' ')
			}
			start := int32(text.Len())
			text.WriteString(w)
			d.Tokens = append(d.Tokens, news.Token{Span: news.Span{Start: start, End: int32(text.Len())}, Head: news.NoHead})
		}
		text.WriteByte('\n')
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
			if tok.Tag == t.Tags[i] {
				s.Tags++
			}
			head := t.Heads[i]
			if head >= 0 {
				head += first
			}
			s.All.add(tok, head, t.Rels[i])
			if t.Rels[i] != news.RelPunct {
				s.Plain.add(tok, head, t.Rels[i])
			}
		}
	}
	return s
}

func (a *Attachment) add(tok news.Token, head int32, rel news.Rel) {
	a.Words++
	if tok.Head == head {
		a.Heads++
		if tok.Rel == rel {
			a.Labels++
		}
	}
}
