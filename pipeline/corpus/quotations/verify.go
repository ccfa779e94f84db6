package quotations

import (
	"cmp"
	"math"

	"github.com/whosaid/whosaid/pipeline/corpus/near"
)

// linked is the probability from which two statements are one utterance.
const linked = 0.5

// comparer compares statements; one a worker.
type comparer struct {
	l     *Linker
	align aligner
	a, b  wordBuffer
	last  uint32 // whose words a holds
	read  bool
}

// evidence on a pair.
func (c *comparer) evidence(a, b uint32, s near.Shared) (*Evidence, error) {
	wordsA := c.a.words
	if !c.read || c.last != a {
		words, err := c.l.store.wordsOf(a, &c.a)
		if err != nil {
			return nil, err
		}
		wordsA, c.last, c.read = words, a, true
	}
	wordsB, err := c.l.store.wordsOf(b, &c.b)
	if err != nil {
		return nil, err
	}
	x, y := c.l.store.metas.at(a), c.l.store.metas.at(b)
	e := c.l.store.compare(&c.align, wordsA, wordsB)
	e.Common, e.Voices, e.Spread, e.Days = float64(s.Common), float64(s.Voices), float64(s.Spread), -1
	if x.Day != near.NoDay && y.Day != near.NoDay {
		e.Days = math.Abs(float64(x.Day) - float64(y.Day))
	}
	if x.Speaker != 0 && y.Speaker != 0 {
		e.Speakers = speakersConflict
		if x.Speaker == y.Speaker {
			e.Speakers = speakersEqual
		}
	}
	for _, m := range []*meta{x, y} {
		if m.direct() {
			e.Direct++
		}
	}
	e.OneRecord = x.article == y.article
	e.OneText = x.text == y.text && !e.OneRecord
	return e, nil
}

// compare holds the words of two statements against each other.
func (s *store) compare(x *aligner, a, b []word) *Evidence {
	e := &Evidence{}
	for _, r := range x.align(a, b) {
		w, tells := 0.0, 0.0
		for _, m := range a[r.i : r.i+r.n] {
			w += float64(m.weight())
			tells += s.information(m)
		}
		e.Matched += w
		e.Information += tells
		e.Longest = max(e.Longest, w)
		e.Telling = max(e.Telling, tells)
		e.Runs++
	}
	short, long := float64(weigh(a)), float64(weigh(b))
	if short > long {
		short, long = long, short
	}
	e.Short = short
	e.Told = 1
	if all := math.Min(s.informationOf(a), s.informationOf(b)); all > 0 {
		e.Told = math.Min(1, e.Information/all)
	}
	if short > 0 {
		e.Contained, e.Covered = e.Matched/short, e.Matched/long
	}
	return e
}

// judge decides on pairs by the model.
func (l *Linker) judge() near.Judge {
	c := &comparer{l: l}
	return func(a, b uint32, s near.Shared) (float32, bool, error) {
		e, err := c.evidence(a, b, s)
		if err != nil {
			return 0, false, err
		}
		p := l.o.Model.Probability(e)
		return float32(p), p >= linked, nil
	}
}

const (
	// A statement that no edge joins to the fullest one of its group stays when
	// it shares this much with it, or when a near one vouches for it.
	chainContained = 0.5
	chainMatched   = 4 * contentWeight
	chainVouched   = 0.9
)

// rules of looking over what edges join.
func (l *Linker) rules() near.Rules {
	c := &comparer{l: l}
	return near.Rules{
		Dir: l.dir, Memory: l.o.Memory / 4, Center: l.fuller, Old: l.stand, Vouched: chainVouched,
		Belongs: func(center, at uint32) (bool, error) {
			e, err := c.evidence(center, at, near.Shared{})
			if err != nil {
				return false, err
			}
			return e.Speakers != speakersConflict && e.Contained >= chainContained && e.Matched >= chainMatched, nil
		},
	}
}

// fuller orders statements: those in quotation marks first, then the longer,
// then the earlier.
func (l *Linker) fuller(a, b uint32) int {
	x, y := l.store.metas.at(a), l.store.metas.at(b)
	if x.direct() != y.direct() {
		if x.direct() {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(y.Size, x.Size), cmp.Compare(dayOrLast(x.Day), dayOrLast(y.Day)), cmp.Compare(x.Key, y.Key))
}

func dayOrLast(day int32) int32 {
	if day == near.NoDay {
		return math.MaxInt32
	}
	return day
}
