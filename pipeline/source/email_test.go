package source

import (
	"fmt"
	"strings"
	"testing"
)

const mailHead = "From: Ann Lee <ann@alder.invalid>\r\nMessage-ID: <m%d@alder.invalid>\r\nSubject: Rain\r\nDate: Mon, 9 Jan 2023 06:00:00 +0000\r\n"

// letter is a message with a body of its own Content-Type.
func letter(n int, contentType, body string) string {
	return fmt.Sprintf(mailHead, n) + "MIME-Version: 1.0\r\nContent-Type: " + contentType + "\r\n\r\n" + body
}

func boxed(letters ...string) string {
	var b strings.Builder
	for _, l := range letters {
		b.WriteString("From ann@alder.invalid Mon Jan  9 06:00:00 2023\n" + strings.ReplaceAll(l, "\r\n", "\n") + "\n\n")
	}
	return b.String()
}

func TestEmail(t *testing.T) {
	deep := "x"
	for i := range 30 {
		deep = fmt.Sprintf("--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n%s", i+1, i, deep)
	}
	for _, c := range []struct {
		name, data string
		want       []string
	}{
		{"plain", letter(1, "text/plain", "Rain fell.\r\nAnd more."), []string{"m1@alder.invalid: Rain fell.\nAnd more."}},
		{"page", letter(1, "text/html", "<p>Rain<p>fell."), []string{"m1@alder.invalid: Rain\n\nfell."}},
		{"wrong charset", letter(1, "text/plain; charset=us-ascii", "Zoë said “no”."), []string{"m1@alder.invalid: Zoë said “no”."}},
		{"unknown charset", letter(1, "text/plain; charset=x-none", "Zo\xeb said no."), []string{"m1@alder.invalid: Zoë said no."}},
		{"declared charset", letter(1, "text/plain; charset=\"iso-8859-2\"", "Dvo\xf8\xe1k said no."), []string{"m1@alder.invalid: Dvořák said no."}},
		{"alternative", letter(1, "multipart/alternative; boundary=b", "--b\r\nContent-Type: text/plain\r\n\r\nRain fell.\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Rain fell!\r\n--b--\r\n"), []string{"m1@alder.invalid: Rain fell."}},
		{"alternative with a hint", letter(1, "multipart/alternative; boundary=b", "--b\r\nContent-Type: text/plain\r\n\r\nSee page\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Rain fell on the town today.\r\n--b--\r\n"), []string{"m1@alder.invalid: Rain fell on the town today."}},
		{"parts", letter(1, "multipart/mixed; boundary=b", "--b\r\n\r\nRain fell.\r\n--b\r\nContent-Type: image/png\r\n\r\nxxx\r\n--b\r\n\r\nThe list.\r\n--b--\r\n"), []string{"m1@alder.invalid: Rain fell.\n\nThe list."}},
		{"attachments alone", letter(1, "multipart/mixed; boundary=b", "--b\r\nContent-Type: image/png\r\n\r\nxxx\r\n--b--\r\n"), []string{"no_text@0"}},
		{"cut within the parts", letter(1, "multipart/mixed; boundary=b", "--b\r\n\r\nRain"), []string{"truncated@0"}},
		{"nested deeply", letter(1, "multipart/mixed; boundary=b30", deep), []string{"too_complex@0"}},
		{"damaged base64", letter(1, "text/plain\r\nContent-Transfer-Encoding: base64", "UmFpb%%%"), []string{"bad_email@0"}},
		{"no header", "Rain fell.\r\n", []string{"bad_email@0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := Options{Format: Email}
			equal(t, readAll(t, o, write(t, "a.eml", []byte(c.data))).summary(), c.want)
		})
	}
}

func TestMbox(t *testing.T) {
	one, two := letter(1, "text/plain", "Rain fell."), letter(2, "text/plain", "It\n>From the window: rain.\nFrom here as well.")
	long := letter(3, "text/plain", strings.Repeat("rain ", 1000))
	broken := letter(4, "multipart/mixed; boundary=b", "--b\r\n\r\nRain")
	for _, c := range []struct {
		name, data string
		want       []string
	}{
		{"two", boxed(one, two), []string{"m1@alder.invalid: Rain fell.", "m2@alder.invalid: It\nFrom the window: rain.\nFrom here as well."}},
		{"one too long", boxed(one, long, two), []string{"m1@alder.invalid: Rain fell.", "m2@alder.invalid: It\nFrom the window: rain.\nFrom here as well.", "too_large@1"}},
		{"one broken", boxed(broken, one), []string{"m1@alder.invalid: Rain fell.", "truncated@0"}},
		{"Windows line ends", strings.ReplaceAll(boxed(one, one), "\n", "\r\n"), []string{"m1@alder.invalid: Rain fell.", "m1@alder.invalid: Rain fell."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := Options{MaxRecord: 2000}
			path := write(t, "a", []byte(c.data))
			equal(t, readAll(t, o, path).summary(), c.want)
		})
	}
}

// Attachments are counted.
func TestAttachments(t *testing.T) {
	r := New(Options{})
	path := "../../testdata/formats/press-release.eml"
	shards, err := Discover(t.Context(), []string{path}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	readShards(t, r, shards)
	if n := r.Attachments(); n != 1 {
		t.Errorf("%d attachments, want 1", n)
	}
}

// What only mentions the marks of a format is not of it.
func TestNotMistaken(t *testing.T) {
	for _, c := range []struct{ name, data string }{
		{"a memo", "From: the mayor\nTo: all\nSubject: rain\n\nIt fell."},
		{"a letter that begins with From", "From the town hall, 9:15 on 9 January 2023\n\nRain fell."},
		{"words of Factiva", "Document and rain\n\n300 words\n\nThe essay had 300 words and was found in Factiva, she said.\n\nEnglish\n\nCopyright law is dull."},
		{"words of Nexis", "Length: 200 words\n\nBody\n\nRain fell. It was the end of document and day."},
		{"counted documents", "1 of 3 DOCUMENTS\n\nThe court published 1 of 3 documents."},
		{"words of ProQuest", "Title: Rain\n\nFull text: it is on ProQuest."},
		{"codes", "HD stands for high definition.\nPD stands for police department.\nSN for serial number."},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, f := range []string{"a.txt", "a"} {
				if got, why := (&Options{}).sniff([]byte(c.data), f); got != Text || why != "" {
					t.Errorf("%s is %v %s", f, got, why)
				}
			}
		})
	}
}
