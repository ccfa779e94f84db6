package detect

import (
	"math"
	"slices"

	"github.com/whosaid/whosaid/extract/news"
)

// What is measured of one span of one role. Kinds of tags, relations and tokens are
// numbers without an order that a forest cuts.
const (
	spanDelta        = iota // log score of the tagger's labels with it, to those it found best
	spanFound               // it is the tagger's own
	spanBegin               // log odds that a span begins there
	spanEnd                 // and that one ends there
	spanMean                // mean and least probability of its tokens
	spanLeast               //
	spanMissed              // probability of the role outside of it, in tokens
	spanLength              // logarithm of its tokens
	spanBeginMoved          // tokens from the edges of the tagger's own
	spanEndMoved            //
	spanParts               // number of parts
	spanFirstBegin          // log odds of the edges by the first tagger
	spanFirstEnd            //
	spanRuled               // the rules know the cue
	spanRulesShare          // overlap (intersection over union) with their span
	spanRulesSame           // it is the same
	spanRulesBegin          // it begins there, ends there
	spanRulesEnd            //
	spanHeads               // words of it that hang on none of it
	spanStrangers           // words around it that hang on one of it
	spanTopVerb             // its head is a verb,
	spanTopBegins           // whose branch begins where it begins, and ends where it ends
	spanTopEnds             //
	spanTopTag              // tag and relation of its head
	spanTopRel              //
	spanTopOn               // what that hangs on
	spanTagBefore           // tags around the edges
	spanTagFirst            //
	spanTagLast             //
	spanTagAfter            //
	spanRelFirst            // relations
	spanRelAfter            //
	spanRelLast             //
	spanKindBefore          // kinds of tokens around the edges
	spanKindFirst           //
	spanKindLast            //
	spanKindAfter           //
	spanStarts              // it begins with the cue's sentence
	spanCloses              // it ends with it, its full stop left out or not
	spanStops               //
	spanNextOn              // what the next word, behind a comma, hangs on in the end
	spanNextRel             // and how
	spanMarked              // share of it in marks
	spanCommas              // commas in it
	spanSide                // it stands behind the cue, before it, around it
	spanBehind              // tokens from the cue
	spanAhead               //
	spanCueTag              // what the cue is
	spanCueReports          //
	spanCueSense            //
	spanForced              // the tagger's best labelling has no content
	spanCue                 // log odds of the cue
	spanCueLength           // tokens of cue and source
	spanSourceLength        //
	NumSpanMeasures
)

// SpanMeasures are those of one span.
type SpanMeasures [NumSpanMeasures]float32

// measure measures parts as the candidate's spans of a role; base are its own.
func (s *spanner) measure(role int, parts, base []news.TokenRange) (m SpanMeasures) {
	b := begins[role]
	h := hull(parts)
	own := hull(base)
	m[spanDelta] = s.delta(role, parts)
	m[spanFound] = truth(slices.Equal(parts, base))
	m[spanBegin], m[spanEnd] = logit(s.starting(h.First, b)), logit(s.ending(h.End, b))
	words, in, least := 0, float32(0), float32(1)
	commas, marked := 0, 0
	for _, r := range parts {
		words += r.Len()
		i, j := s.at(r.First), s.at(r.End)
		in += s.mass[j] - s.mass[i]
		commas += int(s.commas[j]) - int(s.commas[i])
		marked += int(s.marked[j]) - int(s.marked[i])
		for k := r.First; k < r.End; k++ {
			least = min(least, s.within(k, b))
		}
	}
	m[spanMean], m[spanLeast], m[spanMissed] = in/float32(words), least, s.mass[s.w.Len()]-in
	m[spanLength] = float32(math.Log(float64(words)))
	m[spanBeginMoved], m[spanEndMoved] = limited(h.First-own.First, 20), limited(h.End-own.End, 20)
	m[spanParts] = float32(len(parts))
	m[spanFirstBegin], m[spanFirstEnd] = logit(s.firstBegins(h.First, b)), logit(s.firstEnds(h.End, b))
	m[spanCommas], m[spanMarked] = float32(min(commas, 5)), float32(marked)/float32(words)
	s.compareSpan(&m, role, parts, words)
	s.hang(&m, parts)
	s.surround(&m, h)
	s.follow(&m, parts, h)
	s.measureCue(&m, h)
	return m
}

