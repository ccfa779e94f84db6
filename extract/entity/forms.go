package entity

import "strings"

// form is one way in which the article writes a name, with all its mentions.
type form struct {
	key      string
	words    []string // folded, without a suffix
	names    []int32
	votes    [numKinds]float32
	plain    bool // stands in a sentence that uses capitals as running text does
	capitals bool // is one word in capitals
	suffix   string
	sex      int8   // by the forms of address before it; 2 where they differ
	behind   int8   // gender of most pronouns behind its mentions, of a single word
	last     *group // that its last mention was given to
}

// kind is what the form's mentions mostly are.
func (f *form) kind() Kind {
	best := Person
	for k := Person; k < numKinds; k++ {
		if f.votes[k] > f.votes[best] {
			best = k
		}
	}
	return best
}

// forms gathers the names by their words, in order of first mention.
func (a *analysis) forms() (out []*form) {
	by := map[string]*form{}
	for i := range a.names {
		n := &a.names[i]
		words := a.nameWords(n)
		key := strings.Join(words, " ")
		f := by[key]
		if f == nil {
			f = &form{key: key, words: words, capitals: n.Tokens.Len() == 1 && !hasLower(a.t.words[n.Tokens.First].shape)}
			if l := len(words); l > 1 && a.r.lex.Suffix.Has(words[l-1]) {
				f.suffix = strings.Trim(words[l-1], ".")
				f.words = words[:l-1]
			}
			by[key] = f
			out = append(out, f)
		}
		f.names = append(f.names, int32(i))
		f.votes[n.Kind] += n.Confidence
		f.plain = f.plain || a.t.words[n.Tokens.First].style == plain
		if s := a.mentionSex(int32(i)); s != 0 && f.sex != 2 {
			if f.sex == -s {
				s = 2
			}
			f.sex = s
		}
	}
	return out
}

// nameWords are the words of a name, folded: without marks, without "the", with
// the initials of states and unions as one.
func (a *analysis) nameWords(n *Name) (out []string) {
	for i := n.Tokens.First; i < n.Tokens.End; i++ {
		w := a.low(i)
		if !a.t.words[i].letters && w[0] != '&' && (w[0] < '0' || w[0] > '9') || a.r.lex.Article.Has(w) && len(out) == 0 {
			continue
		}
		if whole := a.r.lex.Spelled[w]; whole != "" {
			out = append(out, strings.Split(whole, "-")...) // U.N.
			continue
		}
		if p, rest, ok := strings.Cut(w, "-"); ok && rest != "" && a.r.lex.Particle.Has(p) {
			out = append(out, p) // al-Assad is al Assad
			w = rest
		}
		out = append(out, w)
	}
	if len(out) == 0 {
		out = append(out, a.low(n.Tokens.First))
	}
	return out
}
