package source

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// zones are the abbreviations of RFC 822 and those of European news. Others
// are refused: nobody knows which of its two or three zones IST means.
var zones = map[string]int{
	"utc": 0, "gmt": 0, "ut": 0, "z": 0, "wet": 0,
	"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10,
	"bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "jst": 9, "hkt": 8, "sgt": 8, "aest": 10, "aedt": 11,
}

// american are the zones that newspapers of the United States write all the
// year round: the hours of winter.
var american = map[string]int{"et": -5, "ct": -6, "mt": -7, "pt": -8}

var (
	clockWord  = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(am|pm)?(z|[+-]\d{1,2}:?(?:\d{2})?)?$`)
	hourWord   = regexp.MustCompile(`^(\d{1,2})(am|pm)$`)
	offsetWord = regexp.MustCompile(`^(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?$`)
	yearFirst  = regexp.MustCompile(`^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$`)
	dayMonth   = regexp.MustCompile(`^(\d{1,2})-([a-z]{3,9})-(\d{2}|\d{4})$`)
	dayWord    = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?$`)
	yearWord   = regexp.MustCompile(`^[12]\d{3}$`)
)

// dateWords is a date being put together from its words.
type dateWords struct {
	year, month, day  int
	hour, min, sec    int
	nanos             int
	clock, half, zone bool   // whether a time, am or pm, and a zone were met
	offset            int    // seconds east of UTC
	american          string // a zone whose offset the date decides
	shows             shown
}

// parseWords reads a date word by word, in whatever order its words stand:
// "Mar 01, 2026, 9:30 AM EST", "Monday 2nd March 2026 at 14:05",
// "19/04/2019 10:15". Every word must be understood, and year and month be
// there; a month without a day is its first.
func parseWords(s string, by order) (time.Time, shown, bool) {
	var d dateWords
	s = strings.ToLower(s)
	s = strings.NewReplacer("a.m.", "am", "p.m.", "pm", ",", " ", "|", " ", "(", " ", ")", " ", "•", " ", "·", " ").Replace(s)
	words := strings.Fields(s)
	for i, w := range words {
		next := ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		if !d.date(w, next, by) && !d.time(w, next) && !filler[strings.TrimSuffix(w, ".")] {
			return time.Time{}, d.shows, false
		}
	}
	t, ok := d.put()
	return t, d.shows, ok
}

// filler are the words that say nothing: days of the week, and what stands
// between a date and its time.
var filler = func() map[string]bool {
	m := map[string]bool{"at": true, "on": true, "of": true, "the": true, "-": true, "–": true, "": true,
		"published": true, "posted": true, "published:": true, "posted:": true, "tues": true, "thur": true, "thurs": true}
	for day := time.Sunday; day <= time.Saturday; day++ {
		name := strings.ToLower(day.String())
		m[name], m[name[:3]] = true, true
	}
	return m
}()

// monthOf is the month that a word names, whole or by its first three letters.
func monthOf(w string) int {
	w = strings.TrimSuffix(w, ".")
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		if w == name || w == name[:3] || w == "sept" && m == time.September {
			return int(m)
		}
	}
	return 0
}

// date takes a word that is of the day, month or year.
func (d *dateWords) date(w, next string, by order) bool {
	set := func(y, m, day int) bool {
		if d.year != 0 || d.month != 0 || d.day != 0 {
			return false
		}
		d.year, d.month, d.day = y, m, day
		return m != 0
	}
	if m := monthOf(w); m != 0 && d.month == 0 {
		d.month = m
		return true
	}
	if p := yearFirst.FindStringSubmatch(w); p != nil {
		return set(atoi(p[1]), atoi(p[2]), atoi(p[3]))
	}
	if p := dayMonth.FindStringSubmatch(w); p != nil {
		y := atoi(p[3])
		if len(p[3]) == 2 { // as Go and POSIX have it
			y += 1900
			if y < 1969 {
				y += 100
			}
		}
		return set(y, monthOf(p[2]), atoi(p[1]))
	}
	if numericDate.MatchString(w) {
		y, m, day, shows, ok := parseNumeric(w, by)
		d.shows = shows
		return ok && set(y, m, day)
	}
	if yearWord.MatchString(w) && d.year == 0 {
		d.year = atoi(w)
		return true
	}
	if p := dayWord.FindStringSubmatch(w); p != nil && d.day == 0 && next != "am" && next != "pm" {
		d.day = atoi(p[1])
		return d.day != 0
	}
	return false
}

