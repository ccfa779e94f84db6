package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/eval"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/news"
	"github.com/whosaid/whosaid/extract/syntax"
	"github.com/whosaid/whosaid/extract/token"
)

// evalNames judges names against a BIO file: those of the native engine's
// recognizer, or the names in another engine's mentions.
func evalNames(o evalOptions, out io.Writer) error {
	texts, err := eval.ReadNamesFile(o.names)
	if err != nil {
		return err
	}
	find, err := nameFinder(o.engine)
	if err != nil {
		return err
	}
	report := eval.NameReport{}
	for i := range texts {
		found, err := find(&texts[i])
		if err != nil {
			return err
		}
		report.Add(&texts[i], found)
	}
	if o.json {
		return json.NewEncoder(out).Encode(report)
	}
	_, err = fmt.Fprint(out, report)
	return err
}

func nameFinder(o extract.Options) (func(*eval.NamedText) ([]eval.MarkedName, error), error) {
	if o.Engine != "" && o.Engine != extract.Native {
		x, err := extract.New(o)
		if err != nil {
			return nil, err
		}
		return func(t *eval.NamedText) ([]eval.MarkedName, error) { return namesInMentions(x, t) }, nil
	}
	p, err := syntax.LoadFrom(o.Models)
	if err != nil {
		return nil, err
	}
	r, err := entity.LoadFrom(o.Models, english.Language())
	if err != nil {
		return nil, err
	}
	tokens := token.New(english.Language())
	return func(t *eval.NamedText) (out []eval.MarkedName, err error) {
		d := tokens.Document(&news.Article{Body: t.Text})
		p.Annotate(d)
		for _, n := range r.Find(d).Names {
			words, kind := n.Proper()
			out = append(out, eval.MarkedName{Span: d.Span(words), Kind: kind.String()})
		}
		return out, nil
	}, nil
}

// namesInMentions are the names of people and organizations among the mentions
// of an engine.
func namesInMentions(x *extract.Extractor, t *eval.NamedText) (out []eval.MarkedName, err error) {
	r, err := x.Extract(news.Article{ID: t.Doc, Body: t.Text})
	if err != nil {
		return nil, err
	}
	for _, m := range r.Mentions {
		if m.Form != news.Name || m.Entity < 0 {
			continue
		}
		switch r.Entities[m.Entity].Kind {
		case news.Person:
			out = append(out, eval.MarkedName{Span: m.Span, Kind: "Person"})
		case news.Organization:
			out = append(out, eval.MarkedName{Span: m.Span, Kind: "Organization"})
		}
	}
	return out, nil
}

// evalClusters judges the entities' mentions against coreference.
func evalClusters(o evalOptions, out io.Writer) error {
	texts, err := eval.ReadClusters(o.clusters)
	if err != nil {
		return err
	}
	x, err := extract.New(o.engine)
	if err != nil {
		return err
	}
	found := make([][][]news.Span, len(texts))
	for i := range texts {
		r, err := x.Extract(news.Article{ID: texts[i].Doc, Body: texts[i].Text})
		if err != nil {
			return err
		}
		found[i] = make([][]news.Span, len(r.Entities))
		for _, m := range r.Mentions {
			if m.Entity >= 0 {
				found[i][m.Entity] = append(found[i][m.Entity], m.Span)
			}
		}
	}
	f := eval.ScoreClusters(texts, found)
	if o.json {
		return json.NewEncoder(out).Encode(f)
	}
	fmt.Fprintf(out, "%-10s %6s %6s %6s\n", "clusters", "P", "R", "F1")
	for _, row := range []struct {
		name string
		eval.PRF
	}{{"mentions", f.Mentions}, {"B-cubed", f.B3}, {"CEAF-e", f.CEAF}} {
		fmt.Fprintf(out, "%-10s %6.1f %6.1f %6.1f\n", row.name, row.P, row.R, row.F1)
	}
	return nil
}
