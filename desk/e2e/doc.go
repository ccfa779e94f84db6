// Package e2e holds the tests of the desk with a real browser and real load,
// which take minutes: make e2e runs them (.ci/e2e-desk). They drive the program
// as it is built, in a process of its own. A test whose tool is not here skips
// with a word: Chromium, axe-core (npm), kill.
package e2e
