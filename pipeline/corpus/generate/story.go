package generate

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// utterance is what somebody said once.
type utterance struct {
	id        string
	speaker   int        // index into topic.people; -1: the body
	sentences [][]string // words
}

// story is what some articles of a day are about.
type story struct {
	topic
	utterances []utterance
}

func (w *World) story(p place) *story {
	r := rng(w.o.Seed, ofStory, p.story)
	beats := max(1, w.people/beatPeople)
	s := &story{topic: topic{beat: frequent(r, beats)}}
	s.place = w.places[(s.beat*7+r.IntN(6))%len(w.places)]
	s.people = pick(r, s.beat, 3+r.IntN(3), w.people)
	if r.IntN(4) == 0 { // somebody from another beat
		s.people = append(s.people, pick(r, r.IntN(beats), 1, w.people)...)
		s.people = unique(s.people)
	}
	for range mostWordsTopic {
		s.words = append(s.words, w.vocabulary[200+r.IntN(len(w.vocabulary)-200)])
	}
	for i := range 5 + r.IntN(5) {
		u := utterance{id: fmt.Sprintf("U%x.%d", p.story, i), speaker: frequent(r, len(s.people))}
		for range 1 + frequent(r, 4) {
			u.sentences = append(u.sentences, w.fill(r, clauses[r.IntN(len(clauses))], &s.topic))
		}
		s.utterances = append(s.utterances, u)
	}
	if r.IntN(3) == 0 { // a slogan: in another story it is another utterance
		speaker := r.IntN(len(s.people))
		u := utterance{id: fmt.Sprintf("U%x.s", p.story), speaker: speaker}
		sr := rng(w.o.Seed, ofSlogan, uint64(s.people[speaker]))
		own := topic{place: w.places[s.people[speaker]%len(w.places)], words: s.words[:1], people: s.people}
		own.words = []string{w.vocabulary[sr.IntN(3000)], w.vocabulary[sr.IntN(3000)]}
		u.sentences = append(u.sentences, w.fill(sr, slogans[sr.IntN(len(slogans))], &own))
		s.utterances = append(s.utterances, u)
	}
	return s
}

func unique(numbers []int) (out []int) {
	for _, n := range numbers {
		known := false
		for _, o := range out {
			known = known || n == o
		}
		if !known {
			out = append(out, n)
		}
	}
	return out
}

// version is how one article gives an utterance.
type version struct {
	words    string
	indirect bool
}

// versionOf makes a version of an utterance: as it was, or cut, corrected, in
// other words, indirect.
func (w *World) versionOf(r *rand.Rand, u *utterance, female bool) version {
	sentences := u.sentences
	switch r.IntN(20) {
	case 0, 1, 2: // some of its sentences
		if len(sentences) > 1 {
			from := r.IntN(len(sentences))
			sentences = sentences[from : from+1+r.IntN(len(sentences)-from)]
		}
	case 3, 4: // a part of a sentence
		if s := sentences[r.IntN(len(sentences))]; len(s) > 7 {
			n := 6 + r.IntN(len(s)-6)
			from := r.IntN(len(s) - n + 1)
			return version{words: strings.Join(s[from:from+n], " ")}
		}
	case 5, 6: // corrected
		return version{words: join(w.edited(r, sentences, 1))}
	case 7, 8: // an editor's brackets
		s := clone(sentences)
		k := r.IntN(len(s))
		at := r.IntN(len(s[k]))
		s[k][at] = "[the " + w.vocabulary[frequent(r, 500)] + "]"
		return version{words: join(s)}
	case 9, 10: // in other words
		return version{words: join(w.edited(r, sentences, 2))}
	case 11, 12, 13: // indirect
		s := sentences[r.IntN(len(sentences))]
		return version{words: "that " + reported(s, female), indirect: true}
	case 14: // other marks inside
		return version{words: strings.ReplaceAll(join(sentences), ", ", " - ")}
	}
	return version{words: join(sentences)}
}

// edited replaces about so many words in ten, at least one.
func (w *World) edited(r *rand.Rand, sentences [][]string, inTen int) [][]string {
	s := clone(sentences)
	for _, words := range s {
		for range 1 + len(words)*inTen/20 {
			words[r.IntN(len(words))] = w.vocabulary[frequent(r, 2000)]
		}
	}
	return s
}

func clone(sentences [][]string) [][]string {
	out := make([][]string, len(sentences))
	for i, s := range sentences {
		out[i] = append([]string(nil), s...)
	}
	return out
}

func join(sentences [][]string) string {
	var b strings.Builder
	for i, s := range sentences {
		if i > 0 {
			b.WriteString(" ")
		}
		b.WriteString(capital(strings.Join(s, " ")))
		if i < len(sentences)-1 {
			b.WriteString(".")
		}
	}
	return b.String()
}

// reported turns the first person of a sentence into the third, the present
// into the past.
func reported(words []string, female bool) string {
	he, his, him := "he", "his", "him"
	if female {
		he, his, him = "she", "her", "her"
	}
	out := make([]string, len(words))
	for i, f := range words {
		switch f {
		case "I":
			f = he
		case "my":
			f = his
		case "me":
			f = him
		case "we":
			f = "they"
		case "our":
			f = "their"
		case "us":
			f = "them"
		case "will":
			f = "would"
		case "is":
			f = "was"
		case "are":
			f = "were"
		case "has", "have":
			f = "had"
		case "can":
			f = "could"
		}
		out[i] = f
	}
	return strings.Join(out, " ")
}
