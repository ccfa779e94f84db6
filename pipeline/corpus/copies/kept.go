package copies

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline/corpus/near"
	"github.com/whosaid/whosaid/pipeline/corpus/segments"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// What a run keeps for the next: a record of each article and its sample, in
// columns that grow, and all joins.
const (
	articlesColumn = "articles"
	samplesColumn  = "samples"
	joinsName      = "joins"

	articleBytes = 40
	joinBytes    = 12
)

func (m *meta) encode(b []byte) []byte {
	b = binary.LittleEndian.AppendUint64(b, m.Key)
	b = binary.LittleEndian.AppendUint64(b, uint64(m.published))
	b = binary.LittleEndian.AppendUint64(b, uint64(m.place))
	for _, n := range []uint32{m.Exact, m.Size, m.runs, m.sampled} {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return b
}

func decodeMeta(b []byte) meta {
	u64, u32 := binary.LittleEndian.Uint64, binary.LittleEndian.Uint32
	m := meta{
		Item: near.Item{Key: u64(b), Day: near.NoDay, Exact: u32(b[24:]), Size: u32(b[28:])}, published: int64(u64(b[8:])),
		place: step.Place(u64(b[16:])), runs: u32(b[32:]), sampled: u32(b[36:]), at: absent, id: absent,
	}
	if m.published != unpublished {
		m.Day = near.DayOf(&m.published)
	}
	return m
}

// records reads records of so many bytes to the end.
func records(r io.Reader, size int, visit func([]byte)) error {
	in, b := bufio.NewReaderSize(r, 1<<18), make([]byte, size)
	for {
		switch _, err := io.ReadFull(in, b); err {
		case nil:
			visit(b)
		case io.EOF:
			return nil
		default:
			return fmt.Errorf("read what the run before kept: %w", err)
		}
	}
}

// load begins with what the run before kept, and with its table.
func (f *Finder) load(in *step.Input, kept *segments.Store) error {
	articles, err := kept.Column(articlesColumn)
	if err != nil {
		return err
	}
	if f.samples, err = kept.Column(samplesColumn); err != nil {
		return err
	}
	f.metas = make([]meta, 0, kept.Items())
	if err := records(articles.Reader(0), articleBytes, func(b []byte) { f.metas = append(f.metas, decodeMeta(b)) }); err != nil {
		return err
	}
	f.old = len(f.metas)
	joins, err := in.State(joinsName)
	if joins == nil || err != nil {
		return err
	}
	member := map[uint64]uint32{}
	var most uint32
	err = records(joins, joinBytes, func(b []byte) {
		j := join{binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint32(b[4:]), binary.LittleEndian.Uint32(b[8:])}
		f.joins = append(f.joins, j)
		most = max(most, j.a, j.b)
		if int(most) < f.old {
			member[f.metas[j.a].Key], member[f.metas[j.b].Key] = j.a, j.b
		}
	})
	if err := cmp.Or(err, joins.Close()); err != nil {
		return err
	}
	if int(most) >= max(f.old, 1) {
		return fmt.Errorf("read what the run before kept: there is no article %d", most)
	}
	known := map[uint64]bool{}
	f.o.Known = func(id uint64) bool { return known[id] }
	return step.Rows(in.Previous, func(r *output.CopyRow) error {
		id, err := strconv.ParseUint(r.CopyID, 16, 64)
		if err != nil {
			return fmt.Errorf("copy_id %q of the run before: %w", r.CopyID, err)
		}
		at, ok := member[articleKey(r.ArticleID)]
		if !ok {
			return fmt.Errorf("article %q has a copy_id, and the run before kept nothing of it (whosaid verify tells more)", r.ArticleID)
		}
		known[id] = true
		f.rows = append(f.rows, row{at, *r})
		return nil
	})
}

// save keeps what the next run begins with.
func (f *Finder) save(out *step.Output, kept *segments.Store) error {
	w, err := out.State(joinsName)
	if err != nil {
		return err
	}
	var b []byte
	for _, j := range f.joins {
		b = b[:0]
		for _, n := range []uint32{j.a, j.b, j.both} {
			b = binary.LittleEndian.AppendUint32(b, n)
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	fresh := f.metas[f.old:]
	return kept.Save(out, int64(len(fresh)), struct{}{}, segments.Added{Column: articlesColumn, Write: func(w io.Writer) error {
		for i := range fresh {
			b = fresh[i].encode(b[:0])
			if _, err := w.Write(b); err != nil {
				return err
			}
		}
		return nil
	}}, segments.Added{Column: samplesColumn, Write: func(w io.Writer) error {
		_, err := io.Copy(w, io.NewSectionReader(f.files[samplesFile], 0, f.files[samplesFile].end))
		return err
	}})
}
