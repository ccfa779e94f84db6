package known

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Opener opens an input from its beginning.
type Opener func() (io.ReadCloser, error)

// Found tells what a build read.
type Found struct {
	Records int64 // entities or rows
	People  int64
	Broken  int64  // records that could not be read
	First   string // what was wrong with the first of them
}

func (f *Found) broken(record int64, err error) {
	if f.Broken == 0 {
		f.First = fmt.Sprintf("record %d: %v", record, err)
	}
	f.Broken++
}

// maxLine bounds an entity of a dump; the largest have some 5 MiB.
const maxLine = 64 << 20

// Wikidata reads a JSON dump, one entity a line between brackets, and writes
// its people. It reads the dump twice, for what a position is called stands
// in another entity than who held it: first for the people, who wait in a
// file, then for the labels.
func Wikidata(open Opener, w *Writer, progress func(int64)) (*Found, error) {
	temp, err := os.CreateTemp("", ".people-*.tmp")
	if err != nil {
		return nil, err
	}
	defer os.Remove(temp.Name())
	defer temp.Close()
	labels := map[string]string{}
	f, err := humans(open, temp, labels, progress)
	if err != nil {
		return nil, err
	}
	if err := eachLine(open, func(_ int64, line []byte) {
		id := idOf(line)
		if _, wanted := labels[id]; !wanted {
			return
		}
		var e entity
		if json.Unmarshal(line, &e) == nil {
			labels[id] = e.label()
		}
	}, progress); err != nil {
		return nil, err
	}
	if _, err := temp.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	for p, err := range Read(bufio.NewReader(temp)) {
		if err != nil {
			return nil, err
		}
		p.label(labels)
		if err := w.Write(p); err != nil {
			return nil, err
		}
	}
	f.People = w.People()
	return f, nil
}

// label puts words in the place of ids.
func (p *Person) label(labels map[string]string) {
	words := func(ids []string) (out []string) {
		for _, id := range ids {
			if l := labels[id]; l != "" {
				out = append(out, l)
			}
		}
		return out
	}
	p.Places, p.Occupations = words(p.Places), words(p.Occupations)
	kept := p.Positions[:0]
	for _, x := range p.Positions {
		if x.Title = labels[x.Title]; x.Title != "" {
			kept = append(kept, x)
		}
	}
	p.Positions = kept
}

// humans writes the people of a dump to a file, with ids where words belong,
// and notes these.
func humans(open Opener, to io.Writer, labels map[string]string, progress func(int64)) (*Found, error) {
	out := bufio.NewWriter(to)
	w, err := NewWriter(out)
	if err != nil {
		return nil, err
	}
	f := &Found{}
	var werr error
	err = eachLine(open, func(n int64, line []byte) {
		f.Records++
		if !bytes.Contains(line, human) {
			if f.Records <= 100 && !json.Valid(line) {
				f.broken(n, errors.New("no JSON"))
			}
			return
		}
		var e entity
		if err := json.Unmarshal(line, &e); err != nil {
			f.broken(n, err)
			return
		}
		if !e.isHuman() || e.label() == "" || werr != nil {
			return
		}
		for _, id := range e.needed() {
			labels[id] = ""
		}
		werr = w.Write(e.person())
	}, progress)
	return f, errors.Join(err, werr, w.Close(), out.Flush())
}

// human marks lines that may be of a person.
var human = []byte(`"Q5"`)

// eachLine visits the entities of a dump, without brackets and commas.
func eachLine(open Opener, visit func(n int64, line []byte), progress func(int64)) error {
	in, err := open()
	if err != nil {
		return err
	}
	defer in.Close()
	r := bufio.NewReaderSize(in, 1<<20)
	var long []byte
	for n := int64(1); ; n++ {
		line, err := r.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			long = append(long[:0], line...)
			for errors.Is(err, bufio.ErrBufferFull) {
				line, err = r.ReadSlice('\n')
				if len(long) < maxLine {
					long = append(long, line...)
				}
			}
			if line = long; len(long) >= maxLine {
				line = nil
			}
		}
		line = bytes.TrimSpace(line)
		line = bytes.TrimSuffix(line, []byte(","))
		if len(line) > 2 {
			visit(n, line)
		}
		if n%100_000 == 0 {
			progress(n)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read dump: line %d: %w", n, err)
		}
	}
}

// idOf is the id of an entity, which stands near the beginning of its line.
func idOf(line []byte) string {
	const mark = `"id":"Q`
	head := line[:min(len(line), 200)]
	i := bytes.Index(head, []byte(mark))
	if i < 0 {
		return ""
	}
	rest := head[i+len(mark)-1:]
	if k := bytes.IndexByte(rest, '"'); k > 0 {
		return string(rest[:k])
	}
	return ""
}

