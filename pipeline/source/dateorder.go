package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/whosaid/whosaid/extract/news"
)

// DateFormat says how dates are written where they do not show it themselves:
// the order of numeric dates, or a pattern that is tried first. The zero value
// leaves it to the evidence of each file.
type DateFormat struct {
	order  order
	layout string // of package time
}

// directives are those of strptime(3), as layouts of package time have them.
var directives = map[byte]string{
	'Y': "2006", 'y': "06", 'm': "1", 'd': "2", 'e': "2", 'b': "Jan", 'h': "Jan", 'B': "January", 'a': "Mon", 'A': "Monday",
	'H': "15", 'I': "3", 'M': "04", 'S': "05", 'p': "PM", 'z': "-0700", 'Z': "MST",
	'F': "2006-1-2", 'T': "15:04:05", 'R': "15:04", 'D': "1/2/06", '%': "%",
}

// ParseDateFormat reads day-first, month-first or a pattern such as
// %d/%m/%Y %H:%M; "" is the zero value.
func ParseDateFormat(s string) (DateFormat, error) {
	switch s {
	case "":
		return DateFormat{}, nil
	case "day-first":
		return DateFormat{order: dayFirst}, nil
	case "month-first":
		return DateFormat{order: monthFirst}, nil
	}
	bad := func(why string) (DateFormat, error) {
		return DateFormat{}, fmt.Errorf("%q: %s; give day-first, month-first or a pattern such as %%d/%%m/%%Y", s, why)
	}
	var b strings.Builder
	dates := 0
	for rest := strings.ReplaceAll(s, ".%f", ""); rest != ""; { // a fraction is read behind any second
		c := rest[0]
		rest = rest[1:]
		if c != '%' {
			if c >= '0' && c <= '9' {
				return bad("a pattern has no digits")
			}
			b.WriteByte(c)
			continue
		}
		if rest == "" {
			return bad("it ends in %")
		}
		layout, ok := directives[rest[0]]
		if !ok {
			return bad("%" + rest[:1] + " is not known")
		}
		if strings.ContainsAny(rest[:1], "YyFD") {
			dates++
		}
		if layout == "2" && strings.HasSuffix(b.String(), "_") {
			layout = "02" // _2 is a day with a blank before it
		}
		b.WriteString(layout)
		rest = rest[1:]
	}
	if dates != 1 {
		return bad("it has no year")
	}
	return DateFormat{layout: b.String()}, nil
}

// pattern reads a date by the user's pattern.
func (d *DateFormat) pattern(s string) (time.Time, bool) {
	if d.layout == "" {
		return time.Time{}, false
	}
	s = strings.TrimSpace(s)
	t, err := time.Parse(d.layout, s)
	if err != nil {
		t, err = time.Parse(d.layout, strings.ToUpper(s)) // am
	}
	if err != nil {
		return time.Time{}, false
	}
	if name, offset := t.Zone(); strings.Contains(d.layout, "MST") && offset == 0 {
		hours, known := zones[strings.ToLower(name)]
		if !known {
			return time.Time{}, false
		}
		t = t.Add(-time.Duration(hours) * time.Hour)
	}
	return inRange(t)
}

// maxUnread is the most bytes kept of a date that could not be read.
const maxUnread = 80

// setDate reads an article's date. What could not be read is kept as it is.
func (x *run) setDate(a *news.Article, s string) {
	if noDate(s) {
		return
	}
	t, ok := x.o.Dates.pattern(s)
	if !ok {
		var shows shown
		t, shows, ok = parseOrdered(s, x.o.Dates.order)
		if x.evidence != nil {
			x.evidence.note(shows)
			return
		}
		if !ok && shows == open {
			t, _, ok = parseOrdered(s, x.dateOrder())
		}
	}
	if ok {
		a.Published = t
		return
	}
	a.DateUnread = clean(strings.ToValidUTF8(s[:min(len(s), maxUnread)], ""))
}

// evidence counts what the dates of a file show of their order.
type evidence struct{ day, month int }

// enoughEvidence is how many dates settle the order.
const enoughEvidence = 50

func (e *evidence) note(s shown) {
	switch s {
	case showsDayFirst:
		e.day++
	case showsMonthFirst:
		e.month++
	}
}

// order is what the evidence tells: nothing when it contradicts itself.
func (e *evidence) order() order {
	switch {
	case e.day > 0 && e.month == 0:
		return dayFirst
	case e.month > 0 && e.day == 0:
		return monthFirst
	}
	return noOrder
}

// dateOrder is the order of the numeric dates of the file that the shard is of,
// by the first dates of the file that show one: the same for all of its shards,
// whoever reads them. The file is read once more for it, up to there; of
// standard input the head is, and no more.
func (x *run) dateOrder() order {
	x.r.mu.Lock()
	o, known := x.r.orders[x.shard.Path]
	x.r.mu.Unlock()
	if known {
		return o
	}
	opts := *x.o
	whole := x.shard
	whole.Start, whole.End, whole.First = 0, 0, 0
	whole.Format = x.notes.Format
	if x.shard.Stream {
		whole.Path, opts.Stdin = Stdin, bytes.NewReader(x.head)
	}
	sub := &run{r: &Reader{o: opts, names: x.r.names, notes: map[string]Notes{}}, o: &opts, ctx: x.ctx, shard: whole, path: x.path, evidence: new(evidence)}
	sub.yield = func(news.Article, error) bool { return sub.evidence.day+sub.evidence.month < enoughEvidence }
	_ = sub.read() // what is wrong with the file, its own reading tells
	o = sub.evidence.order()
	x.r.mu.Lock()
	defer x.r.mu.Unlock()
	if x.ctx.Err() == nil && len(x.r.orders) < maxNotes {
		x.r.orders[x.shard.Path] = o
	}
	return o
}

// headOfStream is how much of a stream is read before its first record, and
// kept for dateOrder.
const headOfStream = 1 << 20

// openStream reads the head of a stream and puts it back.
func (x *run) openStream(in io.Reader) (io.Reader, error) {
	x.head = make([]byte, headOfStream)
	n, err := io.ReadFull(in, x.head)
	x.head = x.head[:n]
	if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	return io.MultiReader(bytes.NewReader(x.head), in), nil
}
