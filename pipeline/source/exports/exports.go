// Package exports takes the files apart that news archives hand out: many
// articles in one text.
//
// In: the text of a file saved from Nexis Uni or LexisNexis, Factiva or
// ProQuest, whatever it came from (plain text, a word processor's document,
// RTF, a page). Out: its articles, each with the headline, byline, outlet and
// date that the archive prints around the text.
//
// An export is known by several of its marks standing together in their order,
// never by one word: an article that mentions Factiva, or has a line "Length",
// is an article. All of it is one pass over lines, so time grows with the text.
package exports

import (
	"regexp"
	"strings"
)

// Article is what an archive says of one article. Date is YYYY-MM-DD; what an
// archive leaves out is empty, the text too.
type Article struct {
	ID, Title, Byline, Outlet, Date, URL, Text string
}

// Kind is an archive's way to print articles.
type Kind uint8

// The kinds. None, the zero value, is no export.
const (
	None         Kind = iota
	LexisNexis        // "1 of 3 DOCUMENTS", labels in capitals
	NexisUni          // "Body", "Load-Date:", "End of Document"
	Factiva           // lines of their own for words, date and outlet
	FactivaCodes      // the same with two-letter codes: HD, WC, PD, SN
	ProQuest          // "Full text:", "ProQuest document ID:"
)

var kindNames = [...]string{"no export", "LexisNexis", "Nexis Uni", "Factiva", "Factiva", "ProQuest"}

func (k Kind) String() string { return kindNames[k] }

// Recognize tells which export text is, or begins.
func Recognize(text string) Kind {
	if !strings.Contains(text, " words") && !strings.Contains(text, "ProQuest") && !strings.Contains(text, "Job Number:") && !strings.Contains(text, "HD") {
		return None // most texts, at once
	}
	l := linesOf(text)
	switch {
	case l.lexisNexis():
		return LexisNexis
	case l.nexisUni():
		return NexisUni
	case l.factivaCodes():
		return FactivaCodes
	case l.proQuest():
		return ProQuest
	case l.factiva():
		return Factiva
	}
	return None
}

// Split cuts an export into its articles, in their order.
func Split(k Kind, text string) []Article {
	l := linesOf(text)
	switch k {
	case LexisNexis:
		return l.splitLexisNexis()
	case NexisUni:
		return l.splitNexisUni()
	case FactivaCodes:
		return l.splitFactivaCodes()
	case Factiva:
		return l.splitFactiva()
	case ProQuest:
		return l.splitProQuest()
	}
	return nil
}

// lines are a text's lines without the white space around them. No-break
// spaces, which stand behind labels and between paragraphs, are spaces.
type lines []string

func linesOf(text string) lines {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\u2028", "\n", "\u2029", "\n", "\u00a0", " ").Replace(text)
	l := strings.Split(text, "\n")
	for i, s := range l {
		l[i] = strings.TrimSpace(s)
	}
	return l
}

// text joins lines again, with one empty line where there were some.
func (l lines) text() string {
	var b strings.Builder
	gap := ""
	for _, s := range l {
		if s == "" {
			if b.Len() > 0 {
				gap = "\n\n"
			}
			continue
		}
		b.WriteString(gap)
		b.WriteString(s)
		gap = "\n"
	}
	return b.String()
}

// full are the lines that are not empty.
func (l lines) full() lines {
	var out lines
	for _, s := range l {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// block is the run of full lines that begins at or behind i, joined to one
// line, and the place behind it.
func (l lines) block(i int) (string, int) {
	for i < len(l) && l[i] == "" {
		i++
	}
	from := i
	for i < len(l) && l[i] != "" {
		i++
	}
	return strings.Join(l[from:i], " "), i
}

// find is the first line that re matches; -1 when none does.
func (l lines) find(re *regexp.Regexp) int {
	for i, s := range l {
		if re.MatchString(s) {
			return i
		}
	}
	return -1
}

// count counts the regular expressions that match some line.
func (l lines) count(marks ...*regexp.Regexp) (n int) {
	for _, re := range marks {
		if l.find(re) >= 0 {
			n++
		}
	}
	return n
}

// cut parts l at the lines that re matches, which go. Without one before it,
// the first part is what stands before the first of them.
func (l lines) cut(re *regexp.Regexp) []lines {
	var parts []lines
	from := 0
	for i, s := range l {
		if re.MatchString(s) {
			parts = append(parts, l[from:i])
			from = i + 1
		}
	}
	return append(parts, l[from:])
}

var copyright = regexp.MustCompile(`(?i)^(?:copyright\b|©|\(c\) ?\d{4}|all rights reserved)`)

const months = `(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?`

var (
	monthFirst = regexp.MustCompile(`^(?:[A-Z][a-z]+day,? )?` + months + ` (\d{1,2}),? (\d{4})\b`)
	dayFirst   = regexp.MustCompile(`^(?:[A-Z][a-z]+day,? )?(\d{1,2})\.? ` + months + `,? (\d{4})\b`)
)

// dateOf reads the date that s begins with as YYYY-MM-DD; "" when it begins
// with none.
func dateOf(s string) string {
	var day, month, year string
	if m := monthFirst.FindStringSubmatch(s); m != nil {
		month, day, year = m[1], m[2], m[3]
	} else if m := dayFirst.FindStringSubmatch(s); m != nil {
		day, month, year = m[1], m[2], m[3]
	} else {
		return ""
	}
	n := strings.Index("JanFebMarAprMayJunJulAugSepOctNovDec", month)/3 + 1
	if len(day) == 1 {
		day = "0" + day
	}
	return year + "-" + string([]byte{byte('0' + n/10), byte('0' + n%10)}) + "-" + day
}
