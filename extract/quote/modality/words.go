package modality

import (
	"slices"
	"strings"

	"github.com/whosaid/whosaid/extract/lang"
)

// Words is the language that this package knows.
type Words struct {
	Negations    lang.Set `lang:"modality.negations"`
	Nevers       lang.Set `lang:"modality.nevers"`
	Nobodies     lang.Set `lang:"modality.nobodies"`
	Noes         lang.Set `lang:"modality.noes"`
	Wills        lang.Set `lang:"modality.wills"`
	Woulds       lang.Set `lang:"modality.woulds"`
	Modals       lang.Set `lang:"modality.modals"`
	Dids         lang.Set `lang:"modality.dids"`
	Bes          lang.Set `lang:"modality.bes"`
	Inverts      lang.Set `lang:"modality.inverts"`
	Conditions   lang.Set `lang:"modality.conditions"`
	Comings      lang.Set `lang:"modality.comings"`
	Leads        lang.Set `lang:"modality.leads"`
	Openers      lang.Set `lang:"modality.openers"`
	Courtesies   lang.Set `lang:"modality.courtesies"`
	Refusals     lang.Set `lang:"modality.refusals"`
	Withheld     lang.Set `lang:"modality.withheld"`
	Answers      lang.Set `lang:"modality.answers"`
	Discloses    lang.Set `lang:"modality.discloses"`
	Replies      lang.Set `lang:"modality.replies"`
	Questions    lang.Set `lang:"modality.questions"`
	Particles    lang.Set `lang:"modality.particles"`
	Pleas        lang.Set `lang:"modality.pleas"`
	Likes        lang.Set `lang:"modality.likes"`
	Suppositions lang.Set `lang:"modality.suppositions"`
	Requests     lang.Set `lang:"modality.requests"`
	Orders       lang.Set `lang:"modality.orders"`
	Only         lang.Set `lang:"modality.only"`
	Not          lang.Set `lang:"modality.not"`
	One          lang.Set `lang:"modality.one"`
	Yet          lang.Set `lang:"modality.yet"`
	To           lang.Set `lang:"modality.to"`
	That         lang.Set `lang:"modality.that"`
	FirstPerson  lang.Set `lang:"modality.first-person"`
	DemandLinks  lang.Set `lang:"modality.demand-links"`
	PleaLinks    lang.Set `lang:"modality.plea-links"`
	Asks         lang.Set `lang:"modality.asks"`
	For          lang.Set `lang:"modality.for"`
	Wants        lang.Set `lang:"modality.wants"`
	DemandsTo    lang.Set `lang:"modality.demands-to"`
	Knows        lang.Set `lang:"modality.knows"`
	Please       lang.Set `lang:"modality.please"`
	Do           lang.Set `lang:"modality.do"`
	Even         lang.Set `lang:"modality.even"`
	Few          lang.Set `lang:"modality.few"`
	Silences     lang.Set `lang:"modality.silences"` // words joined by _

	silences []string // with spaces
}

// Compile makes the silences readable.
func (w *Words) Compile(*lang.Language) {
	for s := range w.Silences {
		w.silences = append(w.silences, strings.ReplaceAll(s, "_", " "))
	}
	slices.Sort(w.silences)
}
