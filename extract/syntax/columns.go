package syntax

import (
	"fmt"
	"math/bits"

	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
)

// Columns is the width of the tables of tags and of relations: a cache line.
const Columns = 64

// The columns of the tables are in an order that puts tags, and relations,
// between which a decision often lies into the same eight columns: those are
// summed as one 64-bit word, and words without an allowed column not at all.
var tagOrder = [...]news.Tag{
	news.TagNN, news.TagNNP, news.TagNNS, news.TagNNPS, news.TagJJ, news.TagVB, news.TagVBP, news.TagVBZ,
	news.TagVBD, news.TagVBN, news.TagVBG, news.TagIN, news.TagRB, news.TagRP, news.TagJJR, news.TagJJS,
	news.TagDT, news.TagCD, news.TagPRP, news.TagPRPS, news.TagWDT, news.TagWP, news.TagRBR, news.TagCC,
	news.TagCOMMA, news.TagPERIOD, news.TagCOLON, news.TagOpenQuote, news.TagCloseQuote, news.TagLRB, news.TagRRB, news.TagHYPH,
	news.TagTO, news.TagMD, news.TagPOS, news.TagEX, news.TagWRB, news.TagUH, news.TagFW, news.TagPDT,
	news.TagSYM, news.TagNFP, news.TagADD, news.TagGW, news.TagXX, news.TagAFX, news.TagLS, news.TagDOLLAR,
	news.TagHASH, news.TagRBS, news.TagWPS,
}

// The root is no choice: it is what is left.
var relOrder = [...]news.Rel{
	news.RelNsubj, news.RelObj, news.RelObl, news.RelNmod, news.RelCompound, news.RelAmod, news.RelAdvmod, news.RelConj,
	news.RelCase, news.RelDet, news.RelMark, news.RelCc, news.RelAux, news.RelCop, news.RelPunct, news.RelNummod,
	news.RelCcomp, news.RelXcomp, news.RelAdvcl, news.RelAcl, news.RelAclRelcl, news.RelParataxis, news.RelAppos, news.RelNmodPoss,
	news.RelAuxPass, news.RelNsubjPass, news.RelFlat, news.RelOblUnmarked, news.RelNmodUnmarked, news.RelNmodDesc, news.RelOblAgent, news.RelDep,
	news.RelDiscourse, news.RelCompoundPrt, news.RelIobj, news.RelExpl, news.RelFixed, news.RelCsubj, news.RelDetPredet, news.RelNsubjOuter,
	news.RelList, news.RelVocative, news.RelGoeswith, news.RelAdvclRelcl, news.RelCcPreconj, news.RelReparandum, news.RelOrphan, news.RelCsubjPass,
	news.RelDislocated, news.RelCsubjOuter,
}

// All columns that stand for something.
const (
	AllTags = 1<<len(tagOrder) - 1
	AllRels = 1<<len(relOrder) - 1
)

var (
	tagColumn = func() (at [news.NumTags]uint8) {
		for c, t := range tagOrder {
			at[t] = uint8(c)
		}
		return at
	}()
	relColumn = func() (at [news.NumRels]uint8) {
		for c, r := range relOrder {
			at[r] = uint8(c)
		}
		return at
	}()
)

// TagColumn is the column of a tag's weights.
func TagColumn(t news.Tag) int { return int(tagColumn[t]) }

// ColumnTag is the tag of a column.
func ColumnTag(c int) news.Tag { return tagOrder[c] }

// RelColumn is the column of a relation's weights.
func RelColumn(r news.Rel) int { return int(relColumn[r]) }

// ColumnRel is the relation of a column.
func ColumnRel(c int) news.Rel { return relOrder[c] }

// RelSituations is the number of situations in which a relation is chosen:
// the two tags and which of them comes first.
const RelSituations = 2 * news.NumTags * news.NumTags

// RelSituation is the situation of an arc between two words of the
// transitions.
func (s *Sentence) RelSituation(head, dependent int32) int {
	h, d := s.Tags[s.parse.nodes[head].at], s.Tags[s.parse.nodes[dependent].at]
	k := int(h)*news.NumTags + int(d)
	if dependent < head {
		k += news.NumTags * news.NumTags
	}
	return k
}

// TagSituation is the situation of a tagging decision: the class of the word,
// 0 for an unknown one.
func (s *Sentence) TagSituation(i int) int { return int(s.words[i+2].entry.Class) }

// encodeAllowed makes a section of masks of columns.
func encodeAllowed(masks []uint64) []byte {
	halves := make([]uint32, 0, 2*len(masks))
	for _, m := range masks {
		halves = append(halves, uint32(m), uint32(m>>32))
	}
	return model.EncodeUint32s(halves)
}

// decodeAllowed reads masks, none of them empty, of the columns in all.
func decodeAllowed(all uint64) func(b []byte) ([]uint64, error) {
	return func(b []byte) ([]uint64, error) {
		halves, err := model.DecodeUint32s(b)
		if err != nil {
			return nil, err
		}
		if len(halves)%2 != 0 {
			return nil, fmt.Errorf("%w: half a mask", model.ErrDamaged)
		}
		masks := make([]uint64, len(halves)/2)
		for i := range masks {
			masks[i] = uint64(halves[2*i]) | uint64(halves[2*i+1])<<32
			if masks[i] == 0 || masks[i]&^all != 0 {
				return nil, fmt.Errorf("%w: columns %#x of %d", model.ErrDamaged, masks[i], bits.OnesCount64(all))
			}
		}
		return masks, nil
	}
}
