// Package distiller stands in for github.com/markusmobius/go-domdistiller,
// which go-trafilatura calls only as a fallback that package source never asks
// for. The real one compiles some hundred patterns before main begins, a third
// of the time of the program's start. go.mod puts this package in its place;
// every call says that it is not built in.
package distiller

import (
	"errors"
	"net/url"

	"golang.org/x/net/html"
)

// ErrNotBuiltIn is what Apply returns.
var ErrNotBuiltIn = errors.New("the fallback of go-trafilatura is not built in")

// Options is what go-trafilatura sets.
type Options struct {
	OriginalURL    *url.URL
	SkipPagination bool
}

// Result holds the main text that the real package would find.
type Result struct{ Node *html.Node }

// Apply finds nothing.
func Apply(*html.Node, *Options) (*Result, error) { return nil, ErrNotBuiltIn }
