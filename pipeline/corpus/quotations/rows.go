package quotations

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/near"
)

// Relations of a statement's words to the fullest ones.
const (
	same      = "same"      // the same words
	shortened = "shortened" // a part of them
	extended  = "extended"  // words beyond them
	reworded  = "reworded"  // other words
	reported  = "reported"  // outside quotation marks
)

// groups are the utterances that a run found, each by the first of its
// statements, the leader.
type groups struct {
	l       *Linker
	leaders []uint32 // of each statement
	next    []uint32 // leads from each statement to the next of its group
	fullest []uint32 // of each leader's group
	first   []uint32 // the earliest, likewise

	c comparer
	// Of the group whose row is made: statements by speaker, what the speakers
	// are called, articles, outlets.
	speakers          map[uint32]int
	called            map[uint32]string
	articles, outlets map[uint32]bool
}

const none = math.MaxUint32

func (l *Linker) groups(leaders []uint32) *groups {
	n := len(leaders)
	x := &groups{
		l: l, leaders: leaders, next: make([]uint32, n), fullest: make([]uint32, n), first: make([]uint32, n), c: comparer{l: l},
		speakers: map[uint32]int{}, called: map[uint32]string{}, articles: map[uint32]bool{}, outlets: map[uint32]bool{},
	}
	for i := n - 1; i >= 0; i-- {
		head := &x.fullest[leaders[i]] // and one more: 0 is none
		x.next[i], *head = *head-1, uint32(i)+1
	}
	for i, lead := range leaders {
		at := uint32(i)
		if at == lead || l.fuller(at, x.fullest[lead]) < 0 {
			x.fullest[lead] = at
		}
		if at == lead || l.earlier(at, x.first[lead]) < 0 {
			x.first[lead] = at
		}
	}
	return x
}

// name is the statement that names a group: the one that did in the run before,
// or the earliest.
func (x *groups) name(lead uint32) uint32 {
	if int(lead) < len(x.l.names) {
		return x.l.names[lead]
	}
	return x.first[lead]
}

func (x *groups) id(lead uint32) string { return FormatID(x.l.store.metas.at(x.name(lead)).Key) }

// added hands over the rows of what was added to what runs before kept.
func (x *groups) added(ctx context.Context, row func(*output.QuotationRow) error, link func(*output.QuotationLinkRow) error) error {
	for i := x.l.store.kept; i < len(x.leaders); i++ {
		at, lead := uint32(i), x.leaders[i]
		if i&1023 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		s, err := x.l.store.statement(at)
		if err != nil {
			return err
		}
		if at == lead {
			var r output.QuotationRow
			if err := x.fill(&r, at); err != nil {
				return err
			}
			if err := row(&r); err != nil {
				return err
			}
		}
		r := output.QuotationLinkRow{QuoteID: s.QuoteID, QuotationID: x.id(lead)}
		if r.Relation, r.Similarity, err = x.l.relation(&x.c, x.fullest[lead], at); err != nil {
			return err
		}
		if err := link(&r); err != nil {
			return err
		}
	}
	return nil
}

// fill makes the row of a group. Where the run before has one, r is that: what
// the statements of before told is in it, or in memory.
func (x *groups) fill(r *output.QuotationRow, lead uint32) error {
	emptied(&x.speakers)
	emptied(&x.called)
	emptied(&x.articles)
	emptied(&x.outlets)
	r.QuotationID, r.NQuotes = x.id(lead), 0
	id, moved := x.l.o.Renamed[r.PersonID]
	if moved {
		r.PersonID = id
	}
	if r.PersonID != "" {
		x.called[speakerOf(r.PersonID)] = r.PersonID
	}
	for at := lead; at != none; at = x.next[at] {
		r.NQuotes++
		m := x.l.store.metas.at(at)
		if m.Speaker != 0 {
			x.speakers[m.Speaker]++
		}
		if outlet := m.outlet(); outlet != 0 {
			x.outlets[outlet] = true
		}
		if x.l.o.CountCopiesOnce {
			x.articles[m.text] = true
		} else {
			x.articles[m.article] = true
		}
		if int(at) < x.l.store.kept {
			continue
		}
		s, err := x.l.store.statement(at)
		if err != nil {
			return err
		}
		if at == x.fullest[lead] {
			r.Text, r.Type = s.Text, s.Type
		}
		if at == x.first[lead] {
			r.FirstArticleID = s.ArticleID
		}
		if s.Person != "" {
			x.called[m.Speaker] = s.Person
		}
		r.FirstSeen, r.LastSeen = span(r.FirstSeen, r.LastSeen, s.Published)
	}
	r.NArticles, r.NOutlets = int32(len(x.articles)), int32(len(x.outlets))
	if r.FirstSeen != nil {
		days := near.DayOf((*int64)(r.LastSeen)) - near.DayOf((*int64)(r.FirstSeen))
		r.SpreadDays = &days
	}
	var err error
	r.PersonID, err = x.likeliest(moved)
	return err
}

