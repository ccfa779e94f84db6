package source

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func parsePage(t *testing.T, page string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// What a page says of itself in its own words, where no metadata do.
func TestShown(t *testing.T) {
	for _, c := range []struct{ name, page, address, author, date string }{
		{"none", "<p>The quay is shut.</p>", "", "", ""},
		{"address of a link", `<meta property="og:url" content="https://b.example/2"><link rel="canonical" href="https://a.example/1">`, "https://a.example/1", "", ""},
		{"address of a meta", `<meta property="og:url" content="https://b.example/2">`, "https://b.example/2", "", ""},
		{"address without a host", `<link rel="canonical" href="/1">`, "", "", ""},
		{"address of no web", `<link rel="canonical" href="javascript://x/1">`, "", "", ""},
		{"day in the address", `<link rel="canonical" href="https://a.example/news/2031/05/03/quay"><time datetime="2032-01-01">`, "https://a.example/news/2031/05/03/quay", "", "2031-05-03"},
		{"month by name in the address", `<link rel="canonical" href="https://a.example/news/2031/oct/02/quay">`, "https://a.example/news/2031/oct/02/quay", "", "2031-10-02"},
		{"no day in the address", `<link rel="canonical" href="https://a.example/2031/02/31/quay">`, "https://a.example/2031/02/31/quay", "", ""},
		{"a time", `<p class="posted">May 4, 2031</p><time datetime="2031-05-03T10:00Z">now</time>`, "", "", "2031-05-03"},
		{"a time in words", `<time>3 May 2031</time>`, "", "", "2031-05-03"},
		{"a date in a line", `<div class="entry-meta">Posted on May 3, 2031 by Jo Fenn</div>`, "", "", "2031-05-03"},
		{"a date in the text only", `<p>The quay was shut on May 3, 2031.</p>`, "", "", ""},
		{"author by relation", `<a rel="author">Jo Fenn</a>`, "", "Jo Fenn", ""},
		{"author by class", `<div class="byline">By  Jo Fenn</div>`, "", "Jo Fenn", ""},
		{"author by property", `<span itemprop="author">Jo Fenn</span>`, "", "Jo Fenn", ""},
		{"too long for an author", `<div class="author">Jo Fenn has written of quays and ships for eleven years</div>`, "", "", ""},
	} {
		doc := parsePage(t, c.page)
		address := canonical(doc)
		if address != c.address {
			t.Errorf("%s: address %q, want %q", c.name, address, c.address)
		}
		if got := shownAuthor(doc); got != c.author {
			t.Errorf("%s: author %q, want %q", c.name, got, c.author)
		}
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		date := ""
		if d := shownDate(shownTimes(doc), u); !d.IsZero() {
			date = d.Format("2006-01-02")
		}
		if date != c.date {
			t.Errorf("%s: date %q, want %q", c.name, date, c.date)
		}
	}
}

// What names itself furniture goes, and what only shares such a name stays.
func TestFurniture(t *testing.T) {
	const text = "<p>The quay at Port Ellery has been shut since the storm, and nobody has been paid to mend it, the mayor said on Friday.</p>"
	for _, c := range []struct {
		name, block string
		stays       bool
	}{
		{"caption", `<figure><img src="a.jpg"><figcaption>The quay. Photo: Ola Renn</figcaption></figure>`, false},
		{"caption with a quotation", `<figure><blockquote>Mend it.</blockquote><figcaption>Ilse Brandt</figcaption></figure>`, true},
		{"comments", `<div id="comments"><p>First!</p></div>`, false},
		{"navigation", `<nav>Home</nav>`, false},
		{"breadcrumb", `<div class="breadcrumb">Home</div>`, false},
		{"advertisement", `<div class="ad-slot">Advertisement</div>`, false},
		{"a word that begins so", `<div class="address-of-quay">Quay Road 1</div>`, true},
		{"byline", `<div class="byline">By Jo Fenn</div>`, false},
		{"date", `<p class="entry-meta">Posted on May 3</p>`, false},
		{"a sentence called so", `<p class="meta">“It must go,” she said.</p>`, true},
		{"a time", `<div><time>10.00</time></div>`, false},
		{"a time in a sentence", `<p>The ferry that left the quay at <time>10.00</time> came back at noon.</p>`, true},
		{"the whole page", `<div class="comments">` + strings.Repeat(text, 3) + `</div>`, true},
	} {
		doc := parsePage(t, text+c.block)
		before := wordsIn(doc)
		dropFurniture(doc)
		dropAbout(doc)
		if stays := wordsIn(doc) == before; stays != c.stays {
			t.Errorf("%s: %d of %d words stay", c.name, wordsIn(doc), before)
		}
	}
}
