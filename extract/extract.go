// Package extract finds who said what in a news article. It composes the
// stages that the packages below it hold:
//
//	tokenize   extract/token    paragraphs, sentences, tokens
//	           extract/syntax   parts of speech, dependency heads
//	detect     extract/quote    quotations, their cues and sources
//	attribute  extract/speaker  mentions, entities, the speaker of each quotation
//
// In goes a news.Article, out comes a news.Result whose every offset slices
// the article's text to exactly the words it claims. It performs no I/O, keeps
// no globals of its own, and never changes the article. An Extractor is safe
// for concurrent use: models are read-only and shared, scratch memory is drawn
// from a pool.
package extract

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote"
	"github.com/whosaid/whosaid/extract/quote/modality"
	"github.com/whosaid/whosaid/extract/speaker"
	"github.com/whosaid/whosaid/extract/syntax"
	"github.com/whosaid/whosaid/extract/token"
)

// The engines.
const (
	// Native uses the models trained for whosaid: tagger, parser, quotation
	// tagger and speaker ranker.
	Native = "native"
	// Prose uses prose/v2's tagger weights with hand-made rules for quotations
	// and speakers, so that the two can be compared at any time.
	Prose = "prose"
)

// Options says how an Extractor works. The zero value is the default engine.
type Options struct {
	Engine  string // Native or Prose; "" means Native
	Explain bool   // fill Attribution.Why with reasons, which costs time

	// Language is that of the articles; nil means English. The trained models
	// know English alone: another language goes with tagger weights of its own.
	Language *lang.Language
}

// Times is how long the stages of one article took.
type Times struct{ Tokenize, Detect, Attribute time.Duration }

// ErrText is wrapped by the error for an article whose text is no valid UTF-8
// or too long for 32-bit offsets. Readers of this project never deliver one.
var ErrText = errors.New("text is not valid UTF-8 of less than 1 GiB")

// maxText keeps every offset, and sums of a few, inside an int32.
const maxText = 1 << 30

type tagger interface{ Annotate(*news.Document) }

type detector interface {
	Detect(*news.Document) []news.Quote
}

// Extractor finds who said what. It is safe for concurrent use.
type Extractor struct {
	tagger   tagger
	detector detector
	speakers *speaker.Resolver
	tokens   sync.Pool // *token.Tokenizer
}

// New loads the models of an engine. An error means an unknown engine or a
// damaged binary.
func New(o Options) (*Extractor, error) {
	if o.Language == nil {
		o.Language = english.Language()
	}
	x := &Extractor{tokens: sync.Pool{New: func() any { return token.New(o.Language) }}}
	so := speaker.Options{Explain: o.Explain}
	var err error
	switch strings.ToLower(o.Engine) {
	case "", Native:
		if err := x.loadNative(&so); err != nil {
			return nil, err
		}
	case Prose:
		if x.tagger, err = syntax.LoadPerceptron(); err != nil {
			return nil, fmt.Errorf("load prose's tagger: %w", err)
		}
		x.detector = quote.NewRules()
	default:
		return nil, fmt.Errorf("unknown engine %q: use %q or %q", o.Engine, Native, Prose)
	}
	if x.speakers, err = speaker.New(so); err != nil {
		return nil, fmt.Errorf("load speaker lexicons: %w", err)
	}
	return x, nil
}

// loadNative loads the trained models, side by side: an article at a desk
// waits for little else.
func (x *Extractor) loadNative(so *speaker.Options) error {
	var wait sync.WaitGroup
	var errs [3]error
	load := func(i int, what string, f func() error) {
		wait.Go(func() {
			if err := f(); err != nil {
				errs[i] = fmt.Errorf("load %s model: %w", what, err)
			}
		})
	}
	load(0, "syntax", func() (err error) { x.tagger, err = syntax.Load(); return err })
	load(1, "quotation", func() (err error) { x.detector, err = quote.Load(); return err })
	load(2, "speaker", func() (err error) { so.Model, err = speaker.Load(); return err })
	wait.Wait()
	return errors.Join(errs[:]...)
}

// Extract finds the statements of one article and who made them. The error is
// ErrText for text that no reader of this project would deliver.
func (x *Extractor) Extract(a news.Article) (*news.Result, error) {
	r, _, err := x.Run(context.Background(), &a)
	return r, err
}

// Run is Extract with a context, looked at between the stages, and with the
// time that each stage took. The result keeps a pointer to a.
func (x *Extractor) Run(ctx context.Context, a *news.Article) (*news.Result, Times, error) {
	var t Times
	if len(a.Body) >= maxText || !utf8.ValidString(a.Body) {
		return nil, t, fmt.Errorf("extract %q: %w", a.ID, ErrText)
	}
	lap := time.Now()
	next := func(d *time.Duration) error {
		now := time.Now()
		*d = now.Sub(lap)
		lap = now
		return ctx.Err()
	}
	tk := x.tokens.Get().(*token.Tokenizer)
	doc := tk.Document(a)
	x.tokens.Put(tk)
	x.tagger.Annotate(doc)
	if err := next(&t.Tokenize); err != nil {
		return nil, t, err
	}
	quotes := x.detector.Detect(doc)
	modality.Mark(doc, quotes)
	if err := next(&t.Detect); err != nil {
		return nil, t, err
	}
	r := x.speakers.Resolve(doc, quotes)
	err := next(&t.Attribute)
	return &r, t, err
}
