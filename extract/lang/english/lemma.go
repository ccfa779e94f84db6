package english

import (
	"strings"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/news"
)

// lemma is the base form of a word in lower case: the infinitive of a verb,
// the singular of a noun, any other word as it is. It comes of spelling rules
// and a list of the words that follow none. A word in lower case whose lemma
// is a part of it costs no allocation.
func (x *Spelling) lemma(word string, tag news.Tag) string {
	w := lowered(word)
	switch tag {
	case news.TagVB, news.TagVBP, news.TagVBD, news.TagVBN, news.TagVBG, news.TagVBZ, news.TagMD:
		return x.verb(w, tag)
	case news.TagNNS, news.TagNNPS:
		return x.noun(w)
	case news.TagRB:
		if whole := x.Negations[w]; whole != "" {
			return whole
		}
	}
	return w
}

// lowered is word in lower case with straight apostrophes.
func lowered(word string) string {
	for i := 0; i < len(word); i++ {
		if c := word[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return strings.ReplaceAll(strings.ToLower(word), "’", "'")
		}
	}
	return word
}

func (x *Spelling) verb(w string, tag news.Tag) string {
	switch {
	case tag == news.TagMD:
		if whole := x.Modals[w]; whole != "" {
			return whole
		}
		return w
	case x.Have[w] != "":
		return x.Have[w]
	case tag == news.TagVB || tag == news.TagVBP:
		// Some past forms are base forms of other verbs.
		if x.Present.Has(w) {
			return x.Irregular[w]
		}
		return w
	}
	if base := x.Irregular[w]; base != "" {
		return base
	}
	switch tag {
	case news.TagVBZ:
		return cutS(w)
	case news.TagVBD, news.TagVBN:
		if strings.HasSuffix(w, "ied") && len(w) > 4 {
			return w[:len(w)-3] + "y"
		}
		if strings.HasSuffix(w, "ed") && vowelIn(w[:len(w)-2]) {
			stem := w[:len(w)-2]
			if silentE(stem) || stem[len(stem)-1] == 'e' {
				return w[:len(w)-1]
			}
			return single(stem)
		}
	case news.TagVBG:
		if strings.HasSuffix(w, "ing") && vowelIn(w[:len(w)-3]) {
			stem := w[:len(w)-3]
			if silentE(stem) {
				return stem + "e"
			}
			return single(stem)
		}
	}
	return w
}

func (x *Spelling) noun(w string) string {
	if base := x.Plurals[w]; base != "" {
		return base
	}
	return cutS(w)
}

// cutS takes the ending of a plural or of the third person off.
func cutS(w string) string {
	n := len(w)
	if n < 3 || w[n-1] != 's' || w[n-2] == 's' || w[n-2] == '\'' {
		return w
	}
	if w[n-2] != 'e' {
		return w[:n-1]
	}
	switch stem := w[:n-2]; {
	case stem[len(stem)-1] == 'i' && n > 4:
		return w[:n-3] + "y"
	case strings.HasSuffix(stem, "sh"), strings.HasSuffix(stem, "ch"), strings.HasSuffix(stem, "ss"),
		strings.HasSuffix(stem, "x"), strings.HasSuffix(stem, "zz"), strings.HasSuffix(stem, "o"):
		return stem
	}
	return w[:n-1]
}

func isVowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u':
		return true
	}
	return false
}

// vowelIn tells whether a stem can be a word: "sing" has none before -ing.
func vowelIn(stem string) bool {
	for i := 0; i < len(stem); i++ {
		if isVowel(stem[i]) || stem[i] == 'y' {
			return len(stem) > 1
		}
	}
	return false
}

// single takes one of two equal consonants off the end of a stem, where they
// came of the ending: "planned", not "called" or "passed".
func single(stem string) string {
	n := len(stem)
	if n > 3 && stem[n-1] == stem[n-2] {
		switch stem[n-1] {
		case 'b', 'd', 'g', 'm', 'n', 'p', 'r', 't':
			return stem[:n-1]
		}
	}
	return stem
}

// silentE tells whether a stem before -ed or -ing has lost an e. It looks at
// the last letters only; the exceptions are in lemma.txt.
func silentE(stem string) bool {
	n := len(stem)
	if n < 2 {
		return false
	}
	last, prev := stem[n-1], stem[n-2]
	var third byte
	if n > 2 {
		third = stem[n-3]
	}
	switch last {
	case 'u', 'v', 'c':
		return true
	case 'z':
		return prev != 'z'
	case 's':
		return prev != 's'
	case 'g':
		return prev != 'n' && prev != 'g'
	case 'l':
		if isVowel(prev) {
			return prev == 'u' && third != 'a' && third != 'o'
		}
		return prev != 'l' && prev != 'r' && prev != 'w'
	}
	return silentEAfter(stem, last, prev, third)
}

// silentEAfter decides it for a consonant after one vowel alone: "stat", not "treat"
// or "shout".
func silentEAfter(stem string, last, prev, third byte) bool {
	n := len(stem)
	if !isVowel(prev) {
		return last == 'r' && (prev == 't' || prev == 'c')
	}
	if isVowel(third) {
		// "appreciat", "situat" and "requir" are no such pairs of vowels.
		return last == 't' && prev == 'a' && (third == 'i' || third == 'u') ||
			third == 'u' && n > 3 && stem[n-4] == 'q'
	}
	switch last {
	case 'd':
		return prev != 'e'
	case 'k', 'b':
		return prev != 'e' && last != 'b'
	case 'm', 'r':
		return strings.IndexByte("aiu", prev) >= 0
	case 'n':
		return prev == 'i' || prev == 'u'
	case 'p':
		return prev == 'a'
	case 't':
		return strings.IndexByte("auo", prev) >= 0
	}
	return false
}
