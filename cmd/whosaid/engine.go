package main

import (
	"context"

	"whosaid/extract"
	"whosaid/extract/news"
	"whosaid/pipeline"
)

// engine is an extractor as the pipeline calls it, with the hash of its models.
type engine struct {
	extract pipeline.Extract
	hash    string
}

func newEngine(name, language string) (*engine, error) {
	x, err := extract.New(extract.Options{Engine: name, Language: language})
	if err != nil {
		return nil, err
	}
	return &engine{hash: name, extract: func(ctx context.Context, a *news.Article) (*news.Result, pipeline.Times, error) {
		r, err := x.Extract(ctx, *a)
		return r, pipeline.Times{}, err
	}}, nil
}
