package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

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
	hash, err := o.Models.Hash()
	if err != nil {
		return nil, err
	}
	x, err := extract.New(o)
	if err != nil {
		return nil, err
	}
	return &engine{x.Run, hash}, nil
}

// engineFlags choose what finds the statements.
func engineFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "engine", Value: "native", Usage: "find statements with `ENGINE`: " + strings.Join(extract.Engines(), " or "), Category: groupChoice},
		&cli.StringFlag{Name: "model", Usage: "use the models in `DIR` (syntax.model, quote.model, attribution.model and so on, as whosaid train writes them); those it lacks are whosaid's own", Category: groupChoice},
	}
}

// resolveEngine resolves engineFlags.
func resolveEngine(c *cli.Context, check func(error)) (o extract.Options) {
	o.Engine = oneOf("engine", c.String("engine"), check, extract.Engines()...)
	if dir := c.String("model"); dir != "" {
		models, err := model.NewSet(os.DirFS(dir))
		if err != nil {
			check(fmt.Errorf("--model %s: %w", dir, err))
		}
		o.Models = models
	}
	return o
}
