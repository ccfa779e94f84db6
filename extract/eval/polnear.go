package eval

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A brat text-bound annotation with its offsets, and an event. Other lines
// (notes, attributes, text spilled over a line break) are not ours to read.
var (
	bratSpan  = regexp.MustCompile(`^T[0-9]+\t\S+ [0-9; ]+\t`)
	bratEvent = regexp.MustCompile(`^E[0-9]+\t`)
)

// ReadPolnear reads gold from a PolNeAR folder: dir/text/*.txt and brat
// standoff files dir/attributions/NAME_*.ann, of which the first by name
// counts where an article has several annotators. Articles without annotations
// are left out. Unlinked spans are ignored.
//
// speakers is the path of a table "article TAB event TAB kind TAB name" that
// tells who the sources are ("-" for no name); empty for none.
//
// The type of an attribution is read off the text: direct when at least 95% of
// the letters and digits of its content stand between double quotation marks
// of their paragraph, indirect when none do, else mixed.
func ReadPolnear(dir, speakers string) ([]Gold, error) {
	who, err := readSpeakers(speakers)
	if err != nil {
		return nil, err
	}
	texts, err := folder(filepath.Join(dir, "text"), ".txt")
	if err != nil {
		return nil, err
	}
	notes, err := folder(filepath.Join(dir, "attributions"), ".ann")
	if err != nil {
		return nil, err
	}
	var out []Gold
	for _, name := range texts {
		doc := strings.TrimSuffix(name, ".txt")
		i := slices.IndexFunc(notes, func(n string) bool { return strings.HasPrefix(n, doc+"_") })
		if i < 0 {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, "text", name))
		if err != nil {
			return nil, fmt.Errorf("read gold: %w", err)
		}
		if !utf8.Valid(text) {
			return nil, fmt.Errorf("read %s: not valid UTF-8", filepath.Join(dir, "text", name))
		}
		g := Gold{Doc: doc, Text: string(text)}
		if g.Attributions, err = readBrat(filepath.Join(dir, "attributions", notes[i])); err != nil {
			return nil, err
		}
		runes := []rune(g.Text)
		inside := insideMarks(runes)
		for k := range g.Attributions {
			a := &g.Attributions[k]
			if err := g.check(); err != nil {
				return nil, err
			}
			a.Type = typeOf(runes, inside, a.Content)
			s := who[[2]string{doc, a.ID}]
			a.Kind, a.Name = s[0], s[1]
		}
		out = append(out, g)
	}
	return out, nil
}

// folder lists the visible names in dir that end in ext, sorted.
func folder(dir, ext string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("read gold: %w", err)
	}
	var names []string
	for _, e := range entries {
		if n := e.Name(); strings.HasSuffix(n, ext) && !strings.HasPrefix(n, ".") {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	return names, nil
}

// readSpeakers maps article and event to kind and name.
func readSpeakers(file string) (map[[2]string][2]string, error) {
	who := map[[2]string][2]string{}
	if file == "" {
		return who, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read speakers: %w", err)
	}
	for n, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if strings.TrimFunc(line, isSpace) == "" {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("read %s:%d: %d fields where article, event, kind and name are wanted", file, n+1, len(f))
		}
		name := squeeze(f[3])
		if f[3] == "-" {
			name = ""
		}
		who[[2]string{f[0], f[1]}] = [2]string{f[2], name}
	}
	return who, nil
}

// readBrat reads the events of one standoff file, in its order.
func readBrat(file string) ([]Attribution, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read gold: %w", err)
	}
	spans := map[string][]Range{}
	type event struct {
		id    string
		roles [][2]string // role, span id
	}
	var events []event
	for n, line := range strings.Split(string(data), "\n") {
		line = strings.TrimRight(line, "\r")
		switch {
		case bratSpan.MatchString(line):
			f := strings.SplitN(line, "\t", 3)
			_, offsets, _ := strings.Cut(f[1], " ")
			var rs []Range
			for _, pair := range strings.Split(offsets, ";") {
				r, err := parseRange(pair)
				if err != nil {
					return nil, fmt.Errorf("read %s:%d: %w", file, n+1, err)
				}
				rs = append(rs, r)
			}
			spans[f[0]] = rs
		case bratEvent.MatchString(line):
			id, rest, _ := strings.Cut(line, "\t")
			e := event{id: id}
			for _, x := range strings.Fields(rest) {
				role, ref, ok := strings.Cut(x, ":")
				if !ok {
					return nil, fmt.Errorf("read %s:%d: %q is not role:span", file, n+1, x)
				}
				// Content2 is more content: several arguments of one role are numbered.
				e.roles = append(e.roles, [2]string{strings.TrimRight(role, "0123456789"), ref})
			}
			events = append(events, e)
		}
	}
	var out []Attribution
	for _, e := range events {
		role := func(name string) []Range {
			var rs []Range
			for _, r := range e.roles {
				if r[0] == name {
					rs = append(rs, spans[r[1]]...)
				}
			}
			slices.SortFunc(rs, compareRange)
			return rs
		}
		out = append(out, Attribution{ID: e.id, Content: role("Content"), Cue: role("Cue"), Source: role("Source")})
	}
	return out, nil
}

func parseRange(s string) (Range, error) {
	f := strings.Fields(s)
	if len(f) != 2 {
		return Range{}, fmt.Errorf("%q is not a pair of offsets", s)
	}
	a, err := strconv.Atoi(f[0])
	if err != nil {
		return Range{}, err
	}
	b, err := strconv.Atoi(f[1])
	if err != nil {
		return Range{}, err
	}
	return Range{a, b}, nil
}

// insideMarks tells for each character whether it stands between double
// quotation marks of its paragraph, as annotators see them: curly ones open and
// close, straight and typewriter ones toggle.
func insideMarks(text []rune) []bool {
	in := make([]bool, len(text))
	on := false
	for k := 0; k < len(text); k++ {
		two := func(c rune) bool { return text[k] == c && k+1 < len(text) && text[k+1] == c }
		switch {
		case text[k] == '\n', text[k] == '”':
			on = false
		case text[k] == '“', two('`'):
			on = true
		case text[k] == '"':
			on = !on
		case two('\''):
			on = !on
			k++
		default:
			in[k] = on
		}
	}
	return in
}

// TypeOf is the type of a content, read off the text: direct when at least 95%
// of its letters and digits stand between double quotation marks of their
// paragraph, indirect when none do, else mixed.
func TypeOf(text string, content []Range) string {
	runes := []rune(text)
	return typeOf(runes, insideMarks(runes), content)
}

// typeOf is the type of a content by the share of its letters and digits that
// stand inside marks.
func typeOf(text []rune, inside []bool, content []Range) string {
	n, q := 0, 0
	for _, r := range content {
		for k := r[0]; k < r[1]; k++ {
			if unicode.IsLetter(text[k]) || unicode.IsNumber(text[k]) {
				n++
				if inside[k] {
					q++
				}
			}
		}
	}
	switch {
	case q == 0:
		return "indirect"
	case float64(q)/float64(n) >= 0.95:
		return "direct"
	}
	return "mixed"
}
