package exports

import (
	"regexp"
	"strings"
)

// Factiva without indexing: headline, perhaps a byline, then lines for the
// number of words, the date, the outlet and its code, the language and the
// copyright; the text; and a line with the number of the document.
var (
	wordsLine    = regexp.MustCompile(`^[\d,.]+ words$`)
	documentLine = regexp.MustCompile(`^Document ([A-Za-z0-9]{15,40})$`)
	timeLine     = regexp.MustCompile(`^\d{1,2}:\d{2}(?: [A-Z]{2,4})?$`)
	languageLine = regexp.MustCompile(`^(?:English|French|German|Spanish|Italian|Portuguese|Dutch|Russian)$`)
	nameLine     = regexp.MustCompile(`^(?:By .*|(?:[A-Z][\p{L}.'’-]*,? ){1,3}[A-Z][\p{L}.'’-]+)$`)
)

// imprint finds the lines of words and date that stand together, in lines
// without empty ones; -1 when there are none.
func (l lines) imprint() int {
	for i := 0; i+1 < len(l); i++ {
		if wordsLine.MatchString(l[i]) && dateOf(l[i+1]) != "" {
			return i
		}
	}
	return -1
}

func (l lines) factiva() bool {
	f := l.full()
	at := f.imprint()
	if at < 1 {
		return false
	}
	near := f[at : at+min(12, len(f)-at)]
	return near.count(languageLine, copyright) > 0 && (near.count(languageLine, copyright) == 2 || f.find(documentLine) > at)
}

func (l lines) splitFactiva() []Article {
	var out []Article
	from := 0
	for i, s := range l {
		if m := documentLine.FindStringSubmatch(s); m != nil {
			a := l[from:i].factivaArticle()
			a.ID = m[1]
			out = append(out, a)
			from = i + 1
		}
	}
	if rest := l[from:]; rest.full().imprint() >= 0 { // its end was cut off
		out = append(out, rest.factivaArticle())
	}
	return out
}

func (l lines) factivaArticle() (a Article) {
	words := -1
	for i, s := range l {
		if wordsLine.MatchString(s) {
			if _, next := l[i+1:].first(); dateOf(next) != "" {
				words = i
				break
			}
		}
	}
	if words < 0 {
		return a
	}
	a.Title, a.Byline = l[:words].full().titleAndByline()
	i := words + 1
	end := i // behind the imprint
	for n := 0; i < len(l) && n < 12; i++ {
		if l[i] == "" {
			continue
		}
		n++
		s := l[i]
		switch {
		case n == 1:
			a.Date, end = dateOf(s), i+1
		case timeLine.MatchString(s) && a.Outlet == "":
			end = i + 1
		case a.Outlet == "":
			a.Outlet, end = s, i+1
		case copyright.MatchString(s):
			a.Text = l[i+1:].text()
			return a
		case languageLine.MatchString(s):
			end = i + 1
		}
	}
	a.Text = l[end:].text()
	return a
}

// first is the first full line and its place.
func (l lines) first() (int, string) {
	for i, s := range l {
		if s != "" {
			return i, s
		}
	}
	return len(l), ""
}

// titleAndByline reads the lines above the number of words: the byline is the
// last, if it is a name and something stands above it.
func (l lines) titleAndByline() (title, byline string) {
	n := len(l)
	if n > 1 && nameLine.MatchString(l[n-1]) && (strings.HasPrefix(l[n-1], "By ") || strings.Count(l[n-2], " ") >= 3) {
		byline, n = l[n-1], n-1
	}
	if n > 0 {
		title = l[n-1]
	}
	return title, byline
}

// Factiva with indexing: each field under its code.
var (
	codeLine    = regexp.MustCompile(`^(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|ART|CLM|CX|CO|IN|NS|RE|IPC|IPD|PUB|AN)(?:[ \t]+(.*))?$`)
	codesBehind = map[string]bool{"TD": true, "CT": true, "RF": true, "ART": true, "CO": true, "IN": true, "NS": true, "RE": true, "IPC": true, "IPD": true, "PUB": true, "AN": true}
	indexed     = map[string]bool{"CO": true, "IN": true, "NS": true, "RE": true}
)

func (l lines) factivaCodes() bool {
	seen := map[string]bool{}
	for _, s := range l {
		if m := codeLine.FindStringSubmatch(s); m != nil && (m[1] == "HD" || seen["HD"]) {
			seen[m[1]] = true
		}
	}
	return seen["HD"] && seen["PD"] && seen["SN"] && (seen["WC"] || seen["SC"]) && (seen["LP"] || seen["TD"] || seen["AN"])
}

func (l lines) splitFactivaCodes() []Article {
	var out []Article
	fields, code, any := map[string]lines{}, "", false
	finish := func() {
		if any {
			out = append(out, codedArticle(fields))
		}
		fields, code, any = map[string]lines{}, "", false
	}
	for i, s := range l {
		m := codeLine.FindStringSubmatch(s)
		if m != nil && l.isCode(i, m, code) {
			if (m[1] == "HD" || m[1] == "SE") && len(fields["HD"]) > 0 || code == "AN" {
				finish()
			}
			code, any = m[1], any || m[1] == "HD"
			s = m[2]
		}
		if code == "AN" && len(fields["AN"].full()) > 0 {
			finish() // what follows is no more of it
			continue
		}
		if code != "" {
			fields[code] = append(fields[code], s)
		}
	}
	finish()
	return out
}

// isCode reports whether the code at the beginning of line i is one, and not a
// word of the text in capitals.
func (l lines) isCode(i int, m []string, inside string) bool {
	if inside == "LP" || inside == "TD" {
		if !codesBehind[m[1]] {
			return false
		}
		value := m[2]
		if value == "" {
			_, value = l[i+1:].first()
		}
		switch {
		case indexed[m[1]]:
			return strings.Contains(value, " : ")
		case m[1] == "AN":
			return strings.HasPrefix(value, "Document ")
		case m[1] == "TD":
			return m[2] == "" || inside == "LP"
		}
	}
	return true
}

func codedArticle(f map[string]lines) Article {
	one := func(code string) string { return strings.Join(f[code].full(), " ") }
	a := Article{Title: one("HD"), Byline: one("BY"), Outlet: one("SN"), Date: dateOf(one("PD")), ID: strings.TrimPrefix(one("AN"), "Document ")}
	text := append(append(lines{}, f["LP"]...), "")
	a.Text = append(text, f["TD"]...).text()
	return a
}
