package coref

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/news"
	"golang.org/x/text/unicode/norm"
)

// Flags of a token.
const (
	Cap     uint8 = 1 << iota // begins with a capital letter
	AllCaps                   // two letters or more, all capital
	Word                      // holds a letter
	Quoted                    // stands inside quotation marks
	Glued                     // nothing between it and the token before
	NewLine                   // first token of its paragraph or line
	Heading                   // in a sentence written in Title Case or CAPITALS
)

// Tok is what the stage needs to know of a token beside its tag and head.
type Tok struct {
	Low       string // folded
	Lists     List
	Flags     uint8
	Sent, Par int32
}

// Mention is one place of the text that may refer to an entity.
type Mention struct {
	First, End int32 // tokens
	Head       int32 // the token that carries number and kind
	Form       news.MentionForm
	Class      Class
	Gram       Gram
	Quoted     bool  // inside quotation marks
	Sex        int8  // 1 female, -1 male by its own words
	Plural     bool  //
	Definite   bool  // the, this, a possessive
	Owner      int32 // token of the possessor before the head; -1
	Title      news.TokenRange
	Entity     int32 // index into Article.Entities; -1 while unknown
}

// Entity is somebody or something of one article.
type Entity struct {
	Named
	Class  Class // of one that only descriptions mention; NoClass for a named one
	Plural bool
	Sex    int8   // 1 female, -1 male, by title or first name
	Age    string // the number that follows the name
	Titled bool   // in the article's title or first heading
	Head   int32  // first mention; -1
	Names  int32  // mentions by name
	Full   []int32
	called map[string]uint8 // folded words by which the text describes it; calledRole for heads
	Votes  int32            // pronouns resolved to it: she counts 1, he -1
	Spoken int32            // the same of pronouns that are sources

	// while walking the text
	Last      int32 // token of the last mention seen
	LastSent  int32
	LastGram  Gram
	LastForm  news.MentionForm
	SoFar     int32 // mentions seen
	Quotes    int32 // quotations given to it so far
	LastQuote int32 // sentence; -1
	LastTurn  int32 // statements until then
}

// Article is an article's mentions and entities.
type Article struct {
	Lex      *Lexicon
	Doc      *news.Document
	Toks     []Tok
	Mentions []Mention
	Entities []Entity
	ByToken  []int32 // token -> mention that covers it, the name where there is one; -1

	child, sibling []int32 // first child of each token, next child of its head; -1
	surnames       map[string][]int32
	roles          map[string][]int32 // role or kind of body -> entities called so, in order
	bodies         map[string]bool    // last words of organizations' names: archives of Presidential Archives
	words          Words
}

// Words keeps what was looked up of words from one article to the next.
type Words map[string]known

// known is what one spelling alone tells.
type known struct {
	low   string
	lists List
	flags uint8
}

// Read finds the mentions of an article and what its entities are called.
// words keeps what was looked up from one article to the next; it may be nil.
func Read(lex *Lexicon, words Words, d *news.Document, quotes []news.Quote, found *entity.Found) *Article {
	a := &Article{Lex: lex, Doc: d, words: words, Toks: make([]Tok, len(d.Tokens)), ByToken: make([]int32, len(d.Tokens))}
	if a.words == nil || len(a.words) > maxWords {
		a.words = Words{}
	}
	a.readTokens()
	a.markQuoted(quotes)
	a.link()
	a.Entities = make([]Entity, 0, 2*len(found.Entities)+16) // descriptions make more
	for i := range found.Entities {
		a.Entities = append(a.Entities, newEntity(named(&found.Entities[i])))
	}
	a.readBodies()
	a.findMentions(found.Names)
	a.describe()
	return a
}

// Words is the table of words looked up, for the next article's Read.
func (a *Article) Words() Words { return a.words }

// maxWords bounds what is kept from one article to the next.
const maxWords = 1 << 14

func newEntity(n Named) Entity {
	e := Entity{Named: n, Head: -1, Last: -1, LastSent: -1000, LastQuote: -1, called: map[string]uint8{}}
	switch n.Gender {
	case news.Female:
		e.Sex = 1
	case news.Male:
		e.Sex = -1
	}
	return e
}

func (a *Article) readTokens() {
	d := a.Doc
	for i := range a.Toks {
		w := d.Word(int32(i))
		k, ok := a.words[w]
		if !ok {
			w = strings.Clone(w)
			k.low = Fold(w)
			k.lists, k.flags = a.Lex.lists[k.low], shape(w)
			a.words[w] = k
		}
		a.Toks[i] = Tok{Low: k.low, Lists: k.lists, Flags: k.flags}
		if i > 0 && d.Tokens[i-1].Span.End == d.Tokens[i].Span.Start {
			a.Toks[i].Flags |= Glued
		}
	}
	for p, r := range d.Paragraphs {
		on := false
		for i := r.First; i < r.End; i++ {
			a.Toks[i].Par = int32(p)
			if i == r.First || strings.ContainsAny(d.Text[d.Tokens[i-1].Span.End:d.Tokens[i].Span.Start], "\n\r") {
				a.Toks[i].Flags |= NewLine
			}
			switch a.Toks[i].Low {
			case "“", "``", "«", "„":
				on = true
			case "”", "»":
				on = false
			case `"`, "''":
				on = !on
			default:
				if on {
					a.Toks[i].Flags |= Quoted
				}
			}
		}
	}
	for s, r := range d.Sentences {
		heading := a.isHeading(r)
		for i := r.First; i < r.End; i++ {
			a.Toks[i].Sent = int32(s)
			if heading {
				a.Toks[i].Flags |= Heading
			}
		}
	}
}

