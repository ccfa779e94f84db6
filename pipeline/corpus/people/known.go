package people

// The measurements of a known person whom a person of the corpus may be. The
// last two are of nobody: somebody who is not in the file.
const (
	kSitelinks = iota
	nKnown
)

var knownNames = [nKnown]string{"sitelinks"}

type knownVector [nKnown]float64