// emptied takes all from a map: to clear one costs as much as the most that it
// ever held.
func emptied[K comparable, V any](m *map[K]V) {
	if len(*m) > 64 {
		*m = map[K]V{}
	}
	clear(*m)
}

// likeliest is the person whom most statements of the group have; of several,
// the one whose id comes first. The ids are known of the person of the run
// before, of those of what was added, and of those that others were renamed to.
// Another can come before these only where the first was renamed itself, which
// moved tells: else he has as many statements as before, and others no more.
func (x *groups) likeliest(moved bool) (best string, err error) {
	most := 0
	for speaker, n := range x.speakers {
		id := cmp.Or(x.called[speaker], x.l.renamed[speaker])
		if id == "" && moved {
			if id, err = x.l.o.Person(speaker); err != nil {
				return "", err
			}
		}
		if id != "" && (n > most || n == most && id < best) {
			best, most = id, n
		}
	}
	return best, nil
}

// FormatID writes an id as the tables have it.
func FormatID(id uint64) string { return fmt.Sprintf("%016x", id) }

func (l *Linker) earlier(a, b uint32) int {
	x, y := l.store.metas.at(a), l.store.metas.at(b)
	return cmp.Or(cmp.Compare(dayOrLast(x.Day), dayOrLast(y.Day)), cmp.Compare(x.Key, y.Key))
}

func span(first, last *output.Timestamp, at *int64) (*output.Timestamp, *output.Timestamp) {
	if at == nil {
		return first, last
	}
	t := output.Timestamp(*at)
	if first == nil || t < *first {
		first = &t
	}
	if last == nil || t > *last {
		last = &t
	}
	return first, last
}

// relation of a statement's words to the fullest ones, and how alike they are.
func (l *Linker) relation(c *comparer, fullest, at uint32) (string, float32, error) {
	f, m := l.store.metas.at(fullest), l.store.metas.at(at)
	if at == fullest {
		return same, 1, nil
	}
	words, err := l.store.wordsOf(fullest, &c.a)
	if err != nil {
		return "", 0, err
	}
	c.read = false
	own, err := l.store.wordsOf(at, &c.b)
	if err != nil {
		return "", 0, err
	}
	runs := c.align.align(words, own)
	matched, content := 0, 0
	for _, r := range runs {
		matched += r.n
		content += contentWords(own[r.j : r.j+r.n])
	}
	similarity := float32(1)
	if n := len(words) + len(own); n > 0 {
		similarity = float32(2*matched) / float32(n)
	}
	switch {
	case !m.direct() && f.direct():
		return reported, similarity, nil
	case f.Exact == m.Exact || slices.Equal(words, own):
		return same, similarity, nil
	case content == contentWords(own):
		return shortened, similarity, nil
	case dense(runs, own, content):
		return extended, similarity, nil
	}
	return reworded, similarity, nil
}

// dense tells whether all content words between the first and the last that a
// statement shares are shared: what it has beyond them stands before or behind.
func dense(runs []run, own []word, content int) bool {
	if len(runs) == 0 {
		return false
	}
	last := runs[len(runs)-1]
	return content == contentWords(own[runs[0].j:last.j+last.n])
}

func contentWords(words []word) (n int) {
	for _, w := range words {
		n += int(w & contentBit)
	}
	return n
}
