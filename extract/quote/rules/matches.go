package rules

import (
	"slices"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
)

// match is one cue in a stretch: units [from, to) with the verb at verb.
type match struct {
	cue
	from, to, verb int
	according      bool // according to, not a verb
	noun           bool // her claim that
	demands        bool // called for an inquiry, called on them to leave
	passive        bool // was told, it is claimed: its subject is not the source
}

// matches finds the cues of the stretch.
func (s *stretch) matches() []match {
	var out []match
	for i := range s.u {
		if !s.is(i, cueWord|clauseNoun) {
			continue
		}
		w := s.word(i)
		if p, ok := s.x.w.sources[w]; ok && s.word(i+1) == p.second {
			if s.x.w.NamesStandard(s.x.d, s.tokens(i, i+2).End) {
				continue
			}
			out = append(out, match{cue: cue{lemma: p.lemma, takes: lang.Clause}, from: i, to: i + 2, verb: i, according: true})
			continue
		}
		if p, ok := s.x.w.phrasal[w]; ok && s.word(i+1) == p.second {
			out = append(out, match{cue: cue{lemma: p.lemma, takes: lang.Clause}, from: i, to: i + 2, verb: i})
			continue
		}
		if s.reportNoun(i) {
			out = append(out, match{cue: cue{lemma: w, takes: lang.Clause}, from: i, to: i + 1, verb: i, noun: true})
			continue
		}
		c, ok := s.x.w.cues[w]
		if !ok || !s.verbal(i, w) {
			continue
		}
		from := i
		for from > 0 && s.auxiliary(from-1) {
			from--
		}
		to := i + 1
		if s.tag(to) == news.TagRP || s.word(to) != "" && s.x.w.Particles[c.lemma] == s.word(to) {
			to++
		}
		demands := slices.Contains(s.x.w.Demands[c.lemma], s.word(to))
		if demands {
			c.takes, c.attitude = 0, false
			to++
		}
		passive := s.passive(from, i)
		if passive && !s.is(to, complementizersWord) {
			continue
		}
		out = append(out, match{cue: c, from: from, to: to, verb: i, passive: passive, demands: demands})
	}
	return out
}

// reportNoun reports a noun with its possessor before it that reports a clause:
// her claim that.
func (s *stretch) reportNoun(i int) bool {
	return (s.tag(i-1) == news.TagPOS || s.tag(i-1) == news.TagPRPS) && s.is(i+1, complementizersWord) && s.is(i, clauseNoun)
}

func (s *stretch) verbal(i int, w string) bool {
	t := s.tag(i)
	if s.is(i, examplesWord) && s.word(i-1) == "," && (s.word(i+1) == "," || s.tag(i+1) == news.TagCD) {
		return false // say, 50 people
	}
	if s.is(i, sayForm) {
		return t != news.TagJJ
	}
	if t.Verb() {
		return true
	}
	// The tagger takes "the paper reports" for a noun.
	n := s.word(i + 1)
	if n == ":" && s.word(i-1) == "," && endsWith(w, s.x.w.GerundEndings) {
		return true
	}
	return (n == ":" || s.is(i+1, complementizersWord)) && endsWith(w, s.x.w.PresentEndings) && t.Noun() && s.tag(i-1).Noun()
}

// auxiliary reports a word that belongs to the verb behind it.
func (s *stretch) auxiliary(i int) bool {
	if s.is(i, auxiliariesWord) {
		return s.tag(i) != news.TagPOS
	}
	return s.tag(i) == news.TagRB && !s.is(i, noAdverbsWord)
}

// passive reports "was told", "is said to": words whose source is not their
// subject.
func (s *stretch) passive(from, verb int) bool {
	if t := s.tag(verb); t != news.TagVBN && t != news.TagVBD {
		return false
	}
	for i := from; i < verb; i++ {
		if s.is(i, passiveWord) {
			return true
		}
	}
	return false
}
