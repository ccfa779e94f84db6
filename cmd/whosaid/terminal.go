package main

import (
	"io"
	"os"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/term"
)

// plain makes s safe for a terminal on one line: what moves the cursor, sets
// colours or turns the writing direction is taken out or made visible.
func plain(s string) string {
	clean := true
	for _, r := range s {
		if hazard(r) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			b.WriteByte(' ')
		case hazard(r):
			b.WriteRune('\uFFFD')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// hazard reports whether a rune must not reach a terminal: control characters,
// and the marks that reorder what stands around them.
func hazard(r rune) bool {
	return unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x2028 || r == 0x2029
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Widths of pages: what is read well, and the least that can be laid out.
const (
	mostColumns    = 100
	leastColumns   = 24
	defaultColumns = 80
)

// columns is the width to lay text out in: the terminal's, or COLUMNS where
// that is set, within what can be read.
func columns(w io.Writer) int {
	n := defaultColumns
	if f, ok := w.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			n = width
		}
	}
	if c, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && c > 0 {
		n = c
	}
	return max(leastColumns, min(n, mostColumns))
}

// useColor decides from a --color flag, NO_COLOR (no-color.org) and whether w
// is a terminal.
func useColor(when string, w io.Writer) bool {
	switch when {
	case "always":
		return true
	case "never":
		return false
	}
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(w)
}
