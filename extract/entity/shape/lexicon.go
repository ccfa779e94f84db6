package shape

import (
	_ "embed"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// lexiconText is compiled by train.NameLexicon; sources and licences stand
// in its comment lines.
//
//go:embed lexicon.txt
var lexiconText string

// lexicon holds every word list of the stage. It is read-only once made.
type lexicon struct {
	first    map[string]int8 // first name, folded -> share of women in ninths
	given    map[string]bool // first words of names in world news
	nickname map[string][]string
	place    map[string]bool
	nation   map[string]bool
	orgWord  map[string]bool // words nearly always found in organizations' names
	common   map[string]bool // words seldom part of a name

	honorific, title, role, group, orgNoun, document map[string]bool
	orgKey, orgOf, placeKey, metonym, notName        map[string]bool
	startStop, particle, suffix, outletTail, say     map[string]bool
	campaign, family                                 map[string]bool
	sex                                              map[string]int8 // 1 female, -1 male
	lists                                            map[string]list // the lists that each word stands in
}

// list is a set of word lists, as bits.
type list uint32

// The lists that a token is looked up in once, when it is first met.
const (
	lexHonorific list = 1 << iota
	lexTitle
	lexRole
	lexGroup
	lexOrgNoun
	lexDocument
	lexOrgKey
	lexOrgOf
	lexPlaceKey
	lexNotName
	lexStartStop
	lexParticle
	lexSuffix
	lexOutletTail
	lexSay
	lexCampaign
	lexFamily
	lexCommon
	lexPlace
	lexNation
	lexOrgWord
	lexGiven
	lexFirst // isFirst
)

// index notes for every word of the lists in which of them it stands.
func (l *lexicon) index() {
	l.lists = map[string]list{}
	for _, s := range []struct {
		bit   list
		words map[string]bool
	}{
		{lexHonorific, l.honorific},
		{lexTitle, l.title},
		{lexRole, l.role},
		{lexGroup, l.group},
		{lexOrgNoun, l.orgNoun},
		{lexDocument, l.document},
		{lexOrgKey, l.orgKey},
		{lexOrgOf, l.orgOf},
		{lexPlaceKey, l.placeKey},
		{lexNotName, l.notName},
		{lexStartStop, l.startStop},
		{lexParticle, l.particle},
		{lexSuffix, l.suffix},
		{lexOutletTail, l.outletTail},
		{lexSay, l.say},
		{lexCampaign, l.campaign},
		{lexFamily, l.family},
		{lexCommon, l.common},
		{lexPlace, l.place},
		{lexNation, l.nation},
		{lexOrgWord, l.orgWord},
		{lexGiven, l.given},
	} {
		for w := range s.words {
			l.lists[w] |= s.bit
		}
	}
	for w := range l.first {
		l.lists[w] |= 0
	}
	for _, w := range []string{"april", "june", "august", "dean", "don"} {
		l.lists[w] |= 0
	}
	for w := range l.lists {
		if l.isFirst(w) {
			l.lists[w] |= lexFirst
		}
	}
}

// newLexicon reads the compiled lists and our own.
func newLexicon() (*lexicon, error) {
	l := &lexicon{
		first: map[string]int8{}, given: map[string]bool{}, nickname: map[string][]string{}, place: map[string]bool{},
		nation: map[string]bool{}, orgWord: map[string]bool{}, common: map[string]bool{},
		honorific: set(honorificList), title: set(titleList), role: set(roleList), group: set(groupList),
		orgNoun: set(orgNounList), document: set(documentList), orgKey: set(orgKeyList), orgOf: set(orgOfList),
		placeKey: set(placeKeyList), metonym: set(metonymList), notName: set(notNameList),
		startStop: set(startStopList), particle: set(particleList), suffix: set(suffixList),
		outletTail: set(outletTailList), say: set(sayList), campaign: set(campaignList), family: set(familyList), sex: sex(femaleList, maleList),
	}
	for p := range set(stateList + " " + metonymList) {
		l.place[strings.ReplaceAll(p, "_", " ")] = true
	}
	section := ""
	for n, line := range strings.Split(lexiconText, "\n") {
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = line
		default:
			if err := l.entry(section, line); err != nil {
				return nil, fmt.Errorf("read lexicon.txt:%d: %w", n+1, err)
			}
		}
	}
	l.index()
	return l, nil
}

func (l *lexicon) entry(section, line string) error {
	word, rest, _ := strings.Cut(line, " ")
	switch section {
	case "[first]":
		if len(rest) != 1 {
			return fmt.Errorf("first name without a share: %q", line)
		}
		l.first[fold(word)] = int8(rest[0] - '0')
	case "[nickname]":
		l.nickname[word] = append(l.nickname[word], strings.Fields(rest)...)
	case "[place]":
		l.place[line] = true
	case "[nation]":
		l.nation[line] = true
	case "[given]":
		l.given[fold(line)] = true
	case "[common]":
		l.common[line] = true
	case "[organization]":
		l.orgWord[line] = true
	default:
		return fmt.Errorf("unknown section %q", section)
	}
	return nil
}

// isFirst reports whether w (folded) is a first name; known ones that are
// words of office or places too do not count.
func (l *lexicon) isFirst(w string) bool {
	switch w {
	case "april", "june", "august", "dean", "don":
		return true
	}
	if l.title[w] || l.honorific[w] || l.orgKey[w] || l.place[w] || l.nation[w] || l.notName[w] || l.startStop[w] {
		return false
	}
	if _, ok := l.first[w]; ok {
		return true
	}
	return l.given[w]
}

// sameFirst reports whether two folded first names may be one person's: equal,
// an initial of the other, or a nickname of it.
func (l *lexicon) sameFirst(a, b string) bool {
	a, b = strings.TrimSuffix(a, "."), strings.TrimSuffix(b, ".")
	if a == b {
		return true
	}
	if a == "" || b == "" {
		return false
	}
	if len(a) == 1 || len(b) == 1 {
		return a[0] == b[0]
	}
	for _, n := range l.nickname[a] {
		if n == b {
			return true
		}
	}
	for _, n := range l.nickname[b] {
		if n == a {
			return true
		}
	}
	return false
}

// firstSex is the gender of a folded first name: 1 female, -1 male, 0 when
// more than one in nine bearers is of the other sex or the name is unknown.
func (l *lexicon) firstSex(w string) int8 {
	share, ok := l.first[w]
	switch {
	case !ok:
		return 0
	case share >= 8:
		return 1
	case share <= 1:
		return -1
	}
	return 0
}

// fold lowers a word, takes its diacritics off and straightens apostrophes,
// so that "Boumediène" meets "Boumediene" and "O’Brien" "O'Brien".
func fold(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	s = strings.ToLower(s)
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case 0x300 <= r && r < 0x370: // combining marks
		case r == '’' || r == '‘' || r == 'ʼ':
			b.WriteByte('\'')
		case r == 'ø':
			b.WriteByte('o')
		case r == 'ł':
			b.WriteByte('l')
		case r == 'đ':
			b.WriteByte('d')
		case r == 'ı':
			b.WriteByte('i')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// sameBody reports whether two nouns may be one body of a candidate's.
func (l *lexicon) sameBody(a, b string) bool {
	return (a == "campaign" || a == "team" || a == "camp") && (b == "campaign" || b == "team" || b == "camp")
}
