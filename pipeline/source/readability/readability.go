// Package readability stands in for github.com/go-shiori/go-readability, which
// go-trafilatura calls only as a fallback that package source never asks for.
// The real one compiles patterns before main begins. go.mod puts this package in
// its place; every call says that it is not built in.
package readability

import (
	"errors"
	"net/url"

	"golang.org/x/net/html"
)

// ErrNotBuiltIn is what FromDocument returns.
var ErrNotBuiltIn = errors.New("the fallback of go-trafilatura is not built in")

// Article holds the main text that the real package would find.
type Article struct{ Node *html.Node }

// FromDocument finds nothing.
func FromDocument(*html.Node, *url.URL) (Article, error) { return Article{}, ErrNotBuiltIn }
