package speaker_test

import "testing"

// titledNames are sources with titles and names of all continents, and bodies
// with long names, each with the speaker's name. All are invented.
var titledNames = []struct{ source, want string }{
	{"H.E. Mariam Sesay", "Mariam Sesay"},
	{"Hajiya Rakiya Umar Gwarzo", "Rakiya Umar Gwarzo"},
	{"Mwalimu Juma Kitwana", "Juma Kitwana"},
	{"Ustadh Salim Bakari", "Salim Bakari"},
	{"Datuk Wira Ahmad Faizal bin Mokhtar", "Ahmad Faizal bin Mokhtar"},
	{"YB Nurul Aishah Rahman", "Nurul Aishah Rahman"},
	{"ASP Chinedu Okoro", "Chinedu Okoro"},
	{"Daw Khin Myat Thu", "Khin Myat Thu"},
	{"Don Eusebio Morán", "Eusebio Morán"},
	{"Managing Director Eng Silver Mugisha-Okello", "Silver Mugisha-Okello"},
	{"Ng Eng Hock", "Ng Eng Hock"},
	{"Ms Tan Mei Ling", "Tan Mei Ling"},
	{"Tan Sri Lim Keng Huat", "Lim Keng Huat"},
	{"Grand Mufti Shawqi al-Tantawi", "Shawqi al-Tantawi"},
	{"El Hadj Amadou Barry", "Amadou Barry"},
	{"Ratu Inoke Vakatale", "Inoke Vakatale"},
	{"President Emeritus Rodrigo Quiñones", "Rodrigo Quiñones"},
	{"Senior Superintendent of Police Ajith Wickramasinghe", "Ajith Wickramasinghe"},
	{"Miss Universe Alba Marlow", "Alba Marlow"},
	{"The Ministry of Labour Affairs of Kazakhstan", "Ministry of Labour Affairs of Kazakhstan"},
	{"Peru’s Ministry of Economy, Trade and Industry", "Ministry of Economy, Trade and Industry"},
	{"The Harbour Agency for Fishing Boats in the Far North (HAFB)", "Harbour Agency for Fishing Boats in the Far North"},
	{"The 7th Infantry Division", "7th Infantry Division"},
}

func TestTitledNames(t *testing.T) {
	for _, engine := range engines(t) {
		for _, c := range titledNames {
			said := []said{{"the bridge was safe", "said", c.source, c.want}}
			d, quotes := caseOf(t, c.source+" said the bridge was safe.", said)
			res := engine.resolver.Resolve(d, quotes)
			if got := answer(&res, 0); got != c.want {
				t.Errorf("%s: %s: got %q (%s)", engine.name, c.source, got, res.Attributions[0].Method)
			}
		}
	}
}

// general are cases of grammar and spelling that news of several countries
// showed. All people and bodies are invented.
var general = []struct {
	name, text string
	said       []said
}{
	{"particles of a longer name", `João da Silva dos Anjos saw the flood. Da Silva said he was safe.`,
		[]said{{"he was safe", "said", "Da Silva", "João da Silva dos Anjos"}}},
	{"diacritics that most mentions lack", `Lena Béringer spoke. Lena Beringer left. Later Lena Beringer said it was late.`,
		[]said{{"it was late", "said", "Lena Beringer", "Lena Beringer"}}},
	{"slip in a body's name", `The Fisheries Ministry closed the port. The Fisheries Minstry said cod were few.`,
		[]said{{"cod were few", "said", "The Fisheries Minstry", "Fisheries Ministry"}}},
	{"acronym of what a department is for", `The Department of Harbour Pilots met on Friday. The HP said tides were high.`,
		[]said{{"tides were high", "said", "The HP", "Department of Harbour Pilots"}}},
	{"the same official", `Harbour official Edda Lomax opened the gate. The same official stressed that it was safe.`,
		[]said{{"it was safe", "stressed", "The same official", "Edda Lomax"}}},
	{"sentence without subject", `Anna Marlow denied the charge. And called for an audit of the books.`,
		[]said{{"the charge", "denied", "Anna Marlow", "Anna Marlow"}, {"an audit of the books", "called for", "", "Anna Marlow"}}},
	{"the narration turns to somebody else", "“We will dredge it,” says Mayor Ann Marlow.\n\nThe plan has spread through the town. Odalys, a pharmacy student, keeps her hopes. “One day I could run my own firm.”",
		[]said{{"“We will dredge it,”", "says", "Mayor Ann Marlow", "Ann Marlow"}, {"“One day I could run my own firm.”", "", "", "Odalys"}}},
	{"role without article after the name", `“They plan to sell it,” said Karim Bensalem, chemistry teacher at the lyceum.`,
		[]said{{"“They plan to sell it,”", "said", "chemistry teacher at the lyceum", "Karim Bensalem"}}},
	{"office after the name", `The show brought on the stage Bekithe Moyondizvo Harbour Foods General Manager. He said the cup was old.`,
		[]said{{"the cup was old", "said", "He", "Bekithe Moyondizvo"}}},
	{"her book before a surname", `Amos Birch won in May. Birch is the mayor. Celia Birch ran the mill. In her first book, Birch noted the dust.`,
		[]said{{"the dust", "noted", "Birch", "Celia Birch"}}},
	{"list with parties", `Sens. Dora Quill (R-Ind.), Abel Moss (D-Ore.) and Edda Lomax (D-Ohio) said it would fail.`,
		[]said{{"it would fail", "said", "Sens. Dora Quill (R-Ind.), Abel Moss (D-Ore.) and Edda Lomax (D-Ohio)", "group:Sens. Dora Quill (R-Ind.), Abel Moss (D-Ore.) and Edda Lomax (D-Ohio)"}}},
}

func TestGeneral(t *testing.T) {
	for _, engine := range engines(t) {
		for _, c := range general {
			d, quotes := caseOf(t, c.text, c.said)
			res := engine.resolver.Resolve(d, quotes)
			for q, s := range c.said {
				if got := answer(&res, q); got != s.want {
					t.Errorf("%s: %s: %s (source %q): got %q, want %q (%s)", engine.name, c.name, s.words, s.source, got, s.want, res.Attributions[q].Method)
				}
			}
			check(t, d, quotes, &res)
		}
	}
}
