package token

import "github.com/whosaid/whosaid/extract/lang"

// Words is what the tokenizer reads of a language; english/token.txt tells what
// each section is.
type Words struct {
	FullStops     lang.Keys      `lang:"token.full-stops"`
	Elided        lang.Set       `lang:"token.elided"`
	ElidedCurly   lang.Set       `lang:"token.elided-curly"`
	ElidedTwice   lang.Set       `lang:"token.elided-twice"`
	DecadeEndings lang.Set       `lang:"token.decade-endings"`
	Clitics       lang.Set       `lang:"token.clitics"`
	Negations     lang.Keys      `lang:"token.negations"`
	BehindMarks   lang.Set       `lang:"token.clitics-behind-marks"`
	SmallInitials lang.Set       `lang:"token.small-initials"`
	CapitalWords  lang.Set       `lang:"token.capital-words"`
	TwoWords      lang.Keys      `lang:"token.two-words"`
	Starters      lang.Set       `lang:"token.starters"`
	AfterTime     lang.Set       `lang:"token.after-time"`
	TimesOfDay    lang.Set       `lang:"token.times-of-day"`
	Reporting     lang.Reporting `lang:"reporting.words"`

	exclaims lang.Set // forms that follow a question or an exclamation within its sentence
}

// Compile finds the forms of the verbs.
func (w *Words) Compile(l *lang.Language) {
	w.exclaims = w.Reporting.Forms(l, lang.Exclaims, lang.ExclaimsPast)
}

// How a full stop belongs to a word: the keys of FullStops.
const (
	stopTitle  = "title"  // Mr.: a name follows, no sentence ends
	stopAlways = "always" // Inc.: a sentence may end with it
	stopNumber = "number" // No.: only before a number
)
