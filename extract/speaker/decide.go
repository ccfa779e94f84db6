package speaker

import (
	"math"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// decide settles quotation q.
func (w *walker) decide(q int, at int32) {
	if words := w.sources[q].words; !words.Empty() {
		if p, ok := w.bySpan[words]; ok { // two statements of one source have one speaker
			w.done[q] = w.done[p]
			w.done[q].anchor = at
			w.record(q, at)
			return
		}
		w.bySpan[words] = q
	}
	ids := w.candidates(q, at)
	choices := w.measure(q, at, ids)
	d := &w.done[q]
	d.made, d.anchor = true, at
	scores := w.score(choices)
	best := 0
	for k := range scores {
		if scores[k] > scores[best] {
			best = k
		}
	}
	c := &choices[best]
	d.choice, d.kind, d.name = c.Entity, c.Kind, c.Name
	w.probabilities(d, choices, scores, best)
	d.method = w.method(q, c)
	w.explain(q, c)
	if c.Entity == nobody {
		d.kind, d.name = news.Unknown, ""
	}
	if c.Entity == ownPhrase {
		w.ownEntity(q)
	}
	if m := w.sources[q].mention; m >= 0 && w.a.mentions[m].ent < 0 {
		if d.choice >= 0 {
			w.a.mentions[m].ent = d.choice
			w.a.ents[d.choice].votes += 2 * int16(w.sources[q].sex)
			w.a.ents[d.choice].spoken += int16(w.sources[q].sex)
		}
		w.waiting[m] = false
	}
	w.record(q, at)
}

// record remembers who spoke.
func (w *walker) record(q int, at int32) {
	if !w.nested[q] {
		w.speaker = append(w.speaker, int32(q))
	}
	if id := w.done[q].choice; id >= 0 {
		e := &w.a.ents[id]
		e.quotes++
		e.lastQuote = w.a.toks[min(at, int32(len(w.a.toks)-1))].sent
	}
}

// ownEntity turns "the source's own phrase" into an entity: the one that the
// same words, or a definite description with the same head, made before.
func (w *walker) ownEntity(q int) {
	a, s, d := w.a, &w.sources[q], &w.done[q]
	if d.name == "" {
		d.choice, d.kind = nobody, news.Unknown
		return
	}
	head := a.low(s.head)
	if id, ok := w.byHead[head]; ok && s.definite && a.ents[id].kind == d.kind && oneSaysLess(d.name, a.ents[id].name) {
		d.choice = id
		return
	}
	id := int32(len(a.ents))
	a.ents = append(a.ents, entity{kind: d.kind, class: max(s.class, roleOne), head: -1, name: d.name, sex: s.sex, plural: s.plural || d.kind == news.Group,
		last: -1, lastSent: -1000, lastQuote: -1, out: -1})
	w.byHead[head] = id
	d.choice = id
}

// oneSaysLess reports whether one of two descriptions has no word of weight
// that the other lacks: "the ambassador" may be "the Spanish ambassador", who
// is not "the French ambassador".
func oneSaysLess(a, b string) bool {
	words := func(s string) map[string]bool {
		m := map[string]bool{}
		for f := range strings.FieldsSeq(strings.ToLower(s)) {
			switch f = strings.Trim(f, ",.;:()"); f {
			case "", "the", "a", "an", "of", "to", "for", "in", "at", "on", "and", "his", "her", "its", "their":
			default:
				m[f] = true
			}
		}
		return m
	}
	within := func(x, y map[string]bool) bool {
		for f := range x {
			if !y[f] {
				return false
			}
		}
		return true
	}
	x, y := words(a), words(b)
	return within(x, y) || within(y, x)
}

// score gives each candidate its points.
func (w *walker) score(choices []Choice) []float32 {
	out := w.points[:len(choices)]
	for k := range choices {
		out[k] = choices[k].Features[fGuess]
	}
	return out
}

// ruleScale turns points of the rules into log odds; found on PolNeAR dev.
const ruleScale = 0.8

// probabilities turns scores into the probabilities of the candidates; the
// winner's is the confidence.
func (w *walker) probabilities(d *decision, choices []Choice, scores []float32, best int) {
	scale := float64(1)
	bare := choices[best].Features[fHasCue] == 0
	fitted := news.MentionForm(choices[best].Features[fForm]) == news.FormNone && !bare
	if !fitted {
		scale = ruleScale
	}
	top := slices.Max(scores)
	sum := 0.0
	var buffer [maxCandidates]float64
	p := buffer[:len(scores)]
	for k, s := range scores {
		if x := scale * float64(s-top); x > -40 { // less adds nothing
			p[k] = math.Exp(x)
			sum += p[k]
		}
	}
	for k := range p {
		p[k] /= sum
	}
	d.confidence = float32(p[best])
	d.candidates = nil
	for len(d.candidates) < 5 {
		next := -1
		for k := range p {
			if choices[k].Entity >= 0 && p[k] >= 0.005 && (next < 0 || p[k] > p[next]) {
				next = k
			}
		}
		if next < 0 {
			break
		}
		d.candidates = append(d.candidates, ranked{choices[next].Entity, float32(p[next])})
		p[next] = 0
	}
}

// method says in words how the speaker was found.
func (w *walker) method(q int, c *Choice) string {
	f := &c.Features
	switch c.Entity {
	case nobody:
		return "no likely speaker"
	case authorSelf:
		return "the article's own voice"
	case ownPhrase:
		if w.sources[q].several {
			return "several in source"
		}
		return "source's own words"
	}
	if c := w.sources[q].class; c == questioner || c == answerer {
		return "question and answer"
	}
	switch news.MentionForm(f[fForm]) {
	case news.Name:
		if f[fHead] == 3 {
			return "name in source"
		}
		return "name ranked"
	case news.Pronoun:
		if f[fRelative] == 1 {
			return "head of relative clause"
		}
		if w.sources[q].class == speakerI {
			return "first person is its speaker"
		}
		return "pronoun ranked"
	case news.Nominal:
		if f[fRole] >= 2 {
			return "description matched"
		}
		return "description ranked"
	}
	switch {
	case f[fTurn] == 1:
		return "speakers take turns"
	case f[fContinues] == 1 && f[fLastSpeaker] == 3:
		return "same statement goes on"
	case f[fLastSpeaker] == 3:
		return "continues previous speaker"
	case f[fSubjectHere] == 1 || f[fBeforeHere] > 0 || f[fAfterHere] > 0:
		return "named in the same sentence"
	case f[fPrevSubject] == 1 || f[fNextSubject] == 1:
		return "named in the next or previous sentence"
	case f[fLastSpeaker] == 2:
		return "speakers alternate"
	}
	return "most likely from context"
}

// explain writes the reasons for a choice, when asked for.
func (w *walker) explain(q int, c *Choice) {
	if !w.wantWhy {
		return
	}
	f := &c.Features
	var why []string
	say := func(b bool, s string) {
		if b {
			why = append(why, s)
		}
	}
	say(f[fHead] == 3, "the source names it")
	say(f[fHead] == 2, "the source's surname is its surname too")
	say(f[fHead] == 1, "the source mentions it")
	say(f[fRelative] == 1, "it is the head of the relative clause")
	say(f[fSex] > 0, "gender agrees")
	say(f[fRole] == 2, "the text calls it so elsewhere")
	say(f[fRole] == 1, "the text calls it something of the same sort elsewhere")
	say(f[fOver] > 0, "other words of the description fit")
	say(f[fContinues] == 1 && f[fLastSpeaker] == 3, "the statement before belongs to the same quotation")
	say(f[fLastSpeaker] == 3, "spoke last")
	say(f[fLastSpeaker] == 2, "spoke before the last speaker")
	say(f[fSubjectHere] == 1, "subject of this sentence")
	say(f[fPrevSubject] == 1, "subject of the sentence before")
	say(f[fNextSubject] == 1, "subject of the next sentence")
	say(c.Entity >= 0 && f[fSentences] == 0, "mentioned in this sentence")
	say(c.Entity >= 0 && f[fSentences] == 1, "mentioned one sentence before")
	say(c.Entity >= 0 && f[fRank] == 0, "mentioned last of all")
	say(f[fInContent] == 1, "but named inside the quotation")
	say(c.Entity >= 0 && f[fTop] == 0 && f[fType] < 3, "named most often in the article")
	say(c.Entity == nobody, "no candidate is likely enough")
	if k := len(w.done[q].candidates); k > 0 {
		var rivals []string
		for _, r := range w.done[q].candidates {
			if r.ent != c.Entity && len(rivals) < 2 {
				rivals = append(rivals, w.a.ents[r.ent].name)
			}
		}
		say(len(rivals) > 0, "next best: "+strings.Join(rivals, ", "))
	}
	w.done[q].why = why
}
