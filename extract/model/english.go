package model

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"sync"
)

//go:embed english/*.model
var english embed.FS

// Each is decoded on first use, once, and shared from then on: commands that
// need no model pay for none.
var (
	syntaxFile  = sync.OnceValues(func() (*File, error) { return decodeEnglish("syntax") })
	quoteFile   = sync.OnceValues(func() (*File, error) { return decodeEnglish("quote") })
	speakerFile = sync.OnceValues(func() (*File, error) { return decodeEnglish("speaker") })

	englishHash = sync.OnceValues(hashEnglish)
)

// English returns one of the embedded English models: "syntax" (tagger and
// parser), "quote" (detector) or "speaker" (ranker). The file is shared and
// must not be changed.
func English(name string) (*File, error) {
	switch name {
	case "syntax":
		return syntaxFile()
	case "quote":
		return quoteFile()
	case "speaker":
		return speakerFile()
	}
	return nil, fmt.Errorf("load model %q: no such model", name)
}

// EnglishHash is one SHA-256, in hexadecimal, over the hashes of all embedded
// models: it changes when any of them does. It reads headers alone.
func EnglishHash() (string, error) { return englishHash() }

func decodeEnglish(name string) (*File, error) {
	data, err := english.ReadFile("english/" + name + ".model")
	if err != nil {
		return nil, fmt.Errorf("load model %q: %w", name, err)
	}
	f, err := Decode(data)
	if err != nil {
		return nil, fmt.Errorf("load model %q: %w", name, err)
	}
	return f, nil
}

func hashEnglish() (string, error) {
	names, err := fs.Glob(english, "english/*.model") // sorted
	if err != nil {
		return "", fmt.Errorf("hash models: %w", err)
	}
	all := sha256.New()
	for _, name := range names {
		data, err := english.ReadFile(name)
		if err != nil {
			return "", fmt.Errorf("hash models: %w", err)
		}
		hash, err := headerHash(data)
		if err != nil {
			return "", fmt.Errorf("hash %s: %w", name, err)
		}
		fmt.Fprintf(all, "%s %s\n", name, hash)
	}
	return hex.EncodeToString(all.Sum(nil)), nil
}
