package extract

import (
	"errors"
	"fmt"
	"strings"
	"sync"
)

// The engines.
const (
	// Native uses the models trained for whosaid: tagger, parser, quotation
	// tagger and speaker ranker.
	Native = "native"
	// Prose uses prose/v2's tagger weights and entities, hand-made rules for
	// quotations and the nearest name, so that the two can be compared at any time.
	Prose = "prose"
)

// engine is a set of stages that go together, by the name that Options gives.
// The functions load models; only those of stages that Options does not bring
// are called.
type engine struct {
	name     string
	tagger   func(Options) (Tagger, error)
	detector func(Options) (Detector, error)
	resolver func(Options) (Resolver, error)
}

// engines are those there are, the default first. Each stands in a file of its
// own.
var engines = []engine{native, prose}

// Engines are the names that Options.Engine takes, the default first.
func Engines() []string {
	names := make([]string, len(engines))
	for i, e := range engines {
		names[i] = e.name
	}
	return names
}

func engineNamed(name string) (engine, error) {
	if name == "" {
		return engines[0], nil
	}
	for _, e := range engines {
		if e.name == strings.ToLower(name) {
			return e, nil
		}
	}
	quoted := make([]string, len(engines))
	for i, e := range engines {
		quoted[i] = fmt.Sprintf("%q", e.name)
	}
	return engine{}, fmt.Errorf("unknown engine %q: use %s", name, strings.Join(quoted, " or "))
}

// load fills the stages of x that it does not have, side by side: an article
// at a desk waits for little else.
func (e engine) load(x *Extractor, o Options) error {
	var wait sync.WaitGroup
	var errs [3]error
	load := func(i int, what string, f func() error) {
		wait.Go(func() {
			if err := f(); err != nil {
				errs[i] = fmt.Errorf("load %s: %w", what, err)
			}
		})
	}
	if x.tagger == nil {
		load(0, "tagger", func() (err error) { x.tagger, err = e.tagger(o); return err })
	}
	if x.detector == nil {
		load(1, "detector", func() (err error) { x.detector, err = e.detector(o); return err })
	}
	if x.resolver == nil {
		load(2, "resolver", func() (err error) { x.resolver, err = e.resolver(o); return err })
	}
	wait.Wait()
	return errors.Join(errs[:]...)
}
