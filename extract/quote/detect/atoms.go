package detect

import (
	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/news/tree"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/statement"
	"github.com/whosaid/whosaid/extract/syntax"
)

// atoms are the properties of one token that features are made of, computed
// once a token.
type atoms struct {
	word, lemma, shape, suffix uint64
	cluster, group             uint64 // syntax.Parser's
	sense                      uint64 // senseOf
	tag, rel                   uint64
	headLemma, headTag, dist   uint64
	path                       uint64 // relations up to the nearest reporting ancestor
	pathLemma                  uint64 // that ancestor's lemma
	pathSense                  uint64 // its sense and tag
	pathSide                   uint64 // before or after it, how many steps
	kids                       uint64 // which telling relations hang below
	state                      uint64 // place towards the quotation around it
	quotation                  uint64 // kind of that quotation
	report                     uint8  // how often the lemma reports, 0 to 3; 1 if only its sense says so
}

// Reporters tells how often a lemma stands in a cue: 1 rarely, 2 at times, 3
// mostly; absent: never. It is compiled from training data.
type Reporters map[string]uint8

// Featurizer turns documents into sequences for the two taggers. It is the
// scratch memory of one worker.
type Featurizer struct {
	words     *Words
	Reporters Reporters
	clusters  *syntax.Parser // of words

	reports map[uint64]uint8 // Reporters by the hash of the lemma
	marks   *marks.Marks
	a       []atoms
	left    []int32 // nearest reporting word to the left in the sentence, or -1
	right   []int32
	edge    []uint8 // bit 0: first token of a branch under a reporter, bit 1: last
	tree    tree.Tree

	proposals []statement.Statement // what the rules find
	ruled     []uint8               // the token's role in that (rule)

	// Seen from an anchor:
	rel                 []relative
	branch              []int32 // the token's branch below the meeting node
	rank                []uint8
	cues, commas, signs []uint8 // what stands between
	seen                []uint8 // the token's role for the rules (ruledFor)
}

// NewFeaturizer makes a Featurizer for documents in a language. words are the
// tagger's clusters.
func NewFeaturizer(l *lang.Language, r Reporters, words *syntax.Parser) *Featurizer {
	return &Featurizer{words: lang.Bind[Words](l), Reporters: r, clusters: words}
}

// Places of a token towards the outermost quotation around it.
const (
	outside uint64 = iota
	inside
	opens
	closes
)

// size makes room for n tokens.
func (f *Featurizer) size(n int) {
	if cap(f.a) < n {
		c := n + n/2
		f.a = make([]atoms, c)
		f.left, f.right, f.branch = make([]int32, c), make([]int32, c), make([]int32, c)
		f.edge, f.rank = make([]uint8, c), make([]uint8, c)
		f.cues, f.commas, f.signs = make([]uint8, c), make([]uint8, c), make([]uint8, c)
		f.rel = make([]relative, c)
		f.ruled, f.seen = make([]uint8, c), make([]uint8, c)
	}
	f.a, f.ruled = f.a[:n], f.ruled[:n]
}

// Pair pairs the marks of d (marks.Pair).
func (f *Featurizer) Pair(d *news.Document) marks.Marks { return marks.Pair(d, f.words.marks) }

// Prepare computes what the features of all tokens of d are made of. m is
// d's quotation marks.
func (f *Featurizer) Prepare(d *news.Document, m *marks.Marks) {
	f.size(len(d.Tokens))
	f.marks = m
	if f.reports == nil {
		f.reports = make(map[uint64]uint8, len(f.Reporters))
		for lemma, level := range f.Reporters {
			f.reports[linear.Hash(lemma)] = level
		}
	}
	var low [64]byte
	for i := range d.Tokens {
		t := &d.Tokens[i]
		w := t.Span.Of(d.Text)
		a := &f.a[i]
		*a = atoms{tag: uint64(t.Tag) + 1, rel: uint64(t.Rel) + 1, shape: shape(w)}
		lw := lower(low[:0], w)
		a.word = linear.HashLower(w)
		cluster, group := f.clusters.Clusters(w)
		a.cluster, a.group = uint64(cluster), uint64(group)
		a.suffix = linear.Hash(string(lw[max(0, len(lw)-3):]))
		lemma := f.words.lemma(w, t.Tag)
		a.lemma = linear.Hash(lemma)
		a.sense = f.words.senseOf(a.lemma, t.Tag)
		if reports(t.Tag) {
			a.report = f.reports[a.lemma]
			if a.report == 0 && evokes(a.sense) {
				a.report = 1 // too rare in training
			}
		}
		a.state, a.quotation = f.state(d, int32(i))
		f.edge[i] = 0
	}
	f.tree.Read(d)
	for _, s := range d.Sentences {
		f.heads(d, s)
		f.reporters(d, s)
		for i := s.First; i < s.End; i++ {
			f.ancestry(d, i)
		}
	}
	f.rule(d)
}

