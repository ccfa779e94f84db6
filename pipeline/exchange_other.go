//go:build !linux

package pipeline

// Exchange makes two folders change places, in three steps.
func (OS) Exchange(a, b string) error { return exchangeInSteps(a, b) }
