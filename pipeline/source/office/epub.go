package office

import (
	"bytes"
	"encoding/xml"
	"net/url"
	"path"
	"strings"
)

// Book is an electronic book: a newspaper's edition or a collection.
type Book struct {
	Document        // without Text
	Publisher, Date string
	Chapters        [][]byte // XHTML, in the order of reading
}

// EPUB reads a book. The chapters are pages, whose text the caller knows how to
// get.
func EPUB(b []byte, limit int) (*Book, error) {
	a, err := open(b, limit)
	if err != nil {
		return nil, err
	}
	container, err := a.part("META-INF/container.xml")
	if err != nil {
		return nil, err
	}
	root := ""
	err = walk(container, func(t xml.Token) {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "rootfile" && root == "" {
			root = value(e, "full-path")
		}
	})
	if err != nil {
		return nil, err
	}
	pack, err := a.part(root)
	if err != nil {
		return nil, err
	}
	if pack == nil {
		return nil, errorf(Damaged, "a book without a package file")
	}
	if rights, err := a.part("META-INF/encryption.xml"); err == nil && bytes.Contains(rights, []byte("html")) {
		return nil, errorf(Locked, "the book is encrypted")
	}
	return a.book(pack, path.Dir(root))
}

// book reads the package file: what the book is, and which parts it has.
func (a *archive) book(pack []byte, dir string) (*Book, error) {
	book := &Book{}
	if err := metadata(pack, &book.Document); err != nil {
		return nil, err
	}
	hrefs, spine, inside, first := map[string]string{}, []string{}, "", map[string]string{}
	err := walk(pack, func(t xml.Token) {
		switch t := t.(type) {
		case xml.StartElement:
			inside = t.Name.Local
			switch inside {
			case "item":
				if strings.Contains(value(t, "media-type"), "html") && !strings.Contains(value(t, "properties"), "nav") {
					hrefs[value(t, "id")] = value(t, "href")
				}
			case "itemref":
				spine = append(spine, value(t, "idref"))
			}
		case xml.CharData:
			if inside == "publisher" || inside == "date" {
				first[inside] += string(t)
			}
		case xml.EndElement:
			inside = ""
		}
	})
	if err != nil {
		return nil, err
	}
	book.Publisher, book.Date = strings.TrimSpace(first["publisher"]), strings.TrimSpace(first["date"])
	for _, id := range spine {
		href, ok := hrefs[id]
		if !ok {
			continue
		}
		delete(hrefs, id) // each once
		if u, err := url.PathUnescape(href); err == nil {
			href = u
		}
		chapter, err := a.part(path.Join(dir, href))
		if err != nil {
			return nil, err
		}
		if chapter != nil {
			book.Chapters = append(book.Chapters, chapter)
		}
	}
	return book, nil
}
