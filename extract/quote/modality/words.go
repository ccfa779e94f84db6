package modality

import "strings"

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

var (
	negations  = set(`not n't never neither nor hardly scarcely barely cannot nowhere`)
	nevers     = set(`never`)
	nobodies   = set(`nobody none nothing neither no-one`)
	noes       = set(`no neither`)
	wills      = set(`will shall 'll would won wo 'd`)
	woulds     = set(`would 'd`)
	modals     = set(`would could might may 'd`)
	dids       = set(`did had was were`)
	bes        = set(`is are was were be 's 're 'm am been seems appears looks seem appear look`)
	inverts    = set(`had were should`)
	conditions = set(`if unless suppose imagine provided lest`)
	comings    = set(`expect plan intend set due going likely unlikely poise prepare schedule expected planned
		about poised preparing scheduled planning intending bound ready`)
	leads      = set(`expect plan intend set due likely unlikely poise prepare schedule bound fail refuse decline avoid`)
	openers    = set(`whether if how what why when where who which whom whose`)
	courtesies = set(`thank bless let say look god`)
	refusals   = set(`decline refuse`)
	withheld   = set(`fail avoid refrain forbear omit neglect`)
	answers    = set(`comment say answer discuss confirm reveal elaborate give speak talk respond reply name identify
		explain disclose release tell specify deny provide mention interview draw admit state detail apologise apologize
		announce endorse pledge promise`)
	discloses = set(`say comment discuss confirm elaborate reveal disclose tell answer speak talk name identify specify
		draw detail explain respond`)
	replies      = set(`respond reply return answer comment provide`)
	questions    = set(`ask wonder inquire enquire question query`)
	particles    = set(`call appeal`)
	pleas        = set(`call appeal plea demand request`)
	likes        = set(`like love prefer`)
	suppositions = set(`suppose imagine`)
	tells        = set(`tell ask warn remind advise say shout signal press`)
	orders       = set(`order urge demand call appeal beg instruct command implore request recommend advise direct plead
		summon require bid encourage exhort petition entreat beseech`)
)

// silences are words that say that nobody spoke.
var silences = []string{"no comment", "for comment", "not be reached", "remained silent", "kept silent", "right to silence",
	"not be drawn", "requests for an interview", "request for an interview", "to be interviewed", "an interview", "not available", "was unavailable"}
