package source

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/whosaid/whosaid/extract/news"
)

// lookRecords is how many records of a file are looked at to see what fields
// it has, and lookFiles at how many files of a kind.
const (
	lookRecords = 100
	lookFiles   = 4
)

// UnknownField is the error of a field that the user names and that none of
// the records looked at has.
type UnknownField struct {
	Part string   // of an article: text, title, …
	Name string   // as the user has it
	Path string   // the first file looked at
	Have []string // the fields that there are
}

func (e *UnknownField) Error() string {
	return fmt.Sprintf("no record of %s has a field %q for the %s; the fields are %s",
		cleanPath(e.Path), clean(e.Name), e.Part, listFields(seenNames(e.Have)))
}

// Flag is the part as flags and options spell it.
func (e *UnknownField) Flag() string { return strings.ToLower(e.Part) }

// CheckFields looks at the first records of the shards and reports the fields
// named in o that are nowhere among them, as *UnknownField, joined in order.
// Input without fields (text, HTML, WARC) is passed over. It reads at most a
// hundred records of a few files of each kind of name.
func CheckFields(ctx context.Context, shards []Shard, o Options) (unknown []*UnknownField) {
	r := New(o)
	met := new(look)
	path := ""
	files := map[Format]int{} // looked at, by the format that their names suggest
	for _, s := range shards {
		kind, _, _ := byName(s.Path)
		if s.Start > 0 || files[kind] >= lookFiles {
			continue
		}
		files[kind]++
		before := len(met.have)
		r.look(ctx, s, met)
		if path == "" && len(met.have) > before {
			path = s.Path
		}
	}
	if len(met.have) == 0 {
		return nil
	}
	for fd, part := range [numFields]string{"id", "text", "title", "URL", "outlet", "author", "date"} {
		want := r.names.user[fd]
		if want == "" || slices.ContainsFunc(met.have, func(s seen) bool { return strings.EqualFold(s.name, want) }) {
			continue
		}
		u := &UnknownField{Part: part, Name: want, Path: path}
		for _, s := range met.have {
			if !s.object {
				u.Have = append(u.Have, s.name)
			}
		}
		unknown = append(unknown, u)
	}
	return unknown
}

// look looks at the first records of a shard. What is wrong with them, the run
// will tell.
func (r *Reader) look(ctx context.Context, s Shard, met *look) {
	defer func() { _ = recover() }()
	n := 0
	x := &run{r: r, o: &r.o, ctx: ctx, shard: s, path: cleanPath(s.Path), look: met}
	x.yield = func(news.Article, error) bool { n++; return n < lookRecords }
	_ = x.read()
}

// look gathers the fields of records. A nil look gathers nothing.
type look struct{ have []seen }

func (l *look) table(header []string) {
	if l == nil {
		return
	}
	for _, name := range header {
		l.add(seen{name: name})
	}
}

func (l *look) object(line []byte) {
	if l == nil {
		return
	}
	for _, s := range jsonFields(line) {
		l.add(s)
	}
}

// maxFields is the most fields listed of a record or a file.
const maxFields = 200

func (l *look) add(s seen) {
	if len(l.have) < maxFields && !slices.ContainsFunc(l.have, func(h seen) bool { return h.name == s.name }) {
		l.have = append(l.have, s)
	}
}

// jsonFields lists the fields of a valid object, those of objects inside it
// too, by names joined with dots.
func jsonFields(line []byte) (fields []seen) {
	const deepest = 6
	var walk func(raw []byte, prefix string, depth int)
	walk = func(raw []byte, prefix string, depth int) {
		s := scanner{b: raw}
		s.space()
		_ = s.object(0, func(key, value []byte) {
			if len(fields) >= maxFields {
				return
			}
			f := seen{name: prefix + unquote(key)}
			switch {
			case value[0] == '{' && depth < deepest && !jsonEmpty(value):
				f.object = true
				fields = append(fields, f)
				walk(value, f.name+".", depth+1)
				return
			case value[0] == '"' || value[0] == '[':
				if text, ok := jsonText(value); ok && strings.Contains(text, " ") {
					f.chars = utf8.RuneCountInString(text)
				}
			}
			fields = append(fields, f)
		})
	}
	walk(line, "", 0)
	return fields
}
