package quotations

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"

	"github.com/whosaid/whosaid/pipeline/corpus/near"
	"github.com/whosaid/whosaid/pipeline/corpus/segments"
)

// Statement is a row of quotes with what was found out about its speaker and
// its article.
type Statement struct {
	QuoteID, ArticleID string
	Text               string
	Type               string // quotes.type
	Person             string // people.person_id; empty when unknown
	Published          *int64 // microseconds since 1970
	Outlet             string
	Copy               string // copies.copy_id of the article, if it has copies
}

const (
	typeDirect   = "direct"
	typeIndirect = "indirect"
)

// meta is what is kept in memory of a statement: 48 bytes.
type meta struct {
	near.Item
	record  int64  // place in the file of records, of one that was added
	words   uint32 // where its words are among those of all, in words
	article uint32 // hash of the article
	text    uint32 // hash of the article's copy_id, or of the article
	about   uint32 // outlet, and directBit
}

// directBit is set where a statement has words in quotation marks.
const directBit = 1

func (m *meta) direct() bool { return m.about&directBit != 0 }

// outlet is a hash; 0 unknown.
func (m *meta) outlet() uint32 { return m.about &^ directBit }

func directOf(direct bool) uint32 {
	if direct {
		return directBit
	}
	return 0
}

// article is what the statements of one article have in common.
type article struct {
	key        uint64
	outlet     uint32
	day        int32
	statements uint32
}

// metas are kept in blocks, so that nothing is copied as they grow.
type metas struct {
	blocks [][]meta
	n      int
}

const metaBlock = 1 << 14

func (s *metas) add(m meta) {
	if s.n%metaBlock == 0 {
		s.blocks = append(s.blocks, make([]meta, 0, metaBlock))
	}
	last := &s.blocks[len(s.blocks)-1]
	*last = append(*last, m)
	s.n++
}

func (s *metas) at(i uint32) *meta { return &s.blocks[i/metaBlock][i%metaBlock] }

// store keeps statements on disk, what is compared apart from what is told of
// them, and a short record of each in memory. Of those that a run before kept,
// which come first, it knows what is compared alone.
type store struct {
	metas         metas
	kept          int              // statements
	keptWords     *segments.Column // of these
	nKept         uint32           // words there
	articles      []article        // of those that were added
	words, record *bufio.Writer
	files         []*os.File
	nWords        uint32 // of all
	offset        int64
	reader        reader
	buf           []byte
	shingles      int64
	counts        [1 << countBits]uint32 // statements with a content word, by its hash
	distinct      []word
}

// countBits is the logarithm of the number of words that are told apart in
// counting how many statements have them.
const countBits = 20

// count counts the statement for each of its content words.
func (s *store) count(words []word) {
	s.distinct = append(s.distinct[:0], words...)
	slices.Sort(s.distinct)
	for _, w := range slices.Compact(s.distinct) {
		if w.content() {
			s.counts[w>>(32-countBits)]++
		}
	}
}

// information is how much it tells that two statements share a word: the
// logarithm of the share of statements without it. A small corpus tells little
// of how rare a word is, so some statements are supposed beside it.
func (s *store) information(w word) float64 {
	const supposed, seen = 5000, 2
	if !w.content() {
		return 0
	}
	return math.Log(float64(s.metas.n+supposed) / (float64(s.counts[w>>(32-countBits)]) + seen))
}

// openStore makes the two files in dir.
func openStore(dir string) (*store, error) {
	s := &store{}
	for _, name := range []string{"words", "records"} {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("keep statements: %w", err), s.close())
		}
		s.files = append(s.files, f)
	}
	s.words, s.record = bufio.NewWriterSize(s.files[0], 1<<20), bufio.NewWriterSize(s.files[1], 1<<20)
	return s, nil
}

func (s *store) close() error {
	var err error
	for _, f := range s.files {
		err = errors.Join(err, f.Close(), os.Remove(f.Name()))
	}
	s.files = nil
	return err
}

// maxWords are the words of a statement that are compared; the rest of a
// speech counts in no comparison.
const maxWords = 4000

func (s *store) add(st *Statement) error {
	words, exact := s.reader.read(st.Text, maxWords)
	if s.metas.n == math.MaxInt32 || uint64(s.nWords)+uint64(len(words)) > math.MaxUint32 {
		return fmt.Errorf("link quotations: more than %d statements or %d words; link the partitions in several runs", math.MaxInt32, uint32(math.MaxUint32))
	}
	m := meta{
		Item:   near.Item{Key: key(st.ArticleID, st.QuoteID), Exact: uint32(exact), Day: near.NoDay, Size: uint32(len(words))},
		record: s.offset, words: s.nWords, about: directOf(st.Type != typeIndirect),
	}
	m.Speaker = speakerOf(st.Person)
	s.of(st).lend(&m, st.Copy)
	s.buf = s.buf[:0]
	for _, w := range words {
		s.buf = binary.LittleEndian.AppendUint32(s.buf, uint32(w))
	}
	if _, err := s.words.Write(s.buf); err != nil {
		return fmt.Errorf("keep statements: %w", err)
	}
	s.nWords += uint32(len(words))
	s.count(words)
	s.buf = appendStatement(s.buf[:0], st)
	if _, err := s.record.Write(s.buf); err != nil {
		return fmt.Errorf("keep statements: %w", err)
	}
	s.offset += int64(len(s.buf))
	if cap(s.buf) > 1<<20 {
		s.buf = nil
	}
	s.metas.add(m)
	s.shingles += int64(2 * len(words))
	return nil
}

