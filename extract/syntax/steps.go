package syntax

import (
	"github.com/whosaid/whosaid/extract/idle"
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
)

// Most of the time would go into waiting for weights, which lie all over
// megabytes of memory. So the work on a sentence goes in steps: each ends where
// weights have been asked for, and while they come, other sentences have
// their steps. What a step decides does not depend on the others.

// steps are where the work on a sentence stands.
type steps struct {
	stage     stage
	word      int   // being tagged
	situation int   // of the column that is being chosen
	dependent int32 // that is being given a relation
	found     int   // rows
	values    [max(TagFeatures, RelFeatures)]uint64
	rows      [max(TagFeatures, RelFeatures)]uint32
	arcs      [ArcFeatures]uint64
}

// The features of a transition are added up at once: this does not compile where
// they are more than that takes.
const _ = uint(linear.MaxTriples - ArcFeatures)

type stage uint8

const (
	nextTag stage = iota
	tagRows
	tagSum
	nextCloseCall
	closeRows
	closeSum
	nextArc
	arcSum
	relRows
	relSum
	parsed
)

// begin makes a sentence that has all its words ready for its first step.
func (p *Parser) begin(s *Sentence) {
	s.Ready(p.tagger.lexicon)
	s.steps.stage, s.steps.word = nextTag, 0
	s.closeCalls = s.closeCalls[:0]
}

// step goes on with a sentence until weights have been asked for, and tells
// whether there is more to do.
func (p *Parser) step(s *Sentence) (more bool) {
	x := &s.steps
	for {
		switch x.stage {
		case nextTag:
			if p.easyTags(s) {
				x.stage = nextCloseCall
				continue
			}
			x.situation = s.TagSituation(x.word)
			s.askTag(p.tagger.weights, x.word, -1)
			x.stage = tagRows
			return true
		case tagRows:
			x.find(p.tagger.weights, TagFeatures)
			x.stage = tagSum
			return true
		case tagSum:
			d := p.tagger.weights.closest(x.rows[:x.found], x.situation)
			s.Tags[x.word] = tagOrder[d.first]
			if d.lead < clearLead {
				d.word = int32(x.word)
				s.closeCalls = append(s.closeCalls, d)
			}
			x.word++
			x.stage = nextTag
		case nextCloseCall:
			if len(s.closeCalls) == 0 {
				s.StartParse()
				x.stage = nextArc
				continue
			}
			s.askTag(p.tagger.back, int(s.closeCalls[len(s.closeCalls)-1].word), 1)
			x.stage = closeRows
			return true
		case closeRows:
			x.find(p.tagger.back, TagFeatures)
			x.stage = closeSum
			return true
		case closeSum:
			d := s.closeCalls[len(s.closeCalls)-1]
			if p.tagger.back.overrules(x.rows[:x.found], d) {
				s.Tags[d.word] = tagOrder[d.second]
			}
			s.closeCalls = s.closeCalls[:len(s.closeCalls)-1]
			x.stage = nextCloseCall
		case nextArc:
			if s.Done() {
				s.FinishParse()
				x.stage = parsed
				return false
			}
			if action, forced := s.Forced(); forced {
				if p.apply(s, action) {
					return true
				}
				continue
			}
			s.ArcFeatures(&x.arcs)
			p.arcs.Place(p.layout, x.arcs[:])
			x.stage = arcSum
			return true
		case arcSum:
			if p.apply(s, best(p.arcs.Sum(x.arcs[:]), s.Legal(Right))) {
				return true
			}
		case relRows:
			x.find(p.rels, RelFeatures)
			x.stage = relSum
			return true
		case relSum:
			s.SetRel(x.dependent, relOrder[p.rels.best(x.rows[:x.found], x.situation)])
			x.stage = nextArc
		default:
			return false
		}
	}
}

// askTag makes the features of word i, as TagFeatures has them, and asks for
// their slots.
func (s *Sentence) askTag(w *weights, i, step int) {
	values := (*[TagFeatures]uint64)(s.steps.values[:])
	s.TagFeatures(i, step, values)
	w.slots.Place(w.layout, values[:])
}

// find finds the rows of the first n values, and asks for them.
func (x *steps) find(w *weights, n int) {
	x.found = w.slots.RowsOf(w.cells, x.values[:n], x.rows[:])
}

