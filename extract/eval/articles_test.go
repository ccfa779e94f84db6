package eval

import "testing"

// articleFiles makes testdata/articles, the input of `whosaid extract`.
func articleFiles(t *testing.T, stories []story) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, s := range stories {
		files[s.name+".txt"] = []byte(s.gold.Text + "\n")
	}
	return files
}
