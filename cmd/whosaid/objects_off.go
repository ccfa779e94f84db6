//go:build !objects

package main

import (
	"context"
	"errors"

	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/source"
)

// errNoObjects: the clients of three clouds are as large as all the rest of the
// program, and are in a flavour of their own.
var errNoObjects = errors.New("this whosaid is built without object storage; the flavour whosaid-objects has it, or build it with: go build -tags objects ./cmd/whosaid")

func objectSource() source.Objects { return nil }

func objectFolder(context.Context, string) (pipeline.Folder, func(), error) {
	return nil, nil, errNoObjects
}

func checkAddress(string) error { return errNoObjects }
