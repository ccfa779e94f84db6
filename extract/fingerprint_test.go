package extract_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/whosaid/whosaid/extract"
	"github.com/whosaid/whosaid/extract/model"
)

// A model that was trained with other features or words is refused, with a word
// on what to do.
func TestOtherModels(t *testing.T) {
	for _, name := range []string{"syntax", "quote", "coref", "attribution"} { // those that the native engine loads
		good, err := model.English(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := good.Fingerprint()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		other := model.New() // no weights: they are not even looked at
		p["words"]++
		other.Stamp(p)
		data, err := other.Encode()
		if err != nil {
			t.Fatal(err)
		}
		set, err := model.NewSet(fstest.MapFS{name + ".model": {Data: data}})
		if err != nil {
			t.Fatal(err)
		}
		_, err = extract.New(extract.Options{Models: set})
		if !errors.Is(err, model.ErrOther) || !strings.Contains(err.Error(), "other words") || !strings.Contains(err.Error(), "whosaid train") {
			t.Errorf("%s with other words: error %v", name, err)
		}
	}
}
