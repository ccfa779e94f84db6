package extract_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/attribution"
	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/internal/toy"
	"github.com/whosaid/whosaid/extract/news"
)

const twoStatements = "“The bridge will open in May,” said Ada Example. “It will not,” said Bo Sample."

// A stage that Options brings takes the place of the engine's.
func TestStages(t *testing.T) {
	var order []string
	wholeText := extract.DetectorFunc(func(_ context.Context, d *news.Document) ([]news.Quote, error) {
		order = append(order, "detect")
		if d.Tokens[0].Tag != news.TagNNP {
			t.Error("the detector does not see what the tagger wrote")
		}
		return []news.Quote{{Kind: news.Direct, Parts: []news.Part{{Span: news.Span{End: int32(len(d.Text))}}}, Parent: -1, Group: -1}}, nil
	})
	x, err := extract.New(extract.Options{
		Tagger: extract.TaggerFunc(func(_ context.Context, d *news.Document) error {
			order = append(order, "tag")
			for i := range d.Tokens {
				d.Tokens[i].Tag = news.TagNNP
			}
			return nil
		}),
		Detector: wholeText,
		Resolver: extract.ResolverFunc(func(_ context.Context, d *news.Document, quotes []news.Quote) (news.Result, error) {
			order = append(order, "resolve")
			return news.Result{
				Doc: d, Quotes: quotes, Entities: []news.Entity{{Name: "Everybody"}},
				Attributions: []news.Attribution{{Entity: 0}},
			}, nil
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := x.Extract(news.Article{Body: twoStatements})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(order, " "); got != "tag detect resolve" {
		t.Errorf("stages ran in the order %q", got)
	}
	if len(r.Quotes) != 1 || r.Quotes[0].Extent().Of(r.Doc.Text) != twoStatements || r.Entities[r.Attributions[0].Entity].Name != "Everybody" {
		t.Errorf("%+v is not what the stages gave", r.Quotes)
	}
}

// One stage changed leaves the others the engine's.
func TestOneStage(t *testing.T) {
	for _, engine := range extract.Engines() {
		whole, err := extract.New(extract.Options{Engine: engine})
		if err != nil {
			t.Fatal(err)
		}
		want, err := whole.Extract(news.Article{Body: twoStatements})
		if err != nil {
			t.Fatal(err)
		}
		x, err := extract.New(extract.Options{
			Engine: engine,
			Detector: extract.DetectorFunc(func(context.Context, *news.Document) ([]news.Quote, error) {
				return want.Quotes[1:], nil
			}),
		})
		if err != nil {
			t.Fatal(err)
		}
		got, err := x.Extract(news.Article{Body: twoStatements})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Quotes) != 1 || got.Entities[got.Attributions[0].Entity].Name != "Bo Sample" {
			t.Errorf("%s: %d statements, %+v", engine, len(got.Quotes), got.Attributions)
		}
	}
}

// A stage's error says which stage and which article, and is found by errors.Is.
func TestStageErrors(t *testing.T) {
	broken := errors.New("the weights are gone")
	noTags := extract.TaggerFunc(func(context.Context, *news.Document) error { return broken })
	noQuotes := extract.DetectorFunc(func(context.Context, *news.Document) ([]news.Quote, error) { return nil, broken })
	nobody := extract.ResolverFunc(func(context.Context, *news.Document, []news.Quote) (news.Result, error) {
		return news.Result{}, broken
	})
	short := extract.ResolverFunc(func(_ context.Context, d *news.Document, quotes []news.Quote) (news.Result, error) {
		return news.Result{Doc: d, Quotes: quotes}, nil
	})
	for _, tt := range []struct {
		name string
		o    extract.Options
		want string
	}{
		{"tagger", extract.Options{Tagger: noTags}, `tag "bridge": the weights are gone`},
		{"detector", extract.Options{Detector: noQuotes}, `detect "bridge": the weights are gone`},
		{"resolver", extract.Options{Resolver: nobody}, `attribute "bridge": the weights are gone`},
		{"too few", extract.Options{Resolver: short}, `attribute "bridge": 0 attributions for 2 statements`},
	} {
		x, err := extract.New(tt.o)
		if err != nil {
			t.Fatal(err)
		}
		r, err := x.Extract(news.Article{ID: "bridge", Body: twoStatements})
		if r != nil || err == nil || err.Error() != tt.want {
			t.Errorf("%s: error %v, want %s", tt.name, err, tt.want)
		}
		if tt.name != "too few" && !errors.Is(err, broken) {
			t.Errorf("%s: %v does not wrap the stage's error", tt.name, err)
		}
	}
}

// Stages get the caller's context, and its end is seen between them.
func TestStagesContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	x, err := extract.New(extract.Options{
		Detector: extract.DetectorFunc(func(c context.Context, _ *news.Document) ([]news.Quote, error) {
			cancel()
			return nil, nil
		}),
		Resolver: extract.ResolverFunc(func(context.Context, *news.Document, []news.Quote) (news.Result, error) {
			t.Error("resolved after the end of the context")
			return news.Result{}, nil
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := x.Run(ctx, &news.Article{Body: twoStatements}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the context's", err)
	}
}

// Options.Language takes the place of English in the stages that read their words
// from a language: with a tagger of its own, its texts come out, and no English.
func TestLanguage(t *testing.T) {
	l, err := toy.Language()
	if err != nil {
		t.Fatal(err)
	}
	x, err := extract.New(extract.Options{
		Engine: extract.Prose, Language: l,
		Tagger: extract.TaggerFunc(func(_ context.Context, d *news.Document) error {
			toy.Tag(d)
			return nil
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := extract.New(extract.Options{Language: l}); err == nil || !strings.Contains(err.Error(), "model does not fit this program") {
		t.Errorf("models of English are taken for another language: %v", err)
	}
	for stage, load := range map[string]func() error{
		"entity":      func() error { _, err := entity.LoadFrom(nil, l); return err },
		"coref":       func() error { _, err := coref.LoadFrom(nil, l); return err },
		"attribution": func() error { _, err := attribution.LoadFrom(nil, nil, l, false); return err },
		"resolver": func() error {
			_, err := extract.New(extract.Options{Language: l, Detector: extract.DetectorFunc(func(context.Context, *news.Document) ([]news.Quote, error) { return nil, nil })})
			return err
		},
	} {
		if err := load(); err == nil || !strings.Contains(err.Error(), "model does not fit this program") {
			t.Errorf("%s takes models of English for another language: %v", stage, err)
		}
	}
	for _, c := range []struct{ text, words, cue string }{
		{"Dro. Vey kel vor ta boto losta.", "vor ta boto losta", "kel"},
		{"“Ta boto losta,” kel Ana Reyes.", "“Ta boto losta,”", "kel"},
		{"Ana Reyes said that ta boto losta.", "", ""},
	} {
		r, err := x.Extract(news.Article{Body: c.text})
		if err != nil {
			t.Fatal(err)
		}
		words, cue := "", ""
		if len(r.Quotes) > 0 {
			words, cue = r.Quotes[0].Extent().Of(c.text), r.Quotes[0].Cue.Of(c.text)
		}
		if len(r.Quotes) > 1 || words != c.words || cue != c.cue {
			t.Errorf("%s: %d statements, %q, cue %q", c.text, len(r.Quotes), words, cue)
		}
	}
}
