package source

import (
	"regexp"
	"strings"
)

// feed reads RSS (0.9 to 2.0) and Atom: one article an item. The text is the
// full content where a feed has it, else the description or summary.
func (x *run) feed(in *opened) error {
	return x.xmlItems(in.w, xmlKind{items: []string{"item", "entry", "atom:entry"}, article: (*run).feedItem})
}

// feedBodies are the elements that hold an item's text, the fullest first.
var feedBodies = []string{"encoded", "content", "description", "summary"}

func (x *run) feedItem(item, head *element, v *values) (passed bool, f *fault) {
	v.title = item.child("title").line()
	v.id, v.url = feedAddress(item)
	for _, name := range []string{"pubdate", "published", "date", "issued", "created", "updated", "modified"} {
		if v.date = item.child(name).line(); v.date != "" {
			break
		}
	}
	channel := head.find("channel")
	if channel == nil {
		channel = head // an Atom feed
	}
	v.authors = feedAuthors(item)
	if len(v.authors) == 0 && channel != nil && channel.name == "feed" {
		v.authors = feedAuthors(channel)
	}
	if s := item.child("source"); s != nil {
		if v.outlet = s.child("title").line(); v.outlet == "" {
			v.outlet = s.line()
		}
	}
	if v.outlet == "" {
		v.outlet = channel.child("title").line()
	}
	for _, name := range feedBodies {
		if v.text, f = item.child(name).body(x.o.MaxTags); f != nil || v.text != "" {
			break
		}
	}
	return false, f
}

// feedAddress is an item's id and address.
func feedAddress(item *element) (id, url string) {
	for link := range item.children("link") {
		if rel := link.attr("rel"); rel != "" && rel != "alternate" {
			continue
		}
		if url = link.attr("href"); url == "" {
			url = link.text()
		}
		if url != "" {
			break
		}
	}
	guid := item.child("guid")
	if id = guid.text(); url == "" && guid.attr("isPermaLink") != "false" && strings.HasPrefix(id, "http") {
		url = id
	}
	for _, other := range []string{item.child("id").text(), item.attr("about"), url} {
		if id == "" {
			id = other
		}
	}
	return id, url
}

// inBrackets is the name in "editor@alder.example (Ada Example)", as RSS asks.
var inBrackets = regexp.MustCompile(`^\S+@\S+\s+\((.+)\)$`)

func feedAuthors(e *element) (names []string) {
	for _, kind := range []string{"author", "creator"} {
		for a := range e.children(kind) {
			name := a.child("name").line()
			if name == "" {
				name = a.line()
			}
			if m := inBrackets.FindStringSubmatch(name); m != nil {
				name = m[1]
			}
			if name != "" && (strings.Contains(name, " ") || !strings.Contains(name, "@")) {
				names = append(names, name)
			}
		}
	}
	return names
}
