package quotations

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/whosaid/whosaid/output"
)

// Relations of a statement's words to the fullest ones.
const (
	same      = "same"      // the same words
	shortened = "shortened" // a part of them
	extended  = "extended"  // words beyond them
	reworded  = "reworded"  // other words
	reported  = "reported"  // outside quotation marks
)

// rows hands over the rows of all groups.
func (l *Linker) rows(ctx context.Context, leaders []uint32, row func(*output.QuotationRow) error, link func(*output.QuotationLinkRow) error) error {
	// next leads from each statement to the next of its group.
	const none = math.MaxUint32
	next := make([]uint32, len(leaders))
	last := make([]uint32, len(leaders))
	for i, leader := range leaders {
		next[i] = none
		if leader != uint32(i) {
			next[last[leader]] = uint32(i)
		}
		last[leader] = uint32(i)
	}
	c := &comparer{l: l}
	var members []uint32
	for i, leader := range leaders {
		if leader != uint32(i) {
			continue
		}
		if i&1023 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		members = members[:0]
		for at := leader; at != none; at = next[at] {
			members = append(members, at)
		}
		if err := l.utterance(c, members, row, link); err != nil {
			return err
		}
	}
	return nil
}

// utterance hands over the rows of one group.
func (l *Linker) utterance(c *comparer, members []uint32, row func(*output.QuotationRow) error, link func(*output.QuotationLinkRow) error) error {
	fullest := slices.MinFunc(members, l.fuller)
	first := slices.MinFunc(members, l.earlier)
	id := l.id(members, first)
	r := output.QuotationRow{QuotationID: id, NQuotes: int32(len(members))}
	people, articles, outlets := map[string]float64{}, map[uint32]bool{}, map[string]bool{}
	for _, at := range members {
		s, err := l.store.statement(at)
		if err != nil {
			return err
		}
		if at == fullest {
			r.Text, r.Type = s.Text, s.Type
		}
		if at == first {
			r.FirstArticleID = s.ArticleID
		}
		if s.Person != "" {
			people[s.Person] += float64(s.Probability)
		}
		if s.Outlet != "" {
			outlets[s.Outlet] = true
		}
		if l.o.CountCopiesOnce {
			articles[l.store.metas.at(at).text] = true
		} else {
			articles[l.store.metas.at(at).article] = true
		}
		r.FirstSeen, r.LastSeen = span(r.FirstSeen, r.LastSeen, s.Published)
		relation, similarity, err := l.relation(c, fullest, at)
		if err != nil {
			return err
		}
		if err := link(&output.QuotationLinkRow{QuoteID: s.QuoteID, QuotationID: id, Relation: relation, Similarity: similarity}); err != nil {
			return err
		}
	}
	r.PersonID = likeliest(people)
	r.NArticles, r.NOutlets = int32(len(articles)), int32(len(outlets))
	if r.FirstSeen != nil {
		days := int32(floorDiv(int64(*r.LastSeen), microsecondsADay) - floorDiv(int64(*r.FirstSeen), microsecondsADay))
		r.SpreadDays = &days
	}
	return row(&r)
}

// id of a group: that of its earliest statement; of those whose id a group had
// in the run before, the earliest.
func (l *Linker) id(members []uint32, first uint32) string {
	if l.o.Known != nil {
		var known []uint32
		for _, at := range members {
			if l.o.Known(l.store.metas.at(at).Key) {
				known = append(known, at)
			}
		}
		if len(known) > 0 {
			first = slices.MinFunc(known, l.earlier)
		}
	}
	return FormatID(l.store.metas.at(first).Key)
}

// FormatID writes an id as the tables have it.
func FormatID(id uint64) string { return fmt.Sprintf("%016x", id) }

func (l *Linker) earlier(a, b uint32) int {
	x, y := l.store.metas.at(a), l.store.metas.at(b)
	return cmp.Or(cmp.Compare(dayOrLast(x.Day), dayOrLast(y.Day)), cmp.Compare(x.Key, y.Key))
}

func likeliest(people map[string]float64) (best string) {
	for _, id := range slices.Sorted(maps.Keys(people)) {
		if best == "" || people[id] > people[best] {
			best = id
		}
	}
	return best
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
	case !m.direct && f.direct:
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
