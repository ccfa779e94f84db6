package english_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/quote/anonymity"
	"github.com/whosaid/whosaid/extract/quote/detect"
	"github.com/whosaid/whosaid/extract/quote/layout"
	"github.com/whosaid/whosaid/extract/quote/marks"
	"github.com/whosaid/whosaid/extract/quote/mend"
	"github.com/whosaid/whosaid/extract/quote/modality"
	"github.com/whosaid/whosaid/extract/quote/rules"
	"github.com/whosaid/whosaid/extract/token"
)

// readers are the sections that each stage's struct of words names. A stage that
// reads words of a language has its line here.
var readers = map[string][]string{
	"token":     lang.Names[token.Words](),
	"marks":     lang.Names[marks.Words](),
	"layout":    lang.Names[layout.Words](),
	"mend":      lang.Names[mend.Words](),
	"modality":  lang.Names[modality.Words](),
	"anonymity": lang.Names[anonymity.Words](),
	"rules":     lang.Names[rules.Words](),
	"detect":    lang.Names[detect.Words](),
	"entity":    entity.Sections(),
	"coref":     coref.Sections(),
	"lemma":     lang.Names[english.Spelling](),
}

// Every section is read by a stage, and every one that a stage reads is there.
func TestLanguage(t *testing.T) {
	read := map[string]bool{}
	there := english.Language().Sections()
	for stage, names := range readers {
		for _, name := range names {
			read[name] = true
			if !slices.Contains(there, name) {
				t.Errorf("%s reads section %s, which English does not have", stage, name)
			}
		}
	}
	for _, name := range there {
		if !read[name] {
			t.Errorf("no stage reads section %s: take it out, or name its reader in readers", name)
		}
	}
}

// Every reporting word does what its line says: it has a sense that the detector
// looks up, or a mark that a stage reads; every verb in a frame is a cue in all
// of its forms.
func TestReporting(t *testing.T) {
	l := english.Language()
	w := lang.Bind[struct {
		Reporting lang.Reporting `lang:"reporting.words"`
	}](l)
	for _, e := range w.Reporting {
		if e.Part != lang.Verb && e.Marks&^(lang.Clause|lang.Attitude) != 0 || e.Part != lang.Verb && e.Part != lang.Noun && e.Has(lang.Clause) {
			t.Errorf("%s %v: nobody reads such a mark of that part of speech", e.Lemma, e.Part)
		}
		for pair, what := range map[lang.Mark]string{lang.Narrates | lang.NarratesPast: "narrates", lang.Exclaims | lang.ExclaimsPast: "exclaims", lang.Sure | lang.SurePast: "sure"} {
			if e.Has(pair) {
				t.Errorf("%s: %s and %s-past are one too many", e.Lemma, what, what)
			}
		}
		if e.Part == lang.Verb && e.Marks&(lang.Narrates|lang.Sure) != 0 && !e.Cue() {
			t.Errorf("%s narrates, and takes nothing", e.Lemma)
		}
	}
}

func TestForms(t *testing.T) {
	for verb, want := range map[string]string{
		"say": "says said saying", "write": "writes wrote written writing", "quip": "quips quipped quipping",
		"deny": "denies denied denying", "stress": "stresses stressed stressing", "agree": "agrees agreed agreeing",
		"argue": "argues argued arguing", "admit": "admits admitted admitting",
	} {
		f := english.Language().Forms(verb)
		if got := strings.Join(append(append([]string{f.Present}, f.Past...), f.Gerund), " "); got != want {
			t.Errorf("%s: %s, want %s", verb, got, want)
		}
	}
}