// entity is what is read of an entity of a dump.
type entity struct {
	ID        string                     `json:"id"`
	Labels    object[map[string]text]    `json:"labels"`
	Aliases   object[map[string][]text]  `json:"aliases"`
	Sitelinks object[map[string]skipped] `json:"sitelinks"`
	Claims    object[claims]             `json:"claims"`
}

// object is an object that dumps write as an empty list where it is empty.
type object[T any] struct{ of T }

func (o *object[T]) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '[' {
		return nil
	}
	return json.Unmarshal(b, &o.of)
}

// skipped is a value that nobody looks at.
type skipped struct{}

func (skipped) UnmarshalJSON([]byte) error { return nil }

// claims are those that tell of people.
type claims struct {
	InstanceOf []claim `json:"P31"`
	Gender     []claim `json:"P21"`
	Country    []claim `json:"P27"`
	Occupation []claim `json:"P106"`
	Position   []claim `json:"P39"`
	Born       []claim `json:"P569"`
	Died       []claim `json:"P570"`
}

type text struct {
	Value string `json:"value"`
}

type claim struct {
	Rank       string            `json:"rank"`
	Mainsnak   snak              `json:"mainsnak"`
	Qualifiers map[string][]snak `json:"qualifiers"`
}

type snak struct {
	Datavalue struct {
		Value json.RawMessage `json:"value"`
	} `json:"datavalue"`
}

func (s *snak) id() string {
	var v struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(s.Datavalue.Value, &v)
	return v.ID
}

// year of a time such as +1952-03-11T00:00:00Z; 0 unknown.
func (s *snak) year() int {
	var v struct {
		Time string `json:"time"`
	}
	_ = json.Unmarshal(s.Datavalue.Value, &v)
	t, before := strings.CutPrefix(v.Time, "-")
	t = strings.TrimPrefix(t, "+")
	y, _, _ := strings.Cut(t, "-")
	n, _ := strconv.Atoi(y)
	if before {
		return -n
	}
	return n
}

func (e *entity) isHuman() bool {
	return slices.ContainsFunc(e.Claims.of.InstanceOf, func(c claim) bool { return c.Mainsnak.id() == "Q5" })
}

func (e *entity) label() string {
	for _, language := range []string{"en", "mul", "en-gb"} {
		if l := e.Labels.of[language].Value; l != "" {
			return l
		}
	}
	return ""
}

// needed are the entities whose labels tell of the person.
func (e *entity) needed() (ids []string) {
	for _, list := range [][]claim{e.Claims.of.Country, e.Claims.of.Occupation, e.Claims.of.Position} {
		for i := range list {
			if id := list[i].Mainsnak.id(); id != "" {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// person is the entity with ids where words belong.
func (e *entity) person() *Person {
	p := &Person{ID: e.ID, Name: e.label(), Sitelinks: len(e.Sitelinks.of)}
	for _, language := range []string{"en", "mul"} {
		for _, a := range e.Aliases.of[language] {
			if !slices.Contains(p.Aliases, a.Value) && a.Value != p.Name {
				p.Aliases = append(p.Aliases, a.Value)
			}
		}
	}
	for i := range e.Claims.of.Gender {
		switch e.Claims.of.Gender[i].Mainsnak.id() {
		case "Q6581097", "Q2449503":
			p.Gender = "male"
		case "Q6581072", "Q1052281":
			p.Gender = "female"
		}
	}
	ids := func(list []claim) (out []string) {
		for i := range list {
			if id := list[i].Mainsnak.id(); id != "" && list[i].Rank != "deprecated" {
				out = append(out, id)
			}
		}
		return out
	}
	p.Places, p.Occupations = ids(e.Claims.of.Country), ids(e.Claims.of.Occupation)
	for i := range e.Claims.of.Position {
		c := &e.Claims.of.Position[i]
		x := Position{Title: c.Mainsnak.id()}
		for _, q := range c.Qualifiers["P580"] {
			x.From = q.year()
		}
		for _, q := range c.Qualifiers["P582"] {
			x.To = q.year()
		}
		if x.Title != "" && c.Rank != "deprecated" {
			p.Positions = append(p.Positions, x)
		}
	}
	for i := range e.Claims.of.Born {
		p.Born = e.Claims.of.Born[i].Mainsnak.year()
	}
	for i := range e.Claims.of.Died {
		p.Died = e.Claims.of.Died[i].Mainsnak.year()
	}
	return p
}
