package audit

import (
	"fmt"
	"math"
	"strings"
)

// Methods is the audit as sentences for a paper.
func (r *Report) Methods() string {
	var b strings.Builder
	if r.Judged > 0 {
		fmt.Fprintf(&b, "A random sample of %s was drawn from the %s that whosaid found (%sseed %d), and %s judged %s of them.",
			many(int64(r.Items), "statement"), thousands(r.Design.Total), strata(r.Design.By), r.Design.Seed, judges(r.Judges), thousands(int64(r.Judged)))
		fmt.Fprintf(&b, " Precision was %s; with edges exactly right, %s.", words(r.Statements), words(r.Exact))
		if r.Speakers.Known() {
			fmt.Fprintf(&b, " The speaker was right in %s of %s whose speaker is named and could be judged.", words(r.Speakers), many(int64(r.Speakers.N), "statement"))
		}
	}
	if r.Recall.Known() {
		fmt.Fprintf(&b, " In %s read in full, recall was %s of %s.", many(int64(r.Readings), "article"), words(r.Recall), many(int64(r.Recall.N), "statement"))
	}
	if b.Len() > 0 {
		b.WriteString(" Intervals are Wilson's at 95%")
		if r.Design.By != "none" && r.Judged > 0 {
			b.WriteString(", weighted by the strata's sizes")
		}
		if r.Recall.Known() && r.Readings > 1 {
			b.WriteString(", for recall at the effective sample size that the spread between articles leaves")
		}
		b.WriteString(".")
	}
	if a := r.OfStatements; a.Items > 0 {
		fmt.Fprintf(&b, " %s were judged by more than one person, who agreed in %.0f%% of cases (%sKrippendorff's alpha %s).", upper(many(int64(a.Items), "statement")), 100*a.Same, kappas(a), number(a.Alpha))
	}
	return strings.TrimSpace(b.String())
}

// words is a share with its interval, as a paper has it.
func words(p Proportion) string {
	return fmt.Sprintf("%.1f%% (%.1f to %.1f%%)", 100*p.P, 100*p.Low, 100*p.High)
}

func strata(by string) string {
	switch by {
	case "none", "":
		return ""
	case "confidence":
		return "equally many from each of four bands of confidence; "
	default:
		return "equally many of each " + by + "; "
	}
}

func judges(names []string) string {
	if len(names) == 1 {
		return "one person"
	}
	return fmt.Sprintf("%d people", len(names))
}

func kappas(a Agreement) string {
	if len(a.Kappas) != 1 {
		return ""
	}
	return "Cohen's kappa " + number(a.Kappas[0].Value) + ", "
}

// number is a coefficient; what cannot be told is a dash.
func number(x float64) string {
	if math.IsNaN(x) {
		return "–"
	}
	return fmt.Sprintf("%.2f", x)
}

func many(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return thousands(n) + " " + what + "s"
}

func thousands(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
