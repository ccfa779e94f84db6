package extract

import (
	"context"

	"github.com/whosaid/whosaid/extract/attribution"
	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/quote/detect"
	"github.com/whosaid/whosaid/extract/syntax"
)

// native is the engine of the trained models.
var native = engine{
	name: Native,
	tagger: func(o Options) (Tagger, error) {
		p, err := syntax.LoadFrom(o.Models)
		if err != nil {
			return nil, err
		}
		return TaggerFunc(func(_ context.Context, d *news.Document) error {
			p.AnnotateOn(o.cores, d)
			return nil
		}), nil
	},
	detector: func(o Options) (Detector, error) {
		l, err := detect.Load(o.Models, o.Language)
		if err != nil {
			return nil, err
		}
		l.Cores = o.cores
		return DetectorFunc(func(_ context.Context, d *news.Document) ([]news.Quote, error) {
			return l.Detect(d), nil
		}), nil
	},
	resolver: func(o Options) (Resolver, error) {
		recognizer, err := entity.LoadFrom(o.Models, o.Language)
		if err != nil {
			return nil, err
		}
		recognizer.Cores = o.cores
		r, err := attribution.LoadFrom(o.Models, recognizer, o.Language, o.Explain)
		if err != nil {
			return nil, err
		}
		return speakers{r, recognizer}, nil
	},
}

// speakers is the resolver of the native engine.
type speakers struct {
	*attribution.Resolver
	names attribution.Finder
}

func (s speakers) Resolve(_ context.Context, d *news.Document, quotes []news.Quote) (news.Result, error) {
	return s.Resolver.Resolve(d, quotes), nil
}

// ahead finds the names, for which no statement need be known, and gives a resolver
// for what is left.
func (s speakers) ahead(d *news.Document) Resolver {
	found := s.names.Find(d)
	return ResolverFunc(func(_ context.Context, d *news.Document, quotes []news.Quote) (news.Result, error) {
		return s.Train(d, quotes, found, nil), nil
	})
}
