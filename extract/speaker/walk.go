package speaker

import (
	"slices"

	"github.com/whosaid/whosaid/extract/news"
)

// Bounds of the walk: each mention and quotation looks at no more than these,
// which keeps the time linear in the article's length.
const (
	maxRecent     = 32 // entities remembered as talked about
	maxCandidates = 28
	maxLookup     = 8 // entities found by name or role beside the recent ones
)

// walker goes through an article in text order and keeps what is talked about.
type walker struct {
	a      *analysis
	quotes []news.Quote

	recent  []int32 // entities, the most recently mentioned first
	next    int     // first mention not yet seen
	sources []source
	cues    []reading
	done    []decision
	bySpan  map[news.Span]int // source span -> first quotation decided with it
	byHead  map[string]int32  // head noun of a description -> its latest entity
	byRole  map[string][]int32
	subject []int32 // per sentence: first mention that is a subject, -1
	speaker []int32 // quotations decided so far, in order
	top     []int32 // named entities by number of mentions
	topRank []int32 // place of each named entity in top
	waiting []bool  // mentions that are sources, left to the ranker
	vectors []Choice
	ids     [maxCandidates]int32
	points  [maxCandidates]float32
	outlet  int32   // who asks the questions of an interview, -1
	within  []int32 // quotation whose marks hold the source of this one, -1
	turn    []int32 // entity whose turn a bare quotation of a dialogue is, -1
	signed  []int32 // who signs the letter that a quotation's I tells, -1; nil without letters
	nested  []bool  // the words stand inside another quotation's
	wantWhy bool
}

// decision is what came out for one quotation.
type decision struct {
	made       bool
	choice     int32 // entity, or ownPhrase, nobody, authorSelf
	kind       news.SpeakerKind
	name       string
	confidence float32
	method     string
	candidates []ranked
	why        []string
	anchor     int32 // token where it was decided
}

type ranked struct {
	ent int32
	p   float32
}

func newWalker(a *analysis, quotes []news.Quote) *walker {
	w := &walker{a: a, vectors: a.scratch.vectors, quotes: quotes, bySpan: map[news.Span]int{}, byHead: map[string]int32{}, byRole: map[string][]int32{},
		outlet: -1, topRank: make([]int32, len(a.ents)), waiting: make([]bool, len(a.mentions)), sources: make([]source, len(quotes)), cues: make([]reading, len(quotes)), done: make([]decision, len(quotes))}
	for e := range a.ents {
		for r := range a.ents[e].roles {
			w.byRole[r] = append(w.byRole[r], int32(e))
		}
		if o := &a.ents[e]; o.kind == news.Organization && !o.place && len(o.words) > 1 {
			last := o.words[len(o.words)-1]
			w.byRole[last] = append(w.byRole[last], int32(e))
		}
		w.top = append(w.top, int32(e))
	}
	slices.SortStableFunc(w.top, func(x, y int32) int { return int(a.ents[y].names - a.ents[x].names) })
	for i, e := range w.top {
		w.topRank[e] = int32(i)
	}
	w.subject = make([]int32, len(a.doc.Sentences))
	for i := range w.subject {
		w.subject[i] = -1
	}
	for i := range a.mentions {
		m := &a.mentions[i]
		if s := a.toks[m.first].sent; m.gram == subject && !m.quoted && w.subject[s] < 0 && m.class != relative {
			w.subject[s] = int32(i)
		}
	}
	for q := range quotes {
		w.cues[q] = a.readCue(quotes[q].Cue)
		w.sources[q] = a.readSource(quotes[q].Source)
		if a.swapped(&quotes[q], &w.sources[q]) {
			w.sources[q] = a.readSource(quotes[q].Cue)
		}
		if quotes[q].Source.Empty() {
			if r := a.implied(&w.cues[q], a.tokensIn(quotes[q].Cue)); !r.Empty() {
				w.sources[q] = a.readSource(a.doc.Span(r))
				w.sources[q].implied = 1 + float32(w.cues[q].hops)
			}
		}
		if w.sources[q].words.Empty() {
			w.sources[q].class = a.label(a.tokenAt(quotes[q].Parts[0].Span.Start))
			if m := a.signature(&quotes[q]); m >= 0 {
				w.sources[q].name, w.sources[q].form = m, news.Name
			}
		}
		if w.sources[q].class == questioner && w.outlet < 0 {
			w.outlet = a.findInterviewer()
		}
		if m := w.sources[q].mention; m >= 0 && a.mentions[m].ent < 0 {
			w.waiting[m] = true
		}
	}
	return w
}

