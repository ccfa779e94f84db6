package lang

import (
	"fmt"
	"slices"
	"strings"
)

// The format of a language's files. A file holds sections; a section's name is
// that of the file and its own, with a point between: [narrating] in marks.txt
// is marks.narrating.
//
//	# A comment is a line of its own.
//	[narrating]
//	said says
//	told tells
//
//	[full-stops, keyed]
//	title: Mr Mrs
//	number: No
//
//	[words, reporting]
//	say verb: say; clause question
//
//	[endings, grouped]
//	female: woman girl
//	person: woman man
//
// Words stand between white space; where one has a space itself, it is written
// "_". A line of a keyed section begins with a key, which ends with the first
// colon; in a grouped one a word may stand under several keys. Of a reporting section every line is one lemma (reporting.go).

// section is one section as the file has it.
type section struct {
	kind  kind
	lines []line
}

type line struct {
	key   string // of a keyed or a reporting section
	words []string
}

type kind uint8

const (
	plain kind = iota
	keyed
	grouped
	reports
)

// parse adds the sections of one file.
func (l *Language) parse(file, text string) error {
	stem := strings.TrimSuffix(file, ".txt")
	var s *section
	seen := map[string]bool{}
	n := 0
	for raw := range strings.Lines(text) {
		n++
		raw = strings.TrimSpace(raw)
		if raw == "" || strings.HasPrefix(raw, "#") {
			continue
		}
		if head, ok := header(raw); ok {
			name, k, err := parseHeader(stem, head)
			if err != nil {
				return fmt.Errorf("%s:%d: %w", file, n, err)
			}
			if l.sections[name] != nil {
				return fmt.Errorf("%s:%d: section %s stands twice", file, n, name)
			}
			s = &section{kind: k}
			l.sections[name] = s
			clear(seen)
			continue
		}
		if s == nil {
			return fmt.Errorf("%s:%d: words before the first [section]", file, n)
		}
		one, err := s.parseLine(raw)
		if err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
		// In a reporting section the lemmas may not stand twice, elsewhere the words.
		once := one.words
		if s.kind == reports {
			once = []string{one.key}
		}
		for _, w := range once {
			key := w
			if s.kind == grouped {
				key = one.key + ":" + w
			}
			if seen[key] {
				return fmt.Errorf("%s:%d: %q stands twice in its section", file, n, w)
			}
			seen[key] = true
		}
		s.lines = append(s.lines, one)
	}
	return nil
}

// header is what stands in the brackets of a section's first line.
func header(raw string) (head string, ok bool) {
	if len(raw) < 3 || raw[0] != '[' || raw[len(raw)-1] != ']' || raw[1] == ' ' {
		return "", false
	}
	return raw[1 : len(raw)-1], true
}

func parseHeader(stem, head string) (name string, k kind, err error) {
	name, how, _ := strings.Cut(head, ",")
	switch strings.TrimSpace(how) {
	case "":
		k = plain
	case "keyed":
		k = keyed
	case "grouped":
		k = grouped
	case "reporting":
		k = reports
	default:
		return "", k, fmt.Errorf("a section is keyed, grouped or reporting or has nothing behind its name, not %q", how)
	}
	return stem + "." + strings.TrimSpace(name), k, nil
}

func (s *section) parseLine(raw string) (line, error) {
	var out line
	if s.kind != plain {
		key, rest, ok := strings.Cut(raw, ":")
		if !ok || strings.TrimSpace(key) == "" {
			return out, fmt.Errorf("a line of this section begins with a key and a colon: %q", raw)
		}
		out.key, raw = strings.TrimSpace(key), rest
	}
	if s.kind == reports {
		if _, err := parseEntry(out.key, raw); err != nil {
			return out, err
		}
	}
	for w := range strings.FieldsSeq(raw) {
		out.words = append(out.words, strings.ReplaceAll(w, "_", " "))
	}
	return out, nil
}

// content is the words of the section with their keys, sorted; of a section whose
// order tells something, its lines.
func (s *section) content() (out []string) {
	for _, l := range s.lines {
		if s.kind == grouped || s.kind == reports {
			out = append(out, l.key+": "+strings.Join(l.words, " "))
			continue
		}
		for _, w := range l.words {
			out = append(out, l.key+": "+w)
		}
	}
	if s.kind != grouped {
		slices.Sort(out)
	}
	return out
}

func (s *section) set() Set {
	out := Set{}
	for _, l := range s.lines {
		for _, w := range l.words {
			out[w] = struct{}{}
		}
	}
	return out
}

func (s *section) keys() Keys {
	out := Keys{}
	for _, l := range s.lines {
		for _, w := range l.words {
			out[w] = l.key
		}
	}
	return out
}

func (s *section) groups() Groups {
	out := Groups{}
	for _, l := range s.lines {
		out[l.key] = append(slices.Clip(out[l.key]), l.words...)
	}
	return out
}
