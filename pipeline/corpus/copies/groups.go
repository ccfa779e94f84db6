package copies

import (
	"bufio"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/near"
	"github.com/whosaid/whosaid/pipeline/corpus/pairsort"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// join is two articles that are copies, the first one first, and how many runs
// both have.
type join struct{ a, b, both uint32 }

func (j join) compare(k join) int { return cmp.Or(cmp.Compare(j.a, k.a), cmp.Compare(j.b, k.b)) }

// row is the row of an article.
type row struct {
	at uint32
	output.CopyRow
}

// compare finds the joins that something new is in.
func (f *Finder) compare(ctx context.Context) ([]join, error) {
	if err := f.flush(); err != nil {
		return nil, err
	}
	memory := f.o.Memory / 4
	sampled, pairs, edges := pairsort.New(f.dir, memory), pairsort.New(f.dir, memory), pairsort.New(f.dir, memory)
	defer sampled.Close()
	defer pairs.Close()
	defer edges.Close()
	if err := f.emit(sampled); err != nil {
		return nil, err
	}
	item := func(at uint32) *near.Item { return &f.metas[at].Item }
	if err := near.PairUp(ctx, item, uint32(f.old), sampled, pairs); err != nil {
		return nil, err
	}
	if err := f.fetchPairs(ctx, pairs); err != nil {
		return nil, err
	}
	if err := near.Verify(ctx, f.o.Workers, pairs, edges, f.judge); err != nil {
		return nil, err
	}
	var fresh []join
	c := &comparer{f: f}
	for p, err := range edges.All() {
		if err != nil {
			return nil, err
		}
		j := join{a: uint32(p.Key >> 32), b: uint32(p.Key)}
		s, err := c.compare(j.a, j.b)
		if err != nil {
			return nil, err
		}
		j.both = uint32(s.both)
		fresh = append(fresh, j)
	}
	return fresh, nil
}

// eachSample visits what stands for articles from first to before end.
func (f *Finder) eachSample(samples io.Reader, first, end int, visit func(hash, value uint64) error) error {
	r := bufio.NewReaderSize(samples, 1<<17)
	for at := first; at < end; at++ {
		n := int(f.metas[at].sampled)
		for i := range n {
			var b [8]byte
			if _, err := io.ReadFull(r, b[:]); err != nil {
				return fmt.Errorf("find copies: %w", err)
			}
			// The last one is that of the text as a whole.
			value := near.Value(uint32(at), 3, i < equalHashes || i == n-1)
			if err := visit(binary.LittleEndian.Uint64(b[:]), value); err != nil {
				return err
			}
		}
	}
	return nil
}

// seldomTaken: the sketch has so many places for each hash of a new article
// that few of the many hashes of old ones are taken for one of them.
const seldomTaken = 16

// emit gives the sorter what stands for more than one article, a new one among
// them.
func (f *Finder) emit(sampled *pairsort.Sorter) error {
	size := f.files[samplesFile].end
	hashes := size / 8
	if f.old > 0 {
		hashes *= seldomTaken
	}
	seen := near.NewSketch(hashes, f.o.Memory/4)
	fresh := func(visit func(hash, value uint64) error) error {
		return f.eachSample(io.NewSectionReader(f.files[samplesFile], 0, size), f.old, len(f.metas), visit)
	}
	err := fresh(func(hash, _ uint64) error { seen.Add(hash); return nil })
	if err == nil && f.old > 0 {
		err = f.eachSample(f.samples.Reader(0), 0, f.old, func(hash, value uint64) error {
			if seen.Meet(hash) {
				return sampled.Add(hash, value)
			}
			return nil
		})
	}
	if err != nil {
		return err
	}
	return fresh(func(hash, value uint64) error {
		if seen.Repeated(hash) {
			return sampled.Add(hash, value)
		}
		return nil
	})
}

// fetchPairs reads the texts of the old articles that are compared.
func (f *Finder) fetchPairs(ctx context.Context, pairs *pairsort.Sorter) error {
	if f.old == 0 {
		return nil
	}
	want := map[uint32]bool{}
	err := near.EachPair(pairs, func(a, b uint32, _ near.Shared) error {
		if !f.metas[a].oneText(&f.metas[b]) {
			want[a], want[b] = true, true
		}
		return nil
	})
	if err != nil {
		return err
	}
	return f.fetch(ctx, slices.Sorted(maps.Keys(want)))
}

// fetch reads the texts of those articles again that runs before have read.
func (f *Finder) fetch(ctx context.Context, articles []uint32) error {
	articles = slices.DeleteFunc(articles, func(at uint32) bool { return f.metas[at].at != absent })
	if len(articles) == 0 {
		return nil
	}
	places := make([]step.Place, len(articles))
	for i, at := range articles {
		places[i] = f.metas[at].place
	}
	i := 0
	for a, err := range f.o.At(ctx, places) {
		if err != nil {
			return err
		}
		m := &f.metas[articles[i]]
		if f.cut(a.Text); articleKey(a.ID) != m.Key || len(f.hashes) != int(m.runs) {
			return fmt.Errorf("article %q is not what it was when it was linked (whosaid verify tells more)", a.ID)
		}
		if err := f.keep(m, a.ID); err != nil {
			return err
		}
		i++
	}
	return f.flush()
}

// touched gives the joins of all groups that something new is in, and makes
// the new ones part of all.
func (f *Finder) touched(fresh []join) []join {
	sets := near.NewSets(len(f.metas))
	for _, list := range [][]join{f.joins, fresh} {
		for _, j := range list {
			sets.Union(j.a, j.b)
		}
	}
	news := map[uint32]bool{}
	for _, j := range fresh {
		news[sets.Find(j.a)] = true
	}
	f.joins = append(f.joins, fresh...)
	slices.SortFunc(f.joins, join.compare)
	var touched []join
	for _, j := range f.joins {
		if news[sets.Find(j.a)] {
			touched = append(touched, j)
		}
	}
	return touched
}

// groups makes rows of the groups that joins make, and leaves those of the run
// before as they are that belong to others.
func (f *Finder) groups(ctx context.Context, joins []join) ([]row, error) {
	edges := pairsort.New(f.dir, f.o.Memory/4)
	defer edges.Close()
	members := map[uint32]bool{}
	for _, j := range joins {
		members[j.a], members[j.b] = true, true
		if err := edges.Add(uint64(j.a)<<32|uint64(j.b), uint64(math.Float32bits(1))); err != nil {
			return nil, err
		}
	}
	c := &comparer{f: f}
	leaders, err := near.Groups(ctx, len(f.metas), edges, near.Rules{
		Dir: f.dir, Memory: f.o.Memory / 4, Center: f.longer, Vouched: 2, // nobody
		Belongs: func(center, at uint32) (bool, error) {
			if !f.metas[center].oneText(&f.metas[at]) {
				if err := f.fetch(ctx, []uint32{center, at}); err != nil {
					return false, err
				}
			}
			s, err := c.compare(center, at)
			return s.contained() >= centered, err
		},
	})
	if err != nil {
		return nil, err
	}
	ids := map[uint32]string{} // of old articles
	var rows []row
	for _, r := range f.rows {
		if members[r.at] {
			ids[r.at] = r.ArticleID
		} else {
			rows = append(rows, r)
		}
	}
	rows = append(rows, f.grouped(joins, leaders)...)
	if err := f.name(ctx, rows, ids); err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.at, b.at) })
	return rows, nil
}

