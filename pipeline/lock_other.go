//go:build !unix

package pipeline

// Lock refuses every lock: without flock(2) a run
// cannot know that it is alone, so it leaves leftovers where they are.
func (OS) Lock(string, bool) (func(), bool, error) {
	return nil, false, nil
}
