package entity

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
)

// What two full names of people may have in common, for the pair model.
const (
	pairLast      = iota // the same last word
	pairLastSlip         // last words that differ by a letter
	pairGiven            // the same first word
	pairInitial          // one first word is the other's initial
	pairNickname         // one is known as short for the other
	pairBegins           // one begins with the other
	pairGivenSlip        // they differ by a letter
	pairOther            // first words that have nothing to do with each other
	pairInside           // all words of one stand in the other, in order
	pairEnds             // one is the end of the other
	pairMiddle           // middle initials that differ
	NumPair              // and one more for every pair
)

// PairWeights are the weights of what two names have in common, the last of
// every pair.
type PairWeights [NumPair + 1]float32

// pair is how likely form f is to name the person x, as log odds; below zero
// where it is not, and where sex or generation differ.
func (g *gathering) pair(f *form, x *group) float32 {
	if clashing(f.sex, x.sex) || f.suffix != "" && x.suffix != "" && f.suffix != x.suffix {
		return -1
	}
	w := &g.a.r.pairs
	score := w[NumPair]
	for k, has := range pairFeatures(g.a.r.nicknames, f.words, x.words) {
		if has {
			score += w[k]
		}
	}
	return score
}

func clashing(a, b int8) bool { return a == 1 && b == -1 || a == -1 && b == 1 }

// pairFeatures compares two full names, as folded words.
func pairFeatures(nicknames map[string][]string, a, b []string) (f [NumPair]bool) {
	if len(a) > len(b) {
		a, b = b, a
	}
	la, lb, ga, gb := a[len(a)-1], b[len(b)-1], a[0], b[0]
	f[pairLast] = la == lb
	f[pairLastSlip] = la != lb && slip(la, lb)
	f[pairInside] = len(b) > len(a) && inOrder(a, b) && ga == gb
	f[pairEnds] = len(b) > len(a) && slices.Equal(a, b[len(b)-len(a):])
	ia, ib := strings.Trim(ga, "."), strings.Trim(gb, ".")
	switch {
	case ga == gb:
		f[pairGiven] = true
	case len(ia) == 1 || len(ib) == 1:
		f[pairInitial] = ia[0] == ib[0]
		f[pairOther] = ia[0] != ib[0]
	case slices.Contains(nicknames[ga], gb) || slices.Contains(nicknames[gb], ga):
		f[pairNickname] = true
	case len(ga) > 2 && strings.HasPrefix(gb, ga) || len(gb) > 2 && strings.HasPrefix(ga, gb):
		f[pairBegins] = true
	case slip(ga, gb):
		f[pairGivenSlip] = true
	default:
		f[pairOther] = !f[pairEnds]
	}
	if len(a) > 2 && len(b) > 2 {
		ma, mb := strings.Trim(a[1], "."), strings.Trim(b[1], ".")
		f[pairMiddle] = (len(ma) == 1 || len(mb) == 1) && ma != "" && mb != "" && ma[0] != mb[0]
	}
	return f
}

// inOrder reports whether the words of a stand in b in their order.
func inOrder(a, b []string) bool {
	for _, w := range b {
		if len(a) > 0 && a[0] == w {
			a = a[1:]
		}
	}
	return len(a) == 0
}

// slip reports whether two words of five letters or more differ by one letter
// set, left out, or changed, or by two that stand in each other's place.
func slip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 5 || len(b)-len(a) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// addSinglePerson gives each mention of a single word to a person whose name
// has that word: as last word rather than elsewhere, of the mention's gender,
// the one named last before it.
func (g *gathering) addSinglePerson(f *form) {
	var rest []int32
	for _, i := range f.names {
		if x := g.bearer(f, i); x != nil {
			g.link(x, f, []int32{i})
		} else {
			rest = append(rest, i)
		}
	}
	if len(rest) == 0 {
		return
	}
	if x := g.sameBody(f, Organization); x != nil && len(x.words) > 1 && len(rest) == len(f.names) {
		g.link(x, f, rest)
		return
	}
	x := g.newGroup(f, Person)
	x.names = append(x.names[:0], rest...)
	x.last = f.words[0]
	g.part[x.last] = append(g.part[x.last], x)
}

