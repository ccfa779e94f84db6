package train

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/whosaid/whosaid/extract/attribution"
	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/entity"
	"github.com/whosaid/whosaid/extract/lang/english"
	"github.com/whosaid/whosaid/extract/model"
	"github.com/whosaid/whosaid/extract/quote/detect"
	"github.com/whosaid/whosaid/extract/syntax"
)

var update = flag.Bool("update", false, "write the fingerprints of this program into the embedded models, as if they had been trained with it")

// The embedded models were trained with the features, words and rules that the
// program has. Where this fails, train the models anew (make models). Only where
// features and words are the same and merely stand elsewhere may the fingerprint
// alone be renewed: go test ./extract/train -run TestFingerprints -update.
func TestFingerprints(t *testing.T) {
	for _, m := range []struct {
		name        string
		fingerprint func() (model.Fingerprint, error)
	}{
		{"syntax", syntax.Fingerprint},
		{"quote", quoteFingerprint},
		{"entity", entityFingerprint},
		{"coref", func() (model.Fingerprint, error) { return coref.Fingerprint(english.Language()), nil }},
		{"attribution", func() (model.Fingerprint, error) { return attribution.Fingerprint(english.Language()), nil }},
	} {
		t.Run(m.name, func(t *testing.T) {
			f, err := model.English(m.name)
			if err != nil {
				t.Fatal(err)
			}
			p, err := m.fingerprint()
			if err != nil {
				t.Fatal(err)
			}
			if *update && f.Check(p) != nil {
				stamp(t, m.name, f, p)
			}
			if err := f.Check(p); err != nil {
				t.Errorf("%v (see the comment of this test)", err)
			}
		})
	}
}

// entityFingerprint is the recognizer's, with the embedded parser.
func entityFingerprint() (model.Fingerprint, error) {
	words, err := syntax.Load()
	if err != nil {
		return nil, err
	}
	return entity.Fingerprint(words, english.Language())
}

// quoteFingerprint is the detector's, with the embedded parser.
func quoteFingerprint() (model.Fingerprint, error) {
	words, err := syntax.Load()
	if err != nil {
		return nil, err
	}
	return detect.Fingerprint(words, english.Language())
}

func stamp(t *testing.T, name string, f *model.File, p model.Fingerprint) {
	t.Helper()
	f.Stamp(p)
	b, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("..", "model", "english", name+".model"), b, 0o644); err != nil {
		t.Fatal(err)
	}
}
