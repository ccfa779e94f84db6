package attribution

import (
	"slices"

	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/news"
)

// walker goes through an article's quotations in text order.
type walker struct {
	reader
	o      *Options
	state  *coref.State
	quotes []news.Quote
	pick   Pick

	sources     []source
	cues        []cue
	done        []decision
	bySpan      map[news.Span]int // source span -> first quotation decided with it
	spoken      []int32           // quotations decided so far, in order, nested ones aside
	within      []int32           // quotation whose words hold the source of this one; -1
	nested      []bool            // the words stand inside another quotation's
	signed      []int32           // who signs the letter that a quotation's I tells; -1; nil without letters
	outlet      int32             // who asks the questions of an interview; -1
	sourcesOf   map[int32]int32   // entity -> statements whose source names it
	interviewed []int32           // people of whom a sentence on an interview tells

	voice   float32 // how often I and we stand outside of marks, log
	choices []Choice
	rows    []float32
	ids     [maxCandidates]int32
	points  [maxCandidates]float32
	probs   [maxCandidates]float64
}

// decision is what came out for one quotation.
type decision struct {
	made       bool
	choice     int32 // entity, or ownNamed, ownPhrase, nobody, author
	kind       news.SpeakerKind
	confidence float32
	method     string
	candidates []ranked
	why        []string
	anchor     int32 // token where it was decided
}

type ranked struct {
	entity int32
	p      float32
}

func newWalker(a *coref.Article, o *Options, quotes []news.Quote, rows []float32) *walker {
	n := len(quotes)
	w := &walker{reader: reader{a}, o: o, state: coref.NewState(a, o.Coref), quotes: quotes, rows: rows, bySpan: map[news.Span]int{}, outlet: -1,
		sources: make([]source, n), cues: make([]cue, n), done: make([]decision, n)}
	for q := range quotes {
		w.read(q)
	}
	w.countSources()
	w.findInterview()
	w.voice = w.voiceOf()
	return w
}

// read takes the source and cue of quotation q apart.
func (w *walker) read(q int) {
	quote := &w.quotes[q]
	w.cues[q] = w.readCue(quote.Cue)
	s := w.readSource(quote.Source)
	if w.swapped(quote, &s) {
		s = w.readSource(quote.Cue)
	}
	if quote.Source.Empty() {
		if r := w.implied(&w.cues[q], w.TokensIn(quote.Cue)); !r.Empty() {
			s = w.readSource(w.Doc.Span(r))
		}
	}
	if s.words.Empty() {
		s.class = w.labelBefore(w.TokenAt(quote.Parts[0].Span.Start))
		if m := w.signature(quote); m >= 0 {
			s.name, s.form = m, news.Name
		}
	}
	if s.mention >= 0 && w.Mentions[s.mention].Entity < 0 {
		w.state.Waiting[s.mention] = true
	}
	w.sources[q] = s
}

// anchor is the token at which quotation q is decided: its source, else its
// first word.
func (w *walker) anchor(q int) int32 {
	if h := w.sources[q].head; h >= 0 {
		return h
	}
	return min(w.TokenAt(w.quotes[q].Parts[0].Span.Start), int32(len(w.Toks)-1))
}

// run walks the article.
func (w *walker) run() {
	order := make([]int, len(w.quotes))
	at := make([]int32, len(w.quotes))
	turn := make([]int32, len(w.quotes)) // the token at which its turn comes
	for q := range order {
		order[q], at[q] = q, w.anchor(q)
	}
	w.findWithin()
	w.signed = w.signers()
	for q := range order {
		turn[q] = at[q]
		if p := w.within[q]; p >= 0 && w.sources[q].class == coref.First {
			turn[q] = max(at[q], at[p]) // "I told them …": first who says that
		}
	}
	slices.SortStableFunc(order, func(x, y int) int { return int(turn[x] - turn[y]) })
	for _, q := range order {
		w.state.Until(turn[q])
		w.decide(q, at[q])
	}
	w.state.Until(int32(len(w.Toks)) + 1)
}

// countSources counts for each entity the statements whose source names it.
func (w *walker) countSources() {
	w.sourcesOf = map[int32]int32{}
	for q := range w.sources {
		if m := w.sources[q].name; m >= 0 && w.Mentions[m].Entity >= 0 {
			w.sourcesOf[w.Mentions[m].Entity]++
		}
	}
}

// nearby is how many quotations on either side may hold one.
const nearby = 8

// findWithin notes for each quotation the shortest other whose words hold its
// source, and whether another's hold its own: whom that one quotes does not
// take the turn to speak.
func (w *walker) findWithin() {
	w.within, w.nested = make([]int32, len(w.quotes)), make([]bool, len(w.quotes))
	for q := range w.quotes {
		w.within[q] = -1
		src, own := w.sources[q].words, w.quotes[q].Extent()
		best := int32(1 << 30)
		for p := max(0, q-nearby); p < min(len(w.quotes), q+nearby+1); p++ {
			if p == q {
				continue
			}
			for _, part := range w.quotes[p].Parts {
				if !src.Empty() && part.Span.Contains(src) && int32(part.Span.Len()) < best {
					best = int32(part.Span.Len())
					w.within[q] = int32(p)
				}
				if w.quotes[p].Extent().Len() > own.Len() && part.Span.Contains(own) {
					w.nested[q] = true
				}
			}
		}
	}
}

// sentenceAt is the number of the sentence that holds token i.
func (w *walker) sentenceAt(i int32) int32 { return w.Toks[min(max(i, 0), int32(len(w.Toks)-1))].Sent }

// record remembers who spoke.
func (w *walker) record(q int, at int32) {
	if !w.nested[q] {
		w.spoken = append(w.spoken, int32(q))
	}
	if id := w.done[q].choice; id >= 0 {
		e := &w.Entities[id]
		e.Quotes++
		e.LastTurn = int32(len(w.spoken))
		e.LastQuote = w.sentenceAt(at)
	}
}
