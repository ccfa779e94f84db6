package layout

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/statement"
)

// stamp is the time that paragraph p begins with, as live blogs have them, which
// may stand in brackets, with its zone and what sets it off: 22:31 |, [14:02],
// 17.31 GMT:. It is empty where there is none; set tells that something sets it off.
func (x *reader) stamp(p news.TokenRange) (r news.TokenRange, set bool) {
	i := p.First
	open := x.d.Word(i) == "[" || x.d.Word(i) == "("
	if open {
		i++
	}
	if m := x.minute(p); m > 0 {
		return news.TokenRange{First: p.First, End: m}, true
	}
	if i+2 >= p.End || !x.isTime(x.d.Word(i)) {
		return news.TokenRange{First: p.First, End: p.First}, false
	}
	i++
	if w := strings.ReplaceAll(x.low(i), ".", ""); i+1 < p.End && (x.w.Halves.Has(w) || isZone(x.d.Word(i))) {
		i++
	}
	if i+1 < p.End && isZone(x.d.Word(i)) {
		i++
	}
	if open && (x.d.Word(i) == "]" || x.d.Word(i) == ")") {
		i++
		set = true
	}
	if i+1 < p.End && (isDash(x.d.Word(i)) || x.d.Word(i) == "|" || x.d.Word(i) == ":") {
		i++
		set = true
	}
	return news.TokenRange{First: p.First, End: i}, set
}

// minute is the token behind the minute of a match that p begins with (88', 90+4'), or 0.
func (x *reader) minute(p news.TokenRange) int32 {
	for i := p.First; i+1 < p.End && i < p.First+maxMinute; i++ {
		w := x.d.Word(i)
		if prime := strings.TrimRight(w, "'’′"); prime != w {
			if i == p.First && prime == "" || strings.Trim(prime, "0123456789+") != "" {
				return 0
			}
			return i + 1
		}
		if strings.Trim(w, "0123456789+") != "" {
			return 0
		}
	}
	return 0
}

// maxMinute is the most tokens of a minute.
const maxMinute = 4

// isZone reports a time zone: GMT, BST, ET.
func isZone(w string) bool {
	return news.InCapitals(w) && 2 <= len(w) && len(w) <= 4 && strings.HasSuffix(w, "T")
}

// minStamps times at the beginning of paragraphs make a live blog.
const minStamps = 3

// live reports whether d is a live blog.
func (x *reader) live() bool {
	n := 0
	for _, p := range x.d.Paragraphs {
		if p.Len() > 0 && x.isTime(x.d.Word(p.First)) {
			n++
		}
	}
	return n >= minStamps
}

// entries takes the entries of a live blog that somebody is said to write: 16:02 Our
// correspondent Ana Reyes writes: …
func (x *reader) entries() {
	if !x.live() {
		return
	}
	for k, p := range x.d.Paragraphs {
		if x.done[k] || !x.stopped(p) {
			continue
		}
		r, _ := x.stamp(p)
		c := r.End
		for c < p.End && c <= r.End+maxSigner && x.d.Word(c) != ":" {
			c++
		}
		if c+2 >= p.End || x.d.Word(c) != ":" || c < r.End+2 || x.m.Inside[c+1] >= 0 || !x.reports(c-1) {
			continue
		}
		source := x.subject(r.End, c-1)
		if source.Empty() || !x.named(source) || x.marked(source) {
			continue
		}
		x.add(statement.Statement{
			Parts: []news.TokenRange{{First: c + 1, End: p.End}}, Source: source, Cue: news.TokenRange{First: c - 1, End: c},
			Lemma: x.w.lemma(x.d.Word(c-1), x.d.Tokens[c-1].Tag), Spoken: true,
		})
		x.done[k] = true
	}
}

// untimed takes from s the time that its paragraph begins with, and from its source
// what tells in which way words came: Reaction from.
func (x *reader) untimed(s *statement.Statement) {
	for i, p := range s.Parts {
		if q := x.behindStamp(p); q != p {
			s.Parts = slices.Clone(s.Parts)
			s.Parts[i] = q
		}
	}
	if !s.Source.Empty() {
		s.Source = x.behindStamp(s.Source)
		if s.Lemma == ":" {
			s.Source = x.from(s.Source)
		}
	}
}

func (x *reader) behindStamp(r news.TokenRange) news.TokenRange {
	k := x.d.ParagraphAt(r.First)
	if k == len(x.d.Paragraphs) {
		return r
	}
	if t, set := x.stamp(x.d.Paragraphs[k]); set && r.First < t.End && t.End < r.End {
		r.First = t.End
	}
	return r
}