// time takes a word that is of the time of day or its zone.
func (d *dateWords) time(w, next string) bool {
	if p := clockWord.FindStringSubmatch(w); p != nil && !d.clock {
		d.clock = true
		d.hour, d.min, d.sec = atoi(p[1]), atoi(p[2]), atoi(p[3])
		d.nanos = atoi((p[4] + "000000000")[:9])
		return (p[5] == "" || d.halfDay(p[5])) && (p[6] == "" || d.zoned(p[6]))
	}
	if p := hourWord.FindStringSubmatch(w); p != nil && !d.clock {
		d.clock, d.hour = true, atoi(p[1])
		return d.halfDay(p[2])
	}
	if dayWord.MatchString(w) && (next == "am" || next == "pm") && !d.clock {
		d.clock, d.hour = true, atoi(w)
		return true
	}
	if w == "am" || w == "pm" {
		return d.halfDay(w)
	}
	return d.clock && d.zoned(w)
}

// halfDay takes am or pm.
func (d *dateWords) halfDay(w string) bool {
	if !d.clock || d.half || d.hour == 0 && w == "am" && d.min > 59 || d.hour > 23 {
		return false
	}
	d.half = true
	if d.hour > 12 { // 14:05 PM
		return w == "pm"
	}
	d.hour %= 12
	if w == "pm" {
		d.hour += 12
	}
	return true
}

// zoned takes the name or the offset of a zone. A name behind an offset
// repeats it: +0200 (CEST).
func (d *dateWords) zoned(w string) bool {
	if d.zone {
		_, known := zones[w]
		return known
	}
	d.zone = true
	if p := offsetWord.FindStringSubmatch(w); p != nil {
		d.offset = atoi(p[2])*3600 + atoi(p[3])*60
		if p[1] == "-" {
			d.offset = -d.offset
		}
		return true
	}
	if _, ok := american[w]; ok {
		d.american = w
		return true
	}
	hours, ok := zones[w]
	d.offset = hours * 3600
	return ok
}

// put makes the time; false when there is no such day or time.
func (d *dateWords) put() (time.Time, bool) {
	if d.year == 0 || d.month == 0 || d.month > 12 || d.hour > 23 || d.min > 59 || d.sec > 60 {
		return time.Time{}, false
	}
	day := max(d.day, 1)
	t := time.Date(d.year, time.Month(d.month), day, d.hour, d.min, d.sec, d.nanos, time.UTC)
	if time.Date(d.year, time.Month(d.month), day, 0, 0, 0, 0, time.UTC).Day() != day {
		return time.Time{}, false
	}
	if d.american != "" {
		d.offset = american[d.american] * 3600
		if americanSummer(t) {
			d.offset += 3600
		}
	}
	return t.Add(-time.Duration(d.offset) * time.Second), true
}

// americanSummer reports whether summer time is kept in the United States at a
// local time: since 2007 from the second Sunday of March to the first of
// November, from 1987 to 2006 from the first Sunday of April to the last of
// October, each time at two in the morning.
func americanSummer(t time.Time) bool {
	sunday := func(m time.Month, n int) time.Time { // the nth, from 1; the last, for 0
		first := time.Date(t.Year(), m, 1, 2, 0, 0, 0, time.UTC)
		day := first.AddDate(0, 0, (7-int(first.Weekday()))%7)
		if n == 0 {
			for n = 1; day.AddDate(0, 0, 7*n).Month() == m; n++ {
			}
		}
		return day.AddDate(0, 0, 7*(n-1))
	}
	from, to := sunday(time.March, 2), sunday(time.November, 1)
	if t.Year() < 2007 {
		from, to = sunday(time.April, 1), sunday(time.October, 0)
	}
	return !t.Before(from) && t.Before(to)
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
