package annotation

import (
	"fmt"
	"strconv"
	"strings"
)

// brat standoff. DOC.txt holds the text, byte for byte; DOC.ann a line for
// every mark:
//
//	T1  Content 0 27;31 40   words        the marked words, maybe in fragments
//	E1  Attribution:T4 Content:T1 Cue:T2 Source:T3
//	A1  Type E1 direct                    attributes of the statement
//	#1  AnnotatorNotes E1  name           its speaker
//	#2  Whosaid E1  {…}                   what brat has no place for
//
// That is how PolNeAR is annotated too. Offsets are code points. A fragment
// cannot run over a line break, so brat cuts marks there: fragments with only
// such white space between them are one piece, and pieces that are two although
// nothing else stands between them are two marks, Content and Content2.

// bratConfig is annotation.conf: what annotators may mark.
func bratConfig() string {
	var b strings.Builder
	b.WriteString("[entities]\nContent\nCue\nSource\n\n" +
		"[relations]\nOf\tArg1:Content|Cue|Source, Arg2:Content\n" +
		// One statement may stand in another, and a source in both.
		"<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>\n\n" +
		"[events]\nAttribution\tContent*:Content, Cue*:Cue, Source*:Source\n\n" +
		"[attributes]\n")
	for _, c := range choices() {
		fmt.Fprintf(&b, "%s\tArg:Attribution|Content, Value:%s\n", c.name, strings.Join(c.values, "|"))
	}
	return b.String()
}

const bratVisual = "[labels]\nAttribution | Attribution | Attr\nContent | Content | Con\nCue | Cue\nSource | Source | Src\n\n" +
	"[drawing]\nAttribution\tbgColor:#e6e6e6\nContent\tbgColor:#cfe8ff\nCue\tbgColor:#ffe0b3\nSource\tbgColor:#d5f0d0\n"

type bratEncoder struct {
	folder   *folder
	register *register
}

func newBrat(f *folder, _ Options) (encoder, error) {
	s, err := f.stream(registerName)
	if err != nil {
		return nil, err
	}
	if err := f.put("annotation.conf", bratConfig()); err != nil {
		return nil, err
	}
	return &bratEncoder{f, &register{s}}, f.put("visual.conf", bratVisual)
}

func (e *bratEncoder) close() error { return e.register.close() }

func (e *bratEncoder) encode(d *Document, x *index) error {
	name := e.folder.names.name(d.ID)
	w := &bratWriter{x: x, events: bratEvents(d.Statements)}
	for i := range d.Statements {
		w.statement(i, &d.Statements[i])
	}
	if err := e.folder.put(name+".txt", d.Text); err != nil {
		return err
	}
	if err := e.folder.put(name+".ann", w.String()); err != nil {
		return err
	}
	return e.register.add(name, d)
}

// bratEvents are the names of the events: the statements' own ids where all of
// them are such names.
func bratEvents(statements []Statement) []string {
	own, numbered := make([]string, len(statements)), make([]string, len(statements))
	fit := true
	for i := range statements {
		own[i], numbered[i] = statements[i].ID, "E"+strconv.Itoa(i+1)
		digits, ok := strings.CutPrefix(own[i], "E")
		n, err := strconv.ParseUint(digits, 10, 31)
		fit = fit && ok && err == nil && "E"+strconv.FormatUint(n, 10) == own[i]
	}
	if fit {
		return own
	}
	return numbered
}

// bratWriter writes one .ann file.
type bratWriter struct {
	strings.Builder
	x           *index
	events      []string
	t, a, notes int
}

func (w *bratWriter) statement(i int, s *Statement) {
	event := w.events[i]
	var arguments strings.Builder
	trigger := []Span(nil)
	for _, r := range []Role{Cue, Content, Source} { // brat likes a trigger that is short
		if trigger == nil {
			trigger = *s.spans(r)
		}
	}
	line := "Attribution:" + w.mark("Attribution", trigger[:1])
	for _, r := range roles {
		for k, pieces := range w.x.marks(*s.spans(r)) {
			name := string(r)
			if k > 0 {
				name += strconv.Itoa(k + 1)
			}
			arguments.WriteString(" " + name + ":" + w.mark(string(r), pieces))
		}
	}
	fmt.Fprintf(w, "%s\t%s%s\n", event, line, arguments.String())
	for _, c := range choices() {
		if v := *c.of(&s.Attributes); v != "" {
			w.a++
			fmt.Fprintf(w, "A%d\t%s %s %s\n", w.a, c.name, event, v)
		}
	}
	h := bratHidden{hidden: hidden{s.ID, s.Extra}}
	if h.ID == event {
		h.ID = ""
	}
	if note := oneLine(s.Speaker); note != "" {
		w.note("AnnotatorNotes", event, note)
	}
	if oneLine(s.Speaker) != s.Speaker {
		h.Speaker = s.Speaker
	}
	if b, err := marshal(h); err == nil && string(b) != "{}" {
		w.note("Whosaid", event, string(b))
	}
}

// bratHidden is the note that is not for people. Speaker stands there where a
// note of one line cannot hold it.
type bratHidden struct {
	hidden
	Speaker string `json:"speaker,omitempty"`
}

func (w *bratWriter) note(kind, event, text string) {
	w.notes++
	fmt.Fprintf(w, "#%d\t%s %s\t%s\n", w.notes, kind, event, text)
}

// mark writes a text-bound annotation and gives its name.
func (w *bratWriter) mark(kind string, pieces []Span) string {
	w.t++
	var offsets, texts []string
	for _, p := range pieces {
		for _, f := range w.x.fragments(p) {
			offsets = append(offsets, fmt.Sprintf("%d %d", f.Start, f.End))
			texts = append(texts, w.x.slice(f))
		}
	}
	fmt.Fprintf(w, "T%d\t%s %s\t%s\n", w.t, kind, strings.Join(offsets, ";"), strings.Join(texts, " "))
	return "T" + strconv.Itoa(w.t)
}

// marks gathers the pieces of a role to marks.
func (x *index) marks(pieces []Span) (out [][]Span) {
	for i, p := range pieces {
		if i == 0 || x.broken(Span{pieces[i-1].End, p.Start}) {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], p)
	}
	return out
}

// broken reports whether s is nothing but white space with a line break, where
// a mark has to be cut.
func (x *index) broken(s Span) bool {
	breaks := false
	for i := s.Start; i < s.End; i++ {
		r := x.runeAt(i)
		if !isSpace(r) {
			return false
		}
		breaks = breaks || breaksLine(r)
	}
	return breaks
}

// fragments cuts a piece at line breaks and trims the rest.
func (x *index) fragments(s Span) (out []Span) {
	from := s.Start
	for i := s.Start; i <= s.End; i++ {
		if i < s.End && !breaksLine(x.runeAt(i)) {
			continue
		}
		if f := x.trim(Span{from, i}); f.Start < f.End {
			out = append(out, f)
		}
		from = i + 1
	}
	return out
}

// oneLine is s without line breaks, and with single spaces.
func oneLine(s string) string { return strings.Join(strings.FieldsFunc(s, isSpace), " ") }
