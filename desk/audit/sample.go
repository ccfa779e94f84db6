package audit

import (
	"cmp"
	"container/heap"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"
)

// Item is one statement of a sample, with what a judge needs to see.
type Item struct {
	ID        string `json:"id"` // quotes.quote_id
	ArticleID string `json:"article_id"`
	Article   int64  `json:"article,omitempty"` // its number in the index, where ids repeat
	Ordinal   int    `json:"ordinal"`
	Title     string `json:"title"`
	Outlet    string `json:"outlet"`
	Published string `json:"published"`
	Before    string `json:"before"`
	Text      string `json:"text"`
	After     string `json:"after"`
	Type      string `json:"type"`
	Cue       string `json:"cue"`
	Source    string `json:"source"`
	Speaker   string `json:"speaker"` // "" where the tables name none
	// Confidence is the statement's, Sure the speaker's.
	Confidence float64 `json:"confidence"`
	Sure       float64 `json:"sure"`
	Stratum    string  `json:"stratum"`
	// Size is how many statements the stratum has in the corpus.
	Size int64 `json:"size"`
}

// Reading is an article that is read in full, for what was missed.
type Reading struct {
	ID         string   `json:"id"`
	Article    int64    `json:"article,omitempty"`
	Title      string   `json:"title"`
	Text       string   `json:"text"`
	Statements []string `json:"statements"` // ids, in the order of the text
	Words      []string `json:"words"`      // of the statements
}

// Design is how a sample was drawn.
type Design struct {
	Seed     uint64 `json:"seed"`
	By       string `json:"by"` // one of Strata
	Size     int    `json:"size"`
	Articles int    `json:"articles"` // to be read in full
	// Total is how many statements there are to draw from.
	Total int64 `json:"total"`
}

// Strata are what a sample can be stratified by; the first is nothing.
func Strata() []string { return []string{"none", "type", "outlet", "confidence"} }

// Check reports a design that makes no sense.
func (d *Design) Check() error {
	switch {
	case !slices.Contains(Strata(), d.By):
		return fmt.Errorf("strata %q are not one of %s", d.By, strings.Join(Strata(), ", "))
	case d.Size < 0 || d.Size > maxSample || d.Articles < 0 || d.Articles > maxSample/10:
		return fmt.Errorf("a sample has at most %d statements and %d articles", maxSample, maxSample/10)
	case d.Size+d.Articles == 0:
		return fmt.Errorf("a sample of nothing: give a number of statements or articles")
	}
	return nil
}

// maxSample is more than anybody judges.
const maxSample = 20_000

// Band is the stratum of a confidence.
func Band(confidence float64) string {
	switch {
	case confidence < 0.5:
		return "below 0.50"
	case confidence < 0.8:
		return "0.50 to 0.80"
	case confidence < 0.95:
		return "0.80 to 0.95"
	default:
		return "0.95 and above"
	}
}

// Key is the place of an id in the order that a seed gives: the smallest are
// drawn.
func Key(seed uint64, id string) uint64 {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], seed)
	h := xxhash.New()
	_, _ = h.Write(b[:])
	_, _ = h.WriteString(id)
	return h.Sum64()
}

// Drawer draws the smallest keys of every stratum, whatever order they come in,
// and holds no more than it was asked for of each.
type Drawer[T any] struct {
	seed uint64
	most int
	of   map[string]*stratum[T]
}

// stratum holds the smallest keys met so far, the largest of them first.
type stratum[T any] struct {
	size  int64
	drawn []drawn[T]
}

type drawn[T any] struct {
	key uint64
	id  string
	v   T
}

func (s *stratum[T]) Len() int           { return len(s.drawn) }
func (s *stratum[T]) Less(i, k int) bool { return compareDrawn(s.drawn[i], s.drawn[k]) > 0 }
func (s *stratum[T]) Swap(i, k int)      { s.drawn[i], s.drawn[k] = s.drawn[k], s.drawn[i] }
func (s *stratum[T]) Push(x any)         { s.drawn = append(s.drawn, x.(drawn[T])) }
func (s *stratum[T]) Pop() any {
	last := s.drawn[len(s.drawn)-1]
	s.drawn = s.drawn[:len(s.drawn)-1]
	return last
}

func compareDrawn[T any](a, b drawn[T]) int {
	return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.id, b.id))
}

// NewDrawer draws up to most of every stratum.
func NewDrawer[T any](seed uint64, most int) *Drawer[T] {
	return &Drawer[T]{seed: seed, most: most, of: map[string]*stratum[T]{}}
}

// Add offers one, with its id, to a stratum.
func (d *Drawer[T]) Add(name, id string, v T) {
	s := d.of[name]
	if s == nil {
		s = &stratum[T]{}
		d.of[name] = s
	}
	s.size++
	one := drawn[T]{Key(d.seed, id), id, v}
	switch {
	case len(s.drawn) < d.most:
		heap.Push(s, one)
	case d.most > 0 && compareDrawn(one, s.drawn[0]) < 0:
		s.drawn[0] = one
		heap.Fix(s, 0)
	}
}

// Chosen is one that was drawn, with its stratum.
type Chosen[T any] struct {
	Value   T
	Stratum string
	Size    int64
}

// Draw gives n in all: equally many of every stratum, as far as each has them,
// in the order of their keys.
func (d *Drawer[T]) Draw(n int) []Chosen[T] {
	names := sortedKeys(d.of)
	take := make([]int, len(names))
	for left := n; left > 0; {
		given := 0
		for i, name := range names {
			if given < left && take[i] < len(d.of[name].drawn) {
				take[i]++
				given++
			}
		}
		if given == 0 {
			break
		}
		left -= given
	}
	type keyed struct {
		drawn[T]
		Chosen[T]
	}
	var all []keyed
	for i, name := range names {
		s := d.of[name]
		slices.SortFunc(s.drawn, compareDrawn[T])
		for _, one := range s.drawn[:take[i]] {
			all = append(all, keyed{one, Chosen[T]{one.v, name, s.size}})
		}
		heap.Init(s)
	}
	slices.SortFunc(all, func(a, b keyed) int { return compareDrawn(a.drawn, b.drawn) })
	out := make([]Chosen[T], len(all))
	for i := range all {
		out[i] = all[i].Chosen
	}
	return out
}

// Total is how many were offered.
func (d *Drawer[T]) Total() (n int64) {
	for _, s := range d.of {
		n += s.size
	}
	return n
}
