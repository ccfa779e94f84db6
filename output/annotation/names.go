package annotation

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"strings"
)

// maxName leaves room for an extension on every file system.
const maxName = 100

// reserved are names that Windows takes for devices.
var reserved = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)`)

// namer gives documents names of files: letters, digits, ".", "_" and "-" of
// ASCII, so that no id can leave the folder, hide a file or name a device. Ids
// that had to be changed, or that differ in case alone, end in a hash.
type namer map[string]bool // lower-case names given

func (n namer) name(id string) string {
	safe := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '_', r == '-':
			return r
		}
		return '_'
	}, id)
	safe = strings.TrimRight(strings.TrimLeft(safe, ".-_"), ".")
	if len(safe) > maxName {
		safe = strings.TrimRight(safe[:maxName], ".")
	}
	if safe == "" || safe != id || n[strings.ToLower(safe)] || reserved.MatchString(safe) {
		if safe == "" || reserved.MatchString(safe) {
			safe = "document"
		}
		safe += fmt.Sprintf("-%x", sha256.Sum256([]byte(id)))[:9]
	}
	for base, k := safe, 2; n[strings.ToLower(safe)]; k++ { // the same id twice
		safe = fmt.Sprintf("%s-%d", base, k)
	}
	n[strings.ToLower(safe)] = true
	return safe
}