// grouped makes the rows of groups, without the ids of the articles.
func (f *Finder) grouped(joins []join, leaders []uint32) (rows []row) {
	similarity := map[uint32]float32{}
	for _, j := range joins {
		if leaders[j.a] != leaders[j.b] {
			continue
		}
		s := f.shared(j.a, j.b, int(j.both))
		similarity[j.a] = max(similarity[j.a], share(s.both, s.a))
		similarity[j.b] = max(similarity[j.b], share(s.both, s.b))
	}
	// The first article of each group, by its leader; then the one that names it.
	earliest, named := map[uint32]uint32{}, map[uint32]uint32{}
	first := func(m map[uint32]uint32, at uint32) {
		if is, ok := m[leaders[at]]; !ok || f.earlier(at, is) < 0 {
			m[leaders[at]] = at
		}
	}
	for at := range similarity {
		first(earliest, at)
		if f.o.Known != nil && f.o.Known(f.metas[at].Key) {
			first(named, at)
		}
	}
	for at, s := range similarity {
		name, ok := named[leaders[at]]
		if !ok {
			name = earliest[leaders[at]]
		}
		rows = append(rows, row{at, output.CopyRow{CopyID: fmt.Sprintf("%016x", f.metas[name].Key), Similarity: s, IsEarliest: earliest[leaders[at]] == at}})
	}
	return rows
}

// name gives rows the ids of their articles.
func (f *Finder) name(ctx context.Context, rows []row, ids map[uint32]string) error {
	var want []uint32
	for i := range rows {
		r := &rows[i]
		if r.ArticleID == "" {
			r.ArticleID = ids[r.at]
		}
		if r.ArticleID == "" {
			want = append(want, r.at)
		}
	}
	slices.Sort(want)
	if err := f.fetch(ctx, want); err != nil {
		return err
	}
	var err error
	for i := range rows {
		if r := &rows[i]; r.ArticleID == "" {
			var e error
			r.ArticleID, e = f.id(r.at)
			err = errors.Join(err, e)
		}
	}
	return err
}

// id reads the id of an article back.
func (f *Finder) id(at uint32) (string, error) {
	r := io.NewSectionReader(f.files[idsFile], f.metas[at].id, math.MaxInt64-f.metas[at].id)
	var n [4]byte
	if _, err := io.ReadFull(r, n[:]); err != nil {
		return "", fmt.Errorf("find copies: %w", err)
	}
	b := make([]byte, binary.LittleEndian.Uint32(n[:]))
	if _, err := io.ReadFull(r, b); err != nil {
		return "", fmt.Errorf("find copies: %w", err)
	}
	return string(b), nil
}
