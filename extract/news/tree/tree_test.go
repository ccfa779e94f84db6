package tree

import (
	"slices"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/news"
)

// parsed makes a document of lines "word TAG head relation", heads counted from
// 1; 0 is none.
func parsed(t *testing.T, lines string) *news.Document {
	t.Helper()
	d := &news.Document{}
	for line := range strings.Lines(lines) {
		f := strings.Fields(line)
		if len(f) != 4 {
			t.Fatalf("line %q", line)
		}
		tag, ok1 := news.ParseTag(f[1])
		rel, ok2 := news.ParseRel(f[3])
		if !ok1 || !ok2 {
			t.Fatalf("line %q", line)
		}
		head := int32(0)
		for _, c := range f[2] {
			head = head*10 + int32(c-'0')
		}
		start := int32(len(d.Text))
		d.Text += f[0] + " "
		d.Tokens = append(d.Tokens, news.Token{Span: news.Span{Start: start, End: start + int32(len(f[0]))}, Tag: tag, Rel: rel, Head: head - 1})
	}
	d.Sentences = []news.TokenRange{{End: int32(len(d.Tokens))}}
	d.Paragraphs = d.Sentences
	return d
}

const told = `Ana NNP 2 compound
Reyes NNP 7 nsubj:pass
, , 2 punct
who WP 5 nsubj
left VBD 2 acl:relcl
was VBD 7 aux:pass
told VBN 0 root
by IN 9 case
Vey NNP 7 obl:agent
and CC 11 cc
left VBD 7 conj
smiling VBG 11 advcl
`

func TestTree(t *testing.T) {
	d := parsed(t, told)
	x := Of(d)
	word := func(i int32) string {
		if i == None {
			return ""
		}
		return d.Word(i)
	}
	for _, c := range []struct{ name, got, want string }{
		{"subject", word(x.Subject(6)), "Reyes"},
		{"subject of what shares it", word(x.Subject(10)), ""},
		{"actor by conj", word(x.Actor(10)), "Reyes"},
		{"actor by advcl and conj", word(x.Actor(11)), "Reyes"},
		{"actor of a noun", word(x.Actor(8)), ""},
		{"agent", word(x.Agent(6)), "Vey"},
		{"no agent", word(x.Agent(10)), ""},
		{"addressee of a passive", word(x.Addressee(6)), "Reyes"},
		{"extent", d.Span(x.Extent(1)).Of(d.Text), "Ana Reyes , who left"},
		{"phrase", d.Span(x.Phrase(1)).Of(d.Text), "Ana Reyes"},
		{"head of a range", word(x.Head(news.TokenRange{First: 5, End: 9})), "told"},
		{"head of a name", word(x.Head(news.TokenRange{First: 0, End: 2})), "Reyes"},
		{"head of nothing", word(x.Head(news.TokenRange{})), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
	if !x.Passive(6) || x.Passive(10) {
		t.Error("passive")
	}
	if got := slices.Collect(x.Children(6)); !slices.Equal(got, []int32{1, 5, 8, 10}) {
		t.Errorf("children %v", got)
	}
	if got := slices.Collect(x.Heads(11)); !slices.Equal(got, []int32{10, 6}) {
		t.Errorf("heads %v", got)
	}
	if !x.Begins(0, 1) || !x.Ends(4, 1) || x.Ends(1, 1) {
		t.Error("the ends of a subtree")
	}
}

// Of what was not parsed, every token stands for itself; a circle ends.
func TestUnparsed(t *testing.T) {
	d := parsed(t, told)
	for i := range d.Tokens {
		d.Tokens[i].Head, d.Tokens[i].Rel = news.NoHead, news.NoRel
	}
	x := Of(d)
	if x.Actor(6) != None || x.Extent(6).Len() != 1 || x.Passive(6) {
		t.Error("a token that was not parsed has more than itself")
	}
	for i := range d.Tokens {
		d.Tokens[i].Head, d.Tokens[i].Rel = int32((i+1)%len(d.Tokens)), news.RelConj
	}
	x.Read(d)
	if n := len(slices.Collect(x.Heads(0))); n != maxDepth || x.Actor(0) != None {
		t.Errorf("a circle: %d heads", n)
	}
}
