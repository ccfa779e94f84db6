package train

import (
	"testing"

	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
	"github.com/whosaid/whosaid/extract/token"
)

// Annotator is the engine up to syntax, for tests inside and outside of the package.
func Annotator(t testing.TB) (*syntax.Parser, Annotate) {
	t.Helper()
	parser, err := syntax.Load()
	if err != nil {
		t.Fatal(err)
	}
	tokens := token.New(english.Language())
	return parser, func(a *news.Article) *news.Document {
		d := tokens.Document(a)
		parser.Annotate(d)
		return d
	}
}
