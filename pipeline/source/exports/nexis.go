package exports

import (
	"regexp"
	"strings"
)

// LexisNexis as it was until 2019, and as its text download still is: a count
// line above each article, the outlet and date centred, the headline, labels
// in capitals before and behind the text.
var (
	countLine  = regexp.MustCompile(`^\d+ of \d+ DOCUMENTS?$`)
	lengthLine = regexp.MustCompile(`^LENGTH: *[\d,.]+ words`)
	headLabel  = regexp.MustCompile(`^(HEADLINE|BYLINE|SECTION|LENGTH|DATELINE|HIGHLIGHT|SERIES|BODY|DISTRIBUTION|SOURCE): ?`)
	tailLabel  = regexp.MustCompile(`^(LOAD-DATE|LANGUAGE|GRAPHIC|URL|SUBJECT|PERSON|COMPANY|ORGANIZATION|INDUSTRY|GEOGRAPHIC|STATE|COUNTRY|CITY|TICKER|DOCUMENT-TYPE|PUBLICATION-TYPE|JOURNAL-CODE|CORRECTION|CORRECTION-DATE|TYPE|PUB-TYPE|ACC-NO|NOTES|Copyright \d{4}):? ?`)
)

func (l lines) lexisNexis() bool {
	at := l.find(countLine)
	return at >= 0 && l[at:].find(lengthLine) > 0
}

func (l lines) splitLexisNexis() []Article {
	var out []Article
	for _, part := range l.cut(countLine)[1:] {
		out = append(out, part.lexisArticle())
	}
	return out
}

func (l lines) lexisArticle() (a Article) {
	i := l.lexisTop(&a)
	// Labels, each a block; what stands between them is the headline, and what
	// follows the length, if it is no label, is the text.
	seenLength := false
	for i < len(l) {
		block, next := l.block(i)
		m := headLabel.FindStringSubmatch(block)
		switch {
		case m == nil && (seenLength || block == ""):
			a.Text = l[i:].lexisBody()
			return a
		case m == nil && a.Title == "":
			a.Title = block
		case m == nil: // a subtitle
		case m[1] == "HEADLINE":
			a.Title = block[len(m[0]):]
		case m[1] == "BYLINE":
			a.Byline = block[len(m[0]):]
		case m[1] == "LENGTH":
			seenLength = true
		case m[1] == "BODY":
			at := i
			for !strings.HasPrefix(l[at], "BODY") {
				at++
			}
			rest := append(lines{strings.TrimSpace(l[at][len("BODY:"):])}, l[at+1:]...)
			a.Text = rest.lexisBody()
			return a
		}
		i = next
	}
	return a
}

// lexisTop reads the outlet and the date; what follows them is the place it
// gives.
func (l lines) lexisTop(a *Article) int {
	for i := 0; i < len(l) && i < 40; i++ {
		switch {
		case headLabel.MatchString(l[i]):
			return i
		case l[i] == "" || copyright.MatchString(l[i]):
		case dateOf(l[i]) != "":
			a.Date = dateOf(l[i])
			_, next := l.block(i) // with the edition below it
			return next
		case a.Outlet == "":
			a.Outlet = l[i]
		}
	}
	return 0
}

// lexisBody is the text up to the labels behind it.
func (l lines) lexisBody() string {
	for i, s := range l {
		if tailLabel.MatchString(s) && (i == 0 || l[i-1] == "") {
			return l[:i].text()
		}
	}
	return l.text()
}

// Nexis Uni and Lexis Advance: perhaps a cover sheet that lists what was
// ordered; then, of each article, the headline, the outlet, the date, labels,
// a line "Body", the text, and a line that says it is the end.
var (
	endLine     = regexp.MustCompile(`^End of Document$`)
	bodyLine    = regexp.MustCompile(`^(?:Body|BODY)$`)
	uniLength   = regexp.MustCompile(`^Length: *[\d,.]+ words`)
	uniByline   = regexp.MustCompile(`^Byline: *`)
	uniTail     = regexp.MustCompile(`^(?:Load-Date: |Graphic$|Classification$|Notes$|Correction$)`)
	loadDate    = regexp.MustCompile(`^Load-Date: `)
	sectionLine = regexp.MustCompile(`^Section: `)
	pageLine    = regexp.MustCompile(`^Page \d+ of \d+$`)
	coverUser   = regexp.MustCompile(`^User Name: `)
	coverTime   = regexp.MustCompile(`^Date and Time: `)
	coverJob    = regexp.MustCompile(`^Job Number: `)
	coverList   = regexp.MustCompile(`^Documents? \(\d+\)$`)
	coverItem   = regexp.MustCompile(`^\d+\. +(.*)`)
)

func (l lines) nexisUni() bool {
	if l.count(coverUser, coverTime, coverJob, coverList) >= 3 {
		return true
	}
	at := l.find(uniLength)
	return at >= 0 && l[at:].find(bodyLine) > 0 && l.count(copyright, sectionLine, uniByline, loadDate, endLine) >= 2
}

func (l lines) splitNexisUni() []Article {
	var kept lines
	for _, s := range l {
		if !pageLine.MatchString(s) {
			kept = append(kept, s)
		}
	}
	parts := kept.cut(endLine)
	if len(parts) > 0 && parts[len(parts)-1].find(bodyLine) < 0 {
		parts = parts[:len(parts)-1] // what stands behind the last end
	}
	listed := kept.covered()
	var out []Article
	for _, part := range parts {
		out = append(out, part.uniArticle(listed))
	}
	return out
}

// covered are the headlines that a cover sheet lists.
func (l lines) covered() map[string]bool {
	from := l.find(coverList)
	if from < 0 || l.count(coverUser, coverTime, coverJob) == 0 {
		return nil
	}
	listed := map[string]bool{}
	for _, s := range l[from:] {
		if bodyLine.MatchString(s) {
			break
		}
		if m := coverItem.FindStringSubmatch(s); m != nil {
			listed[m[1]] = true
		}
	}
	return listed
}

func (l lines) uniArticle(listed map[string]bool) (a Article) {
	at := l.find(bodyLine)
	if at < 0 {
		return Article{Title: strings.Join(l.full()[:min(1, len(l.full()))], "")}
	}
	head := l[:at].full()
	for i, s := range head {
		if listed[s] { // behind the cover sheet
			head = head[i:]
			break
		}
	}
	for i, s := range head {
		if d := dateOf(s); d != "" && i > 0 && a.Date == "" {
			a.Date, a.Outlet = d, head[i-1]
			if i > 1 {
				a.Title = head[0]
				if listed == nil && l.count(coverUser, coverTime, coverJob) > 0 {
					a.Title = head[i-2]
				}
			}
		}
		if m := uniByline.FindString(s); m != "" {
			a.Byline = s[len(m):]
		}
	}
	body := l[at+1:]
	for i, s := range body {
		if uniTail.MatchString(s) {
			body = body[:i]
			break
		}
	}
	a.Text = body.text()
	return a
}
