package pipeline

import "os"

// long reports whether the tests that have a long form run in it: make torture
// sets WHOSAID_TORTURE.
func long() bool { return os.Getenv("WHOSAID_TORTURE") != "" }
