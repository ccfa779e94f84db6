package main

import (
	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/pipeline"
)

// engine is an extractor as the pipeline calls it, with the hash of its models.
type engine struct {
	extract pipeline.Extract
	hash    string
}

func newEngine(o extract.Options) (*engine, error) {
	hash, err := model.EnglishHash()
	if err != nil {
		return nil, err
	}
	x, err := extract.New(o)
	if err != nil {
		return nil, err
	}
	return &engine{x.Run, hash}, nil
}
