package source

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// order tells whether numeric dates have the day or the month first.
type order uint8

const (
	noOrder    order = iota // nothing tells
	dayFirst                // 19/04/2019
	monthFirst              // 04/19/2019
)

// layouts are the compact and the technical forms. A layout without a zone is
// read as UTC; so is a date without a time, at midnight. What people write is
// read word by word (datewords.go).
var layouts = []string{
	time.RFC3339Nano,
	"2006-01-02T15:04:05-0700",
	"2006-01-02T15:04:05-07",
	"2006-01-02T15:04:05",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04",
	"2006-01-02",
	"2006-01",
	"20060102T150405Z0700",
	"20060102T150405",
}

// parseDate reads a date of which nothing tells whether the day or the month
// comes first: "09/12/2016" is none then.
func parseDate(s string) (time.Time, bool) {
	t, _, ok := parseOrdered(s, noOrder)
	return t, ok
}

// parseOrdered reads the dates that corpora hold: RFC 3339 and its relatives,
// mail dates, dates in English words, numeric dates in the order given, and
// seconds, milliseconds, microseconds or nanoseconds since 1970. The time is
// UTC. shows is the order that s itself shows, as 19/04/2019 does; open means
// that s is a date in one order or the other, and that by was no help.
func parseOrdered(s string, by order) (t time.Time, shows shown, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) < 6 || len(s) > 64 {
		return t, showsNothing, false
	}
	if t, ok := parseNumber(s); ok {
		t, ok = inRange(t)
		return t, showsNothing, ok
	}
	if strings.HasPrefix(s, "0001") { // Go's and .NET's zero time
		return t, showsNothing, false
	}
	if s[0] >= '0' && s[0] <= '9' {
		for _, l := range layouts {
			if t, err := time.Parse(l, s); err == nil {
				t, ok = inRange(t)
				return t, showsNothing, ok
			}
		}
	}
	t, shows, ok = parseWords(s, by)
	if ok {
		t, ok = inRange(t)
	}
	return t, shows, ok
}

// shown is what a numeric date shows of the order of its kind.
type shown uint8

const (
	showsNothing shown = iota
	showsDayFirst
	showsMonthFirst
	open // it could be either
)

func inRange(t time.Time) (time.Time, bool) {
	t = t.UTC().Truncate(time.Microsecond)
	if t.Year() < 1000 || t.Year() > 9999 {
		return time.Time{}, false
	}
	return t, true
}

// parseNumber reads a count since 1970, whose unit its size tells, or a month,
// day or second as digits alone.
func parseNumber(s string) (time.Time, bool) {
	whole, frac, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	for _, l := range []struct {
		layout      string
		first, last int // years that are likelier than a count
	}{{"200601", 1900, 2100}, {"20060102", 1500, 2200}, {"20060102150405", 1900, 2100}} {
		if len(whole) == len(l.layout) && frac == "" {
			if t, err := time.Parse(l.layout, whole); err == nil && t.Year() >= l.first && t.Year() < l.last {
				return t, true
			}
		}
	}
	abs := max(n, -n)
	switch {
	case abs < 1e11:
		var nanos int64
		if frac != "" {
			f, err := strconv.ParseFloat("0."+frac, 64)
			if err != nil {
				return time.Time{}, false
			}
			nanos = int64(f * 1e9)
		}
		return time.Unix(n, nanos), true
	case abs < 1e14:
		return time.UnixMilli(n), true
	case abs < 1e17:
		return time.UnixMicro(n), true
	}
	return time.Unix(0, n), true
}

// numericDate is 19/04/2019, 04-19-2019 or 19.04.2019.
var numericDate = regexp.MustCompile(`^(\d{1,2})([/.-])(\d{1,2})([/.-])(\d{4})$`)

// parseNumeric reads a numeric date. Where both numbers could be the month, by
// decides, and dots alone mean that the day comes first, as wherever dates are
// written with dots.
func parseNumeric(s string, by order) (y, m, d int, shows shown, ok bool) {
	p := numericDate.FindStringSubmatch(s)
	if p == nil || p[2] != p[4] {
		return 0, 0, 0, showsNothing, false
	}
	a, _ := strconv.Atoi(p[1])
	b, _ := strconv.Atoi(p[3])
	y, _ = strconv.Atoi(p[5])
	switch {
	case a > 12:
		return y, b, a, showsDayFirst, true
	case b > 12:
		return y, a, b, showsMonthFirst, true
	case a == b:
		return y, a, b, showsNothing, true
	case by == noOrder && p[2] == ".":
		return y, b, a, showsNothing, true
	case by == dayFirst:
		return y, b, a, open, true
	case by == monthFirst:
		return y, a, b, open, true
	}
	return 0, 0, 0, open, false
}

// noDate reports what stands where there is no date, so that it is none that
// could not be read.
func noDate(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "", "-", "--", "0", "null", "none", "nil", "nan", "nat", "n/a", "na", "unknown", "undated", "no date", "n.d.", "0000-00-00", "0000-00-00 00:00:00":
		return true
	}
	return strings.HasPrefix(s, "0001-01-01")
}
