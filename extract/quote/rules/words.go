package rules

import (
	"strings"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/marks"
)

// Words is what the rules read of a language; english/rules.txt tells what each
// section is.
type Words struct {
	Reporting lang.Reporting `lang:"reporting.words"`

	Complementizers  lang.Set `lang:"rules.complementizers"`
	ClauseOpeners    lang.Set `lang:"rules.clause-openers"`
	QuestionOpeners  lang.Set `lang:"rules.question-openers"`
	And              lang.Set `lang:"rules.and"`
	Or               lang.Set `lang:"rules.or"`
	But              lang.Set `lang:"rules.but"`
	Auxiliaries      lang.Set `lang:"rules.auxiliaries"`
	Passive          lang.Set `lang:"rules.passive"`
	NoAdverbs        lang.Set `lang:"rules.no-adverbs"`
	Times            lang.Set `lang:"rules.times"`
	BeforeTimes      lang.Set `lang:"rules.before-times"`
	Infinitive       lang.Set `lang:"rules.infinitive"`
	Adverbials       lang.Set `lang:"rules.adverbials"`
	Closings         lang.Set `lang:"rules.closings"`
	ClauseBeginnings lang.Set `lang:"rules.clause-beginnings"`
	Objects          lang.Set `lang:"rules.objects"`
	AddresseeLinks   lang.Set `lang:"rules.addressee-links"`
	SubjectLinks     lang.Set `lang:"rules.subject-links"`
	SourceLinks      lang.Set `lang:"rules.source-links"`
	SourceEnds       lang.Set `lang:"rules.source-ends"`
	ObjectEnds       lang.Set `lang:"rules.object-ends"`
	Expletives       lang.Set `lang:"rules.expletives"`
	Relatives        lang.Set `lang:"rules.relatives"`
	AsideBeginnings  lang.Set `lang:"rules.aside-beginnings"`

	Sources            lang.Keys   `lang:"rules.sources"`
	Particles          lang.Keys   `lang:"rules.particles"`
	Demands            lang.Groups `lang:"rules.demands"`
	ObjectPrepositions lang.Keys   `lang:"rules.object-prepositions"`
	Standards          lang.Set    `lang:"rules.standards"`

	marks   *marks.Words
	lemma   func(word string, tag news.Tag) string
	classes map[string]class    // of a word as it is written, all it belongs to
	cues    map[string]cue      // by form
	sources map[string]twoWords // by the first word
}

// class is the sections that a word belongs to, one bit each, so that a word is
// looked up once however often it is asked about.
type class uint64

const (
	complementizersWord class = 1 << iota
	clauseOpenersWord
	questionOpenersWord
	andWord
	orWord
	butWord
	auxiliariesWord
	passiveWord
	noAdverbsWord
	timesWord
	beforeTimesWord
	infinitiveWord
	adverbialsWord
	closingsWord
	clauseBeginningsWord
	objectsWord
	addresseeLinksWord
	subjectLinksWord
	sourceLinksWord
	sourceEndsWord
	objectEndsWord
	expletivesWord
	relativesWord
	asideBeginningsWord
	sayForm // a verb of saying whatever the tagger thinks
	cueWord // a form of a cue, or the first word of one of two words
)

// cue is one word that reports: its lemma and what it takes beside it.
type cue struct {
	lemma string
	takes lang.Mark
	// attitude tells that it reports a mind.
	attitude bool
}

// twoWords is a cue of two words, without the first.
type twoWords struct{ second, lemma string }

// Compile sorts the words by what they are looked up for.
func (w *Words) Compile(l *lang.Language) {
	w.marks, w.lemma = lang.Bind[marks.Words](l), l.Lemma
	w.classes = map[string]class{}
	add := func(s lang.Set, c class) {
		for one := range s {
			w.classes[one] |= c
		}
	}
	for _, g := range []struct {
		words lang.Set
		class class
	}{
		{w.Complementizers, complementizersWord},
		{w.ClauseOpeners, clauseOpenersWord},
		{w.QuestionOpeners, questionOpenersWord},
		{w.And, andWord},
		{w.Or, orWord},
		{w.But, butWord},
		{w.Auxiliaries, auxiliariesWord},
		{w.Passive, passiveWord},
		{w.NoAdverbs, noAdverbsWord},
		{w.Times, timesWord},
		{w.BeforeTimes, beforeTimesWord},
		{w.Infinitive, infinitiveWord},
		{w.Adverbials, adverbialsWord},
		{w.Closings, closingsWord},
		{w.ClauseBeginnings, clauseBeginningsWord},
		{w.Objects, objectsWord},
		{w.AddresseeLinks, addresseeLinksWord},
		{w.SubjectLinks, subjectLinksWord},
		{w.SourceLinks, sourceLinksWord},
		{w.SourceEnds, sourceEndsWord},
		{w.ObjectEnds, objectEndsWord},
		{w.Expletives, expletivesWord},
		{w.Relatives, relativesWord},
		{w.AsideBeginnings, asideBeginningsWord},
	} {
		add(g.words, g.class)
	}
	add(w.Reporting.Forms(l, lang.Sure, lang.SurePast), sayForm)
	w.cues = map[string]cue{}
	for i := range w.Reporting {
		e := &w.Reporting[i]
		if !e.Cue() {
			continue
		}
		f := l.Forms(e.Lemma)
		for _, form := range append([]string{f.Base, f.Present, f.Gerund}, f.Past...) {
			c := w.cues[form]
			w.classes[form] |= cueWord
			w.cues[form] = cue{e.Lemma, c.takes | e.Marks, c.attitude || e.Has(lang.Attitude)}
		}
	}
	w.sources = pairs(w.Sources)
	for first := range w.sources {
		w.classes[first] |= cueWord
	}
}

func pairs(k lang.Keys) map[string]twoWords {
	out := map[string]twoWords{}
	for words, lemma := range k {
		if first, second, ok := strings.Cut(words, " "); ok {
			out[first] = twoWords{second, lemma}
		}
	}
	return out
}

// Fingerprint is the hash of what the rules read of a language, the pairing of
// marks included.
func Fingerprint(l *lang.Language) uint64 {
	return lang.Fingerprint[Words](l) ^ marks.Fingerprint(l)
}

// NamesStandard reports whether a cue of two words such as "according to", which
// ends before token i, says what something is measured by, not who says so.
func (w *Words) NamesStandard(d *news.Document, i int32) bool {
	head := ""
	for ; int(i) < len(d.Tokens); i++ {
		switch t := d.Tokens[i].Tag; {
		case t.Noun():
			head = w.lemma(d.Word(i), t)
		case head == "" && leadsNoun(t):
		default:
			return w.Standards.Has(head)
		}
	}
	return w.Standards.Has(head)
}

// Source reports whether two words are a cue that names who says so: according
// to.
func (w *Words) Source(first, second string) bool {
	p, ok := w.sources[first]
	return ok && p.second == second
}

// leadsNoun reports a tag that may stand before a noun.
func leadsNoun(t news.Tag) bool {
	switch t {
	case news.TagDT, news.TagPRPS, news.TagCD, news.TagJJ, news.TagJJR, news.TagJJS, news.TagRB, news.TagVBN, news.TagVBG:
		return true
	}
	return false
}
