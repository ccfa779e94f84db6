package source

import (
	"bytes"
	"strings"
)

// What the fields of an article are made of: texts, names, numbers and the
// objects that some exports wrap them in, from the bytes of a valid value.

// jsonText is the text of a string, or of an array of strings, which are
// paragraphs; false for anything else.
func jsonText(raw []byte) (string, bool) {
	switch raw[0] {
	case '"':
		return unquote(raw[1 : len(raw)-1]), true
	case '[':
		ok := true
		var parts []string
		s := scanner{b: raw}
		_ = s.array(0, func(e []byte) { // raw is valid: it has been gone over
			if e[0] != '"' {
				ok = false
				return
			}
			parts = append(parts, unquote(e[1:len(e)-1]))
		})
		return strings.Join(parts, "\n\n"), ok && len(parts) > 0
	}
	return "", false
}

// jsonScalar is a string as it is, a number as it is written, or what the
// objects {"$oid": "…"}, {"$date": …} and {"name": "…"} hold; false for
// anything else.
func jsonScalar(raw []byte) (string, bool) {
	switch c := raw[0]; {
	case c == '"':
		return unquote(raw[1 : len(raw)-1]), true
	case c == '-' || c >= '0' && c <= '9':
		return string(raw), true
	case c == '{':
		var out string
		var ok bool
		s := scanner{b: raw}
		_ = s.object(0, func(key, v []byte) { // raw is valid: it has been gone over
			switch string(key) {
			case "$oid", "$date", "$numberLong", "name":
				if !ok && v[0] != '[' {
					out, ok = jsonScalar(v)
				}
			}
		})
		return out, ok
	}
	return "", false
}

// jsonNames is a string, an object with a name, or an array of such.
func jsonNames(raw []byte) []string {
	if raw[0] == '[' {
		var out []string
		s := scanner{b: raw}
		_ = s.array(0, func(e []byte) { // raw is valid: it has been gone over
			if name, ok := jsonScalar(e); ok {
				out = append(out, name)
			}
		})
		return out
	}
	if name, ok := jsonScalar(raw); ok {
		return listText(name)
	}
	return nil
}

// jsonEmpty reports a value that says nothing: null, "", [], a truth value.
func jsonEmpty(raw []byte) bool {
	switch raw[0] {
	case 'n', 't', 'f':
		return true
	case '"', '[', '{':
		return len(bytes.TrimSpace(raw[1:len(raw)-1])) == 0
	}
	return false
}
