package source

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"

	"github.com/whosaid/whosaid/pipeline/source/mail"
)

// email reads a file that is one message.
func (x *run) email(in *opened) error {
	return x.whole(in.w, func(b []byte) error { return x.message(b, x.stem()) })
}

// message hands on the article that a message is. id is for one without its own.
func (x *run) message(b []byte, id string) error {
	var m *mail.Message
	err := guarded(ReasonBadEmail, func() (err error) { m, err = mail.Parse(b, x.renderPart); return err })
	if f, ok := asFault(err); ok {
		return f
	}
	switch {
	case errors.Is(err, mail.ErrComplex):
		return faultf(ReasonTooComplex, "%v", err)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return faultf(ReasonTruncated, "the message ends within its parts")
	case err != nil:
		return faultf(ReasonBadEmail, "%s", clean(err.Error()))
	}
	x.r.attachments.Add(int64(m.Attachments))
	if m.ID != "" {
		id = m.ID
	}
	x.values = values{id: id, title: m.Subject, outlet: m.Outlet, date: m.Date, authors: []string{m.Sender}, text: m.Text}
	return x.one(&x.values)
}

// renderPart makes text of a part of a message.
func (x *run) renderPart(contentType string, page bool, b []byte) (string, error) {
	if page {
		text, _, f := x.wholePage(b, contentType)
		if f != nil {
			return "", f
		}
		return text, nil
	}
	label := ""
	if m := charsetParam.FindStringSubmatch(contentType); m != nil {
		label = m[1]
	}
	text, f := decode(b, label)
	if f != nil {
		return "", f
	}
	return strings.ReplaceAll(text, "\r\n", "\n"), nil
}

var charsetParam = regexp.MustCompile(`(?i)charset *= *"?([^\s";]+)`)

// mbox reads a folder of messages in one file, each behind a line "From ".
func (x *run) mbox(in *opened) error {
	w := in.w
	for {
		n, sep, more := mboxEnd(w, x.o.MaxRecord)
		if n == 0 && !more {
			if broken(w.err) {
				return w.err
			}
			if x.next == 0 && len(w.bytes()) == 0 {
				return faultf(ReasonEmpty, "a mailbox without messages")
			}
			return w.err
		}
		rec := x.next
		var err error
		if n < 0 {
			err = faultf(ReasonTooLarge, "a message over the limit of %d bytes", x.o.MaxRecord)
			x.skipMessage(w)
		} else if !more && broken(w.err) {
			return w.err // half a message is none
		} else {
			err = x.message(unquoted(w.bytes()[sep:n]), "")
			w.advance(n)
		}
		x.next = rec + 1
		if f, ok := asFault(err); ok {
			if !x.rejectf(rec, f) {
				return errStop
			}
		} else if err != nil {
			return err
		}
	}
}

// fromLine begins a message of a mailbox: a sender or "-", and a time.
var fromLine = regexp.MustCompile(`^From (?:\S+ )?.*\d{1,2}:\d{2}.* \d{4}`)

// mboxEnd finds the end of the first message in the window: its length with
// the line "From ", which is sep long. more tells that another one follows. The
// length is -1 when the message is over the limit, 0 at the end of the file.
func mboxEnd(w *window, limit int) (n, sep int, more bool) {
	at := 0 // what is before has been looked through
	for size := 64 << 10; ; size *= 2 {
		full := w.fill(min(size, w.max))
		b := w.bytes()
		if at == 0 && bytes.HasPrefix(b, []byte("From ")) {
			sep = bytes.IndexByte(b, '\n') + 1
			at = max(sep, 1) - 1
		}
		for {
			i := bytes.Index(b[at:], []byte("\nFrom "))
			if i < 0 {
				break
			}
			begin := at + i + 1
			line, _, whole := bytes.Cut(b[begin:], []byte("\n"))
			if !whole && full {
				break // the rest of the line is not here yet
			}
			if blankBefore(b, begin) && fromLine.Match(line[:min(len(line), 400)]) {
				return begin, sep, true
			}
			at = begin
		}
		switch {
		case len(b) > limit:
			return -1, 0, true
		case !full && w.err != nil:
			return len(b), sep, false
		}
		if bytes.LastIndexByte(b[at:], '\n') > 400 { // a separator may begin in the last bytes
			at += bytes.LastIndexByte(b[at:], '\n') - 400
		}
	}
}

// blankBefore reports whether the line that begins at i follows an empty one.
func blankBefore(b []byte, i int) bool {
	return bytes.HasSuffix(b[:i], []byte("\n\n")) || bytes.HasSuffix(b[:i], []byte("\n\r\n")) || i <= 1
}

// skipMessage goes over a message that is too long, to the next one.
func (x *run) skipMessage(w *window) {
	blank := false
	for first := true; ; first = false {
		line, n, long := w.line()
		if n == 0 {
			return
		}
		if !first && blank && !long && fromLine.Match(line[:min(len(line), 400)]) {
			return
		}
		blank = len(bytes.TrimRight(line, "\r")) == 0
		w.advance(n)
		if long {
			w.skipLine()
		}
	}
}

// unquoted takes back the ">" that was put before lines that begin with From.
func unquoted(b []byte) []byte {
	if !bytes.Contains(b, []byte("\n>")) {
		return b
	}
	return quotedFrom.ReplaceAll(b, []byte("$1"))
}

var quotedFrom = regexp.MustCompile(`(?m)^>(>*From )`)

// headerNames are the lines that headers of messages have; the first few none
// but these have.
var headerNames = []string{
	"received", "return-path", "delivered-to", "message-id", "mime-version", "dkim-signature", "x-received", "x-mailer", "list-id", "list-unsubscribe",
	"content-type", "content-transfer-encoding", "arc-seal", "x-gm-thrid", "x-gmail-labels", "x-mozilla-status", "status", "x-uidl",
	"from", "date", "subject", "to", "reply-to", "sender", "cc",
}

const certainHeaders = 10

// looksEmail reports whether h begins with a message's header: a sender, and
// lines that only mail programs write. A memo that begins with From, To and
// Subject is none, unless the file's name says so.
func looksEmail(h *head) bool {
	if h.text == nil {
		return false
	}
	return mailHeader(h.text, h.named == Email)
}

func mailHeader(t []byte, named bool) bool {
	seen, certain := map[string]bool{}, false
	for line := range bytes.Lines(t) {
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			continue
		}
		name, _, ok := bytes.Cut(line, []byte(":"))
		if !ok || bytes.ContainsAny(name, " \t") {
			if len(seen) == 0 || bytes.HasSuffix(line, []byte("\n")) {
				return false
			}
			break // the last line of the head is cut
		}
		low := strings.ToLower(string(name))
		for i, known := range headerNames {
			if low == known {
				seen[low] = true
				certain = certain || i < certainHeaders
			}
		}
	}
	return len(seen) >= 3 && (seen["from"] || seen["received"]) && (certain || named)
}

func looksMbox(h *head) bool {
	if h.text == nil || !bytes.HasPrefix(h.text, []byte("From ")) {
		return false
	}
	line, rest, _ := bytes.Cut(h.text, []byte("\n"))
	return fromLine.Match(line) && (h.named == Mbox || mailHeader(rest, true))
}
