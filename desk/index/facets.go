package index

import (
	"strconv"
	"time"

	"github.com/whosaid/whosaid/output"
)

// A facet is the name of the set of statements that have a value: a letter for
// the column, then the value. Words have one of their own.
const (
	facetType       = "t"
	facetKind       = "k"
	facetPolarity   = "l"
	facetModality   = "o"
	facetAct        = "a"
	facetGender     = "g"
	facetBasis      = "b"
	facetOutlet     = "u"
	facetPerson     = "p"
	facetYear       = "y"
	facetMonth      = "m"
	facetDay        = "d"
	facetConfidence = "c" // of the statement, in twentieths
	facetSure       = "s" // of the speaker, in twentieths
	wordToken       = "w"
)

// Steps is how finely confidences can be asked for: in twentieths.
const Steps = 20

// stepOf is the twentieth that a confidence lies in.
func stepOf(p float32) int {
	return min(max(int(p*Steps+1e-5), 0), Steps-1)
}

// facetsOf appends the facets of a statement.
func facetsOf(facets []string, q *output.QuoteRow, outlet, person int64, basis string) []string {
	word := func(letter, value string) {
		if value != "" {
			facets = append(facets, letter+value)
		}
	}
	word(facetType, q.Type)
	word(facetKind, q.SpeakerKind)
	word(facetPolarity, q.Polarity)
	word(facetModality, q.Modality)
	word(facetAct, q.Act)
	if q.SpeakerGender != "" {
		word(facetGender, q.SpeakerGender)
		word(facetBasis, basis)
	} else {
		word(facetGender, Unknown)
	}
	if outlet > 0 {
		word(facetOutlet, strconv.FormatInt(outlet, 10))
	}
	if person > 0 {
		word(facetPerson, strconv.FormatInt(person, 10))
	}
	if q.Published != nil {
		day := q.Published.Time().Format("20060102")
		word(facetYear, day[:4])
		word(facetMonth, day[:6])
		word(facetDay, day)
	}
	word(facetConfidence, strconv.Itoa(stepOf(q.DetectConfidence)))
	word(facetSure, strconv.Itoa(stepOf(q.SpeakerConfidence)))
	return facets
}

// Unknown is the value of gender for statements whose speaker's gender is null.
const Unknown = "unknown"

// daysBetween are the facets that cover the days from since to until, both
// included, with as few as there can be: whole years, whole months, days.
func daysBetween(since, until time.Time) (tokens []string) {
	for d := since; !d.After(until); {
		yearEnd := time.Date(d.Year(), 12, 31, 0, 0, 0, 0, time.UTC)
		monthEnd := time.Date(d.Year(), d.Month()+1, 0, 0, 0, 0, 0, time.UTC)
		switch {
		case d.YearDay() == 1 && !yearEnd.After(until):
			tokens = append(tokens, facetYear+d.Format("2006"))
			d = yearEnd.AddDate(0, 0, 1)
		case d.Day() == 1 && !monthEnd.After(until):
			tokens = append(tokens, facetMonth+d.Format("200601"))
			d = monthEnd.AddDate(0, 0, 1)
		default:
			tokens = append(tokens, facetDay+d.Format("20060102"))
			d = d.AddDate(0, 0, 1)
		}
	}
	return tokens
}
