package news

// Tag is a Penn Treebank part of speech, with the additions of the English Web
// Treebank (ADD, AFX, GW, HYPH, NFP, XX). The zero Tag is "not tagged".
type Tag uint8

// The tags.
const (
	NoTag Tag = iota
	TagCC
	TagCD
	TagDT
	TagEX
	TagFW
	TagIN
	TagJJ
	TagJJR
	TagJJS
	TagLS
	TagMD
	TagNN
	TagNNP
	TagNNPS
	TagNNS
	TagPDT
	TagPOS
	TagPRP
	TagPRPS
	TagRB
	TagRBR
	TagRBS
	TagRP
	TagSYM
	TagTO
	TagUH
	TagVB
	TagVBD
	TagVBG
	TagVBN
	TagVBP
	TagVBZ
	TagWDT
	TagWP
	TagWPS
	TagWRB
	TagHASH
	TagDOLLAR
	TagCloseQuote
	TagOpenQuote
	TagCOMMA
	TagPERIOD
	TagCOLON
	TagLRB
	TagRRB
	TagADD
	TagAFX
	TagGW
	TagHYPH
	TagNFP
	TagXX

	NumTags = int(iota)
)

// Rel is a relation of Universal Dependencies v2 for English. The zero Rel is
// "not parsed".
type Rel uint8

// The relations.
const (
	NoRel Rel = iota
	RelRoot
	RelAcl
	RelAclRelcl
	RelAdvcl
	RelAdvclRelcl
	RelAdvmod
	RelAmod
	RelAppos
	RelAux
	RelAuxPass
	RelCase
	RelCc
	RelCcPreconj
	RelCcomp
	RelCompound
	RelCompoundPrt
	RelConj
	RelCop
	RelCsubj
	RelCsubjOuter
	RelCsubjPass
	RelDep
	RelDet
	RelDetPredet
	RelDiscourse
	RelDislocated
	RelExpl
	RelFixed
	RelFlat
	RelGoeswith
	RelIobj
	RelList
	RelMark
	RelNmod
	RelNmodDesc
	RelNmodPoss
	RelNmodUnmarked
	RelNsubj
	RelNsubjOuter
	RelNsubjPass
	RelNummod
	RelObj
	RelObl
	RelOblAgent
	RelOblUnmarked
	RelOrphan
	RelParataxis
	RelPunct
	RelReparandum
	RelVocative
	RelXcomp

	NumRels = int(iota)
)

var tagNames = [NumTags]string{"", "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "LS", "MD", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "#", "$", "''", "``", ",", ".", ":", "-LRB-", "-RRB-", "ADD", "AFX", "GW", "HYPH", "NFP", "XX"}

var relNames = [NumRels]string{"", "root", "acl", "acl:relcl", "advcl", "advcl:relcl", "advmod", "amod", "appos", "aux", "aux:pass", "case", "cc", "cc:preconj", "ccomp", "compound", "compound:prt", "conj", "cop", "csubj", "csubj:outer", "csubj:pass", "dep", "det", "det:predet", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod", "nmod:desc", "nmod:poss", "nmod:unmarked", "nsubj", "nsubj:outer", "nsubj:pass", "nummod", "obj", "obl", "obl:agent", "obl:unmarked", "orphan", "parataxis", "punct", "reparandum", "vocative", "xcomp"}

// Verb reports a verb form; a modal is none.
func (t Tag) Verb() bool { return t >= TagVB && t <= TagVBZ }

// Finite reports a verb form that a clause can have for its verb, a modal
// included.
func (t Tag) Finite() bool { return t == TagVBD || t == TagVBZ || t == TagVBP || t == TagMD }

// Noun reports a noun, common or proper.
func (t Tag) Noun() bool { return t == TagNN || t == TagNNS || t == TagNNP || t == TagNNPS }

// Subject reports the relation of a subject that is no clause.
func (r Rel) Subject() bool { return r == RelNsubj || r == RelNsubjPass || r == RelNsubjOuter }

func (t Tag) String() string { return tagNames[t] }
func (r Rel) String() string { return relNames[r] }

// ParseTag finds a tag by its treebank name; ok is false for a name that is
// not one.
func ParseTag(name string) (t Tag, ok bool) {
	for i := 1; i < NumTags; i++ {
		if tagNames[i] == name {
			return Tag(i), true
		}
	}
	return NoTag, false
}

// ParseRel finds a relation by its treebank name; ok is false for a name that
// is not one.
func ParseRel(name string) (r Rel, ok bool) {
	for i := 1; i < NumRels; i++ {
		if relNames[i] == name {
			return Rel(i), true
		}
	}
	return NoRel, false
}
