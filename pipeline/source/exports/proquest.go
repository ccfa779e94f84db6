package exports

import (
	"regexp"
	"strings"
)

// ProQuest: articles between rules of underscores, each with fields under
// their labels, the text among them.
var (
	ruleLine  = regexp.MustCompile(`^_{20,}$`)
	ofLine    = regexp.MustCompile(`^Document \d+ of \d+$`)
	reported  = regexp.MustCompile(`^Report Information from ProQuest`)
	pqID      = regexp.MustCompile(`^ProQuest document ID: *\d`)
	pqLink    = regexp.MustCompile(`^(?:ProQuest document link|Document URL: )`)
	fullText  = regexp.MustCompile(`(?i)^full text: *`)
	publisher = regexp.MustCompile(`^(?:Publication title|Publication info): `)
	pqLabel   = regexp.MustCompile(`^(Title|Alternate title|Author|Publication info|Abstract|Links|Full [Tt]ext|Subject|Location|People|Company / organization|Classification|Identifier / keyword|Credit|Publication title|First page|Pages|Number of pages|Publication year|Publication date|Year|Section|Column|Volume|Issue|Edition|Publisher|Place of publication|Country of publication|Publication subject|ISSN|e-ISSN|Source type|Language of publication|Document type|Document feature|DOI|ProQuest document ID|Document URL|URL|Copyright|Last updated|Last Updated|Database|Illustration|Caption)(?:: |:$)`)
)

func (l lines) proQuest() bool {
	n := l.count(ofLine, reported, pqID, pqLink, publisher)
	return n >= 2 && l.find(fullText) >= 0 || n >= 2 && l.count(reported, ruleLine, ofLine) == 3
}

func (l lines) splitProQuest() []Article {
	var out []Article
	for _, rule := range l.cut(ruleLine) {
		parts := rule.cut(ofLine)
		for _, part := range parts {
			if part.find(fullText) >= 0 || part.find(pqID) >= 0 {
				out = append(out, part.proQuestArticle())
			}
		}
	}
	return out
}

func (l lines) proQuestArticle() (a Article) {
	fields, label := map[string]lines{}, ""
	for _, s := range l {
		if m := pqLabel.FindStringSubmatch(s); m != nil {
			if _, again := fields[m[1]]; !again { // a label that comes again is text
				label, s = m[1], strings.TrimSpace(s[len(m[0]):])
			}
		}
		fields[label] = append(fields[label], s)
	}
	one := func(name string) string { return strings.Join(fields[name].full(), " ") }
	a = Article{
		ID: one("ProQuest document ID"), Title: one("Title"), Outlet: one("Publication title"),
		URL: one("Document URL"), Date: dateOf(one("Publication date")), Byline: turned(one("Author")),
		Text: append(append(lines{}, fields["Full text"]...), fields["Full Text"]...).text(),
	}
	if a.Title == "" {
		if _, first := fields[""].first(); first != "" {
			a.Title = first
		}
	}
	if outlet, _, _ := strings.Cut(one("Publication info"), ";"); a.Outlet == "" {
		a.Outlet = strings.TrimSpace(outlet)
	}
	for part := range strings.SplitSeq(one("Publication info"), ". ") {
		if a.Date == "" {
			a.Date = dateOf(part)
		}
	}
	return a
}

// turned writes "Example, Ada; Day, Bo" as names are read.
func turned(s string) string {
	names := strings.Split(s, ";")
	for i, n := range names {
		n = strings.TrimSuffix(strings.TrimSpace(n), ".")
		if last, first, ok := strings.Cut(n, ", "); ok && !strings.Contains(first, ",") {
			n = first + " " + last
		}
		names[i] = n
	}
	return strings.Join(names, "; ")
}
