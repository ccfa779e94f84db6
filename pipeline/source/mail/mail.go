// Package mail reads messages of e-mail: newsletters and press releases as mail
// programs save them.
//
// In: the bytes of one message (RFC 5322 and MIME), and a function that makes
// text of a text part. Out: the text, and what the header says of sender,
// subject and date. Of a text that is there as plain text and as a page the
// plain one is taken, unless it is only a hint that there is a page. What is no
// text is counted and left.
//
// Structure and transfer encodings are go-message's; charsets are the caller's
// affair, who knows how to tell a wrong one. Depth and number of parts are
// bounded. A line of the header that is damaged costs itself.
package mail

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/mail"
	"regexp"
	"strings"

	"github.com/emersion/go-message"
	"golang.org/x/net/html/charset"
)

// Message is what a message says to its readers.
type Message struct {
	ID, Subject, Date string
	Sender            string // by name, or the address without one
	Outlet            string // the mailing list or organization; else the sender's domain
	Text              string
	Attachments       int
}

// Render makes text of a part of type text/plain or text/html, of which
// contentType is the header's line.
type Render func(contentType string, page bool, body []byte) (string, error)

const (
	maxDepth = 20   // of parts within parts; messages forwarded again and again have five
	maxParts = 1000 // in all
)

// The errors that are not of the stream or of Render.
var (
	ErrComplex = errors.New("a message of too many or too deeply nested parts")
	ErrHeader  = errors.New("it does not begin with the header of a message")
)

// Parse reads one message.
func Parse(b []byte, render Render) (*Message, error) {
	e, err := message.ReadWithOptions(bytes.NewReader(b), &message.ReadOptions{MaxHeaderBytes: 1 << 20})
	if err != nil && !soft(err) {
		return nil, fmt.Errorf("%w: %v", ErrHeader, err)
	}
	if e.Header.Len() == 0 {
		return nil, ErrHeader
	}
	m := &Message{
		ID:      strings.Trim(header(e, "Message-Id"), "<> "),
		Subject: header(e, "Subject"), Date: dateOf(header(e, "Date")),
	}
	m.from(e)
	p := &parser{m: m, render: render}
	texts, err := p.entity(e, 0)
	if err != nil {
		return nil, err
	}
	m.Text = joined(texts)
	return m, nil
}

// soft reports the errors that leave an entity that can be read: an unknown
// charset, which the caller looks after, and an unknown transfer encoding.
func soft(err error) bool { return message.IsUnknownCharset(err) || message.IsUnknownEncoding(err) }

var words = mime.WordDecoder{CharsetReader: charset.NewReaderLabel}

// header decodes a line of the header.
func header(e *message.Entity, name string) string {
	raw := strings.Join(strings.Fields(e.Header.Get(name)), " ")
	s, err := words.DecodeHeader(raw)
	if err != nil {
		return raw
	}
	return s
}

// dateOf spells a date so that every reader of dates takes it; as it is when it
// is none.
func dateOf(s string) string {
	if t, err := mail.ParseDate(s); err == nil {
		return t.UTC().Format("2006-01-02T15:04:05Z")
	}
	return s
}

var listName = regexp.MustCompile(`^"?([^"<]*?)"? *<[^>]*>$`)

// from reads who sent the message, for whom.
func (m *Message) from(e *message.Entity) {
	from := header(e, "From")
	address := ""
	parser := mail.AddressParser{WordDecoder: &words}
	if list, err := parser.ParseList(e.Header.Get("From")); err == nil && len(list) > 0 {
		address, m.Sender = list[0].Address, list[0].Name
	} else if m2 := listName.FindStringSubmatch(from); m2 != nil {
		m.Sender = m2[1]
		address = strings.Trim(from[strings.LastIndexByte(from, '<'):], "<>")
	} else {
		m.Sender = from
	}
	if m.Sender == "" {
		m.Sender = address
	}
	if l := listName.FindStringSubmatch(header(e, "List-Id")); l != nil && l[1] != "" {
		m.Outlet = l[1]
	} else if m.Outlet = header(e, "Organization"); m.Outlet == "" {
		_, m.Outlet, _ = strings.Cut(address, "@")
	}
}

// parser walks over the parts of a message.
type parser struct {
	m      *Message
	render Render
	parts  int
}

// text is what a part says.
type text struct {
	page bool
	s    string
}

// entity gives the texts of a part and those within it, in their order.
func (p *parser) entity(e *message.Entity, depth int) ([]text, error) {
	if p.parts++; p.parts > maxParts || depth > maxDepth {
		return nil, ErrComplex
	}
	kind, _, err := e.Header.ContentType()
	if err != nil { // a damaged line
		kind = "text/plain"
		if e.Header.Get("Content-Type") != "" && depth > 0 {
			kind = "application/octet-stream"
		}
	}
	disposition, _, _ := e.Header.ContentDisposition()
	switch {
	case strings.EqualFold(disposition, "attachment"):
	case strings.HasPrefix(kind, "multipart/"):
		if r := e.MultipartReader(); r != nil {
			return p.multipart(r, kind, depth)
		}
	case kind == "text/plain" || kind == "text/html":
		body, err := io.ReadAll(e.Body)
		if err != nil {
			return nil, fmt.Errorf("a text part: %w", err)
		}
		s, err := p.render(e.Header.Get("Content-Type"), kind == "text/html", body)
		if err != nil {
			return nil, err
		}
		return []text{{kind == "text/html", s}}, nil
	}
	p.m.Attachments++
	return nil, nil
}

func (p *parser) multipart(r message.MultipartReader, kind string, depth int) ([]text, error) {
	defer r.Close()
	var all []text
	var choices [][]text
	for {
		e, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil && !soft(err) {
			return nil, fmt.Errorf("the parts of the message: %w", err)
		}
		t, err := p.entity(e, depth+1)
		if err != nil {
			return nil, err
		}
		all = append(all, t...)
		if len(t) > 0 {
			choices = append(choices, t)
		}
	}
	if kind == "multipart/alternative" {
		return choose(choices), nil
	}
	return all, nil
}

// choose takes the plain text of several ways to say the same, unless a page
// says three times as much: then the plain text is a hint to open the page.
func choose(choices [][]text) []text {
	var plain, page []text
	for _, c := range choices {
		if c[0].page {
			page = c
		} else if plain == nil {
			plain = c
		}
	}
	if plain == nil || page != nil && len(joined(page)) > 3*len(joined(plain)) {
		return page
	}
	return plain
}

func joined(texts []text) string {
	var out []string
	for _, t := range texts {
		if s := strings.TrimSpace(t.s); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, "\n\n")
}