// of is the article of a statement that is added.
func (s *store) of(st *Statement) *article {
	id := key(st.ArticleID)
	if n := len(s.articles); n == 0 || s.articles[n-1].key != id {
		a := article{key: id, day: near.DayOf(st.Published)}
		if st.Outlet != "" {
			a.outlet = max(directBit+1, uint32(key(st.Outlet))&^directBit)
		}
		s.articles = append(s.articles, a)
	}
	a := &s.articles[len(s.articles)-1]
	a.statements++
	return a
}

// lend gives a statement what its article is, which may have a copy_id.
func (a *article) lend(m *meta, copyID string) {
	m.article, m.about, m.Day = uint32(a.key), m.about|a.outlet, a.day
	m.text = m.article
	if copyID != "" {
		m.text = uint32(key("copy", copyID))
	}
}

// speakerOf is a hash of a person_id; 0 where there is none.
func speakerOf(person string) uint32 {
	if person == "" {
		return 0
	}
	return max(1, uint32(key(person)))
}

func (s *store) informationOf(words []word) (sum float64) {
	for _, w := range words {
		sum += s.information(w)
	}
	return sum
}

// done ends the adding.
func (s *store) done() error {
	if err := errors.Join(s.words.Flush(), s.record.Flush()); err != nil {
		return fmt.Errorf("keep statements: %w", err)
	}
	return nil
}

// wordsOf reads the words of a statement into buf. Safe for concurrent use.
func (s *store) wordsOf(at uint32, buf *wordBuffer) ([]word, error) {
	m := s.metas.at(at)
	n := int(m.Size)
	buf.bytes = slices.Grow(buf.bytes[:0], 4*n)[:4*n]
	from, start := s.place(m.words, at)
	if _, err := from.ReadAt(buf.bytes, start); err != nil {
		return nil, fmt.Errorf("read kept statements: %w", err)
	}
	return buf.decode(n), nil
}

// place is where words of a statement stand.
func (s *store) place(words, at uint32) (io.ReaderAt, int64) {
	if int(at) < s.kept {
		return s.keptWords, 4 * int64(words)
	}
	return s.files[0], 4 * int64(words-s.nKept)
}

type wordBuffer struct {
	bytes []byte
	words []word
}

func (b *wordBuffer) decode(n int) []word {
	b.words = slices.Grow(b.words[:0], n)[:n]
	for i := range b.words {
		b.words[i] = word(binary.LittleEndian.Uint32(b.bytes[4*i:]))
	}
	return b.words
}

// eachWords calls f with the words of statements from first to behind last, in
// order: all of them kept, or none.
func (s *store) eachWords(first, last uint32, f func(at uint32, words []word) error) error {
	if first == last {
		return nil
	}
	from, start := s.place(s.metas.at(first).words, first)
	r := bufio.NewReaderSize(io.NewSectionReader(from, start, math.MaxInt64-start), 1<<18)
	var buf wordBuffer
	for at := first; at < last; at++ {
		n := int(s.metas.at(at).Size)
		buf.bytes = slices.Grow(buf.bytes[:0], 4*n)[:4*n]
		if _, err := io.ReadFull(r, buf.bytes); err != nil {
			return fmt.Errorf("read kept statements: %w", err)
		}
		if err := f(at, buf.decode(n)); err != nil {
			return err
		}
	}
	return nil
}

// appendStatement encodes a statement: strings with their lengths.
func appendStatement(dst []byte, st *Statement) []byte {
	for _, t := range []string{st.QuoteID, st.ArticleID, st.Text, st.Type, st.Person, st.Outlet, st.Copy} {
		dst = binary.AppendUvarint(dst, uint64(len(t)))
		dst = append(dst, t...)
	}
	if st.Published == nil {
		return append(dst, 0)
	}
	return binary.AppendVarint(append(dst, 1), *st.Published)
}

// statement reads a statement back that was added.
func (s *store) statement(at uint32) (*Statement, error) {
	start, end := s.metas.at(at).record, s.offset
	if int(at)+1 < s.metas.n {
		end = s.metas.at(at + 1).record
	}
	b := make([]byte, end-start)
	if _, err := s.files[1].ReadAt(b, start); err != nil {
		return nil, fmt.Errorf("read kept statements: %w", err)
	}
	st := &Statement{}
	for _, t := range []*string{&st.QuoteID, &st.ArticleID, &st.Text, &st.Type, &st.Person, &st.Outlet, &st.Copy} {
		n, k := binary.Uvarint(b)
		if k <= 0 || uint64(len(b)-k) < n {
			return nil, errKept
		}
		*t, b = string(b[k:k+int(n)]), b[k+int(n):]
	}
	if len(b) == 0 {
		return nil, errKept
	}
	if b[0] == 1 {
		at, k := binary.Varint(b[1:])
		if k <= 0 {
			return nil, errKept
		}
		st.Published = &at
	}
	return st, nil
}

var errKept = errors.New("read kept statements: the file was changed while it was used")
