package source

import (
	"fmt"
	"strings"
)

// preset names the fields of a well-known corpus, the surest name first. They
// go before the usual names; a name that is not there costs nothing, because
// most of these corpora exist in more than one edition.
type preset struct {
	name   string
	fields [numFields][]string // as usual has names
}

func presets() []preset {
	return []preset{
		{"all-the-news", [numFields][]string{fText: {"article", "content"}, fOutlet: {"publication"}, fDate: {"date"}}},
		{"cc-news", [numFields][]string{fText: {"plaintext", "maintext", "text"}, fURL: {"requestedurl", "url"}, fOutlet: {"sitename", "publisher", "domain"}, fDate: {"publisheddate", "date"}}},
		{"cnn-dailymail", [numFields][]string{fText: {"article"}, fID: {"id"}}},
		{"mediacloud", [numFields][]string{fText: {"text", "storytext"}, fID: {"id", "storiesid"}, fOutlet: {"medianame"}, fDate: {"publishdate"}}},
		{"nela", [numFields][]string{fText: {"content"}, fOutlet: {"source"}, fDate: {"publishedutc", "published", "date"}}},
		{"news-please", [numFields][]string{fText: {"maintext"}, fOutlet: {"sourcedomain"}, fDate: {"datepublish"}}},
		{"realnews", [numFields][]string{fText: {"text"}, fOutlet: {"domain"}, fDate: {"publishdate"}}},
	}
}

// PresetNames lists the corpora that Options.Preset takes.
func PresetNames() (names []string) {
	for _, p := range presets() {
		names = append(names, p.name)
	}
	return names
}

// ParsePreset checks the name of a preset; "" is none.
func ParsePreset(name string) (string, error) {
	for _, p := range presets() {
		if strings.EqualFold(p.name, name) {
			return p.name, nil
		}
	}
	if name == "" {
		return "", nil
	}
	return "", fmt.Errorf("unknown preset %q; one of %s", name, strings.Join(PresetNames(), ", "))
}

// prefer puts the names of a preset before the usual ones.
func (n *names) prefer(name string) {
	for _, p := range presets() {
		if p.name != name {
			continue
		}
		for fd, list := range p.fields {
			for i, key := range list {
				if n.user[fd] == "" {
					n.usual[key] = place{field(fd), i - len(list)}
				}
			}
		}
	}
}