// easyTags decides the tags that take no weights, up to the next word that
// does; it tells whether there is none.
func (p *Parser) easyTags(s *Sentence) bool {
	for i := s.steps.word; i < len(s.Tags); i++ {
		if t := s.Fixed(i); t != news.NoTag {
			s.Tags[i] = t
		} else if only := p.tagger.weights.only(s.TagSituation(i)); only >= 0 {
			s.Tags[i] = tagOrder[only]
		} else {
			s.steps.word = i
			return false
		}
	}
	return true
}

// apply makes a transition. It tells whether weights have been asked for, those
// of the relation of the new arc.
func (p *Parser) apply(s *Sentence, action int) bool {
	x := &s.steps
	x.stage = nextArc
	h, d := s.Apply(action)
	if d < 0 {
		return false
	}
	x.situation = s.RelSituation(h, d)
	if only := p.rels.only(x.situation); only >= 0 {
		s.SetRel(d, relOrder[only])
		return false
	}
	x.dependent = d
	s.RelFeatures(h, d, (*[RelFeatures]uint64)(x.values[:]))
	p.rels.slots.Place(p.rels.layout, x.values[:RelFeatures])
	x.stage = relRows
	return true
}

// best picks the action of the largest lane; the first of equal ones.
func best(sum uint64, right bool) int {
	shift, left := sum&0xffff, sum>>16&0xffff
	action := Shift
	if left > shift {
		action, shift = Left, left
	}
	if right && sum>>32&0xffff > shift {
		action = Right
	}
	return action
}

// abreast is how many sentences have their steps in turn.
const abreast = 4

// lanes are the sentences that have their steps in turn.
type lanes [abreast]struct {
	Sentence
	at news.TokenRange // empty: nothing to do
}

// Annotate sets tag, head and relation of every token of d.
func (p *Parser) Annotate(d *news.Document) { p.annotate(d, d.Sentences) }

// share is how many sentences of a long document go to one of the goroutines that
// work on it: a few milliseconds.
const share = 128

// AnnotateOn is Annotate with the help of idle cores where a document is long.
func (p *Parser) AnnotateOn(cores *idle.Cores, d *news.Document) {
	cores.Each((len(d.Sentences)+share-1)/share, func(i int) {
		p.annotate(d, d.Sentences[i*share:min((i+1)*share, len(d.Sentences))])
	})
}

// annotate is Annotate for some of the sentences.
func (p *Parser) annotate(d *news.Document, sentences []news.TokenRange) {
	lanes := p.scratch.Get().(*lanes)
	defer p.scratch.Put(lanes)
	rest := news.TokenRange{}
	next := func() (r news.TokenRange) {
		for rest.Empty() {
			if len(sentences) == 0 {
				return rest
			}
			rest, sentences = sentences[0], sentences[1:]
		}
		r = news.TokenRange{First: rest.First, End: min(rest.First+maxWords, rest.End)}
		rest.First = r.End
		return r
	}
	for i := range lanes {
		lanes[i].at = next()
		p.read(&lanes[i].Sentence, d, lanes[i].at)
	}
	for busy := true; busy; {
		busy = false
		for i := range lanes {
			l := &lanes[i]
			if l.at.Empty() {
				continue
			}
			busy = true
			if p.step(&l.Sentence) {
				continue
			}
			l.write(d, l.at)
			l.at = next()
			p.read(&l.Sentence, d, l.at)
		}
	}
}

// read takes the words of d that stand at r, and begins with them.
func (p *Parser) read(s *Sentence, d *news.Document, r news.TokenRange) {
	s.Reset(r.Len())
	for i := r.First; i < r.End; i++ {
		s.Add(d.Word(i), i > r.First && d.Tokens[i].Span.Start == d.Tokens[i-1].Span.End)
	}
	p.begin(s)
}

// write writes what was found to the tokens of d at r.
func (s *Sentence) write(d *news.Document, r news.TokenRange) {
	for i, t := range s.Tags {
		tok := &d.Tokens[r.First+int32(i)]
		tok.Tag, tok.Rel, tok.Head = t, s.Rels[i], news.NoHead
		if h := s.Heads[i]; h >= 0 {
			tok.Head = r.First + h
		}
	}
}

// Run tags and parses one sentence of words that have been added to s.
func (p *Parser) Run(s *Sentence) {
	p.begin(s)
	for p.step(s) {
	}
}