// isHeading reports whether a sentence has four long words or more, and most
// of them capitalised: all of them where it ends in a full stop.
func (a *Article) isHeading(r news.TokenRange) bool {
	long, caps, lower := 0, 0, 0
	for i := r.First; i < r.End; i++ {
		t := &a.Toks[i]
		if t.Flags&Word == 0 {
			continue
		}
		if t.Flags&Cap == 0 {
			lower++
		}
		if len(t.Low) < 4 {
			continue
		}
		long++
		if t.Flags&Cap != 0 {
			caps++
		}
	}
	if a.Low(r.End-1) == "." {
		return long >= 4 && caps == long && lower == 0
	}
	return long >= 4 && caps*10 >= long*7
}

// markQuoted marks the words of statements that stand in marks by the detector,
// which knows single marks and unclosed ones.
func (a *Article) markQuoted(quotes []news.Quote) {
	for qi := range quotes {
		for _, p := range quotes[qi].Parts {
			if !p.Quoted {
				continue
			}
			r := a.TokensIn(p.Span)
			for i := r.First; i < r.End; i++ {
				if a.Doc.Tokens[i].Span.End <= p.Span.End {
					a.Toks[i].Flags |= Quoted
				}
			}
		}
	}
}

// TokenAt is the first token that ends after byte offset off.
func (a *Article) TokenAt(off int32) int32 {
	lo, hi := 0, len(a.Doc.Tokens)
	for lo < hi {
		m := (lo + hi) / 2
		if a.Doc.Tokens[m].Span.End > off {
			hi = m
		} else {
			lo = m + 1
		}
	}
	return int32(lo)
}

// TokensIn is the tokens that share a byte with s.
func (a *Article) TokensIn(s news.Span) news.TokenRange {
	if s.Empty() {
		return news.TokenRange{}
	}
	first := a.TokenAt(s.Start)
	end := first
	for end < int32(len(a.Toks)) && a.Doc.Tokens[end].Span.Start < s.End {
		end++
	}
	return news.TokenRange{First: first, End: end}
}

// Has reports a flag of token i; false outside of the document.
func (a *Article) Has(i int32, f uint8) bool {
	return i >= 0 && int(i) < len(a.Toks) && a.Toks[i].Flags&f != 0
}

// Is reports whether token i's word stands in one of the lists.
func (a *Article) Is(i int32, l List) bool {
	return i >= 0 && int(i) < len(a.Toks) && a.Toks[i].Lists&l != 0
}

// Low is the folded word of token i; empty outside of the document.
func (a *Article) Low(i int32) string {
	if i < 0 || int(i) >= len(a.Toks) {
		return ""
	}
	return a.Toks[i].Low
}

// Tag is the part of speech of token i.
func (a *Article) Tag(i int32) news.Tag {
	if i < 0 || int(i) >= len(a.Toks) {
		return news.NoTag
	}
	return a.Doc.Tokens[i].Tag
}

// Sentence is the token range of the sentence that holds token i.
func (a *Article) Sentence(i int32) news.TokenRange {
	return a.Doc.Sentences[a.Toks[i].Sent]
}

// Near reports whether tokens i-1 and i stand in one sentence and line.
func (a *Article) Near(i int32) bool {
	return i > 0 && int(i) < len(a.Toks) && a.Toks[i].Sent == a.Toks[i-1].Sent && a.Toks[i].Flags&NewLine == 0
}

// Text is the words of tokens [first, end).
func (a *Article) Text(first, end int32) string {
	return a.Doc.Span(news.TokenRange{First: first, End: end}).Of(a.Doc.Text)
}

// NameAt is the name mention that covers token i; -1 when none does.
func (a *Article) NameAt(i int32) int32 {
	if m := a.MentionAt(i); m >= 0 && a.Mentions[m].Form == news.Name {
		return m
	}
	return -1
}

// MentionAt is the mention that covers token i; -1 when none does.
func (a *Article) MentionAt(i int32) int32 {
	if i < 0 || int(i) >= len(a.ByToken) {
		return -1
	}
	return a.ByToken[i]
}

// shape is the flags that the letters of w alone decide.
func shape(w string) (f uint8) {
	letters, upper := 0, 0
	for i, c := range w {
		if !unicode.IsLetter(c) {
			continue
		}
		letters++
		if unicode.IsUpper(c) || unicode.IsTitle(c) {
			if upper++; i < 3 {
				f |= Cap
			}
		}
	}
	if letters > 0 {
		f |= Word
	}
	if letters > 1 && letters == upper {
		f |= AllCaps
	}
	return f
}

// Fold lowers a word, takes its diacritics off and straightens apostrophes, so
// that "Boumediène" meets "Boumediene" and "O’Brien" "O'Brien".
func Fold(s string) string {
	plain, ascii := true, true
	for i := 0; i < len(s); i++ {
		ascii = ascii && s[i] < utf8.RuneSelf
		plain = plain && s[i] < utf8.RuneSelf && (s[i] < 'A' || s[i] > 'Z')
	}
	if plain {
		return s
	}
	if s = strings.ToLower(s); ascii {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if r >= 0x300 && r < 0x370 { // combining marks
			continue
		}
		switch r {
		case '’', '‘', 'ʼ':
			r = '\''
		case 'ø':
			r = 'o'
		case 'ł':
			r = 'l'
		case 'đ':
			r = 'd'
		case 'ı':
			r = 'i'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// SexOf is the gender that token i's word gives away: 1 female, -1 male.
func (a *Article) SexOf(i int32) int8 { return a.Toks[i].Lists.sexOf() }
