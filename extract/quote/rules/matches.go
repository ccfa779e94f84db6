package rules

import (
	"strings"

	"github.com/whosaid/whosaid/extract/news"
)

// match is one cue in a stretch: units [from, to) with the verb at verb.
type match struct {
	cue
	from, to, verb int
	according      bool // according to, not a verb
	noun           bool // her claim that
	passive        bool // was told, it is claimed: its subject is not the source
}

// matches finds the cues of the stretch.
func (s *stretch) matches() []match {
	var out []match
	for i := range s.u {
		w := s.word(i)
		if w == "" {
			continue
		}
		if w == "according" && s.word(i+1) == "to" {
			if NamesStandard(s.x.d, s.tokens(i, i+2).End) {
				continue
			}
			out = append(out, match{cue: cue{"accord", clauses}, from: i, to: i + 2, verb: i, according: true})
			continue
		}
		if (w == "put" || w == "puts") && s.word(i+1) == "it" {
			out = append(out, match{cue: cue{"put", clauses}, from: i, to: i + 2, verb: i})
			continue
		}
		if s.reportNoun(i, w) {
			out = append(out, match{cue: cue{w, clauses}, from: i, to: i + 1, verb: i, noun: true})
			continue
		}
		c, ok := cueForms[w]
		if !ok || !s.verbal(i, w) {
			continue
		}
		from := i
		for from > 0 && s.auxiliary(from-1) {
			from--
		}
		to := i + 1
		if s.tag(to) == news.TagRP || (c.lemma == "hit" || c.lemma == "fire" || c.lemma == "shoot") && s.word(to) == "back" {
			to++
		}
		if n := s.word(to); c.lemma == "call" && (n == "for" || n == "on") {
			c.frame = demands
			to++
		}
		passive := s.passive(from, i)
		if passive && s.word(to) != "that" {
			continue
		}
		out = append(out, match{cue: c, from: from, to: to, verb: i, passive: passive})
	}
	return out
}

// reportNoun reports a noun with its possessor before it that reports a clause:
// her claim that.
func (s *stretch) reportNoun(i int, w string) bool {
	return (s.tag(i-1) == news.TagPOS || s.tag(i-1) == news.TagPRPS) && s.word(i+1) == "that" && clauseNouns[w]
}

// sayForms are verbs of saying whatever the tagger thinks.
var sayForms = wordSet(`said says told added asked tells adds wrote tweeted`)

func (s *stretch) verbal(i int, w string) bool {
	t := s.tag(i)
	if w == "say" && s.word(i-1) == "," && (s.word(i+1) == "," || s.tag(i+1) == news.TagCD) {
		return false // say, 50 people
	}
	if sayForms[w] {
		return t != news.TagJJ
	}
	if t.Verb() {
		return true
	}
	// The tagger takes "the paper reports" for a noun.
	n := s.word(i + 1)
	if n == ":" && s.word(i-1) == "," && strings.HasSuffix(w, "ing") {
		return true
	}
	return (n == ":" || n == "that") && strings.HasSuffix(w, "s") && t.Noun() && s.tag(i-1).Noun()
}

// auxiliary reports a word that belongs to the verb behind it.
func (s *stretch) auxiliary(i int) bool {
	switch s.word(i) {
	case "has", "have", "had", "did", "does", "do", "would", "could", "will", "may", "might", "must", "should", "can",
		"'s", "’s", "'d", "’d", "'ve", "’ve", "'ll", "’ll", "not", "n't", "n’t", "also", "then", "later", "never", "ever", "even", "once", "is", "are", "was", "were", "been", "be", "being":
		return s.tag(i) != news.TagPOS
	}
	return s.tag(i) == news.TagRB && s.word(i) != "so"
}

// passive reports "was told", "is said to": words whose source is not their
// subject.
func (s *stretch) passive(from, verb int) bool {
	if t := s.tag(verb); t != news.TagVBN && t != news.TagVBD {
		return false
	}
	for i := from; i < verb; i++ {
		switch s.word(i) {
		case "is", "are", "was", "were", "been", "be", "being":
			return true
		}
	}
	return false
}
