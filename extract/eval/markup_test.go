package eval

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A story is one article of testdata/gold: its text, what is known about it,
// and who says what in it. The form of the files is told in testdata/README.md.
type story struct {
	name string            // file name without .txtar; the gold's doc
	meta map[string]string // title, outlet, author, date, url; corpus: the file of testdata/articles that holds it
	gold Gold
}

// readStories reads the stories of a folder of testdata, sorted by name.
func readStories(t *testing.T, folder string) []story {
	t.Helper()
	files, err := filepath.Glob("../../testdata/" + folder + "/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	var out []story
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		s, err := parseStory(strings.TrimSuffix(filepath.Base(f), ".txtar"), data)
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		out = append(out, s)
	}
	return out
}

func parseStory(name string, data []byte) (story, error) {
	s := story{name: name, meta: map[string]string{}}
	head, rest, ok := strings.Cut(string(data), "-- text --\n")
	marked, roster, ok2 := strings.Cut(rest, "-- speakers --\n")
	if !ok || !ok2 {
		return s, fmt.Errorf("want the parts text and speakers")
	}
	for line := range strings.Lines(head) {
		k, v, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			return s, fmt.Errorf("header %q is not key: value", line)
		}
		s.meta[k] = v
	}
	text, items, err := parseMarkup(strings.TrimSuffix(marked, "\n"))
	if err != nil {
		return s, err
	}
	s.gold = Gold{Doc: name, Outlet: s.meta["outlet"], Text: text}
	if err := readRoster(roster, items); err != nil {
		return s, err
	}
	ids := make([]int, 0, len(items))
	for id := range items {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	runes := []rune(text)
	inside := insideMarks(runes)
	for _, id := range ids {
		a := items[id]
		if len(a.Content) == 0 {
			return s, fmt.Errorf("statement %d has no content", id)
		}
		if a.Kind == "" {
			return s, fmt.Errorf("statement %d has no speaker in the list", id)
		}
		if a.Type == "" {
			a.Type = typeOf(runes, inside, a.Content)
		}
		s.gold.Attributions = append(s.gold.Attributions, *a)
	}
	return s, s.gold.check()
}

// parseMarkup takes the braces out of a text: {q1 words} is (a fragment of)
// the content of statement 1, {c1 words} its cue, {s1 words} its source, and
// {s1,2 words} the source of both. Braces nest.
func parseMarkup(marked string) (string, map[int]*Attribution, error) {
	type open struct {
		role  byte
		ids   []int
		start int
	}
	var text []rune
	var stack []open
	items := map[int]*Attribution{}
	in := []rune(marked)
	for i := 0; i < len(in); i++ {
		switch in[i] {
		case '{':
			end := slices.Index(in[i:], ' ')
			if end < 3 {
				return "", nil, fmt.Errorf("%q: a brace without role and number", near(in, i))
			}
			o := open{role: byte(in[i+1]), start: len(text)}
			for _, f := range strings.Split(string(in[i+2:i+end]), ",") {
				id, err := strconv.Atoi(f)
				if err != nil {
					return "", nil, fmt.Errorf("%q: %w", near(in, i), err)
				}
				o.ids = append(o.ids, id)
			}
			stack = append(stack, o)
			i += end
		case '}':
			if len(stack) == 0 {
				return "", nil, fmt.Errorf("%q: a closing brace too many", near(in, i))
			}
			o := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			r := Range{o.start, len(text)}
			if r[0] == r[1] || isSpace(text[r[0]]) || isSpace(text[r[1]-1]) {
				return "", nil, fmt.Errorf("%q: empty, or white space at the edge", near(in, i))
			}
			for _, id := range o.ids {
				a := items[id]
				if a == nil {
					a = &Attribution{ID: fmt.Sprint("E", id)}
					items[id] = a
				}
				switch o.role {
				case 'q':
					a.Content = append(a.Content, r)
				case 'c':
					a.Cue = append(a.Cue, r)
				case 's':
					a.Source = append(a.Source, r)
				default:
					return "", nil, fmt.Errorf("%q: role %c is none of q, c, s", near(in, i), o.role)
				}
			}
		default:
			text = append(text, in[i])
		}
	}
	if len(stack) > 0 {
		return "", nil, fmt.Errorf("statement %d: a brace is not closed", stack[0].ids[0])
	}
	return string(text), items, nil
}

