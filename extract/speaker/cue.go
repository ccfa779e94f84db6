package speaker

import "github.com/whosaid/whosaid/extract/news"

// The forms of a cue, as a measurement.
const (
	noCue      = iota
	cueVerb    // said, is worried
	cuePart    // saying
	cuePassive // was asked, labeled
	cueNoun    // the pledge
	cueOther   // according to, a colon
)

// reading is what the syntax of a statement's cue tells of its speaker.
type reading struct {
	form    float32
	head    int32   // its last verb, else its noun or adjective; -1
	control int32   // subject of the verb that the head is or hangs on; -1
	hops    int     // steps up the parse to that verb
	asks    bool    // was asked, when pressed on
	manner  float32 // 1 somebody's deed (the pledge), -1 its subject is spoken about (seems, is expected), 0 neither
}

// readCue takes a cue apart.
func (a *analysis) readCue(sp news.Span) reading {
	c := reading{head: -1, control: -1}
	r := a.tokensIn(sp)
	if r.Empty() {
		return c
	}
	verb, noun, adjective, be := int32(-1), int32(-1), int32(-1), false
	for i := r.First; i < r.End; i++ {
		if isBe(a.low(i)) {
			be = true
			continue
		}
		switch a.tag(i) {
		case news.TagVB, news.TagVBD, news.TagVBG, news.TagVBN, news.TagVBP, news.TagVBZ:
			verb = i
		case news.TagNN, news.TagNNS:
			if noun < 0 {
				noun = i
			}
		case news.TagJJ:
			adjective = i
		}
	}
	switch {
	case verb >= 0:
		c.head = verb
		switch a.tag(verb) {
		case news.TagVBG:
			c.form = cuePart
		case news.TagVBN:
			c.form = cuePassive
			if w := a.low(verb - 1); !be && r.First < verb || w == "has" || w == "have" || w == "had" || feeling(a.low(verb)) || a.afterAnd(verb) {
				c.form = cueVerb
			}
		default:
			c.form = cueVerb
			if be && !feeling(a.low(verb)) {
				c.form = cuePassive
			}
		}
	case noun >= 0:
		c.head, c.form = noun, cueNoun
	case adjective >= 0 && be:
		c.head, c.form = adjective, cueVerb
	default:
		c.form = cueOther
		return c
	}
	for i := r.First; i < r.End; i++ {
		switch w := a.low(i); {
		case w == "called" && (a.low(i+1) == "for" || a.low(i+1) == "on"): // an act, unlike "is called"
		case impersonal(w), c.form == cuePassive && hearsay(w):
			c.manner = -1
		case c.manner == 0 && deed(w):
			c.manner = 1
		}
	}
	if c.form == cuePassive || c.head == r.First && (a.tag(c.head) == news.TagVBD || a.tag(c.head) == news.TagVBN) {
		switch a.low(c.head) {
		case "asked", "questioned", "pressed", "quizzed", "interviewed", "grilled":
			c.asks = true
		}
	}
	c.control, c.hops = a.subjectOver(c.head)
	return c
}

// swapped reports whether a statement's source and cue have changed places: the
// source is a verb of speech alone, the cue holds a name.
func (a *analysis) swapped(q *news.Quote, s *source) bool {
	if s.tokens.Len() != 1 || !a.is(s.tokens.First, lexSay) || a.has(s.tokens.First, isCap) || s.form != news.Nominal {
		return false
	}
	r := a.tokensIn(q.Cue)
	for i := r.First; i < r.End; i++ {
		if a.nameAt(i) >= 0 {
			return true
		}
	}
	return false
}

func isBe(w string) bool {
	switch w {
	case "is", "was", "are", "were", "be", "been", "being", "'s", "'re":
		return true
	}
	return false
}

// feeling holds participles after "be" whose subject is who feels so.
func feeling(w string) bool {
	switch w {
	case "determined", "dedicated", "concerned", "worried", "committed", "convinced", "opposed", "pleased", "disappointed", "surprised", "satisfied", "inclined", "interested", "prepared":
		return true
	}
	return false
}

// impersonal holds words of cues whose subject is what is spoken about, not
// who speaks, or that many people share: it seems, she is expected, he drew
// criticism, it is clear, concerns.
func impersonal(w string) bool {
	switch w {
	case "seem", "seems", "seemed", "appear", "appears", "appeared", "look", "looks", "looked", "sound", "sounds", "sounded",
		"prove", "proves", "proved", "proven", "tend", "tends", "remain", "remains", "remained",
		"face", "faces", "faced", "draw", "draws", "drew", "drawing", "drawn", "receive", "received", "undergo", "underwent", "suffer", "suffered", "endured", "sparked", "raised", "raises",
		"criticism", "concern", "concerns", "questions", "speculation", "suspicions", "fears", "doubts", "skepticism", "scrutiny", "backlash", "outrage", "rumors", "rumours", "expectations", "disagreements", "accusations", "charges", "complaints", "claims", "talk", "chants", "advice", "definition",
		"clear", "unclear", "likely", "unlikely", "apparent", "obvious", "evident", "possible", "reportedly", "allegedly", "presumably", "apparently",
		"expected", "known", "called", "considered", "accused", "criticized", "criticised", "blamed", "thought", "believed", "alleged", "rumored", "rumoured", "dubbed", "charged", "implicated", "supposed", "so-called":
		return true
	}
	return false
}

// hearsay holds participles of cues that leave open who says so: it is
// reported, he was told.
func hearsay(w string) bool {
	switch w {
	case "reported", "estimated", "rumored", "rumoured", "heard", "told", "said", "understood", "suspected", "feared", "hoped", "advised", "instructed",
		"defined", "nominated", "mentioned", "regarded", "viewed", "seen", "deemed", "perceived", "recognized", "recognised", "remembered":
		return true
	}
	return false
}

// deed holds nouns of cues for what one speaker does with words: the pledge,
// her remarks.
func deed(w string) bool {
	switch w {
	case "pledge", "pledges", "promise", "promises", "vow", "vows", "remark", "remarks", "comment", "comments", "declaration", "statement", "statements", "announcement",
		"speech", "address", "answer", "response", "reply", "tweet", "tweets", "post", "letter", "message", "interview", "memo",
		"call", "calls", "request", "demand", "demands", "offer", "proposal", "proposals", "plan", "plans", "strategy", "goal", "idea", "decision", "bid", "attempt", "attempts", "effort", "efforts", "intention",
		"denial", "denials", "apology", "admission", "warning", "warnings", "threat", "threats", "claim", "argument", "assertion", "insistence", "refusal", "endorsement", "forecast", "outlook", "prediction", "assessment", "conclusion", "finding", "findings", "ruling":
		return true
	}
	return false
}
