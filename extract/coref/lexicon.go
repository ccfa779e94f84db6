package coref

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/lang"
	"github.com/whosaid/whosaid/extract/news"
)

// List is a set of word lists, as bits.
type List uint64

// The lists, in the order of the fields of lists.
const (
	Role List = 1 << iota
	GroupWord
	Body
	Actor
	Document
	Title
	female
	male
	Say
	Outlet
	Kin
	Spokes
	Feeling
	Impersonal
	Hearsay
	Deed
	Ask
	Be
	Have
	Definite
	Indefinite
	Count
	Many
	Negative
	Conjunction
	Also
	To
	Who
	Which
	Late
	Near
	Time
	Today
	NamedAs
	passing
	stop
	placeSort
	Question
	Answer
	Dear
	Interview
	Police
	person
)

// lists names the sections of a language's coref.txt, in the order of the bits.
type lists struct {
	Role        lang.Set `lang:"coref.role"`
	Group       lang.Set `lang:"coref.group"`
	Body        lang.Set `lang:"coref.body"`
	Actor       lang.Set `lang:"coref.actor"`
	Document    lang.Set `lang:"coref.document"`
	Title       lang.Set `lang:"coref.title"`
	Female      lang.Set `lang:"coref.female"`
	Male        lang.Set `lang:"coref.male"`
	Say         lang.Set `lang:"coref.say"`
	Outlet      lang.Set `lang:"coref.outlet"`
	Kin         lang.Set `lang:"coref.kin"`
	Spokes      lang.Set `lang:"coref.spokes"`
	Feeling     lang.Set `lang:"coref.feeling"`
	Impersonal  lang.Set `lang:"coref.impersonal"`
	Hearsay     lang.Set `lang:"coref.hearsay"`
	Deed        lang.Set `lang:"coref.deed"`
	Ask         lang.Set `lang:"coref.ask"`
	Be          lang.Set `lang:"coref.be"`
	Have        lang.Set `lang:"coref.have"`
	Definite    lang.Set `lang:"coref.definite"`
	Indefinite  lang.Set `lang:"coref.indefinite"`
	Count       lang.Set `lang:"coref.count"`
	Many        lang.Set `lang:"coref.many"`
	Negative    lang.Set `lang:"coref.negative"`
	Conjunction lang.Set `lang:"coref.conjunction"`
	Also        lang.Set `lang:"coref.also"`
	To          lang.Set `lang:"coref.to"`
	Who         lang.Set `lang:"coref.who"`
	Which       lang.Set `lang:"coref.which"`
	Late        lang.Set `lang:"coref.late"`
	Near        lang.Set `lang:"coref.near"`
	Time        lang.Set `lang:"coref.time"`
	Today       lang.Set `lang:"coref.today"`
	Named       lang.Set `lang:"coref.named"`
	Passing     lang.Set `lang:"coref.passing"`
	Stop        lang.Set `lang:"coref.stop"`
	Placesort   lang.Set `lang:"coref.placesort"`
	Question    lang.Set `lang:"coref.question"`
	Answer      lang.Set `lang:"coref.answer"`
	Dear        lang.Set `lang:"coref.dear"`
	Interview   lang.Set `lang:"coref.interview"`
	Police      lang.Set `lang:"coref.police"`
	Person      lang.Set `lang:"coref.person"`
}

// pronoun is what a pronoun says of whom it stands for.
type pronoun struct {
	class  Class
	sex    int8
	plural bool
}

// Lexicon holds the word lists of a language. It is read-only once made.
type Lexicon struct {
	Pronouns lang.Keys   `lang:"coref.pronoun"`  // person-female: she
	Short    lang.Keys   `lang:"coref.full"`     // senator: sen.
	Sorts    lang.Groups `lang:"coref.sort"`     // heads of one sort of person or body
	Heads    lang.Groups `lang:"coref.headsort"` // heads by whether they tend to stand for somebody named

	lists    map[string]List
	pronouns map[string]pronoun
	sorts    map[string][]int16 // sorts that a head belongs to
	heads    map[string]float32 // sort of a head as a measurement
	members  [][]string         // heads of each sort
}

// Of is the lexicon of a language.
func Of(l *lang.Language) *Lexicon { return lang.Bind[Lexicon](l) }

// Compile gathers what is known of each word.
func (x *Lexicon) Compile(l *lang.Language) {
	x.lists, x.pronouns, x.sorts = map[string]List{}, map[string]pronoun{}, map[string][]int16{}
	v := reflect.ValueOf(lang.Bind[lists](l)).Elem()
	for i := range v.NumField() {
		for w := range v.Field(i).Interface().(lang.Set) {
			x.lists[Fold(w)] |= 1 << i
		}
	}
	for w, list := range x.lists {
		if list&person != 0 {
			x.lists[w] |= Role
		}
	}
	x.heads = map[string]float32{}
	for i, key := range slices.Sorted(maps.Keys(x.Heads)) {
		for _, w := range x.Heads[key] {
			x.heads[w] = float32(firstSort + i)
		}
	}
	classes := map[string]Class{"person": HeShe, "they": They, "thing": It, "speaker": First, "you": You, "relative": Relative}
	for w, key := range x.Pronouns {
		class, rest, _ := strings.Cut(key, "-")
		p := pronoun{class: classes[class], plural: strings.HasSuffix(rest, "plural")}
		switch {
		case strings.HasPrefix(rest, "female"):
			p.sex = 1
		case strings.HasPrefix(rest, "male"):
			p.sex = -1
		}
		x.pronouns[w] = p
	}
	for _, key := range slices.Sorted(maps.Keys(x.Sorts)) {
		for _, w := range x.Sorts[key] {
			x.sorts[w] = append(x.sorts[w], int16(len(x.members)))
		}
		x.members = append(x.members, x.Sorts[key])
	}
}

// fingerprint is a hash of the lists.
func fingerprint(l *lang.Language) uint64 {
	return lang.Fingerprint[Lexicon](l) ^ lang.Fingerprint[lists](l)
}

// In reports whether a folded word stands in one of the lists.
func (x *Lexicon) In(w string, list List) bool { return x.lists[w]&list != 0 }

// Addressee reports whether a folded word is you.
func (x *Lexicon) Addressee(w string) bool { return x.pronouns[w].class == You }

// sexOf is the gender that a word gives away: 1 female, -1 male.
func (list List) sexOf() int8 {
	switch {
	case list&female != 0 && list&male == 0:
		return 1
	case list&male != 0 && list&female == 0:
		return -1
	}
	return 0
}

// Full gives the full word of an abbreviated office.
func (l *Lexicon) Full(w string) string {
	if f, ok := l.Short[w]; ok {
		return f
	}
	return w
}

// SameSort reports whether two heads may be said of one person or body.
func (l *Lexicon) SameSort(a, b string) bool {
	for _, x := range l.sorts[a] {
		for _, y := range l.sorts[b] {
			if x == y {
				return true
			}
		}
	}
	return false
}

// KindOf is the kind of speaker that a description of a class is.
func KindOf(c Class, plural bool) news.SpeakerKind {
	switch {
	case c == Paper:
		return news.DocumentKind
	case c == Several || plural || c == ABody:
		return news.Group
	case c == One:
		return news.Unnamed
	}
	return news.DocumentKind
}

// Sections names the sections of a language that this package reads.
func Sections() []string { return append(lang.Names[Lexicon](), lang.Names[lists]()...) }
