package nearest

import (
	"slices"
	"strings"
	"sync"

	"github.com/jdkato/prose/v2"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
)

// name is one place of the text that names somebody or something.
type name struct {
	tokens news.TokenRange
	kind   news.SpeakerKind
	entity int32
}

// names finds names by prose's model.
type names struct {
	model *prose.Model
	words *words
}

// shared loads prose's model. prose gives it only with a document, and panics
// where it is damaged.
var shared = sync.OnceValues(func() (*names, error) {
	d, err := prose.NewDocument("", prose.WithSegmentation(false))
	if err != nil {
		return nil, err
	}
	return &names{model: d.Model}, nil
})

// Bounds: prose labels 13,000 tokens a second, and takes 19 KB for each.
const (
	maxSentence = 400   // tokens of a sentence that are looked at
	maxAsked    = 10000 // tokens of an article that prose gets; behind them every name is an organization's
)

// find finds the names of a document, in text order.
func (x *names) find(d *news.Document) (out []name) {
	var kinds []news.SpeakerKind
	for _, s := range d.Sentences {
		s.End = min(s.End, s.First+maxSentence)
		if !hasProper(d, s) {
			continue
		}
		if kinds = x.kinds(d, s, kinds[:0]); s.First < maxAsked {
			x.ask(d, s, kinds)
		}
		for i := s.First; i < s.End; {
			if kinds[i-s.First] == news.Unknown {
				i++
				continue
			}
			r := news.TokenRange{First: i, End: i + 1}
			for r.End < s.End && kinds[r.End-s.First] != news.Unknown {
				r.End++
			}
			i = r.End
			out = append(out, x.named(d, kinds[r.First-s.First:r.End-s.First], r))
		}
	}
	return out
}

// named is the name in a run of proper nouns: a person's where prose takes one of
// them for that, without the forms of address and offices before it, or an
// organization's.
func (x *names) named(d *news.Document, kinds []news.SpeakerKind, r news.TokenRange) name {
	n := name{tokens: r, kind: news.Organization}
	for r.Len() > 1 && x.words.title(d.Word(r.First)) {
		r.First++
	}
	if r != n.tokens || slices.Contains(kinds, news.Person) {
		n.kind, n.tokens = news.Person, r
	}
	return n
}

// words are the forms of address and offices of a language.
type words struct {
	Honorific lang.Set `lang:"entity.honorific"`
	Title     lang.Set `lang:"entity.title"`
}

func (w *words) title(s string) bool {
	s = strings.ToLower(s)
	return w.Honorific.Has(s) || w.Title.Has(s)
}

func proper(t news.Tag) bool { return t == news.TagNNP || t == news.TagNNPS }

func hasProper(d *news.Document, s news.TokenRange) bool {
	for i := s.First; i < s.End; i++ {
		if proper(d.Tokens[i].Tag) {
			return true
		}
	}
	return false
}

// kinds takes the proper nouns of a sentence for organizations'.
func (x *names) kinds(d *news.Document, s news.TokenRange, kinds []news.SpeakerKind) []news.SpeakerKind {
	for i := s.First; i < s.End; i++ {
		k := news.Unknown
		if proper(d.Tokens[i].Tag) {
			k = news.Organization
		}
		kinds = append(kinds, k)
	}
	return kinds
}

// ask makes persons' of the proper nouns that prose takes for that. Where prose
// cuts words in another way, or fails, its answer counts for the token in which its
// own begins.
func (x *names) ask(d *news.Document, s news.TokenRange, kinds []news.SpeakerKind) {
	var b strings.Builder
	var starts []int
	for i := s.First; i < s.End; i++ {
		starts = append(starts, b.Len())
		b.WriteString(strings.ToValidUTF8(d.Word(i), ""))
		b.WriteByte(' ')
	}
	text := b.String()
	at, tok := 0, 0
	for _, t := range x.tokens(text) {
		k := strings.Index(text[at:], t.Text)
		if k < 0 {
			continue // prose has rewritten the word
		}
		at += k
		for tok+1 < len(starts) && starts[tok+1] <= at {
			tok++
		}
		if strings.HasSuffix(t.Label, "PERSON") && kinds[tok] != news.Unknown {
			kinds[tok] = news.Person
		}
		at += len(t.Text)
	}
}

// tokens has prose label a text; none where it panics.
func (x *names) tokens(text string) (out []prose.Token) {
	defer func() {
		if recover() != nil {
			out = nil
		}
	}()
	d, err := prose.NewDocument(text, prose.WithSegmentation(false), prose.UsingModel(x.model))
	if err != nil {
		return nil
	}
	return d.Tokens()
}

// gather makes entities of names: the same words are one, and a person's last
// word alone is the person named so last.
func gather(d *news.Document, found []name) (out []news.Entity) {
	whole, last := map[string]int32{}, map[string]int32{}
	for i := range found {
		n := &found[i]
		text := d.Span(n.tokens).Of(d.Text)
		id, ok := whole[text]
		if !ok && n.tokens.Len() == 1 {
			id, ok = last[text]
		}
		if !ok {
			id = int32(len(out))
			out = append(out, news.Entity{Name: text, Kind: n.kind})
			whole[text] = id
		}
		n.entity = id
		if out[id].Kind == news.Person && n.tokens.Len() > 1 {
			last[d.Word(n.tokens.End-1)] = id
		}
	}
	return out
}
