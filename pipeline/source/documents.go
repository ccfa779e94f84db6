package source

import (
	"bytes"
	"errors"
	"regexp"
	"strings"

	"github.com/whosaid/whosaid/pipeline/source/exports"
	"github.com/whosaid/whosaid/pipeline/source/office"
)

// docx, odt and rtf read a document: one article, or what an archive has
// exported into it.
func (x *run) docx(in *opened) error { return x.document(in, office.DOCX) }
func (x *run) odt(in *opened) error  { return x.document(in, office.ODT) }
func (x *run) rtf(in *opened) error {
	return x.document(in, func(b []byte, _ int) (*office.Document, error) { return office.RTF(b) })
}

func (x *run) document(in *opened, parse func(b []byte, limit int) (*office.Document, error)) error {
	return x.whole(in.w, func(b []byte) error {
		var d *office.Document
		err := guarded(ReasonDamaged, func() (err error) { d, err = parse(b, x.o.MaxRecord); return err })
		if err != nil {
			return officeFault(err)
		}
		if kind := recognize(d.Text); kind != exports.None {
			return x.exported(kind, d.Text)
		}
		x.values = values{id: x.stem(), title: d.Title, text: withoutTitle(d.Text, d.Title)}
		if d.Author != "" {
			x.values.authors = []string{d.Author}
		}
		return x.one(&x.values)
	})
}

// withoutTitle drops a first paragraph that says the title again, which is none
// of the text.
func withoutTitle(text, title string) string {
	first, rest, ok := strings.Cut(text, "\n\n")
	if ok && title != "" && strings.EqualFold(strings.Join(strings.Fields(first), " "), strings.Join(strings.Fields(title), " ")) {
		return rest
	}
	return text
}

// officeFault says what is wrong with a document.
func officeFault(err error) error {
	var e *office.Error
	if !errors.As(err, &e) {
		return err
	}
	reason := map[office.Cause]string{
		office.Damaged: ReasonDamaged, office.TooLarge: ReasonTooLarge, office.TooComplex: ReasonTooComplex, office.Locked: ReasonUnsupported,
	}[e.Cause]
	return faultf(reason, "%s", clean(e.Detail))
}

// epub reads a book: each chapter is an article, as in the editions that
// newspapers publish so.
func (x *run) epub(in *opened) error {
	return x.whole(in.w, func(b []byte) error {
		var book *office.Book
		err := guarded(ReasonDamaged, func() (err error) { book, err = office.EPUB(b, x.o.MaxRecord); return err })
		if err != nil {
			return officeFault(err)
		}
		for _, chapter := range book.Chapters {
			text, title, f := x.wholePage(unfolded(chapter), "application/xhtml+xml; charset=utf-8")
			if f != nil {
				rec := x.next
				x.next++
				if !x.rejectf(rec, f) {
					return errStop
				}
				continue
			}
			if text == "" { // a cover or a picture
				x.notes.Passed++
				continue
			}
			x.values = values{title: title, text: withoutTitle(text, title), outlet: book.Publisher, date: book.Date, authors: []string{book.Author}}
			if err := x.one(&x.values); err != nil {
				return err
			}
		}
		if x.next == 0 {
			return faultf(ReasonNoText, "a book without text")
		}
		return nil
	})
}

// unfolded writes XML's <a/> as <a></a>, which HTML's parser would take for one
// that is never closed.
func unfolded(b []byte) []byte {
	return selfClosed.ReplaceAllFunc(b, func(tag []byte) []byte {
		m := selfClosed.FindSubmatch(tag)
		if void[strings.ToLower(string(m[1]))] {
			return tag
		}
		return []byte("<" + string(m[1]) + string(m[2]) + "></" + string(m[1]) + ">")
	})
}

var (
	selfClosed = regexp.MustCompile(`<([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]*)?)/>`)
	void       = map[string]bool{"br": true, "hr": true, "img": true, "meta": true, "link": true, "input": true, "col": true, "area": true, "base": true, "wbr": true, "source": true, "param": true, "embed": true}
)

// export reads what an archive of news has exported as plain text or a page.
func (x *run) export(in *opened) error {
	return x.whole(in.w, func(b []byte) error {
		text, f := "", (*fault)(nil)
		if looksHTML(&head{raw: b, text: bytes.TrimLeft(peekText(b[:min(len(b), sniffLen)]), " \t\r\n")}) {
			text, _, f = x.wholePage(b, "")
		} else {
			text, f = decode(b, "")
		}
		if f != nil {
			return f
		}
		kind := recognize(text)
		if kind == exports.None {
			return faultf(ReasonUnsupported, "no export of Nexis Uni, LexisNexis, Factiva or ProQuest that is known here, or one of over %d lines", maxLines)
		}
		return x.exported(kind, text)
	})
}

// maxLines is the most lines of an export: each takes 16 bytes beside its text,
// and lines of 30 characters, which are short, make a file of 32 MiB.
const maxLines = 1 << 20

// recognize tells which export text is; none when it has too many lines.
func recognize(text string) exports.Kind {
	if strings.Count(text, "\n") > maxLines {
		return exports.None
	}
	return exports.Recognize(text)
}

// exported hands the articles of an export on.
func (x *run) exported(kind exports.Kind, text string) error {
	articles := exports.Split(kind, text)
	if len(articles) == 0 {
		return faultf(ReasonNoText, "it looks like an export of %s, and no article was found in it; --input-format text reads it as one article", kind)
	}
	for _, a := range articles {
		x.values = values{id: a.ID, title: a.Title, url: a.URL, outlet: a.Outlet, date: a.Date, authors: []string{a.Byline}, text: a.Text}
		if err := x.one(&x.values); err != nil {
			return err
		}
	}
	return nil
}

// looksExport reports whether h begins as an archive's export does, in plain
// text or on a page.
func looksExport(h *head) bool {
	if h.text == nil || h.named == CSV || h.named == TSV {
		return false
	}
	if !looksHTML(h) {
		return exports.Recognize(string(h.text)) != exports.None
	}
	// To read a page costs more than to see that it cannot be one.
	if !bytes.Contains(h.text, []byte(" words")) && !bytes.Contains(h.text, []byte("ProQuest")) && !bytes.Contains(h.text, []byte("Job Number:")) {
		return false
	}
	r := New(Options{})
	text, _, f := (&run{r: r, o: &r.o}).wholePage(h.text, "")
	return f == nil && exports.Recognize(text) != exports.None
}

// zipped tells the formats apart that are zip archives, by what stands first in
// them; Auto for other archives.
func (h *head) zipped() Format {
	if !bytes.HasPrefix(h.raw, []byte("PK\x03\x04")) {
		return Auto
	}
	kind := []byte{} // what the archive says first of all that it is
	if len(h.raw) > 38 && string(h.raw[30:38]) == "mimetype" {
		kind = h.raw[38:]
	}
	switch {
	case bytes.HasPrefix(kind, []byte("application/epub+zip")):
		return EPUB
	case bytes.HasPrefix(kind, []byte("application/vnd.oasis.opendocument.text")):
		return ODT
	case h.named == EPUB || h.named == ODT || h.named == DOCX:
		return h.named // its reader says best what is wrong with it
	case bytes.Contains(h.raw, []byte("word/")):
		return DOCX
	}
	return Auto
}
