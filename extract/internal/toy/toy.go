// Package toy is a second language for tests: twenty words that nobody speaks, as a
// folder beside english would hold them, and their parts of speech. With it in
// place of English the stages find what its words say, and nothing by English ones.
package toy

import (
	"strings"
	"sync"
	"testing/fstest"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
)

// files are the words. It says "kel" for said, "vor" for that, "ta" for the and
// "Dro." for Mr.
var files = fstest.MapFS{
	"token.txt": {Data: []byte("[full-stops, keyed]\ntitle: Dro\n")},
	"marks.txt": {Data: []byte("[subjects]\nsi\n[articles]\nta\n[after-cue]\n. ,\n[function-words]\nvor\n")},
	"rules.txt": {Data: []byte("[complementizers]\nvor\n[and]\nun\n[times]\nlan\n[sources, keyed]\nnoh: noh_ba\n" +
		"[auxiliaries]\nhai\n[subject-links]\nde\n")},
	"reporting.txt": {Data: []byte("[words, reporting]\nkel verb: say; clause quotation narrates sure\nmun verb: think; clause attitude\nruk verb: tell; clause addressee\n")},
}

// tags are the parts of speech of its words, and of a few of English: the trained
// taggers know English alone.
var tags = map[string]news.Tag{
	"si": news.TagPRP, "ta": news.TagDT, "kel": news.TagVBD, "mun": news.TagVBD, "ruk": news.TagVBD, "vor": news.TagIN, "lan": news.TagRB,
	"hai": news.TagVBD, "bref": news.TagNN, "mi": news.TagIN, "de": news.TagIN, "un": news.TagCC, "noh": news.TagVBG, "ba": news.TagTO,
	"meri": news.TagNN, "boto": news.TagNN, "losta": news.TagVBD, "pelu": news.TagNNS, ",": news.TagCOMMA, ".": news.TagPERIOD, ":": news.TagCOLON,
	"said": news.TagVBD, "that": news.TagIN, "to": news.TagIN,
}

// Language is the language.
var Language = sync.OnceValues(func() (*lang.Language, error) { return lang.New("xx", "Toy", files, nil) })

// Tag gives the tokens of d their tags.
func Tag(d *news.Document) {
	for i := range d.Tokens {
		w := d.Word(int32(i))
		tag, known := tags[strings.ToLower(w)]
		switch {
		case known:
			d.Tokens[i].Tag = tag
		case w[0] >= 'A' && w[0] <= 'Z':
			d.Tokens[i].Tag = news.TagNNP
		}
	}
}
