package syntax

import (
	"fmt"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
)

// Entry is what the lexicon knows of a word: numbers learned from text. The
// zero Entry stands for every word it does not have.
type Entry struct {
	Class   uint16      // which tags the word takes, as one number; 0: unknown
	Cluster uint16      // words of one cluster stand among like words; 0: unknown
	Group   uint8       // clusters of one group are alike; 0: unknown
	Capital uint8       // how the word is mostly written, as one number; 0: unknown
	Fixed   [2]news.Tag // the only tag of the word in lower case and with a capital first letter alone; NoTag: several
}

// Lexicon finds the Entry of a word by its hash.
type Lexicon struct {
	index   *linear.Index
	entries []Entry // [0] is the unknown word's
}

// NewLexicon makes a lexicon of the words with these hashes (WordHash).
func NewLexicon(hashes []uint64, entries []Entry) (*Lexicon, error) {
	index, err := linear.NewIndex(hashes)
	if err != nil {
		return nil, fmt.Errorf("make lexicon: %w", err)
	}
	return &Lexicon{index, append([]Entry{{}}, entries...)}, nil
}

func (x *Lexicon) entry(hash uint64) Entry { return x.entries[x.index.Row(hash)] }

// encodeLexicon makes sections of a lexicon's hashes and entries.
func encodeLexicon(f *model.File, hashes []uint64, entries []Entry) {
	var halves, packed []uint32
	for i, e := range entries {
		halves = append(halves, uint32(hashes[i]), uint32(hashes[i]>>32))
		packed = append(packed, uint32(e.Class)|uint32(e.Cluster)<<16, uint32(e.Fixed[0])|uint32(e.Fixed[1])<<8|uint32(e.Group)<<16|uint32(e.Capital)<<24)
	}
	f.Put("lexicon.hashes", model.EncodeUint32s(halves))
	f.Put("lexicon.entries", model.EncodeUint32s(packed))
}

func decodeLexicon(f *model.File) (*Lexicon, error) {
	halves, err := section(f, "lexicon.hashes", model.DecodeUint32s)
	if err != nil {
		return nil, err
	}
	packed, err := section(f, "lexicon.entries", model.DecodeUint32s)
	if err != nil {
		return nil, err
	}
	if len(halves) != len(packed) || len(halves)%2 != 0 {
		return nil, fmt.Errorf("read lexicon: %w: %d hashes, %d entries", model.ErrDamaged, len(halves)/2, len(packed)/2)
	}
	hashes := make([]uint64, len(halves)/2)
	entries := make([]Entry, len(hashes))
	for i := range hashes {
		hashes[i] = uint64(halves[2*i]) | uint64(halves[2*i+1])<<32
		a, b := packed[2*i], packed[2*i+1]
		entries[i] = Entry{
			Class: uint16(a), Cluster: uint16(a >> 16), Group: uint8(b >> 16), Capital: uint8(b >> 24),
			Fixed: [2]news.Tag{news.Tag(uint8(b)), news.Tag(uint8(b >> 8))},
		}
		if int(entries[i].Fixed[0]) >= news.NumTags || int(entries[i].Fixed[1]) >= news.NumTags {
			return nil, fmt.Errorf("read lexicon: %w: no such tag", model.ErrDamaged)
		}
	}
	x, err := NewLexicon(hashes, entries)
	if err != nil {
		return nil, fmt.Errorf("read lexicon: %w: %w", model.ErrDamaged, err)
	}
	return x, nil
}

// section decodes one section of f and names it in errors.
func section[T any](f *model.File, name string, decode func([]byte) (T, error)) (T, error) {
	var none T
	b, err := f.Get(name)
	if err != nil {
		return none, err
	}
	v, err := decode(b)
	if err != nil {
		return none, fmt.Errorf("section %q: %w", name, err)
	}
	return v, nil
}