// at is the place of token i in the sums over the window.
func (s *spanner) at(i int32) int32 { return min(max(i, s.w.First), s.w.End) - s.w.First }

func limited(n, most int32) float32 { return float32(max(-most, min(most, n))) }

// firstBegins and firstEnds are starting and ending by the first tagger.
func (s *spanner) firstBegins(i int32, b uint8) float32 { return s.t.Post[i][b] }

func (s *spanner) firstEnds(i int32, b uint8) float32 {
	p := s.t.Post[i-1][b] + s.t.Post[i-1][b+1]
	if int(i) < len(s.t.Post) {
		p -= s.t.Post[i][b+1]
	}
	return max(p, 0)
}

// compareSpan measures how parts, of so many words, stand to what the rules propose
// for the cue.
func (s *spanner) compareSpan(m *SpanMeasures, role int, parts []news.TokenRange, words int) {
	h := hull(parts)
	var one [1]news.TokenRange
	for _, k := range s.proposals {
		x := &s.f.proposals[k]
		ruled := x.Parts
		if role != RoleContent {
			if one[0] = x.Source; role == RoleCue {
				one[0] = x.Cue
			}
			ruled = one[:]
		}
		if len(ruled) == 0 || ruled[0].Empty() {
			continue
		}
		m[spanRuled] = 1
		both, all := 0, words
		for _, p := range ruled {
			all += p.Len()
			for _, r := range parts {
				both += int(max(0, min(p.End, r.End)-max(p.First, r.First)))
			}
		}
		m[spanRulesShare] = max(m[spanRulesShare], float32(both)/float32(all-both))
		m[spanRulesSame] = max(m[spanRulesSame], truth(slices.Equal(ruled, parts)))
		r := hull(ruled)
		m[spanRulesBegin] = max(m[spanRulesBegin], truth(r.First == h.First))
		m[spanRulesEnd] = max(m[spanRulesEnd], truth(r.End == h.End))
	}
}

// among reports whether token i is one of parts.
func among(i int32, parts []news.TokenRange) bool {
	for _, p := range parts {
		if p.Contains(i) {
			return true
		}
	}
	return false
}

// hang measures how parts lie in the tree: a phrase has one head, and nothing outside
// of it hangs on one of its words.
func (s *spanner) hang(m *SpanMeasures, parts []news.TokenRange) {
	h := hull(parts)
	heads, strangers, top := 0, 0, int32(-1)
	for _, x := range s.sent {
		if x.First > h.End || x.End < h.First {
			continue
		}
		for i := x.First; i < x.End; i++ {
			t := &s.d.Tokens[i]
			if t.Rel == news.RelPunct {
				continue
			}
			on := t.Head != news.NoHead && among(t.Head, parts)
			switch among(i, parts) {
			case true:
				if !on {
					heads++
					if top < 0 || t.Head == s.head {
						top = i
					}
				}
			case false:
				if on && !s.g.Cue.Contains(i) && !s.g.Source.Contains(i) {
					strangers++
				}
			}
		}
	}
	m[spanHeads], m[spanStrangers] = float32(min(heads, 6)), float32(min(strangers, 6))
	m[spanTopTag], m[spanTopRel] = -1, -1
	if top < 0 {
		return
	}
	t := &s.d.Tokens[top]
	m[spanTopVerb], m[spanTopTag], m[spanTopRel] = truth(t.Tag.Verb()), float32(t.Tag), float32(t.Rel)
	e := s.f.tree.Extent(top)
	m[spanTopBegins], m[spanTopEnds] = truth(e.First == h.First), truth(e.End == h.End)
	switch {
	case t.Head == news.NoHead:
		m[spanTopOn] = 1
	case t.Head == s.head:
		m[spanTopOn] = 4
	case s.g.Cue.Contains(t.Head):
		m[spanTopOn] = 3
	case s.g.Source.Contains(t.Head):
		m[spanTopOn] = 2
	}
}

