package quotations

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/whosaid/whosaid/pipeline/corpus/near"
	"github.com/whosaid/whosaid/pipeline/corpus/segments"
	"github.com/whosaid/whosaid/pipeline/corpus/step"
)

// What a run keeps for the next: the words of each statement, a record of it
// and one of each article, in columns that grow; and how many statements have
// each word. None of it changes, for groups stay together, nor do the ids of
// speakers that became another's, which are read as what they are now.
const (
	wordsColumn      = "words"
	statementsColumn = "statements"
	articlesColumn   = "articles"
	countsName       = "counts"

	statementBytes = 24
	articleBytes   = 20
)

// note is what changes.
type note struct {
	// Rows of the parts of the two tables.
	Quotations, Links []int64
	// Several are the quotations that are in several articles.
	Several int64
}

// changes are what this run, before this step, made another of what the run
// before had.
type changes struct {
	copies  map[uint64]string // copy_id of the articles that have any, by a hash of their id
	moved   map[uint64]bool   // articles whose copy_id is another, or none, now, where that counts
	renamed map[string]string // what ids of persons that are another's are now
	persons map[uint32]uint32 // the same of their hashes
	fresh   map[uint32]bool   // those of them that became so in this run
}

// load begins with the statements that the run before kept.
func (l *Linker) load(in *step.Input, kept *segments.Store, c *changes) (err error) {
	s := l.store
	var records, articles *segments.Column
	for name, column := range map[string]**segments.Column{wordsColumn: &s.keptWords, statementsColumn: &records, articlesColumn: &articles} {
		if *column, err = kept.Column(name); err != nil {
			return err
		}
	}
	from, of := bufio.NewReaderSize(records.Reader(0), 1<<18), bufio.NewReaderSize(articles.Reader(0), 1<<18)
	u32, u64 := binary.LittleEndian.Uint32, binary.LittleEndian.Uint64
	var b [statementBytes]byte
	l.names = make([]uint32, 0, kept.Items())
	for {
		if _, err := io.ReadFull(of, b[:articleBytes]); err == io.EOF {
			break
		} else if err != nil {
			return fmt.Errorf("read what the run before kept: %w", err)
		}
		a := article{u64(b[:]), u32(b[8:]), int32(u32(b[12:])), u32(b[16:])}
		for range a.statements {
			if _, err := io.ReadFull(from, b[:]); err != nil {
				return fmt.Errorf("read what the run before kept: %w", err)
			}
			size := u32(b[16:])
			m := meta{Item: near.Item{Key: u64(b[:]), Exact: u32(b[8:]), Speaker: u32(b[12:]), Size: size >> 1}, words: s.nWords, about: size & directBit}
			a.lend(&m, c.copies[a.key])
			if now, ok := c.persons[m.Speaker]; ok {
				if c.fresh[m.Speaker] {
					l.revised = append(l.revised, uint32(s.metas.n))
				}
				m.Speaker = now
			}
			if c.moved[a.key] {
				l.revised = append(l.revised, uint32(s.metas.n))
			}
			l.names = append(l.names, u32(b[20:]))
			s.nWords += m.Size
			s.metas.add(m)
		}
	}
	s.kept, s.nKept = s.metas.n, s.nWords
	if slices.ContainsFunc(l.names, func(name uint32) bool { return int(name) >= s.kept }) {
		return errors.New("read what the run before kept: a group without a name")
	}
	if int64(s.kept) != kept.Items() || 4*int64(s.nKept) != s.keptWords.Size() {
		return errors.New("read what the run before kept: columns of several lengths")
	}
	return s.loadCounts(in)
}

// loadCounts reads how many statements have each word: how many words none
// has, then how many statements the next one.
func (s *store) loadCounts(in *step.Input) error {
	f, err := in.State(countsName)
	if f == nil || err != nil {
		return err
	}
	r := bufio.NewReaderSize(f, 1<<18)
	at := uint64(0)
	for err == nil {
		var gap, n uint64
		if gap, err = binary.ReadUvarint(r); err != nil {
			break
		}
		if n, err = binary.ReadUvarint(r); err == nil {
			if at += gap; at >= uint64(len(s.counts)) {
				err = errors.New("a word that there is not")
				break
			}
			s.counts[at] = uint32(n)
			at++
		}
	}
	if err == io.EOF {
		err = nil
	}
	if err := cmp.Or(err, f.Close()); err != nil {
		return fmt.Errorf("read what the run before kept: %w", err)
	}
	return nil
}

func (s *store) saveCounts(out *step.Output) error {
	w, err := out.State(countsName)
	if err != nil {
		return err
	}
	var b []byte
	gap := uint64(0)
	for _, n := range s.counts {
		if n == 0 {
			gap++
			continue
		}
		b = binary.AppendUvarint(binary.AppendUvarint(b[:0], gap), uint64(n))
		if _, err := w.Write(b); err != nil {
			return err
		}
		gap = 0
	}
	return nil
}

// save keeps what the next run begins with.
func (x *groups) save(out *step.Output, kept *segments.Store, n *note) error {
	s := x.l.store
	if err := s.saveCounts(out); err != nil {
		return err
	}
	u32, u64 := binary.LittleEndian.AppendUint32, binary.LittleEndian.AppendUint64
	var b []byte
	words := segments.Added{Column: wordsColumn, Write: func(w io.Writer) error {
		_, err := io.Copy(w, io.NewSectionReader(s.files[0], 0, 4*int64(s.nWords-s.nKept)))
		return err
	}}
	statements := segments.Added{Column: statementsColumn, Write: func(w io.Writer) error {
		for i := s.kept; i < s.metas.n; i++ {
			m := s.metas.at(uint32(i))
			size := m.Size<<1 | m.about&directBit
			b = u32(u32(u32(u32(u64(b[:0], m.Key), m.Exact), m.Speaker), size), x.name(x.leaders[i]))
			if _, err := w.Write(b); err != nil {
				return err
			}
		}
		return nil
	}}
	articles := segments.Added{Column: articlesColumn, Write: func(w io.Writer) error {
		for _, a := range s.articles {
			b = u32(u32(u32(u64(b[:0], a.key), a.outlet), uint32(a.day)), a.statements)
			if _, err := w.Write(b); err != nil {
				return err
			}
		}
		return nil
	}}
	return kept.Save(out, int64(s.metas.n-s.kept), n, words, statements, articles)
}
