package lang_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/rules"
	"github.com/whosaid/whosaid/extract/token"
)

// Toy is a language of twenty words that nobody speaks, as a folder of its own
// would hold them. It says "kel" for said, "vor" for that, "ta" for the and
// "Dro." for Mr.
var toyFiles = fstest.MapFS{
	"token.txt": {Data: []byte("[full-stops, keyed]\ntitle: Dro\n")},
	"marks.txt": {Data: []byte("[subjects]\nsi\n[articles]\nta\n[after-cue]\n. ,\n[function-words]\nvor\n")},
	"rules.txt": {Data: []byte("[complementizers]\nvor\n[and]\nun\n[times]\nlan\n[sources, keyed]\nnoh: noh_ba\n" +
		"[auxiliaries]\nhai\n[carriers]\nbref\n[places]\nmi\n[subject-links]\nde\n")},
	"reporting.txt": {Data: []byte("[words, reporting]\nkel verb: say; clause quotation narrates sure\nmun verb: think; clause attitude\nruk verb: tell; clause addressee\n")},
}

// toyTags are the tags of the words, by hand: the trained taggers know English.
var toyTags = map[string]news.Tag{
	"si": news.TagPRP, "ta": news.TagDT, "kel": news.TagVBD, "mun": news.TagVBD, "ruk": news.TagVBD, "vor": news.TagIN, "lan": news.TagRB,
	"hai": news.TagVBD, "bref": news.TagNN, "mi": news.TagIN, "de": news.TagIN, "un": news.TagCC, "noh": news.TagVBG, "ba": news.TagTO,
	"meri": news.TagNN, "boto": news.TagNN, "losta": news.TagVBD, "pelu": news.TagNNS, ",": news.TagCOMMA, ".": news.TagPERIOD, ":": news.TagCOLON,
}

// What the stages know of a language is in its folder: with a toy one in place
// of English they find the same things in its texts, and nothing by English
// words.
func TestToy(t *testing.T) {
	toy, err := lang.New("xx", "Toy", toyFiles, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, words, cue, source, lemma string }{
		{"“Ta boto losta,” kel ta meri.", "“Ta boto losta,”", "kel", "ta meri", "kel"},
		{"Dro. Vey kel vor ta boto losta.", "vor ta boto losta", "kel", "Dro. Vey", "kel"},
		{"Si ruk pelu vor ta boto losta.", "vor ta boto losta", "ruk", "Si", "ruk"},
		{"Ta boto losta, noh ba Ana Reyes.", "Ta boto losta", "noh ba", "Ana Reyes", "noh"},
		{"Si mun vor ta boto losta.", "vor ta boto losta", "mun", "Si", "mun"},
		{"Si kel mi ta bref vor ta boto losta.", "vor ta boto losta", "kel", "Si", "kel"},
		{"“Ta boto losta, si kel.\n\nTa meri losta.", "“Ta boto losta,", "kel", "si", "kel"},
		// English, which nobody knows here.
		{"Si said that ta boto losta.", "", "", "", ""},
		{"According to Ana Reyes, ta boto losta.", "", "", "", ""},
	} {
		d := token.New(toy).Document(&news.Article{Body: c.text})
		for i := range d.Tokens {
			w := d.Word(int32(i))
			tag, known := toyTags[strings.ToLower(w)]
			switch {
			case known:
				d.Tokens[i].Tag = tag
			case w[0] >= 'A' && w[0] <= 'Z':
				d.Tokens[i].Tag = news.TagNNP
			case w == "said":
				d.Tokens[i].Tag = news.TagVBD
			case w == "that", w == "to":
				d.Tokens[i].Tag = news.TagIN
			}
		}
		quotes := rules.New(toy).Detect(d)
		if c.words == "" {
			if len(quotes) != 0 {
				t.Errorf("%s: found %q", c.text, quotes[0].Extent().Of(d.Text))
			}
			continue
		}
		if len(quotes) != 1 {
			t.Errorf("%s: %d quotations", c.text, len(quotes))
			continue
		}
		q := &quotes[0]
		if got := q.Extent().Of(d.Text); got != c.words || q.Cue.Of(d.Text) != c.cue || q.Source.Of(d.Text) != c.source || q.CueLemma != c.lemma {
			t.Errorf("%s: %q, cue %q (%s), source %q", c.text, got, q.Cue.Of(d.Text), q.CueLemma, q.Source.Of(d.Text))
		}
		if attitude := q.Act == news.Attitude; attitude != (c.lemma == "mun") {
			t.Errorf("%s: act %v", c.text, q.Act)
		}
	}
	if n := len(token.New(toy).Document(&news.Article{Body: "Dro. Vey losta. Mr. Vey losta."}).Sentences); n != 3 {
		t.Errorf("%d sentences: Dro. ends none, and Mr., which is no word here, ends one", n)
	}
}
