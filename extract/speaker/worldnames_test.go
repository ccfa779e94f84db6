package speaker_test

import "testing"

// worldCases are what news of other countries and styles asks for beyond
// hardCases. All people and bodies are invented.
var worldCases = []struct {
	name, text string
	said       []said
}{
	{"trade as a title", `Deckhand Royston Calder had never seen such waves. "We lay down and prayed," Calder said.`,
		[]said{{`"We lay down and prayed,"`, "said", "Calder", "Royston Calder"}}},
	{"chief executive", `Chief Executive Tova Lindgren spoke first. "Orders are back," said Lindgren.`,
		[]said{{`"Orders are back,"`, "said", "Lindgren", "Tova Lindgren"}}},
	{"cleric by office", `Abbot Leander Quist opened the vault. "Nothing was stolen," the abbot said.`,
		[]said{{`"Nothing was stolen,"`, "said", "the abbot", "Leander Quist"}}},
	{"councillor in short", `Mayor Hedley Marsh cut the ribbon. "It cost too much," Cr Marsh said.`,
		[]said{{`"It cost too much,"`, "said", "Cr Marsh", "Hedley Marsh"}}},
	{"letters after the name", `Opening the case, Niamh Corrigan SC told the jury that the books were false. Ms Corrigan said two ledgers had been kept.`,
		[]said{{"that the books were false", "told", "Niamh Corrigan SC", "Niamh Corrigan"}, {"two ledgers had been kept", "said", "Ms Corrigan", "Niamh Corrigan"}}},
	{"particle of another language", `Daudi arap Koros keeps bees at Molo. "The rain was late," Koros said.`,
		[]said{{`"The rain was late,"`, "said", "Koros", "Daudi arap Koros"}}},
	{"surname of a couple", `Every night Jonas and Edda Holmgren light the lamp. "You are slow," Edda said.`,
		[]said{{`"You are slow,"`, "said", "Edda", "Edda Holmgren"}}},
	{"couple by surname", `Maud Thackeray, 70, lost her ring. The Thackerays want the council to act.`,
		[]said{{"the council to act", "want", "The Thackerays", "group:The Thackerays"}}},
	{"father, son and mother", `State Sen. Amos Birch and his wife, Celia Birch, disagree. Their son, Amos Birch Jr., votes elsewhere. "I wrote it," Sen. Birch said. "I typed it," his wife said. "I am leaving," said Birch Jr.`,
		[]said{{`"I wrote it,"`, "said", "Sen. Birch", "Amos Birch"}, {`"I typed it,"`, "said", "his wife", "Celia Birch"}, {`"I am leaving,"`, "said", "Birch Jr.", "Amos Birch Jr."}}},
	{"company by its first word", `Varnholt Semiconductor raised its forecast. Varnholt said chips were scarce.`,
		[]said{{"chips were scarce", "said", "Varnholt", "Varnholt Semiconductor"}}},
	{"the company", `Osprey Hydraulics, a maker of pumps, opened a school on Monday. The company said it would train welders.`,
		[]said{{"it would train welders", "said", "The company", "Osprey Hydraulics"}}},
	{"owner that is a body", `The trawler was old. Its owner, Pale Bay Seafoods Ltd., disputes that.`,
		[]said{{"that", "disputes", "Its owner, Pale Bay Seafoods Ltd.,", "Pale Bay Seafoods Ltd."}}},
	{"preposition in a name", `The bird charity Feathers Over Fens said gulls were protected.`,
		[]said{{"gulls were protected", "said", "The bird charity Feathers Over Fens", "Feathers Over Fens"}}},
	{"workers' union", `The Harbour Workers' Union said the strike was over.`,
		[]said{{"the strike was over", "said", "The Harbour Workers' Union", "Harbour Workers' Union"}}},
	{"name given in the source", `"What if she calls?" asked a girl named Odalys. "We ran out of plaster," said the doctor, who gave her name only as Mahira.`,
		[]said{{`"What if she calls?"`, "asked", "a girl named Odalys", "Odalys"}, {`"We ran out of plaster,"`, "said", "the doctor, who gave her name only as Mahira", "Mahira"}}},
	{"described before the name", `The rower, retired chemistry teacher Alban Prys, 70, said he was tired.`,
		[]said{{"he was tired", "said", "The rower, retired chemistry teacher Alban Prys, 70,", "Alban Prys"}}},
	{"name in apposition as subject", `Karim Bensalem scored late. The Rovers head coach, Ansgar Lind, was in no mood for praise. "We threw it away," he said.`,
		[]said{{`"We threw it away,"`, "said", "he", "Ansgar Lind"}}},
	{"pronoun that looks ahead", `The valley was dry. Asked whether he was tired, farmer Basappa shook his head. "The radio works," he said.`,
		[]said{{`"The radio works,"`, "said", "he", "Basappa"}}},
	{"quoted in a quotation", "\"I had a pilot, Lieutenant Rosa Quint, who told me she was fine,\" Adm. Vera Stroud said.\n\n\"I sent her home. That is the job.\"",
		[]said{{"\"I had a pilot, Lieutenant Rosa Quint, who told me she was fine,\"", "said", "Adm. Vera Stroud", "Vera Stroud"}, {"she was fine", "told", "Lieutenant Rosa Quint", "Rosa Quint"}, {"\"I sent her home. That is the job.\"", "", "", "Vera Stroud"}}},
	{"letters", "SIR – On Sunday I heard the first cuckoo of the year.\n\nOdile Farnham\nMill Lane\n\nSIR – I invite the mayor to explain the fee.\n\nBruno Stokes",
		[]said{{"the first cuckoo of the year", "heard", "I", "Odile Farnham"}, {"the mayor to explain the fee", "invite", "I", "Bruno Stokes"}}},
	{"turns of a dialogue", "Anders and Rut Dahl keep the light.\n\n\"You are late,\" Rut says.\n\n\"The kettle was slow.\"\n\n\"The kettle is electric.\"\n\n\"Then the current was slow,\" Anders says.",
		[]said{{`"You are late,"`, "says", "Rut", "Rut Dahl"}, {`"The kettle was slow."`, "", "", "Anders"}, {`"The kettle is electric."`, "", "", "Rut Dahl"}, {`"Then the current was slow,"`, "says", "Anders", "Anders"}}},
}

func TestWorldCases(t *testing.T) {
	for _, engine := range engines(t) {
		for _, c := range worldCases {
			t.Run(engine.name+"/"+c.name, func(t *testing.T) {
				d, quotes := caseOf(t, c.text, c.said)
				res := engine.resolver.Resolve(d, quotes)
				for q, s := range c.said {
					if got := answer(&res, q); got != s.want {
						t.Errorf("%s (source %q): got %q, want %q (%s)", s.words, s.source, got, s.want, res.Attributions[q].Method)
					}
				}
				check(t, d, quotes, &res)
			})
		}
	}
}
