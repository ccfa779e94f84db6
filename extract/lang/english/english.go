// Package english is the English language as the stages know it: its words, as
// data (the files beside this one; package lang tells their format), and the
// spelling rules that give a word's base form.
//
// A file belongs to the stage it is named for. A word that reports belongs to
// reporting.txt, where its one line says all that any stage asks of it.
package english

import (
	"embed"
	"sync"

	"github.com/whosaid/whosaid/extract/lang"
)

//go:embed *.txt
var files embed.FS

// Language is English. It is read when first asked for and then shared.
var Language = sync.OnceValue(func() *lang.Language {
	l, err := lang.New("en", "English", files, spelling)
	if err != nil {
		panic(err) // TestLanguage reads the same files
	}
	return l
})

func spelling(l *lang.Language) lang.Spelling {
	x := lang.Bind[Spelling](l)
	return lang.Spelling{Lemma: x.lemma, Forms: x.forms}
}