// bearer is the person whom mention i of a single word names; nil for nobody.
func (g *gathering) bearer(f *form, i int32) *group {
	w := f.words[0]
	sex := g.a.mentionSex(i)
	var best *group
	top := int32(-1)
	for _, x := range g.groups {
		if x.kind != Person || len(x.words) < 2 || clashing(sex, x.sex) || f.suffix != "" && f.suffix != x.suffix {
			continue
		}
		fit := int32(0)
		switch {
		case x.last == w:
			fit = 3
		case x.given == w:
			fit = 2
		case slices.Contains(x.words, w) || hyphened(x.last, w) || slices.Contains(g.a.r.nicknames[x.given], w):
			fit = 1
		case slip(x.last, w) && len(w) > 5:
			fit = 1
		default:
			continue
		}
		near := int32(0) // the last full mention before i, else none
		for _, n := range x.names {
			if n < i && g.a.names[n].Tokens.Len() > 1 {
				near = n + 1
			}
		}
		if score := fit<<24 + near; score > top {
			best, top = x, score
		}
	}
	return best
}

// hyphened reports whether w is a part of a surname with a hyphen.
func hyphened(last, w string) bool {
	return strings.Contains(last, "-") && slices.Contains(strings.Split(last, "-"), w)
}

// mentionSex is what the title of name i tells.
func (a *analysis) mentionSex(i int32) (sex int8) {
	t := a.names[i].Title
	for k := t.First; k < t.End; k++ {
		if s := a.r.lex.sex(a.low(k)); s != 0 {
			sex = s
		}
	}
	return sex
}

// joinGiven gives people known by a first name alone the surname of the next
// name where both share it: Anna and Tom Reed.
func (g *gathering) joinGiven() {
	a := g.a
	for _, x := range g.groups {
		if x.kind != Person || len(x.words) > 1 || !a.isGiven(x.words[0]) {
			continue
		}
		i := x.names[0]
		if int(i)+1 >= len(a.names) {
			continue
		}
		n, m := &a.names[i], &a.names[i+1]
		if m.Kind != Person || m.Tokens.Len() < 2 || m.Tokens.First != n.Tokens.End+1 || !a.r.lex.And.Has(a.low(n.Tokens.End)) {
			continue
		}
		x.given, x.shared = x.words[0], a.d.Word(m.Tokens.End-1)
		x.last = fold(x.shared)
	}
}

// still reports whether the verb at token i tells of a state rather than a deed.
func (a *analysis) still(i int32) bool { return a.r.lex.Still.Has(a.low(i)) }

func hashOf(w string) uint64 { return syntax.WordHash(w) }

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

// nicknamesOf are the words of lines as PutNicknames takes them, by the first.
func nicknamesOf(lines []string) map[string][]string {
	out := make(map[string][]string, len(lines))
	for _, l := range lines {
		if w := strings.Fields(l); len(w) > 1 {
			out[w[0]] = w[1:]
		}
	}
	return out
}

func decodeNicknames(f *model.File) (map[string][]string, error) {
	b, err := f.Get("nicknames")
	if err != nil {
		return nil, err
	}
	lines, err := model.DecodeStrings(b)
	if err != nil {
		return nil, fmt.Errorf("section %q: %w", "nicknames", err)
	}
	return nicknamesOf(lines), nil
}

// PutPairs puts the weights of the pair model into a model file.
func PutPairs(f *model.File, w PairWeights) { f.Put("pairs", model.EncodeFloats(w[:])) }

func decodePairs(f *model.File) (w PairWeights, err error) {
	b, err := f.Get("pairs")
	if err != nil {
		return w, err
	}
	v, err := model.DecodeFloats(b)
	if err != nil || len(v) != len(w) {
		return w, fmt.Errorf("section %q: %w: %d weights", "pairs", model.ErrDamaged, len(v))
	}
	copy(w[:], v)
	return w, nil
}
