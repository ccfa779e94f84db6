package speaker

import "testing"

// A word more and a measurement of another value show in the fingerprint.
func TestFingerprint(t *testing.T) {
	was, err := fingerprint()
	if err != nil {
		t.Fatal(err)
	}
	lex, err := sharedLexicon()
	if err != nil {
		t.Fatal(err)
	}
	text, log := lexiconText, lex.logs[1]
	defer func() { lexiconText, lex.logs[1] = text, log }()
	lexiconText += "\n# another"
	lex.logs[1]++
	is, err := fingerprint()
	if err != nil {
		t.Fatal(err)
	}
	for part := range was {
		if was[part] == is[part] {
			t.Errorf("%s: the change does not show", part)
		}
	}
}

func BenchmarkFingerprint(b *testing.B) {
	for b.Loop() {
		if _, err := fingerprint(); err != nil {
			b.Fatal(err)
		}
	}
}
