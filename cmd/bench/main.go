// Command bench measures the built program from outside, as its users meet it:
// articles a second from JSON Lines to Parquet with one worker and with two,
// beside prose's own document analysis of the same texts, processor time, peak
// memory and start-up; and whether the answers are those on record. It prints
// lines in the format of Go's benchmarks, which benchstat reads, and then the
// medians and ratios. It is a tool of this project, not part of whosaid.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

func main() {
	o := options{}
	flag.StringVar(&o.bin, "bin", "bin/whosaid", "the program, built")
	flag.StringVar(&o.input, "input", "", "JSON Lines with id and text, gzip allowed (PolNeAR's development articles where ../shared has them, else testdata/articles)")
	flag.IntVar(&o.articles, "articles", 1000, "articles a run, the input's repeated under new ids")
	flag.IntVar(&o.count, "count", 5, "runs of each kind, in turns")
	flag.StringVar(&o.answers, "answers", "docs/bench/answers.txt", "hashes of the answers on record")
	flag.BoolVar(&o.update, "update", false, "record the answers as they are now")
	asProse := flag.String("prose", "", "let prose analyse the texts of this file, and nothing else")
	flag.Parse()
	var err error
	if *asProse != "" {
		err = analyse(*asProse)
	} else {
		err = bench(o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type options struct {
	bin, input, answers string
	articles, count     int
	update              bool
}

// bench checks the answers, then takes the measurements in turns, so that a
// noisy minute falls on all of them.
func bench(o options) error {
	work, err := os.MkdirTemp("", "whosaid-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	name, texts, err := frozen(o.input)
	if err != nil {
		return err
	}
	one := filepath.Join(work, "one.jsonl")
	if err := write(one, texts, len(texts)); err != nil {
		return err
	}
	if err := checkAnswers(o, name, one, work); err != nil {
		return err
	}
	many := filepath.Join(work, "many.jsonl")
	if err := write(many, texts, o.articles); err != nil {
		return err
	}
	desk := filepath.Join(work, "desk.txt")
	if err := os.WriteFile(desk, []byte(texts[0]), 0o644); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	extract := func(workers string) []string {
		out := filepath.Join(work, "out"+workers)
		return []string{o.bin, "extract", "--quiet", "--progress", "none", "--workers", workers, "--out", out, many}
	}
	kinds := []*kind{
		{name: "Extract/workers=1", cores: 1, articles: o.articles, command: extract("1"), clear: filepath.Join(work, "out1")},
		{name: "Extract/workers=2", cores: 2, articles: o.articles, command: extract("2"), clear: filepath.Join(work, "out2")},
		{name: "Prose", cores: 1, articles: len(texts), command: []string{self, "-prose", one}, told: true},
		{name: "Show", cores: 2, command: []string{o.bin, "show", desk}},
		{name: "Help", cores: 2, command: []string{o.bin, "--help"}},
	}
	fmt.Printf("pkg: whosaid/cmd/bench\ninput: %s, %d articles, repeated to %d\n", name, len(texts), o.articles)
	for range o.count {
		for _, k := range kinds {
			if err := k.run(); err != nil {
				return err
			}
			fmt.Println(k.line(k.runs[len(k.runs)-1]))
		}
	}
	summary(os.Stdout, kinds)
	return nil
}

// frozen reads the texts to measure on, and names them.
func frozen(input string) (name string, texts []string, err error) {
	if input == "" {
		input = filepath.Join("..", "shared", "data", "articles", "polnear-dev.jsonl.gz")
		if _, err := os.Stat(input); errors.Is(err, fs.ErrNotExist) {
			return ownTexts()
		}
	}
	f, err := os.Open(input)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(input, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return "", nil, fmt.Errorf("read %s: %w", input, err)
		}
	}
	texts, err = readTexts(r)
	if err != nil || len(texts) == 0 {
		return "", nil, fmt.Errorf("read %s: %d texts: %w", input, len(texts), err)
	}
	return filepath.Base(input), texts, nil
}

func ownTexts() (string, []string, error) {
	paths, err := filepath.Glob(filepath.Join("testdata", "articles", "*.txt"))
	if err != nil || len(paths) == 0 {
		return "", nil, errors.New("no testdata/articles here: run it in the project's root")
	}
	var texts []string
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			return "", nil, err
		}
		texts = append(texts, string(b))
	}
	return "testdata/articles", texts, nil
}

type record struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

func readTexts(r io.Reader) (texts []string, err error) {
	for d := json.NewDecoder(bufio.NewReader(r)); d.More(); {
		var a record
		if err := d.Decode(&a); err != nil {
			return nil, err
		}
		texts = append(texts, a.Text)
	}
	return texts, nil
}

// write makes n articles of the texts, over and over.
func write(path string, texts []string, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	e := json.NewEncoder(w)
	for i := range n {
		if err := e.Encode(record{ID: "a" + strconv.Itoa(i), Text: texts[i%len(texts)]}); err != nil {
			return err
		}
	}
	return errors.Join(w.Flush(), f.Close())
}

// median of an odd number of values; of an even one, the lower middle.
func median(x []float64) float64 {
	y := slices.Sorted(slices.Values(x))
	return y[(len(y)-1)/2]
}
