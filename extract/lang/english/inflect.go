package english

import (
	"strings"

	"github.com/whosaid/whosaid/extract/lang"
)

// Spelling is the words that no spelling rule of English fits; lemma.txt tells
// what each section is.
type Spelling struct {
	Past      lang.Groups `lang:"lemma.past"`
	Doubled   lang.Set    `lang:"lemma.doubled"`
	Irregular lang.Keys   `lang:"lemma.irregular"`
	Plurals   lang.Keys   `lang:"lemma.plurals"`
	Modals    lang.Keys   `lang:"lemma.modals"`
	Have      lang.Keys   `lang:"lemma.have"`
	Present   lang.Set    `lang:"lemma.present"`
	Negations lang.Keys   `lang:"lemma.negations"`
}

// forms is the forms of a verb in its base form.
func (x *Spelling) forms(verb string) lang.Forms {
	f := lang.Forms{Base: verb}
	if len(verb) < 2 {
		return lang.Forms{Base: verb, Present: verb, Past: []string{verb}, Gerund: verb}
	}
	stem, end := verb, verb[len(verb)-1]
	if x.Doubled.Has(verb) {
		stem += verb[len(verb)-1:]
	}
	consonantY := end == 'y' && !strings.ContainsRune("aeiou", rune(verb[len(verb)-2]))
	switch {
	case consonantY:
		f.Present = verb[:len(verb)-1] + "ies"
	case strings.HasSuffix(verb, "s"), strings.HasSuffix(verb, "sh"), strings.HasSuffix(verb, "ch"), strings.HasSuffix(verb, "x"):
		f.Present = verb + "es"
	default:
		f.Present = verb + "s"
	}
	switch past := x.Past[verb]; {
	case past != nil:
		f.Past = past
	case consonantY:
		f.Past = []string{verb[:len(verb)-1] + "ied"}
	case end == 'e':
		f.Past = []string{verb + "d"}
	default:
		f.Past = []string{stem + "ed"}
	}
	if end == 'e' && !strings.HasSuffix(verb, "ee") {
		stem = verb[:len(verb)-1]
	}
	f.Gerund = stem + "ing"
	return f
}
