// Package lang holds what the stages know of a language: its words, by section,
// its reporting words with all that each of them takes, and how its words are
// brought to their base form. It has no word of any language itself; english
// below it is one, and a second one is a folder beside that.
//
// In go the files of a language, as english/*.txt has them (parse.go tells the
// format); out comes a Language, which is read-only, small, and safe for
// concurrent use. New finds what is wrong with the files: a section or a word
// that stands twice, a mark that no reporting word has.
//
// A stage says which sections it reads by a struct of its own, whose fields name
// them, and gets it filled by Bind:
//
//	type Words struct {
//		Narrating lang.Set `lang:"marks.narrating"`
//	}
//	w := lang.Bind[Words](language)
//
// Every struct is filled once a language and then shared, so Bind may be called
// anywhere. A section that a language does not have is empty: the stage goes
// without. Fingerprint is the hash of the sections that such a struct names, so
// that a model can tell the words that it was trained with.
package lang

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/whosaid/whosaid/extract/news"
)

// Set is the words of a section. A word may be several, with spaces between.
type Set map[string]struct{}

// Has reports whether w is one of the words.
func (s Set) Has(w string) bool {
	_, ok := s[w]
	return ok
}

// Keys gives the key of each word of a keyed section: its class, its base form.
type Keys map[string]string

// Groups gives the words under each key of a keyed section, in the file's order.
type Groups map[string][]string

// Language is all that the stages know of one language.
type Language struct {
	Code string // ISO 639-1
	Name string

	spelling Spelling
	sections map[string]*section
	bound    sync.Map // reflect.Type of a struct of words: *struct
}

// Spelling is the rules by which the words of a language change. Either may be
// nil: a word's base form is the word in lower case then, and a verb has no
// other form.
type Spelling struct {
	Lemma func(word string, tag news.Tag) string // the base form, in lower case, of a word with its tag
	Forms func(verb string) Forms                // of a verb in its base form
}

// Forms are the forms of a verb.
type Forms struct {
	Base, Present string   // say, says
	Past          []string // said; wrote, written
	Gerund        string   // saying
}

// New reads the language of the files *.txt of f. spelling is given the language
// with its words, for those that follow no rule; nil: it has no rules.
func New(code, name string, f fs.FS, spelling func(*Language) Spelling) (*Language, error) {
	l := &Language{Code: code, Name: name, sections: map[string]*section{}}
	files, err := fs.Glob(f, "*.txt")
	if err != nil {
		return nil, fmt.Errorf("read the words of %s: %w", name, err)
	}
	slices.Sort(files)
	for _, file := range files {
		b, err := fs.ReadFile(f, file)
		if err != nil {
			return nil, fmt.Errorf("read the words of %s: %w", name, err)
		}
		if err := l.parse(file, string(b)); err != nil {
			return nil, fmt.Errorf("read the words of %s: %w", name, err)
		}
	}
	if spelling != nil {
		l.spelling = spelling(l)
	}
	if l.spelling.Lemma == nil {
		l.spelling.Lemma = func(word string, _ news.Tag) string { return strings.ToLower(word) }
	}
	if l.spelling.Forms == nil {
		l.spelling.Forms = func(verb string) Forms { return Forms{Base: verb, Present: verb, Past: []string{verb}, Gerund: verb} }
	}
	return l, nil
}

// Lemma is the base form of a word in lower case: the infinitive of a verb, the
// singular of a noun, any other word as it is.
func (l *Language) Lemma(word string, tag news.Tag) string { return l.spelling.Lemma(word, tag) }

// Forms is the forms of a verb in its base form.
func (l *Language) Forms(verb string) Forms { return l.spelling.Forms(verb) }

// Sections names the sections of the language, sorted.
func (l *Language) Sections() []string {
	out := make([]string, 0, len(l.sections))
	for name := range l.sections {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// compiler is a struct of words that derives more from them, once.
type compiler interface{ Compile(*Language) }

// Bind fills a struct of words, as the package comment has it, or gives the one
// that was filled before. Fields with a tag are of type Set, Keys, Groups or
// Reporting; if *T has a method Compile(*Language), it is called once all are
// filled. The struct is shared: it must not be changed.
func Bind[T any](l *Language) *T {
	t := reflect.TypeFor[T]()
	if w, ok := l.bound.Load(t); ok {
		return w.(*T)
	}
	w := new(T)
	v := reflect.ValueOf(w).Elem()
	for i := range t.NumField() {
		name, ok := t.Field(i).Tag.Lookup("lang")
		if !ok {
			continue
		}
		s := l.sections[name]
		if s == nil {
			s = &section{}
		}
		switch f := v.Field(i).Addr().Interface().(type) {
		case *Set:
			*f = s.set()
		case *Keys:
			*f = s.keys()
		case *Groups:
			*f = s.groups()
		case *Reporting:
			*f = s.reporting()
		default:
			panic(fmt.Sprintf("lang: %v.%s is no type of words", t, t.Field(i).Name)) // a mistake in code that its first run shows
		}
	}
	if c, ok := any(w).(compiler); ok {
		c.Compile(l)
	}
	shared, _ := l.bound.LoadOrStore(t, w)
	return shared.(*T)
}

// Names is the sections that a struct of words reads.
func Names[T any]() (names []string) {
	t := reflect.TypeFor[T]()
	for i := range t.NumField() {
		if name, ok := t.Field(i).Tag.Lookup("lang"); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Fingerprint is a hash of what the sections that a struct of words reads hold in
// a language, however it is laid out in lines.
func Fingerprint[T any](l *Language) uint64 {
	h := fnv.New64a()
	for _, name := range Names[T]() {
		s := l.sections[name]
		if s == nil {
			continue
		}
		fmt.Fprintf(h, "[%s]\n", name)
		for _, one := range s.content() {
			fmt.Fprintln(h, one)
		}
	}
	return h.Sum64()
}
