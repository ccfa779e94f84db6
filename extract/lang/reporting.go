package lang

import (
	"fmt"
	"slices"
	"strings"
)

// Part is a part of speech that reporting words are told by.
type Part uint8

// The parts of speech.
const (
	NoPart Part = iota
	Verb
	Noun
	Adjective
	Adverb
)

var partNames = [...]string{"", "verb", "noun", "adjective", "adverb"}

func (p Part) String() string { return partNames[p] }

// Sense is the kind of report a word makes, or of source it names; 0 is none.
// The numbers stand in trained models.
type Sense uint8

// The senses. Those from Somebody on name who reports.
const (
	NoSense Sense = iota
	Say
	Manner
	Tell
	Ask
	Order
	Commit
	Praise
	Blame
	Deny
	Think
	Know
	Want
	Feel
	Decide
	Show
	Predict
	Describe
	Discuss
	Write
	Perceive
	Seem
	Announce
	Warn
	Propose
	Claim
	Focus
	Sorry
	Somebody
	Body
)

var senseNames = [...]string{"", "say", "manner", "tell", "ask", "order", "commit", "praise", "blame", "deny", "think",
	"know", "want", "feel", "decide", "show", "predict", "describe", "discuss", "write", "perceive", "seem", "announce",
	"warn", "propose", "claim", "focus", "sorry", "person", "body"}

func (s Sense) String() string { return senseNames[s] }

// Mark is something that a reporting word takes or is.
type Mark uint16

// The marks. A form that narrates, exclaims or surely says is the third person or
// the past; of a verb marked -past the past alone, as its other forms are common
// words for something else.
const (
	Clause       Mark = 1 << iota // takes a clause: said that, said he left; her claim that
	Addressee                     // who is spoken to may stand before the clause: told them that
	Listener                      // who is spoken to may stand behind it, before words of another kind: asked them whether
	Object                        // says something of something: called it a disgrace
	Infinitive                    // vowed to leave, urged them to leave
	Question                      // asked whether
	Quotation                     // reports only beside a quotation: sighed
	Attitude                      // reports a mind, not words: believes, hopes
	Asked                         // the subject of its passive is spoken to: was told, was asked
	Narrates                      // narrates a quotation beside it and is hardly anything else: said
	NarratesPast                  // its past does
	Exclaims                      // narrates a question or an exclamation within its sentence: “Why?” Ms. Roe asked
	ExclaimsPast                  // its past does
	Sure                          // is a verb of saying whatever a tagger thinks
	SurePast                      // its past is
	numMarks     = iota
)

// frames are the marks that make a verb a cue for the rules.
const frames = Clause | Addressee | Listener | Object | Infinitive | Question | Quotation

var markNames = [numMarks]string{"clause", "addressee", "listener", "object", "infinitive", "question", "quotation",
	"attitude", "asked", "narrates", "narrates-past", "exclaims", "exclaims-past", "sure", "sure-past"}

// Entry is one reporting word.
type Entry struct {
	Lemma  string
	Part   Part
	Senses []Sense // the first is the word's own, a second one it has at times
	Marks  Mark
}

// Has reports whether the entry has all of m.
func (e *Entry) Has(m Mark) bool { return e.Marks&m == m }

// Cue reports a verb that takes what is said in one of the frames.
func (e *Entry) Cue() bool { return e.Part == Verb && e.Marks&frames != 0 }

// Reporting is the reporting words of a language, in the file's order.
type Reporting []Entry

// parseEntry reads a line of a reporting section, "say verb: say; clause": the
// lemma and its part of speech; up to two senses; behind a semicolon the marks.
func parseEntry(key, rest string) (e Entry, err error) {
	k := strings.Fields(key)
	if len(k) != 2 {
		return e, fmt.Errorf("an entry begins with a lemma and its part of speech, not %q", key)
	}
	p := slices.Index(partNames[1:], k[1])
	if p < 0 {
		return e, fmt.Errorf("%q is no part of speech: use verb, noun, adjective or adverb", k[1])
	}
	e.Lemma, e.Part = strings.ReplaceAll(k[0], "_", " "), Part(p+1)
	senses, marks, _ := strings.Cut(rest, ";")
	for w := range strings.FieldsSeq(senses) {
		i := slices.Index(senseNames[1:], w)
		if i < 0 {
			return e, fmt.Errorf("%q is no sense", w)
		}
		e.Senses = append(e.Senses, Sense(i+1))
	}
	if len(e.Senses) > 2 {
		return e, fmt.Errorf("%s has more than two senses", key)
	}
	for w := range strings.FieldsSeq(marks) {
		i := slices.Index(markNames[:], w)
		if i < 0 {
			return e, fmt.Errorf("%q is no mark of a reporting word", w)
		}
		e.Marks |= 1 << i
	}
	if len(e.Senses) == 0 && e.Marks == 0 {
		return e, fmt.Errorf("nothing is said of %s", key)
	}
	return e, nil
}

func (s *section) reporting() Reporting {
	out := make(Reporting, 0, len(s.lines))
	for _, l := range s.lines {
		if e, err := parseEntry(l.key, strings.Join(l.words, " ")); err == nil { // parseLine has seen to it
			out = append(out, e)
		}
	}
	return out
}

// Lemmas is the lemmas of those words of any part of speech that have all of m.
func (r Reporting) Lemmas(m Mark) Set {
	out := Set{}
	for i := range r {
		if r[i].Has(m) {
			out[r[i].Lemma] = struct{}{}
		}
	}
	return out
}

// Forms is the forms of the verbs that are marked: the third person and the past
// of those with both, the past of those with past. (Base forms and gerunds
// narrate nothing by themselves.)
func (r Reporting) Forms(l *Language, both, past Mark) Set {
	out := Set{}
	for i := range r {
		e := &r[i]
		if e.Part != Verb || e.Marks&(both|past) == 0 {
			continue
		}
		f := l.Forms(e.Lemma)
		if e.Has(both) {
			out[f.Present] = struct{}{}
		}
		for _, w := range f.Past {
			out[w] = struct{}{}
		}
	}
	return out
}
