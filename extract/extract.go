// Package extract finds who said what in a news article. It composes the
// stages that the packages below it hold:
//
//	tokenize   extract/token    paragraphs, sentences, tokens
//	           extract/syntax   parts of speech, dependency heads
//	detect     extract/quote    quotations, their cues and sources
//	attribute  extract/attribution  mentions, entities, the speaker of each quotation
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
	"sync"
	"time"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/idle"
	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/anonymity"
	"github.com/whosaid/whosaid/extract/quote/modality"
	"github.com/whosaid/whosaid/extract/token"
)

// Options says how an Extractor works. The zero value is the default engine
// with the embedded models.
type Options struct {
	Engine  string     // one of Engines; "" means Native
	Models  *model.Set // trained models for the engine; nil: the embedded ones
	Explain bool       // fill Attribution.Why with reasons, which costs time

	// Cores is how many goroutines are at work at a time, as far as articles do not
	// come from more: a long article gets the help of those that are idle. The
	// result is the same for any number. 0: as many as the program may use.
	Cores int

	// Language is that of the articles; nil means English. The trained models
	// know English alone: another language goes with tagger weights of its own.
	Language *lang.Language

	// Stages to take in place of the engine's; nil: the engine's.
	Tagger   Tagger
	Detector Detector
	Resolver Resolver

	cores *idle.Cores
}

// Times is how long the stages of one article took.
type Times struct{ Tokenize, Detect, Attribute time.Duration }

// ErrText is wrapped by the error for an article whose text is no valid UTF-8
// or too long for 32-bit offsets. Readers of this project never deliver one.
var ErrText = errors.New("text is not valid UTF-8 of less than 1 GiB")

// maxText keeps every offset, and sums of a few, inside an int32.
const maxText = 1 << 30

// Extractor finds who said what. It is safe for concurrent use.
type Extractor struct {
	tagger   Tagger
	detector Detector
	resolver Resolver
	tokens   sync.Pool // *token.Tokenizer
	language *lang.Language
	cores    *idle.Cores
}

// New loads the models that the stages of an engine need. An error means an
// unknown engine, models that do not fit this program, or a damaged binary.
func New(o Options) (*Extractor, error) {
	if o.Language == nil {
		o.Language = english.Language()
	}
	e, err := engineNamed(o.Engine)
	if err != nil {
		return nil, err
	}
	o.cores = idle.NewCores(o.Cores)
	x := &Extractor{
		cores: o.cores, tagger: o.Tagger, detector: o.Detector, resolver: o.Resolver,
		tokens: sync.Pool{New: func() any { return token.New(o.Language) }}, language: o.Language,
	}
	if err := e.load(x, o); err != nil {
		return nil, err
	}
	return x, nil
}

// Extract finds the statements of one article and who made them. The error is
// ErrText for text that no reader of this project would deliver, or a stage's.
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
	x.cores.Begin()
	defer x.cores.End()
	lap := time.Now()
	next := func(d *time.Duration, what string, err error) error {
		now := time.Now()
		*d += now.Sub(lap)
		lap = now
		if err != nil {
			return fmt.Errorf("%s %q: %w", what, a.ID, err)
		}
		return ctx.Err()
	}
	tk := x.tokens.Get().(*token.Tokenizer)
	doc := tk.Document(a)
	x.tokens.Put(tk)
	err := x.tagger.Tag(ctx, doc)
	if err := next(&t.Tokenize, "tag", err); err != nil {
		return nil, t, err
	}
	quotes, resolver, err := x.detect(ctx, doc, &t)
	lap = time.Now()
	if err == nil {
		modality.Mark(x.language, doc, quotes)
	}
	if err := next(&t.Detect, "detect", err); err != nil {
		return nil, t, err
	}
	r, err := resolver.Resolve(ctx, doc, quotes)
	if err == nil && len(r.Attributions) != len(r.Quotes) {
		err = fmt.Errorf("%d attributions for %d statements", len(r.Attributions), len(r.Quotes))
	}
	if err == nil {
		anonymity.Mark(x.language, &r)
	}
	if err := next(&t.Attribute, "attribute", err); err != nil {
		return nil, t, err
	}
	return &r, t, nil
}

// early is a Resolver that can do a part of its work before statements are known.
type early interface{ ahead(*news.Document) Resolver }

// longArticle is the tokens from which that is worth the trouble.
const longArticle = 1 << 13

// detect finds the statements. Meanwhile, where an article is long and a core is
// idle, the resolver works ahead: the one that is left to ask is returned. It adds
// to t what both take.
func (x *Extractor) detect(ctx context.Context, doc *news.Document, t *Times) (quotes []news.Quote, r Resolver, err error) {
	timed := func(took *time.Duration, do func()) {
		start := time.Now()
		do()
		*took += time.Since(start)
	}
	detect := func() { quotes, err = x.detector.Detect(ctx, doc) }
	s, ok := x.resolver.(early)
	if !ok || len(doc.Tokens) <= longArticle {
		timed(&t.Detect, detect)
		return quotes, x.resolver, err
	}
	x.cores.Each(2, func(i int) {
		if i == 0 {
			timed(&t.Detect, detect)
		} else {
			timed(&t.Attribute, func() { r = s.ahead(doc) })
		}
	})
	return quotes, r, err
}
