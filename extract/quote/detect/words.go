package detect

import (
	"strings"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/layout"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/mend"
	"github.com/whosaid/whosaid/extract/quote/rules"
)

// Words is what the detector reads of a language.
type Words struct {
	Reporting     lang.Reporting `lang:"reporting.words"`
	ClauseOpeners lang.Set       `lang:"detect.clause-openers"`
	Expletives    lang.Set       `lang:"detect.expletives"`

	lemma     func(word string, tag news.Tag) string
	marks     *marks.Words
	rules     *rules.Words
	layout    *layout.Words
	mend      *mend.Words
	attitudes lang.Set // lemmas that report a mind
	asked     lang.Set // verbs whose passive has for its subject who is spoken to
	index     *linear.Index
	senses    []uint16 // by row of the index: the first two senses of a lemma and part of speech, eight bits each
}

// Compile makes the table of senses.
func (w *Words) Compile(l *lang.Language) {
	w.lemma = l.Lemma
	w.marks, w.rules = lang.Bind[marks.Words](l), lang.Bind[rules.Words](l)
	w.layout, w.mend = lang.Bind[layout.Words](l), lang.Bind[mend.Words](l)
	w.attitudes, w.asked = w.Reporting.Lemmas(lang.Attitude), w.Reporting.Lemmas(lang.Asked)
	var keys []uint64
	w.senses = []uint16{0}
	for i := range w.Reporting {
		e := &w.Reporting[i]
		senses := uint16(0)
		for k, s := range e.Senses {
			senses |= uint16(s) << (8 * k)
		}
		if senses != 0 {
			keys = append(keys, senseKey(linear.Hash(e.Lemma), e.Part))
			w.senses = append(w.senses, senses)
		}
	}
	var err error
	if w.index, err = linear.NewIndex(keys); err != nil {
		w.index, _ = linear.NewIndex(nil) // two words of one hash: TestSenseWords
	}
}

// LanguageData is the hash of what the detector reads of a language, that of the
// rules and the pairing of marks included.
func LanguageData(l *lang.Language) uint64 {
	return lang.Fingerprint[Words](l)*by1 ^ rules.Fingerprint(l)
}

func partOf(t news.Tag) lang.Part {
	switch {
	case t.Verb():
		return lang.Verb
	case t.Noun():
		return lang.Noun
	case t == news.TagJJ:
		return lang.Adjective
	case t == news.TagRB:
		return lang.Adverb
	}
	return lang.NoPart
}

func senseKey(lemma uint64, p lang.Part) uint64 { return lemma + uint64(p)*by2 }

// senseOf is the senses of a word with the hash of its lemma and its tag.
func (w *Words) senseOf(lemma uint64, t news.Tag) uint64 {
	p := partOf(t)
	if p == lang.NoPart {
		return 0
	}
	return uint64(w.senses[w.index.Row(senseKey(lemma, p))])
}

// firstSense is the first of what senseOf gives.
func firstSense(s uint64) lang.Sense { return lang.Sense(s & 255) }

// evokes reports whether words of that sense (senseOf) report, rather than
// name who does.
func evokes(s uint64) bool { return s != 0 && firstSense(s) < lang.Somebody }

// namesStandard reports whether f's cue is an "according to" that reports
// nothing.
func (w *Words) namesStandard(d *news.Document, f *Candidate) bool {
	if f.Cue.Len() != 2 {
		return false
	}
	first, second := strings.ToLower(d.Word(f.Cue.First)), strings.ToLower(d.Word(f.Cue.First+1))
	return w.rules.Source(first, second) && w.rules.NamesStandard(d, f.Cue.End)
}
