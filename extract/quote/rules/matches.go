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
	demands        bool // called for an inquiry, called on them to leave
}

// matches finds the cues of the stretch.
func (s *stretch) matches() []match {
	var out []match
	for i := range s.u {
		if !s.is(i, cueWord) {
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
		c, ok := s.x.w.cues[w]
		if !ok || !s.verbal(i) {
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
		if s.passive(from, i) {
			continue
		}
		out = append(out, match{cue: c, from: from, to: to, verb: i, demands: demands})
	}
	return out
}

func (s *stretch) verbal(i int) bool {
	t := s.tag(i)
	if s.is(i, sayForm) {
		return t != news.TagJJ
	}
	return t.Verb()
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
