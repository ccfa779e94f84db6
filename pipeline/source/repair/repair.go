// Package repair mends what was done to a text on its way from the newsroom:
// wrong charsets, escapes and entities that were never undone, marks that were
// doubled or lost.
//
// A text goes in; out come the text, mended where it is certain what it was,
// and the names of the repairs. A text that is right comes out as it went in:
// every repair asks for evidence that news prose does not hold by itself, and
// most first look for one rare byte, so that a clean text costs a few scans.
//
// # How
//
// The repairs run in the order in which the harm is peeled off, the last done
// first: escapes, entities, charsets, controls, lost marks, markup.
// Each is a function from a string to a string in a file of its own kind; it
// returns the string itself when it finds nothing to do.
package repair

// Kind names a repair, as the column articles.repairs has it.
type Kind string

// The repairs of Text.
const (
	Escapes   Kind = "escapes"    // \u201c, u201c, \n and \" written out
	Entities  Kind = "entities"   // &ldquo; and &amp;ldquo; written out
	Mojibake  Kind = "mojibake"   // UTF-8 that was read as Windows-1252 or Latin-1, once or more
	Controls  Kind = "controls"   // Windows-1252 marks kept as C1 controls
	LostMarks Kind = "lost_marks" // quotation marks that became ? or U+FFFD
	Doubled   Kind = "doubled"    // every quotation mark twice, as CSV writes it
	Invisible Kind = "invisible"  // soft hyphens and zero-width spaces
	Markdown  Kind = "markdown"
	HTML      Kind = "html" // tags; done by package source, which has the renderer
)

var steps = []struct {
	kind Kind
	mend func(string) string
}{
	{Escapes, escapes}, {Entities, entities}, {Mojibake, mojibake}, {Controls, controls}, {LostMarks, lostMarks},
	{Doubled, doubled}, {Invisible, invisible}, {Markdown, markdown},
}

// Text mends s and names what was done, in the order in which it was.
func Text(s string) (string, []Kind) {
	var done []Kind
	for _, step := range steps {
		if t := step.mend(s); t != s {
			s, done = t, append(done, step.kind)
		}
	}
	return s, done
}
