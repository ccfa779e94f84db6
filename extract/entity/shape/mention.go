package shape

import "github.com/whosaid/whosaid/extract/news"

// gram is the grammatical place of a mention, as far as it matters for who is
// talked about next.
type gram uint8

const (
	otherPlace gram = iota
	subject
	object
	possessor
	agent // after "by" or "according to"
)

// class is the kind of noun phrase that a nominal or pronoun is.
type class uint8

const (
	noClass    class = iota
	roleOne          // one person by role: the senator, her husband
	roleMany         // several: critics, two officials
	bodyOne          // a body: the company, the ministry
	paper            // a document: the report, polls
	heShe            // he, she and their forms
	theyAll          // they and its forms
	thing            // it, its
	speakerI         // I, we and their forms
	relative         // who, which, that
	youAll           // you
	oneThat          // one, another, this, that used alone
	otherOne         // any other noun
	questioner       // Q of an interview
	answerer         // A of an interview
)

// mention is one place of the text that may refer to an entity.
type mention struct {
	first, end int32 // tokens
	head       int32 // the token that carries number and kind
	form       news.MentionForm
	class      class
	gram       gram
	quoted     bool // inside quotation marks
	sex        int8 // 1 female, -1 male by its own words
	plural     bool
	definite   bool // the, this, a possessive
	ent        int32

	// of names
	person, org, place int8 // evidence, in points
	titleFirst         int32
	titleEnd           int32  // tokens of the office before the name; empty when none
	descFirst, descEnd int32  // lower-case words before the name that describe it
	key                string // folded words without titles, joined by spaces
}

// entity is a cluster of names, or a nominal that stands for itself.
type entity struct {
	kind    news.SpeakerKind
	place   bool   // a place, which speaks only as an actor
	name    string // as the text has it
	keys    []string
	words   []string // folded words of the fullest name
	surname string
	given   string
	suffix  string
	head    int32   // first mention that gave it being
	full    []int32 // mentions by two words and more, in order
	names   int32   // name mentions
	sex     int8
	basis   news.GenderBasis
	titles  []string
	aliases []string
	kin     bool // introduced as somebody's wife or son

	person, org, loc int // evidence, in points

}
