package source

import (
	"strings"
	"testing"
)

const rssHead = `<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title>`

func TestXMLItems(t *testing.T) {
	item := func(id, text string) string {
		return "<item><guid>" + id + "</guid><description>" + text + "</description></item>"
	}
	for _, c := range []struct {
		name, file, data string
		want             []string
	}{
		{"RSS", "a.xml", rssHead + item("a", "Rain fell.") + "\n" + item("b", "It stopped.") + "</channel></rss>", []string{"a: Rain fell.", "b: It stopped."}},
		{"named .txt", "a.txt", rssHead + item("a", "Rain fell.") + "</channel></rss>", []string{"a: Rain fell."}},
		{"RSS 1.0", "a.rdf", `<rdf:RDF xmlns:rdf="x"><channel rdf:about="c"><title>Courier</title><items/></channel><item rdf:about="a"><description>Rain fell.</description></item></rdf:RDF>`, []string{"a: Rain fell."}},
		{"an item that is not closed", "a.xml", rssHead + "<item><guid>x</guid><description>Rain" + item("a", "Rain fell.") + "</channel></rss>", []string{"a: Rain fell.", "bad_xml@0"}},
		{"cut in an item", "a.xml", rssHead + item("a", "Rain fell.") + "<item><guid>b</guid><descr", []string{"a: Rain fell.", "truncated@1"}},
		{"an end tag inside CDATA and a comment", "a.xml", rssHead + item("a", "<![CDATA[Rain </item> fell.]]><!-- </item> -->") + "</channel></rss>", []string{"a: Rain fell."}},
		{"wrong entities and bare marks", "a.xml", rssHead + item("a", "Rain &nbsp;&foo; & sun 3 < 4.") + item("b", "It stopped.") + "</channel></rss>", nil},
		{"control characters", "a.xml", rssHead + item("a", "Rain \x0bfell.") + "</channel></rss>", []string{"a: Rain fell."}},
		{"Latin-1", "a.xml", `<?xml version="1.0" encoding="ISO-8859-1"?><rss><channel>` + item("a", "Caf\xe9 closed.") + "</channel></rss>", []string{"a: Café closed."}},
		{"UTF-16", "a.xml", utf16le("\ufeff" + `<?xml version="1.0" encoding="UTF-16"?><rss><channel>` + item("a", "Rain fell.") + "</channel></rss>"), []string{"a: Rain fell."}},
		{"nested a thousand deep", "a.xml", rssHead + item("a", strings.Repeat("<b>", 1000)) + item("b", "It stopped.") + "</channel></rss>", []string{"b: It stopped.", "too_complex@0"}},
		{"an item over the limit", "a.xml", rssHead + item("a", strings.Repeat("x", 80<<10)) + item("b", "It stopped.") + "</channel></rss>", []string{"b: It stopped.", "too_large@0"}},
		{"no items", "a.xml", rssHead + "</channel></rss>", nil},
		{"no text", "a.xml", rssHead + "<item><title>x</title></item></channel></rss>", []string{"no_text@0"}},
		{"XML of another kind", "a.xml", `<?xml version="1.0"?><invoice><item/></invoice>`, []string{"unsupported@0"}},
		{"a wall of open brackets", "a.xml", rssHead + strings.Repeat("<", 300<<10), nil},
		{"a doctype that declares entities", "a.xml", `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel>` + item("a", "Rain &b; fell.") + "</channel></rss>", []string{"a: Rain &b; fell."}},
	} {
		o := Options{MaxRecord: 64 << 10}
		got := readAll(t, o, write(t, c.file, []byte(c.data)))
		if got.err != nil {
			t.Errorf("%s: %v", c.name, got.err)
		}
		if c.want != nil {
			t.Run(c.name, func(t *testing.T) { equal(t, hostileSummary(got), c.want) })
		}
	}
}

func FuzzFeed(f *testing.F)   { fuzzXML(f, Feed) }
func FuzzNITF(f *testing.F)   { fuzzXML(f, NITF) }
func FuzzNewsML(f *testing.F) { fuzzXML(f, NewsML) }

func fuzzXML(f *testing.F, format Format) {
	for _, s := range []string{
		rssHead + "<item><guid>a</guid><description>&lt;p&gt;x&lt;/p&gt;</description></item></channel></rss>",
		`<feed><entry><id>a</id><content type="xhtml"><div><p>x<br>y</p></div></content></entry></feed>`,
		`<rss><item><![CDATA[</item>]]><description>x</description><item>`, "<item><description>a<b", "<item/><item></ITEM>", "<item a='>'>x</item><!-- <item>",
		`<nitf><body.content><block class="full_text"><p>x</p></block></body.content></nitf>`,
		`<newsItem guid="a"><contentSet><inlineXML><html><body><p>x</p></body></html></inlineXML></contentSet></newsItem>`,
	} {
		f.Add([]byte(s))
	}
	fuzzReader(f, format)
}
