package marks

import (
	"strings"

	"github.com/whosaid/whosaid/extract/lang"
)

// Words is what the pairing reads of a language; english/marks.txt tells what each
// section is. They tell where narration begins behind a quotation that has lost
// its closing mark, and possessives from closing marks. The zero Words pairs by
// marks and white space alone.
type Words struct {
	Reporting         lang.Reporting `lang:"reporting.words"`
	Subjects          lang.Set       `lang:"marks.subjects"`
	Articles          lang.Set       `lang:"marks.articles"`
	AfterCue          lang.Set       `lang:"marks.after-cue"`
	FunctionWords     lang.Set       `lang:"marks.function-words"`
	Clipped           lang.Set       `lang:"marks.clipped"`
	ClippedEndings    lang.Set       `lang:"marks.clipped-endings"`
	PossessiveEndings lang.Set       `lang:"marks.possessive-endings"`

	narrating lang.Set // forms that narrate a quotation beside them
}

// Compile finds the forms of the verbs.
func (w *Words) Compile(l *lang.Language) {
	w.narrating = w.Reporting.Forms(l, lang.Narrates, lang.NarratesPast)
}

// Fingerprint is the hash of what the pairing reads of a language.
func Fingerprint(l *lang.Language) uint64 { return lang.Fingerprint[Words](l) }

// endsWith reports whether word ends with one of endings.
func endsWith(word string, endings lang.Set) bool {
	for e := range endings {
		if strings.HasSuffix(word, e) {
			return true
		}
	}
	return false
}
