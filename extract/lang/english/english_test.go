package english_test

import (
	"slices"
	"testing"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/token"
)

// readers are the sections that each stage's struct of words names. A stage that
// reads words of a language has its line here.
var readers = map[string][]string{
	"token": lang.Names[token.Words](),
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
