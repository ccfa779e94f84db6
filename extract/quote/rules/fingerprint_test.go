package rules

import "testing"

// A cue more, a cue that takes something else and a word more in a list show in
// the fingerprint.
func TestFingerprint(t *testing.T) {
	was := Fingerprint()
	if Fingerprint() != was {
		t.Fatal("two fingerprints of the same rules")
	}
	said := cueForms["said"]
	for name, change := range map[string]func(){
		"a cue more":        func() { cueForms["opinionated"] = cue{"opinionate", clauses} },
		"another frame":     func() { cueForms["said"] = cue{said.lemma, said.frame ^ named} },
		"a word in a list":  func() { standards["zeal"] = true },
		"a word not in one": func() { delete(timeWords, "once") },
	} {
		change()
		if Fingerprint() == was {
			t.Errorf("%s does not show", name)
		}
		delete(cueForms, "opinionated")
		cueForms["said"] = said
		delete(standards, "zeal")
		timeWords["once"] = true
	}
	if Fingerprint() != was {
		t.Error("the rules are not as they were")
	}
}