// reports tells which parts of speech can report.
func reports(t news.Tag) bool {
	switch t {
	case news.TagNN, news.TagNNS, news.TagIN, news.TagJJ:
		return true
	}
	return t.Verb()
}

// state is token i's place towards the outermost quotation around it, and
// what kind of quotation that is: how long, whether it begins like a
// sentence, whether it ends like one.
func (f *Featurizer) state(d *news.Document, i int32) (state, kind uint64) {
	k := f.marks.Outermost(i)
	if k < 0 {
		return outside, 0
	}
	q := &f.marks.Quotations[k]
	switch i {
	case q.Open:
		state = opens
	case q.Close:
		state = closes
	default:
		state = inside
	}
	kind = 1 + bucket(int32(q.Words.Len()))
	if !q.Words.Empty() {
		if c := d.Text[d.Tokens[q.Words.First].Span.Start]; 'A' <= c && c <= 'Z' {
			kind |= 32
		}
		switch d.Tokens[q.Words.End-1].Tag {
		case news.TagPERIOD:
			kind |= 64
		case news.TagCOMMA:
			kind |= 128
		}
	}
	return state, kind
}

func lower(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// shape hashes the kinds of characters of w, runs cut to two.
func shape(w string) uint64 {
	h := uint64(14695981039346656037)
	var last byte
	run := 0
	for i := 0; i < len(w); i++ {
		c := w[i]
		k := c
		switch {
		case 'a' <= c && c <= 'z':
			k = 'x'
		case 'A' <= c && c <= 'Z':
			k = 'X'
		case '0' <= c && c <= '9':
			k = '0'
		case c >= 0x80:
			k = 'u'
		}
		if k == last {
			if run++; run > 2 {
				continue
			}
		} else {
			run = 1
		}
		last = k
		h = (h ^ uint64(k)) * 1099511628211
	}
	return h
}

// heads tells of every token of a sentence what it hangs on, and of that which
// telling relations hang below it.
func (f *Featurizer) heads(d *news.Document, s news.TokenRange) {
	for i := s.First; i < s.End; i++ {
		a, t := &f.a[i], &d.Tokens[i]
		if t.Head == news.NoHead {
			a.headLemma, a.headTag = 1, 1
			continue
		}
		h := &f.a[t.Head]
		a.headLemma, a.headTag = h.lemma, h.tag
		a.dist = bucket(t.Head - i)
		if telling(t.Rel) {
			h.kids |= 1 << t.Rel
		}
	}
}

// telling are the relations that tell a reporting word from others.
func telling(r news.Rel) bool {
	switch r {
	case news.RelNsubj, news.RelNsubjPass, news.RelCcomp, news.RelXcomp, news.RelMark, news.RelObj,
		news.RelParataxis, news.RelAuxPass, news.RelObl, news.RelIobj, news.RelCop:
		return true
	}
	return false
}

// reporters finds the nearest reporting words of every token of a sentence.
func (f *Featurizer) reporters(d *news.Document, s news.TokenRange) {
	is := func(i int32) bool {
		return f.a[i].report >= 2 || f.a[i].report == 1 && d.Tokens[i].Tag.Verb()
	}
	last := int32(-1)
	for i := s.First; i < s.End; i++ {
		f.left[i] = last
		if is(i) {
			last = i
		}
	}
	last = -1
	for i := s.End - 1; i >= s.First; i-- {
		f.right[i] = last
		if is(i) {
			last = i
		}
	}
}

// ancestry describes the way from token i up to its nearest reporting
// ancestor; the relation by which that is entered matters most.
func (f *Featurizer) ancestry(d *news.Document, i int32) {
	a := &f.a[i]
	path := uint64(17)
	at := i
	for steps := uint64(1); d.Tokens[at].Head != news.NoHead && steps <= 12; steps++ {
		up, rel := d.Tokens[at].Head, d.Tokens[at].Rel
		if steps <= 3 {
			path = path*31 + uint64(rel)
		}
		if f.a[up].report == 0 {
			at = up
			continue
		}
		side := uint64(0)
		if up > i {
			side = 1
		}
		a.path = f2(90, path, uint64(rel))
		a.pathSense = f3(93, f.a[up].sense, uint64(rel), f.a[up].tag)
		a.pathLemma = f2(91, f.a[up].lemma, uint64(rel))
		a.pathSide = f3(92, uint64(rel), min(steps, 4), side)
		switch rel {
		case news.RelCcomp, news.RelParataxis, news.RelXcomp, news.RelObj, news.RelObl, news.RelNsubj, news.RelAdvcl:
			if f.tree.Begins(i, at) {
				f.edge[i] |= 1
			}
			if f.tree.Ends(i, at) {
				f.edge[i] |= 2
			}
		}
		return
	}
}
