package index

import "github.com/whosaid/whosaid/output"

// countKey is one number that the overview shows.
type countKey struct{ what, key, sub string }

// What is counted. Every one has few values: none grows with the corpus but
// months.
const (
	countStatus     = "status"     // articles by status, with the reason
	countArticles   = "articles"   // articles by month
	countType       = "type"       // statements by type
	countPolarity   = "polarity"   //
	countModality   = "modality"   //
	countAct        = "act"        //
	countKind       = "kind"       // by kind of speaker
	countGender     = "gender"     // those of persons, by gender and what it rests on
	countMonth      = "month"      // by month and type
	countConfidence = "confidence" // by twentieth
	countSure       = "sure"       // those with a speaker, by twentieth of its confidence
)

func (b *builder) count(what, key, sub string) { b.counts[countKey{what, key, sub}]++ }

func (b *builder) countArticle(a *output.ArticleRow) {
	b.count(countStatus, a.Status, a.Reason)
	b.count(countArticles, monthOf(a.Published), "")
}

func (b *builder) countStatement(q *output.QuoteRow, basis string) {
	b.count(countType, q.Type, "")
	b.count(countPolarity, q.Polarity, "")
	b.count(countModality, q.Modality, "")
	b.count(countAct, q.Act, "")
	b.count(countKind, q.SpeakerKind, "")
	if q.SpeakerKind == "person" {
		b.count(countGender, q.SpeakerGender, basis)
	}
	b.count(countMonth, monthOf(q.Published), q.Type)
	b.count(countConfidence, stepName(stepOf(q.DetectConfidence)), "")
	if q.Speaker != "" {
		b.count(countSure, stepName(stepOf(q.SpeakerConfidence)), "")
	}
}

// monthOf is a month such as 2026-11; "" for no date.
func monthOf(t *output.Timestamp) string {
	if t == nil {
		return ""
	}
	return t.Time().Format("2006-01")
}

// stepName is the lower edge of a twentieth: 0.85.
func stepName(step int) string {
	hundredths := step * 100 / Steps
	return "0." + string([]byte{'0' + byte(hundredths/10), '0' + byte(hundredths%10)})
}
