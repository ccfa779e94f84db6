package pipeline

import (
	"strings"

	"github.com/abadojack/whatlanggo"

	"github.com/whosaid/whosaid/extract/news"
)

// english holds the words that make up about 40% of any English text and are
// rare in other languages that use the Latin alphabet. "a", "in", "on", "me",
// "as", "an" and "so" are left out: they are common elsewhere too.
var english = map[string]bool{
	"the": true, "of": true, "and": true, "to": true, "that": true, "is": true, "was": true,
	"for": true, "it": true, "with": true, "he": true, "she": true, "be": true, "by": true,
	"this": true, "have": true, "from": true, "not": true, "but": true, "his": true, "her": true,
	"they": true, "which": true, "you": true, "are": true, "were": true, "had": true, "has": true,
	"said": true, "who": true, "their": true, "been": true, "would": true, "will": true, "we": true,
	"what": true, "there": true, "about": true, "when": true, "after": true, "its": true, "at": true,
	"says": true, "our": true, "more": true, "out": true, "if": true, "can": true, "than": true,
}

// Skips is the reason why a run for articles in a language, "en" or "any",
// leaves an article out; "" when it does not. It sets the article's language
// where its text tells it.
func Skips(a *news.Article, wanted string) string {
	if strings.TrimSpace(a.Body) == "" {
		return ReasonEmpty
	}
	if lang := language(a.Body); lang != "" {
		a.Language = lang
	}
	// Where the text alone does not tell, the input's word counts: en, en-GB, English.
	if wanted == "en" && a.Language != "" && !strings.HasPrefix(strings.ToLower(a.Language), "en") {
		return ReasonNotEnglish
	}
	return ""
}

// longestEnglish is the most bytes of a word of english.
const longestEnglish = 5

func alphanumeric(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// Thresholds on the share of those words, from 0.30 to 0.45 in English news and
// below 0.05 in German, French, Spanish, Dutch or Indonesian news.
const (
	surelyEnglish = 0.15
	hardlyEnglish = 0.06
	sampleBytes   = 4096 // from the start and again from the middle
	fewWords      = 12   // below this a share means nothing
)

// language guesses the language of a text as an ISO 639-1 code; "" when there
// is too little to tell. The function words decide for English, because the
// trigram statistics of whatlanggo fail on short text; whatlanggo names the
// others.
func language(text string) string {
	sample := text
	if len(sample) > 2*sampleBytes {
		mid := len(text) / 2
		sample = strings.ToValidUTF8(text[:sampleBytes], "") + " " + strings.ToValidUTF8(text[mid:mid+sampleBytes], "")
	}
	words, common := 0, 0
	for w := range strings.FieldsSeq(sample) {
		if !alphanumeric(w[0]) || !alphanumeric(w[len(w)-1]) { // most words need no trimming, which takes its time
			w = strings.Trim(w, ".,;:!?\"'()[]“”‘’«»-–—")
		}
		if w == "" {
			continue
		}
		words++
		if len(w) <= longestEnglish && english[strings.ToLower(w)] {
			common++
		}
	}
	share := float64(common) / float64(max(words, 1))
	if words >= fewWords && share >= surelyEnglish || words > 0 && words < fewWords && common >= 2 {
		return "en"
	}
	info := whatlanggo.Detect(sample)
	switch {
	case info.Script == nil: // no letters
		return ""
	case whatlanggo.Scripts[info.Script] != "Latin":
		return info.Lang.Iso6391()
	case words < fewWords: // a headline: no statistics hold
		return ""
	case info.Lang == whatlanggo.Eng:
		return "en"
	case share < hardlyEnglish && info.Confidence >= 0.2:
		return info.Lang.Iso6391()
	default:
		return ""
	}
}
