package train

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"strings"
)

// readGMB reads the words of the Groningen Meaning Bank's news sentences: a
// word with its labels a line, set apart by tabs; an empty line after each
// sentence.
func readGMB(path string) ([][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read news sentences: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	var sentences [][]string
	var words []string
	scan := bufio.NewScanner(z)
	scan.Buffer(nil, maxLine)
	for scan.Scan() {
		word, _, _ := strings.Cut(scan.Text(), "\t")
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		} else if scan.Text() == "" && len(words) > 0 {
			sentences, words = append(sentences, words), nil
		}
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if len(words) > 0 {
		sentences = append(sentences, words)
	}
	return sentences, nil
}