func near(in []rune, i int) string { return string(in[max(0, i-20):min(len(in), i+20)]) }

// readRoster reads the list under a story: "KIND NAME: 1 2 3", and
// "attitude: 4" or "direct: 5" for what the text alone does not show.
func readRoster(list string, items map[int]*Attribution) error {
	for _, a := range items {
		a.Act = "statement"
	}
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		i := strings.LastIndex(line, ": ")
		if i < 0 {
			return fmt.Errorf("list: %q has no numbers", line)
		}
		kind, name, _ := strings.Cut(line[:i], " ")
		for _, f := range strings.Fields(line[i+2:]) {
			id, err := strconv.Atoi(f)
			if err != nil || items[id] == nil {
				return fmt.Errorf("list: %q: no statement %s", line, f)
			}
			a := items[id]
			switch kind {
			case "attitude":
				a.Act = kind
			case "direct", "mixed", "indirect":
				a.Type = kind
			case "person", "organization", "document", "group", "unnamed":
				if name == "" || a.Kind != "" {
					return fmt.Errorf("list: %q: statement %d has no name or is listed twice", line, id)
				}
				a.Kind, a.Name = kind, name
			case "author", "unknown":
				if a.Kind != "" {
					return fmt.Errorf("list: %q: statement %d is listed twice", line, id)
				}
				a.Kind = kind
			default:
				return fmt.Errorf("list: %q: unknown kind", line)
			}
		}
	}
	return nil
}

// TestStories holds the gold and the articles to the stories they are made of;
// -update makes them anew.
func TestStories(t *testing.T) {
	stories := readStories(t, "gold")
	files := map[string][]byte{"gold/gold.jsonl": goldOf(t, stories)}
	for _, half := range []string{"tune", "judge"} {
		for _, set := range []string{"layouts", "dialogue"} {
			files[set+"/"+half+".jsonl"] = goldOf(t, readStories(t, set+"/"+half))
		}
	}
	for name, data := range articleFiles(t, stories) {
		files["articles/"+name] = data
	}
	for name, want := range files {
		file := filepath.Join("../../testdata", name)
		if *update {
			if err := os.WriteFile(file, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s does not follow from the stories beside it; go test ./extract/eval -update", name)
		}
	}
	kept, err := os.ReadDir("../../testdata/articles")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range kept {
		if files["articles/"+e.Name()] == nil {
			t.Errorf("articles/%s belongs to no story", e.Name())
		}
	}
}

// goldOf is the gold of stories as lines of JSON.
func goldOf(t *testing.T, stories []story) []byte {
	t.Helper()
	var golds []Gold
	for _, s := range stories {
		golds = append(golds, s.gold)
		checkStory(t, s)
	}
	var b strings.Builder
	if err := WriteGold(&b, golds); err != nil {
		t.Fatal(err)
	}
	return []byte(b.String())
}

// checkStory tells slips of the pen: quotation marks left out, full stops taken
// in, sources far from their statement.
func checkStory(t *testing.T, s story) {
	t.Helper()
	text := []rune(s.gold.Text)
	for _, a := range s.gold.Attributions {
		last := a.Content[len(a.Content)-1]
		end := text[last[1]-1]
		if a.Type == "indirect" && (end == '.' || end == ',') && !strings.HasSuffix(string(text[:last[1]]), "U.S.") {
			t.Errorf("%s %s: indirect content ends in %q", s.name, a.ID, end)
		}
		if a.Type == "direct" && last[1] < len(text) && text[last[1]] == '"' && text[last[1]-1] != '\'' {
			t.Errorf("%s %s: a closing mark stands outside of the content", s.name, a.ID)
		}
		if len(a.Cue) > 1 {
			t.Errorf("%s %s: %d cues", s.name, a.ID, len(a.Cue))
		}
		if isNamed(a.Kind) && a.Kind == "person" && !strings.Contains(strings.ToLower(s.gold.Text), strings.ToLower(a.Name)) {
			t.Logf("%s %s: %q is never written out in the text", s.name, a.ID, a.Name)
		}
	}
}
