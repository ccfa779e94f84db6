// Command corpus writes the tables of a corpus that was never written, with
// the truth about it: who everybody is, which statements are the same
// utterance, which articles are copies. `whosaid link` can be measured on it at
// any size. It is a tool of this project, not part of whosaid.
//
//	go run ./cmd/corpus -articles 10000 -out /tmp/corpus
//
// writes tables as `whosaid extract` would, and beside them truth/people.tsv
// (article, name of the entity, kind, who it is, form of the name, whether
// somebody else has it), truth/quotations.tsv (article, ordinal of the quote,
// utterance) and truth/copies.tsv (text, article). With -batches the tables
// come in partitions, oldest articles first. After `whosaid link` of that folder
//
//	go run ./cmd/corpus -score -out /tmp/corpus
//
// tells precision and recall. With -match it prints which quotation stands in
// the place of each attribution of PolNeAR, with -people which person. With
// -names it prints which person bears each name of a list of identities. Both
// are for tools/score_clusters.py.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/whosaid/whosaid/output"
	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/corpus/generate"
	"github.com/whosaid/whosaid/pipeline/source"
)

func main() {
	var o generate.Options
	out := flag.String("out", "", "folder for the tables")
	batches := flag.Int("batches", 0, "partitions; 0: one run without partitions")
	only := flag.Int("only", -1, "write this partition alone")
	noTruth := flag.Bool("no-truth", false, "write no truth")
	noText := flag.Bool("no-text", false, "leave articles.text null")
	score := flag.Bool("score", false, "make nothing: hold the tables of a link in -out against the truth there")
	polnear := flag.String("match", "", "make nothing: print the quotation of each attribution of this `folder` of PolNeAR, whose articles are those of the tables in -out")
	people := flag.Bool("people", false, "with -match: print the speaker's person in place of the quotation")
	identities := flag.String("names", "", "make nothing: print the person of each name of this `file` of identities (article, attribution, kind, name), whose articles are those of the tables in -out")
	flag.IntVar(&o.Articles, "articles", 1000, "articles")
	flag.Uint64Var(&o.Seed, "seed", 1, "another seed, another corpus")
	flag.IntVar(&o.People, "persons", 0, "people; 0: one for four articles")
	flag.IntVar(&o.Days, "days", 0, "days from the first article to the last; 0: two years")
	flag.Parse()
	if *out == "" || o.Articles < 1 {
		flag.Usage()
		os.Exit(2)
	}
	var err error
	switch {
	case *score:
		err = scores(os.Stdout, *out)
	case *polnear != "":
		err = match(os.Stdout, *out, *polnear, *people)
	case *identities != "":
		err = names(os.Stdout, *out, *identities)
	default:
		w := generate.New(o)
		err = tables(w, o, *out, *batches, *only, *noText)
		if err == nil && !*noTruth {
			err = truth(w, o, filepath.Join(*out, "truth"))
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "corpus:", err)
		os.Exit(1)
	}
}

// unitArticles are the articles of one part file.
const unitArticles = 20_000

// tables runs the pipeline over articles that are made as they are asked for.
func tables(w *generate.World, o generate.Options, out string, batches, only int, noText bool) error {
	each := o.Articles
	if batches > 0 {
		each = (o.Articles + batches - 1) / batches
	}
	for batch, start := 0, 0; start < o.Articles; batch, start = batch+1, start+each {
		if only >= 0 && batch != only {
			continue
		}
		end := min(start+each, o.Articles)
		var shards []source.Shard
		for at := start; at < end; at += unitArticles {
			shards = append(shards, source.Shard{Path: "generated", Format: source.JSONL, Start: int64(at), End: int64(min(at+unitArticles, end))})
		}
		settings := map[string]string{"seed": strconv.FormatUint(o.Seed, 10), "articles": strconv.Itoa(o.Articles), "batch": strconv.Itoa(batch)}
		job := pipeline.Job{
			Plan:   pipeline.NewPlan(shards, 1, "generated", "", settings),
			Source: generate.Source{World: w}, Extract: w.Extract, Out: out,
			Options: pipeline.Options{Language: "any", Map: output.MapOptions{NoText: noText}},
			Write:   pipeline.WriteOptions{Format: output.Parquet},
		}
		if batches > 0 {
			job.Partition = fmt.Sprintf("batch=%03d", batch)
		}
		if _, err := pipeline.Run(context.Background(), job); err != nil {
			return err
		}
	}
	return nil
}

func truth(w *generate.World, o generate.Options, dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	var files [3]*os.File
	var to [3]*bufio.Writer
	for i, name := range []string{"people.tsv", "quotations.tsv", "copies.tsv"} {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		files[i], to[i] = f, bufio.NewWriterSize(f, 1<<20)
	}
	for i := range o.Articles {
		_, t := w.Article(i)
		for _, e := range t.Entities {
			fmt.Fprintf(to[0], "%s\t%s\t%s\t%s\t%s\t%t\n", t.ID, e.Name, e.Kind, e.Is, e.Form, e.Namesake)
		}
		for k, u := range t.Quotes {
			fmt.Fprintf(to[1], "%s\t%d\t%s\n", t.ID, k, u)
		}
		if t.Copy != "" {
			fmt.Fprintf(to[2], "%s\t%s\n", t.Copy, t.ID)
		}
	}
	var err error
	for i := range to {
		err = errors.Join(err, to[i].Flush(), files[i].Close())
	}
	return err
}
