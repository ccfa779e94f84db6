package pipeline

import (
	"fmt"
	"os"
	"testing"
)

// long reports whether the tests that have a long form run in it: make torture
// sets WHOSAID_TORTURE.
func long() bool { return os.Getenv("WHOSAID_TORTURE") != "" }

// figure logs what a test found of a promise of docs/operations.md, as a line
// of the table that make torture ends with.
func figure(t testing.TB, promise int, format string, args ...any) {
	t.Helper()
	t.Logf("promise %d: %s", promise, fmt.Sprintf(format, args...))
}
