package source

import (
	"bytes"
	"strings"
)

// jsonShape is how a JSON file holds its records.
type jsonShape uint8

const (
	shapeLines   jsonShape = iota // an object a line
	shapeSpread                   // objects over several lines
	shapeArray                    // one array of objects
	shapeWrapped                  // objects that hold an array of records, such as answers of a search
	shapeColumns                  // {"text": {"0": …, "1": …}, …}, as pandas writes tables unless asked
	shapeIndex                    // {"0": {"text": …}, "1": …}
	shapeSplit                    // {"columns": […], "index": […], "data": [[…], …]}
)

// topLevel as Options.Records says that the objects of a file are its records.
const topLevel = "."

// shape tells the shape of a file by its first bytes, and of wrapped records
// the keys that lead to their array.
func (o *Options) shape(head []byte) (jsonShape, []string) {
	head = bytes.TrimLeft(head, " \t\r\n")
	switch {
	case o.Records != "" && o.Records != topLevel:
		return shapeWrapped, strings.Split(o.Records, ".")
	case len(head) > 0 && head[0] == '[':
		return shapeArray, nil
	}
	if o.Records == "" {
		n := newNames(o)
		if s := n.tableShape(head); s != shapeLines {
			return s, nil
		}
		if path := n.wrapped(head, 0); path != nil {
			return shapeWrapped, path
		}
	}
	if spread(head) {
		return shapeSpread, nil
	}
	return shapeLines, nil
}

// linewise reports whether a file that begins with head has an object a line.
func linewise(o *Options, head []byte) bool {
	s, _ := o.shape(head)
	return s == shapeLines && len(head) > 0 && head[0] == '{'
}

// spread reports whether an object goes over several lines, as printed for
// people: its first line opens it and does not close it.
func spread(head []byte) bool {
	line, _, more := bytes.Cut(head, []byte("\n"))
	line = bytes.TrimSpace(line)
	if !more || len(line) == 0 || line[0] != '{' {
		return false
	}
	last := line[len(line)-1]
	return last == '{' || last == ',' || last == '['
}

// members goes over the members of the object that b begins with, as far as b
// has them, and gives each key and all that follows it. The walk ends with the
// member that b does not hold whole, or when visit says so.
func members(b []byte, visit func(key, rest []byte) bool) {
	s := scanner{b: b}
	if s.space(); !s.at('{') {
		return
	}
	s.i++
	for {
		if s.space(); !s.at('"') {
			return
		}
		key, err := s.str()
		if err != nil {
			return
		}
		if s.space(); !s.at(':') {
			return
		}
		s.i++
		s.space()
		if s.i >= len(b) || !visit(key, b[s.i:]) {
			return
		}
		if _, err := s.value(0); err != nil {
			return
		}
		if s.space(); !s.at(',') {
			return
		}
		s.i++
	}
}

// containers are the names that arrays of records go by, as usual has names.
var containers = map[string]bool{
	"articles": true, "items": true, "results": true, "docs": true, "documents": true, "data": true, "records": true,
	"news": true, "entries": true, "stories": true, "posts": true, "hits": true, "rows": true, "value": true,
	"content": true, "list": true, "response": true, "articlelist": true, "newsitems": true,
}

// wrapped finds the array of records inside the object that head begins with:
// an array under a usual name, whose first object has the title, text or
// address of an article, while the object around it has no text. nil for none.
func (n *names) wrapped(head []byte, depth int) (path []string) {
	const deepest = 6
	members(head, func(key, rest []byte) bool {
		p, usual := n.usualPlace(key)
		switch {
		case rest[0] == '"' && usual && p.field == fText || n.user[fText] == string(key):
			path = nil
			return false // it is an article itself
		case path != nil:
		case rest[0] == '[' && isContainer(key) && n.article(bytes.TrimLeft(rest[1:], " \t\r\n"), depth):
			path = []string{unquote(key)}
		case rest[0] == '{' && depth < deepest:
			if inner := n.wrapped(rest, depth+1); inner != nil {
				path = append([]string{unquote(key)}, inner...)
			}
		}
		return true
	})
	return path
}

func isContainer(key []byte) bool {
	var buf [24]byte
	return containers[string(plainKey(&buf, key))]
}

// article reports whether b begins with an object that has a text, title or
// address, or has an object with such inside.
func (n *names) article(b []byte, depth int) (ok bool) {
	const deepest = 4
	members(b, func(key, rest []byte) bool {
		p, usual := n.usualPlace(key)
		switch {
		case usual && rest[0] == '"' && (p.field == fText || p.field == fTitle || p.field == fURL), string(key) == n.user[fText]:
			ok = true
		case rest[0] == '{' && depth < deepest:
			ok = n.article(rest, depth+1)
		}
		return !ok
	})
	return ok
}

// tableShape tells the shapes in which pandas writes a table from shapeLines.
func (n *names) tableShape(head []byte) (shape jsonShape) {
	members(head, func(key, rest []byte) bool {
		switch {
		case string(key) == "columns" && rest[0] == '[' && bytes.Contains(head, []byte(`"data"`)):
			if first := bytes.TrimLeft(rest[1:], " \t\r\n"); len(first) > 0 && first[0] == '"' {
				shape = shapeSplit
			}
		case rest[0] == '{':
			members(rest, func(inner, value []byte) bool {
				_, usual := n.usualPlace(inner)
				switch {
				case string(inner) == "0" && value[0] != '{' && value[0] != '[' && !isNumber(key):
					shape = shapeColumns
				case isNumber(key) && (usual || n.isUser(inner)) && value[0] != '{':
					shape = shapeIndex
				case isNumber(key):
					return true
				}
				return false
			})
		}
		return false // the first member decides
	})
	return shape
}

func (n *names) isUser(key []byte) bool {
	for _, want := range n.user {
		if want != "" && want == string(key) {
			return true
		}
	}
	return false
}

func isNumber(key []byte) bool {
	for _, c := range key {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(key) > 0
}
