package source

import "strings"

// nitf reads documents of the News Industry Text Format, one or many in a file.
func (x *run) nitf(in *opened) error {
	return x.xmlItems(in.w, xmlKind{items: []string{"nitf"}, article: (*run).nitfItem})
}

func (x *run) nitfItem(item, _ *element, v *values) (passed bool, f *fault) {
	v.title = item.find("hl1", "hedline", "title").line()
	v.authors = byline(item)
	pub := item.find("pubdata")
	v.id = item.find("doc-id").attr("id-string")
	if u := pub.attr("ex-ref"); strings.HasPrefix(u, "http") {
		v.url = u
	}
	v.date = firstOf(item.find("date.issue").attr("norm"), pub.attr("date.publication"), item.find("date.release").attr("norm"), item.find("story.date").attr("norm"))
	v.outlet = firstOf(pub.attr("name"), item.find("distributor").line())
	v.text, f = nitfBody(item, x.o.MaxTags)
	return false, f
}

// nitfBody is the text of a document. Where its blocks say which is the full
// text, the others repeat its beginning.
func nitfBody(item *element, maxTags int) (string, *fault) {
	body := item.find("body.content")
	for _, block := range body.all("block") {
		if block.attr("class") == "full_text" {
			body = block
			break
		}
	}
	return body.body(maxTags, "media", "note", "hl1", "byline", "distributor", "bibliography")
}

// byline are the names of the first byline.
func byline(e *element) (names []string) {
	b := e.find("byline", "by")
	for _, p := range b.all("person") {
		names = append(names, p.line())
	}
	if len(names) == 0 && b != nil {
		names = append(names, b.line())
	}
	return names
}

// newsML reads NewsML-G2, NewsML 1 and the like: one article a news item. Items
// that are pictures, films, graphics or packages are passed over.
func (x *run) newsML(in *opened) error {
	return x.xmlItems(in.w, xmlKind{items: []string{"newsitem"}, article: (*run).newsItem})
}

func (x *run) newsItem(item, _ *element, v *values) (passed bool, f *fault) {
	v.title = item.find("headline", "title").line()
	v.id = firstOf(item.attr("guid"), item.attr("itemid"), item.find("publicidentifier").text(), item.find("newsitemid").text())
	if v.authors = byline(item); len(v.authors) == 0 {
		for _, c := range item.all("creator") {
			if name := firstOf(c.child("name").line(), c.line()); name != "" {
				v.authors = append(v.authors, name)
			}
		}
	}
	v.date = firstOf(item.find("contentcreated", "firstcreated", "versioncreated", "thisrevisioncreated", "dateid").line(), item.attr("date"))
	provider := item.find("provider")
	v.outlet = firstOf(provider.child("name").line(), provider.attr("literal"), provider.child("party").attr("FormalName"), item.find("infosource").child("name").line(), afterColon(provider.attr("qcode")))
	if u := item.find("link").attr("href"); strings.HasPrefix(u, "http") {
		v.url = u
	}
	content := item.find("inlinexml", "inlinedata", "datacontent", "text")
	switch {
	case content == nil:
		class := item.find("itemclass").attr("qcode") + item.find("newscomponent").attr("class")
		return !strings.Contains(class, "text") || class == "", nil
	case content.find("body.content") != nil:
		v.text, f = nitfBody(content, x.o.MaxTags)
	case content.find("body") != nil:
		v.text, f = content.find("body").body(x.o.MaxTags, "figure", "script", "style")
	default:
		v.text, f = content.body(x.o.MaxTags, "head", "figure", "script", "style")
	}
	return false, f
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// afterColon is a code without the scheme before it: "nprov:ALDER".
func afterColon(s string) string {
	if _, code, ok := strings.Cut(s, ":"); ok {
		return code
	}
	return s
}