// surround measures what stands at the edges of h.
func (s *spanner) surround(m *SpanMeasures, h news.TokenRange) {
	tag := func(i int32) float32 {
		if !s.w.Contains(i) {
			return -1
		}
		return float32(s.d.Tokens[i].Tag)
	}
	rel := func(i int32) float32 {
		if !s.w.Contains(i) {
			return -1
		}
		return float32(s.d.Tokens[i].Rel)
	}
	m[spanTagBefore], m[spanTagFirst], m[spanTagLast], m[spanTagAfter] = tag(h.First-1), tag(h.First), tag(h.End-1), tag(h.End)
	m[spanRelFirst], m[spanRelLast], m[spanRelAfter] = rel(h.First), rel(h.End-1), rel(h.End)
	m[spanKindBefore], m[spanKindFirst], m[spanKindLast], m[spanKindAfter] = s.kind(h.First-1), s.kind(h.First), s.kind(h.End-1), s.kind(h.End)
	m[spanStarts], m[spanCloses], m[spanStops] = truth(h.First == s.home.First), truth(h.End == s.home.End-1), truth(h.End == s.home.End)
}

// kind is what a token is to the edge of a span.
func (s *spanner) kind(i int32) float32 {
	switch {
	case !s.w.Contains(i):
		return 0
	case s.g.Cue.Contains(i):
		return 1
	case s.g.Source.Contains(i):
		return 2
	}
	switch s.f.a[i].state {
	case opens:
		return 14
	case closes:
		return 15
	}
	switch w := s.d.Word(i); {
	case w == ",":
		return 3
	case w == "." || w == "?" || w == "!":
		return 4
	case w == ":" || w == ";":
		return 5
	case s.f.words.ClauseOpeners.Has(w):
		return 6
	case w == "(" || w == ")" || w == "-" || w == "–" || w == "—" || w == "--":
		return 13
	}
	switch s.d.Tokens[i].Tag {
	case news.TagCC:
		return 7
	case news.TagTO:
		return 8
	case news.TagIN:
		return 9
	case news.TagWDT, news.TagWP, news.TagWRB:
		return 11
	case news.TagDT:
		return 12
	}
	return 16
}

// maxClimb is the most steps up the tree from the word behind a span.
const maxClimb = 30

// follow measures what the word behind parts, or behind a comma there, hangs on.
func (s *spanner) follow(m *SpanMeasures, parts []news.TokenRange, h news.TokenRange) {
	at := h.End
	if s.home.Contains(at) && s.d.Tokens[at].Tag == news.TagCOMMA {
		at++
	}
	if !s.home.Contains(at) {
		m[spanNextOn], m[spanNextRel] = -1, -1
		return
	}
	for range maxClimb {
		up := s.d.Tokens[at].Head
		switch {
		case up == news.NoHead:
			m[spanNextOn] = 1
		case among(up, parts):
			m[spanNextOn] = 2
		case up == s.head:
			m[spanNextOn] = 3
		case s.g.Source.Contains(up):
			m[spanNextOn] = 4
		default:
			at = up
			continue
		}
		break
	}
	m[spanNextRel] = float32(s.d.Tokens[at].Rel)
}

// measureCue measures the cue, and where h stands to it.
func (s *spanner) measureCue(m *SpanMeasures, h news.TokenRange) {
	cue := s.g.Cue
	switch {
	case cue.End <= h.First:
		m[spanSide] = 1
	case h.End <= cue.First:
		m[spanSide] = 2
	}
	m[spanBehind], m[spanAhead] = limited(h.First-cue.End, 30), limited(cue.First-h.End, 30)
	a := &s.f.a[s.head]
	m[spanCueTag], m[spanCueReports], m[spanCueSense] = float32(s.d.Tokens[s.head].Tag), float32(a.report), float32(firstSense(a.sense))
	m[spanForced], m[spanCue] = truth(s.g.forced), logit(s.g.P)
	m[spanCueLength], m[spanSourceLength] = float32(cue.Len()), float32(s.g.Source.Len())
}
