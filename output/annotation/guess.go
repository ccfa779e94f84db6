package annotation

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// errGuessed ends the reading of a file of which enough was seen.
var errGuessed = errors.New("enough seen")

// Guess tells the format of an input by what it holds. The error says what to
// do where that leaves it open.
func Guess(in string) (Format, error) {
	st, err := os.Stat(in)
	if err != nil {
		return "", fmt.Errorf("read: %w", err)
	}
	if st.IsDir() {
		for _, name := range []string{"articles", "articles.jsonl"} {
			if _, err := os.Stat(filepath.Join(in, name)); err == nil {
				return Tables, nil
			}
		}
		if isPolnear(in) {
			return Gold, nil
		}
	}
	for _, d := range formats() {
		if d.extensions == nil || !st.IsDir() && !d.claims(in) {
			continue
		}
		files, err := d.find(in)
		if err != nil {
			continue // none of its files
		}
		if f := peek(files[0], d.format); f != "" {
			return f, nil
		}
	}
	return "", fmt.Errorf("%s: its format is not clear; say --from with one of %s", in, strings.Join(ReadNames(), ", "))
}

func (d *description) claims(path string) bool {
	for _, e := range d.extensions {
		if strings.EqualFold(filepath.Ext(path), e) {
			return true
		}
	}
	return false
}

// peek is the format of a file whose extension is one of f's; "" when unclear.
func peek(path string, f Format) Format {
	var keys map[string]json.RawMessage
	has := func(name string) bool { _, ok := keys[name]; return ok }
	switch f {
	case Gold, Prodigy:
		err := eachLine(path, func(_ string, line []byte) error {
			if json.Unmarshal(line, &keys) != nil {
				keys = nil
			}
			return errGuessed
		})
		switch {
		case !errors.Is(err, errGuessed):
		case has("attributions"):
			return Gold
		case has("text") && (has("spans") || has("tokens") || has("answer")):
			return Prodigy
		}
		return ""
	case LabelStudio, Citron:
		if list(path) {
			return LabelStudio
		}
		b, err := load(path, maxFile)
		if err == nil && json.Unmarshal(bytes.TrimPrefix(b, []byte("\ufeff")), &keys) == nil && has("text") && has("quotes") {
			return Citron
		}
		return ""
	case Inception:
		if !strings.EqualFold(filepath.Ext(path), ".xmi") {
			return "" // any zip
		}
	}
	return f
}

// list reports whether a file begins as a list of JSON.
func list(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 512)
	n, _ := io.ReadFull(f, head) // a shorter file is fine
	head = bytes.TrimSpace(bytes.TrimPrefix(head[:n], []byte("\ufeff")))
	return len(head) > 0 && head[0] == '['
}
