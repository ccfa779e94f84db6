package extract_test

import (
	"fmt"
	"log"
	"sync"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/news"
)

// An Extractor is made once; every article goes through Extract.
func Example() {
	x, err := extract.New(extract.Options{})
	if err != nil {
		log.Fatal(err)
	}
	r, err := x.Extract(news.Article{
		ID: "bridge",
		Body: "“The bridge will open in May,” said Ada Example, the city engineer.\n\n" +
			"“We have tested every cable,” she said.",
	})
	if err != nil {
		log.Fatal(err)
	}
	for i, q := range r.Quotes {
		speaker := "nobody known"
		if e := r.Attributions[i].Entity; e >= 0 {
			speaker = r.Entities[e].Name
		}
		fmt.Printf("%s: %s %s\n", speaker, q.Cue.Of(r.Doc.Text), q.Extent().Of(r.Doc.Text))
	}
	// Output:
	// Ada Example: said “The bridge will open in May,”
	// Ada Example: said “We have tested every cable,”
}

// The parts of a quotation, its cue and its source are byte ranges of the text
// that went in. A quotation that its cue interrupts has two parts.
func ExampleExtractor_Extract() {
	x, err := extract.New(extract.Options{})
	if err != nil {
		log.Fatal(err)
	}
	a := news.Article{Body: "“The ferry is late,” said Captain Bo Sample. “It is always late.”"}
	r, err := x.Extract(a)
	if err != nil {
		log.Fatal(err)
	}
	for _, q := range r.Quotes {
		for _, p := range q.Parts {
			fmt.Printf("%3d–%3d %s\n", p.Span.Start, p.Span.End, a.Body[p.Span.Start:p.Span.End])
		}
	}
	// Output:
	//   0– 24 “The ferry is late,”
	//  49– 73 “It is always late.”
}

// One Extractor serves any number of goroutines.
func ExampleExtractor_Extract_concurrent() {
	x, err := extract.New(extract.Options{})
	if err != nil {
		log.Fatal(err)
	}
	articles := []news.Article{
		{Body: "“It will rain,” said Ada Example."},
		{Body: "“It will not,” said Bo Sample."},
	}
	results := make([]*news.Result, len(articles))
	var wg sync.WaitGroup
	for i, a := range articles {
		wg.Go(func() {
			r, err := x.Extract(a)
			if err != nil {
				log.Fatal(err)
			}
			results[i] = r
		})
	}
	wg.Wait()
	for _, r := range results {
		fmt.Println(r.Entities[r.Attributions[0].Entity].Name, "·", r.Quotes[0].Kind)
	}
	// Output:
	// Ada Example · direct
	// Bo Sample · direct
}

// The prose engine works by the tags of prose/v2 and hand-made rules.
func ExampleNew() {
	for _, engine := range []string{extract.Native, extract.Prose, "oracle"} {
		_, err := extract.New(extract.Options{Engine: engine})
		fmt.Println(engine, err)
	}
	// Output:
	// native <nil>
	// prose <nil>
	// oracle unknown engine "oracle": use "native" or "prose"
}
