package entity

import (
	"fmt"

	"github.com/whosaid/whosaid/extract/linear"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
)

// Gazette is what lists know of a word: in the lower bits which lists it is
// in, above them what it mostly is in annotated news.
type Gazette uint16

// The lists of a Gazette.
const (
	ListGiven   Gazette = 1 << iota // a first name
	ListCountry                     // a word of a country's or capital's name
	ListDemonym                     // a word for a nation's people
	ListTitle                       // an office, honour or form of address
	ListForeign                     // a first name somewhere in the world
	ListSurname                     // a surname somewhere in the world
	ListCity                        // a word that is a city's whole name
	listBits    = 7
	sexBits     = 14
)

// Prior is what a word mostly is in annotated news, as training counted: 0
// where it was not seen.
func (g Gazette) Prior() uint16 { return uint16(g&(1<<sexBits-1)) >> listBits }

// WithSex is g with the gender that a first name tells: 1 female, 2 male.
func (g Gazette) WithSex(s uint16) Gazette { return g | Gazette(s<<sexBits) }

// Sex is the gender that a first name tells.
func (g Gazette) Sex() news.Gender {
	switch g >> sexBits {
	case 1:
		return news.Female
	case 2:
		return news.Male
	}
	return news.GenderUnknown
}

// WithPrior is g with a prior.
func (g Gazette) WithPrior(p uint16) Gazette {
	return g&^(1<<sexBits-1<<listBits) | Gazette(p<<listBits)
}

// Gazetteer finds the Gazette of words and the kinds of whole names by hash.
type Gazetteer struct {
	index   *linear.Index
	entries []Gazette
}

// NewGazetteer makes a gazetteer of words (their hashes in lower case) and
// whole names (PhraseHash), whose entries are kinds.
func NewGazetteer(hashes []uint64, entries []Gazette) (*Gazetteer, error) {
	x, err := linear.NewIndex(hashes)
	if err != nil {
		return nil, fmt.Errorf("make gazetteer: %w", err)
	}
	return &Gazetteer{x, append([]Gazette{0}, entries...)}, nil
}

// Word is the entry of a word.
func (g *Gazetteer) Word(hash uint64) Gazette { return g.entries[g.index.Row(hash)] }

// phraseSeed begins the hash of a name of several words.
const phraseSeed = 0x5bd1e995

// PhraseHash goes on with the hash of a name, phraseSeed at its start, by a word.
func phraseHash(h, word uint64) uint64 { return linear.Join(h, word) }

// PhraseHash is the hash of a whole name by the hashes of its words.
func PhraseHash(words []uint64) uint64 {
	h := uint64(phraseSeed)
	for _, w := range words {
		h = phraseHash(h, w)
	}
	return h
}

// Put puts the gazetteer's words into a model file.
func PutGazetteer(f *model.File, hashes []uint64, entries []Gazette) {
	var halves, packed []uint32
	for i, h := range hashes {
		halves = append(halves, uint32(h), uint32(h>>32))
		packed = append(packed, uint32(entries[i]))
	}
	f.Put("gazetteer.hashes", model.EncodeUint32s(halves))
	f.Put("gazetteer.entries", model.EncodeUint32s(packed))
}

func decodeGazetteer(f *model.File) (*Gazetteer, error) {
	halves, err := numbers(f, "gazetteer.hashes")
	if err != nil {
		return nil, err
	}
	packed, err := numbers(f, "gazetteer.entries")
	if err != nil {
		return nil, err
	}
	if len(halves) != 2*len(packed) {
		return nil, fmt.Errorf("read gazetteer: %w: %d hashes, %d entries", model.ErrDamaged, len(halves)/2, len(packed))
	}
	hashes, entries := make([]uint64, len(packed)), make([]Gazette, len(packed))
	for i := range hashes {
		hashes[i] = uint64(halves[2*i]) | uint64(halves[2*i+1])<<32
		entries[i] = Gazette(packed[i])
	}
	g, err := NewGazetteer(hashes, entries)
	if err != nil {
		return nil, fmt.Errorf("read gazetteer: %w: %w", model.ErrDamaged, err)
	}
	return g, nil
}

func numbers(f *model.File, name string) ([]uint32, error) {
	b, err := f.Get(name)
	if err != nil {
		return nil, err
	}
	v, err := model.DecodeUint32s(b)
	if err != nil {
		return nil, fmt.Errorf("section %q: %w", name, err)
	}
	return v, nil
}
