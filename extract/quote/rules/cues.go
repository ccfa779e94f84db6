package rules

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// frame is what a cue takes beside it.
type frame uint8

// The frames. A cue has one or more.
const (
	clauses    frame = 1 << iota // said that, said he left
	addressee                    // told them that: somebody stands between
	named                        // called it a disgrace
	infinitive                   // vowed to leave, urged them to leave
	questions                    // asked whether
	quotes                       // reports only beside a quotation: sighed
	attitudes                    // a report of a mind: believes that
	demands                      // called for an inquiry, called on them to leave
)

// cue is one verb that reports.
type cue struct {
	lemma string
	frame frame
}

// cueVerbs are the verbs by frame, in their base form. Ours, with the verbs of
// the Gender Gap Tracker's list of 257 forms (MIT licence,
// github.com/sfu-discourse-lab/GenderGapTracker) among them, all but accept and
// ensure, which report no words.
var cueVerbs = []struct {
	frame frame
	verbs string
}{
	{clauses, `say add note argue insist claim explain state declare announce report confirm acknowledge
		admit allege assert suggest conclude contend maintain reiterate stress emphasize emphasise
		deny disclose reveal concede predict caution complain indicate observe recall testify write
		warn remark mention repeat reply respond answer counter joke boast quip lament estimate
		elaborate clarify reckon proclaim restate retell reassert reconfirm predict persist exclaim
		disclaim acclaim dispute decry point speculate forecast hint imply posit opine affirm
		underscore underline vent attest aver avow charge recount relate
		confess confide gripe grumble interject intone muse advise recommend propose
		pledge vow promise threaten swear warn agree comment cite find show highlight`},
	{clauses | addressee, `tell inform remind assure notify convince reassure advise warn brief`},
	{questions | quotes, `ask wonder inquire enquire question query`},
	{named | quotes, `call describe brand label dub deem denounce dismiss slam blast criticize criticise praise
		condemn characterize characterise portray hail tout accuse refer decry mock ridicule
		deride lambaste compare depict regard blame`},
	{infinitive, `vow promise pledge threaten urge order ask tell warn call agree demand encourage beg
		advise invite refuse decline offer propose instruct plead swear`},
	{quotes, `tweet post text sigh read begin continue reply shout yell cry chant scream whisper mutter
		mumble laugh smile grin nod shrug gasp snap bark growl roar retort rejoin interrupt object
		protest rage fume rant rave hit fire shoot finish chime chip pipe joke sing greet scoff
		mutter murmur declaim preach present release illustrate demonstrate testify narrate sum
		express address blog email message reveal howl sob groan moan insist crow gush enthuse exult
		theorize reason volunteer venture offer demand plead urge beg command conclude commend
		thank apologize apologise regret reflect summarize summarise type scrawl pen quote
		marvel cheer tease taunt ponder reminisce echo recite utter specify outline
		say admit`},
	{clauses | attitudes, `believe think hope fear expect doubt feel suspect worry know realize realise assume
		consider understand imagine guess suppose wish`},
	{infinitive | attitudes, `want hope plan intend expect wish`},
}

// irregular gives the past tense and the participle of verbs that do not take
// -ed.
var irregular = map[string]string{
	"say": "said", "tell": "told", "write": "wrote written", "read": "read", "begin": "began begun",
	"shoot": "shot", "hit": "hit", "sing": "sang sung", "swear": "swore sworn", "find": "found",
	"show": "showed shown", "think": "thought", "know": "knew known", "feel": "felt",
	"forecast": "forecast", "understand": "understood", "retell": "retold", "beg": "begged",
}

// doubled verbs double their last letter before -ed and -ing.
var doubled = wordSet(`admit quip dub chat rap sum nod shrug grin slam chip snap regret refer hit begin sob beg plan`)

// cueForms maps every form of the cue verbs to its verb.
var cueForms = func() map[string]cue {
	m := make(map[string]cue)
	for _, group := range cueVerbs {
		for v := range strings.FieldsSeq(group.verbs) {
			for _, form := range forms(v) {
				c := m[form]
				// A verb that reports by itself is more than a verb that
				// reports only beside a quotation or a mind.
				c.lemma = v
				c.frame |= group.frame
				m[form] = c
			}
		}
	}
	for form, c := range m {
		if c.frame&clauses != 0 && c.frame&quotes != 0 {
			c.frame &^= quotes
			m[form] = c
		}
	}
	return m
}()

// forms are the inflected forms of the verb v.
func forms(v string) []string {
	stem := v
	if doubled[v] {
		stem += v[len(v)-1:]
	}
	out := []string{v}
	end := v[len(v)-1]
	consonantY := end == 'y' && !strings.ContainsRune("aeiou", rune(v[len(v)-2]))
	switch {
	case consonantY:
		out = append(out, v[:len(v)-1]+"ies")
	case strings.HasSuffix(v, "s") || strings.HasSuffix(v, "sh") || strings.HasSuffix(v, "ch") || strings.HasSuffix(v, "x"):
		out = append(out, v+"es")
	default:
		out = append(out, v+"s")
	}
	if past, ok := irregular[v]; ok {
		out = append(out, strings.Fields(past)...)
	} else {
		switch {
		case consonantY:
			out = append(out, v[:len(v)-1]+"ied")
		case end == 'e':
			out = append(out, v+"d")
		default:
			out = append(out, stem+"ed")
		}
	}
	if end == 'e' && !strings.HasSuffix(v, "ee") {
		stem = v[:len(v)-1]
	}
	return append(out, stem+"ing")
}

// clauseNouns report a clause when their possessor stands before them.
var clauseNouns = wordSet(`claim assertion allegation statement argument suggestion contention insistence
	remark warning promise vow pledge accusation admission announcement declaration prediction
	complaint view comment assurance assessment charge`)

// reportNouns carry a report in "in a statement", "the letter" and the like.
var reportNouns = wordSet(`statement interview email e-mail letter tweet post message report speech press
	conference release briefing blog memo note testimony filing lawsuit complaint court ruling
	article column editorial op-ed book memoir video podcast program broadcast remarks address
	debate rally hearing call Facebook Twitter Instagram TV television radio`)

// timeWords stand between a cue and its clause and belong to neither.
var timeWords = wordSet(`Monday Tuesday Wednesday Thursday Friday Saturday Sunday yesterday today tonight
	later earlier recently repeatedly once then afterward afterwards publicly Mon. Tues. Wed. Thurs. Fri.
	Sat. Sun. simply flatly bluntly again also`)

// standards are what things are measured by, and which says nothing: according
// to the highest standard, to each one's needs.
var standards = wordSet(`standard criterion protocol specification need ability capability capacity preference
	taste liking wish age size height weight length rank seniority merit income importance severity
	colour color category type kind season`)

// NamesStandard reports whether "according to", which ends before token i, says
// what something is measured by, not who says so.
func NamesStandard(d *news.Document, i int32) bool {
	head := ""
	for ; int(i) < len(d.Tokens); i++ {
		switch t := d.Tokens[i].Tag; {
		case t.Noun():
			head = syntax.Lemma(d.Word(i), t)
		case head == "" && leadsNoun(t):
		default:
			return standards[head]
		}
	}
	return standards[head]
}

// leadsNoun reports a tag that may stand before a noun.
func leadsNoun(t news.Tag) bool {
	switch t {
	case news.TagDT, news.TagPRPS, news.TagCD, news.TagJJ, news.TagJJR, news.TagJJS, news.TagRB, news.TagVBN, news.TagVBG:
		return true
	}
	return false
}

func wordSet(words string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