// anchor is the token at which quotation q is decided: its source, else its
// first word.
func (w *walker) anchor(q int) int32 {
	if h := w.sources[q].head; h >= 0 {
		return h
	}
	return w.a.tokenAt(w.quotes[q].Parts[0].Span.Start)
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
	w.findNested()
	w.findTurns()
	w.signed = w.signers()
	for q := range order {
		turn[q] = at[q]
		if p := w.within[q]; p >= 0 && w.sources[q].class == speakerI {
			turn[q] = max(at[q], at[p]) // "I told them …": first who says that
		}
	}
	slices.SortStableFunc(order, func(x, y int) int { return int(turn[x] - turn[y]) })
	for _, q := range order {
		w.seeUntil(turn[q])
		w.decide(q, at[q])
	}
	w.seeUntil(int32(len(w.a.toks)) + 1)
}

// findWithin notes for each quotation the one whose words hold its source: the
// shortest that does and is not itself.
func (w *walker) findWithin() {
	w.within = make([]int32, len(w.quotes))
	for q := range w.quotes {
		w.within[q] = -1
		src := w.sources[q].words
		if src.Empty() {
			continue
		}
		best := int32(1 << 30)
		// quotations come in text order: only those near q can hold its source
		for p := max(0, q-8); p < min(len(w.quotes), q+9); p++ {
			if p == q {
				continue
			}
			for _, part := range w.quotes[p].Parts {
				if part.Span.Contains(src) && int32(part.Span.Len()) < best {
					best = int32(part.Span.Len())
					w.within[q] = int32(p)
				}
			}
		}
	}
}

// findNested notes the quotations whose words stand inside another's: whom it
// quotes does not take the turn to speak.
func (w *walker) findNested() {
	w.nested = make([]bool, len(w.quotes))
	for q := range w.quotes {
		e := w.quotes[q].Extent()
		for p := max(0, q-8); p < min(len(w.quotes), q+9); p++ {
			if p == q || w.quotes[p].Extent().Len() <= e.Len() {
				continue
			}
			for _, part := range w.quotes[p].Parts {
				w.nested[q] = w.nested[q] || part.Span.Contains(e)
			}
		}
	}
}

// seeUntil takes in all mentions that begin before token i.
func (w *walker) seeUntil(i int32) {
	for w.next < len(w.a.mentions) && w.a.mentions[w.next].first < i {
		w.see(int32(w.next))
		w.next++
	}
}

// see takes in one mention: a name touches its entity; a pronoun or
// description is resolved first, unless a quotation has done so or will.
func (w *walker) see(mi int32) {
	m := &w.a.mentions[mi]
	if m.ent < 0 && !w.waiting[mi] {
		switch m.form {
		case news.Pronoun:
			m.ent = w.antecedent(m)
		case news.Nominal:
			m.ent = w.described(m)
		}
	}
	if m.ent >= 0 {
		w.touch(m.ent, m)
	}
}

// touch moves an entity to the front of what is talked about.
func (w *walker) touch(id int32, m *mention) {
	e := &w.a.ents[id]
	e.last, e.lastSent, e.lastGram, e.lastForm = m.first, w.a.toks[m.first].sent, m.gram, m.form
	e.soFar++
	k := slices.Index(w.recent, id)
	switch {
	case k == 0:
		return
	case k > 0:
		copy(w.recent[1:k+1], w.recent[:k])
	default:
		if len(w.recent) < maxRecent {
			w.recent = append(w.recent, 0)
		}
		copy(w.recent[1:], w.recent)
	}
	w.recent[0] = id
}
