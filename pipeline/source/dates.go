package source

import (
	"strconv"
	"strings"
	"time"
)

// layouts are tried in order. A layout without a zone is read as UTC; so is a
// date without a time, at midnight.
var layouts = []string{
	time.RFC3339Nano,
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02T15:04:05-0700",
	"2006-01-02 15:04:05 -0700",
	"2006-01-02 15:04:05-0700",
	"2006-01-02 15:04:05-07",
	"2006-01-02 15:04:05 MST",
	"2006-01-02T15:04:05",
	"2006-01-02 15:04:05",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04",
	"2006-01-02 15:04",
	"2006-01-02",
	"2006/01/02 15:04:05",
	"2006/01/02 15:04",
	"2006/01/02",
	"20060102T150405Z0700",
	"20060102T150405",
	"20060102150405",
	"20060102",
	time.RFC1123Z,
	time.RFC1123,
	"Mon, 2 Jan 2006 15:04:05 -0700",
	"Mon, 2 Jan 2006 15:04:05 MST",
	"2 Jan 2006 15:04:05 -0700",
	"2 Jan 2006 15:04:05 MST",
	time.RFC850,
	time.UnixDate,
	time.ANSIC,
	"Mon Jan 02 15:04:05 -0700 2006",
	"January 2, 2006",
	"January 2 2006",
	"Jan 2, 2006",
	"Jan. 2, 2006",
	"2 January 2006",
	"2 Jan 2006",
	"2-Jan-2006",
	"Monday, January 2, 2006",
	"Monday, 2 January 2006",
	"Monday 2 January 2006",
	"January 2, 2006 15:04:05",
	"January 2, 2006 3:04 PM",
	"January 2, 2006, 3:04 PM",
	"Jan 2, 2006 3:04 PM",
	"Jan 2, 2006, 3:04 PM",
}

// zones are the abbreviations of RFC 822 and those of European news. Others
// are refused: Go would read them as UTC.
var zones = map[string]int{
	"UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "WET": 0,
	"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
	"BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9,
}

// parseDate reads the dates that corpora hold: RFC 3339 and its relatives,
// mail dates, dates in English words, seconds, milliseconds, microseconds or
// nanoseconds since 1970. "09/12/2016" is read only where one number cannot be
// a month. The time is UTC; false when s is not a date of years 1000 to 9999.
func parseDate(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 6 || len(s) > 64 {
		return time.Time{}, false
	}
	if t, ok := parseNumber(s); ok {
		return inRange(t)
	}
	if strings.HasPrefix(s, "0001") { // Go's and .NET's zero time
		return time.Time{}, false
	}
	if t, ok := parseSlashes(s); ok {
		return inRange(t)
	}
	for _, l := range layouts {
		t, err := time.Parse(l, s)
		if err != nil {
			continue
		}
		if strings.Contains(l, "MST") {
			name, offset := t.Zone()
			hours, known := zones[name]
			if !known && offset == 0 {
				return time.Time{}, false
			}
			if known {
				t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC).Add(-time.Duration(hours) * time.Hour)
			}
		}
		return inRange(t)
	}
	return time.Time{}, false
}

func inRange(t time.Time) (time.Time, bool) {
	t = t.UTC().Truncate(time.Microsecond)
	if t.Year() < 1000 || t.Year() > 9999 {
		return time.Time{}, false
	}
	return t, true
}

// parseNumber reads a count since 1970, whose unit its size tells, or a date
// of eight digits.
func parseNumber(s string) (time.Time, bool) {
	whole, frac, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	if len(whole) == 8 && frac == "" {
		if t, err := time.Parse("20060102", whole); err == nil && t.Year() >= 1500 && t.Year() < 2200 {
			return t, true
		}
	}
	if len(whole) == 14 && frac == "" {
		if t, err := time.Parse("20060102150405", whole); err == nil && t.Year() >= 1900 && t.Year() < 2100 {
			return t, true
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

// parseSlashes reads d/m/y and m/d/y where only one of them can be.
func parseSlashes(s string) (time.Time, bool) {
	p := strings.Split(s, "/")
	if len(p) != 3 || len(p[2]) != 4 {
		return time.Time{}, false
	}
	a, err1 := strconv.Atoi(p[0])
	b, err2 := strconv.Atoi(p[1])
	y, err3 := strconv.Atoi(p[2])
	if err1 != nil || err2 != nil || err3 != nil {
		return time.Time{}, false
	}
	switch {
	case a > 12 && a <= 31 && b >= 1 && b <= 12:
		a, b = b, a // day first
	case a >= 1 && a <= 12 && (b > 12 && b <= 31 || a == b):
	default:
		return time.Time{}, false
	}
	t := time.Date(y, time.Month(a), b, 0, 0, 0, 0, time.UTC)
	return t, t.Day() == b
}
