package pipeline

import (
	"os"
	"path/filepath"
	"testing"
)

func TestLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"The minister said that the plan would be put to the vote next week, and that it was likely to pass.":                                    "en",
		"Der Minister sagte, dass der Plan nächste Woche zur Abstimmung gestellt werde und wahrscheinlich angenommen wird, wie er erklärte.":     "de",
		"Le ministre a déclaré que le projet serait soumis au vote la semaine prochaine et qu’il serait probablement adopté par les députés.":    "fr",
		"El ministro dijo que el plan se sometería a votación la próxima semana y que probablemente sería aprobado por la mayoría del congreso.": "es",
		"De minister zei dat het plan volgende week in stemming wordt gebracht en dat het waarschijnlijk zal worden aangenomen door de kamer.":   "nl",
		"Menteri itu mengatakan bahwa rencana tersebut akan diputuskan minggu depan dan kemungkinan besar akan disetujui oleh anggota parlemen.": "id",
		"Министр заявил, что план будет вынесен на голосование на следующей неделе.":                                                             "ru",
		"部长说，该计划将于下周付诸表决。":           "zh",
		"Pence: Debate was “rigged”": "",
		"He won.":                    "",
		"1234 5678":                  "",
	} {
		if got := language(text); got != want {
			t.Errorf("language(%q) = %q, want %q", text, got, want)
		}
	}
}

// No English news story is taken for another language.
func TestEnglishNewsIsEnglish(t *testing.T) {
	root := os.Getenv("WHOSAID_SHARED")
	if root == "" {
		root = "../../shared"
	}
	var names []string
	for _, glob := range []string{root + "/data/polnear/*/text/*.txt", root + "/data/worldnews/text/*.txt", "../testdata/articles/*.txt"} {
		m, _ := filepath.Glob(glob)
		names = append(names, m...)
	}
	other := 0
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := language(string(b)); got != "en" {
			t.Errorf("%s: language %q", filepath.Base(name), got)
			other++
		}
	}
	t.Logf("%d of %d stories are English", len(names)-other, len(names))
}

func TestLongestEnglish(t *testing.T) {
	longest := 0
	for w := range english {
		longest = max(longest, len(w))
	}
	if longest != longestEnglish {
		t.Errorf("the longest word has %d bytes, not %d", longest, longestEnglish)
	}
}
