package news

// Kind tells how much of a quotation's words stand inside quotation marks.
type Kind uint8

// The kinds: direct has (nearly) all of its words inside marks, indirect none,
// mixed some.
const (
	Direct Kind = iota
	Indirect
	Mixed
)

// Form tells how complete the marks of a quotation are.
type Form uint8

// The forms: a full sentence or clause, a fragment of one ("a disgrace"), or
// a quotation whose closing mark is missing.
const (
	Full Form = iota
	Fragment
	Unclosed
)

// Act tells a report of words from a report of a mind.
type Act uint8

// The acts: said or written; believed, wished, intended, perceived.
const (
	Statement Act = iota
	Attitude
)

// Polarity tells whether the words were said.
type Polarity uint8

// The polarities: said; not said (never said that); withheld (declined to comment).
const (
	Affirmed Polarity = iota
	Negated
	Refused
)

// Modality is the mood in which words are reported.
type Modality uint8

// The modalities: said as so; as a question; as an order, a demand or a plea;
// under a condition (would say); still to come (will say).
const (
	Asserted Modality = iota
	Asked
	Ordered
	Hypothetical
	Future
)

// MentionForm is the kind of expression that refers to an entity.
type MentionForm uint8

// The forms of a mention.
const (
	FormNone MentionForm = iota
	Name
	Pronoun
	Nominal
)

// SpeakerKind is the kind of thing that speaks.
type SpeakerKind uint8

// The kinds of speaker, as SCHEMA has them.
const (
	Unknown      SpeakerKind = iota
	Person                   // a named person
	Organization             // a named organization, place or outlet as an actor
	DocumentKind             // a report, poll, letter, filing
	Group                    // critics, two officials
	Unnamed                  // a spokesman, one resident
	Author                   // the article's own voice
)

// Gender is the gender the text uses for an entity.
type Gender uint8

// The genders the text can show.
const (
	GenderUnknown Gender = iota
	Female
	Male
)

// GenderBasis tells what a Gender rests on.
type GenderBasis uint8

// The bases of a gender, strongest first.
const (
	BasisNone GenderBasis = iota
	ByPronoun
	ByTitle
	ByFirstName
)

func (k Kind) String() string { return [...]string{"direct", "indirect", "mixed"}[k] }
func (f Form) String() string { return [...]string{"full", "fragment", "unclosed"}[f] }
func (a Act) String() string  { return [...]string{"statement", "attitude"}[a] }

func (p Polarity) String() string { return [...]string{"affirmed", "negated", "refused"}[p] }
func (m Modality) String() string {
	return [...]string{"asserted", "asked", "ordered", "hypothetical", "future"}[m]
}

// String is the schema's word; empty for FormNone, which is null there.
func (f MentionForm) String() string { return [...]string{"", "name", "pronoun", "nominal"}[f] }

func (k SpeakerKind) String() string {
	return [...]string{"unknown", "person", "organization", "document", "group", "unnamed", "author"}[k]
}

// String is the schema's word; empty for GenderUnknown, which is null there.
func (g Gender) String() string { return [...]string{"", "female", "male"}[g] }

// String is the schema's word; empty for BasisNone, which is null there.
func (b GenderBasis) String() string {
	return [...]string{"", "pronoun", "title", "first_name"}[b]
}
