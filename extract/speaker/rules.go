package speaker

import "github.com/whosaid/whosaid/extract/news"

// guess weighs one candidate by hand-made rules. It is the whole decision of
// an engine without a trained model, and one measurement among others for
// the ranker. Its unit is points; a difference of 3 is plain.
func guess(f *[numFeatures]float32) float32 {
	own, none, author := f[fType] == 6, f[fType] == 7, f[fType] == 8
	switch class(f[fClass]) {
	case questioner:
		if author {
			return 8
		}
		return 12 * f[fAsks]
	case answerer:
		if own || none || author || f[fType] != 0 || f[fAsks] == 1 {
			return 0
		}
		return 3 + f[fTotal] + f[fInTitle] + 2*f[fQuotes]
	}
	switch news.MentionForm(f[fForm]) {
	case news.Name:
		switch {
		case own:
			if f[fSeveral] == 1 {
				return 10
			}
			return 1
		case none, author:
			return 0
		}
		if f[fType] == 2 {
			return 3 * f[fHead] * (1 - f[fSeveral])
		}
		if f[fHead] == 1 {
			return 0
		}
		return 4 * f[fHead] * (1 - f[fSeveral])
	case news.Pronoun:
		return guessPronoun(f, own, none, author)
	case news.Nominal:
		switch {
		case own && class(f[fClass]) == bodyOne && f[fDefinite] == 1:
			return 2.2
		case own:
			return 3.2
		case none:
			return 1
		case author:
			return 0
		case f[fHead] == 3:
			return 8
		case f[fDefinite] == 0 || f[fPlural] == 1 || class(f[fClass]) == paper:
			return -5
		case f[fRole] < 1 || f[fType] == 2:
			return -4 + 2*f[fHead] - f[fMiss]
		}
		return 1 + 2*f[fRole] + f[fOver] - f[fMiss] + 0.2*max(f[fSalience], -8) + 0.3*f[fLastSpeaker] + 0.4*f[fTotal]
	}
	// no source at all
	if f[fHasCue] == 0 {
		return guessBare(f, own, none, author)
	}
	return guessSourceless(f, own, none, author)
}

// reluctance is how much the log odds of nobody are lowered for a statement
// without source, as far as nine in ten of the speakers that have no name still
// get none in five folds of PolNeAR train. At 2, where F1 over these statements
// is best, fewer of both are named.
const reluctance = 3.2

// guessSourceless weighs a candidate for a statement whose cue names no source
// even by its syntax: was rated, the pledge. The weights are log odds, fitted
// by conditional logit (ridge 0.3) on the 256 such statements of PolNeAR train
// with a labelled speaker, 35 of them named; a forest has too little to learn
// from in so few.
func guessSourceless(f *[numFeatures]float32, own, none, author bool) float32 {
	cue := f[fCue]
	switch {
	case own, author, !none && f[fType] > 2:
		return -8
	case none:
		s := float32(3.8 - reluctance)
		switch cue {
		case cueNoun:
			s -= 0.4
		case cuePart:
			s -= 1.2
		}
		if f[fAsked] == 1 {
			s += 1.5 // who puts a question is seldom named, and never who answers it
		}
		if f[fManner] > 0 {
			return s - 2.7
		}
		return s - 2.9*f[fManner]
	}
	s := 3.9*f[fForum] - 1.4*f[fInContent] - 0.3*min(f[fTop], 5) - 0.05*min(f[fSentences], 8) + 0.5*f[fPrevSubject]
	switch f[fType] {
	case 1:
		s += 0.8
	case 2:
		s -= 1.1
	}
	if f[fLastSpeaker] == 3 {
		s += 0.9 + 8*f[fContinues]
	}
	if f[fBeforeHere] > 0 {
		s += 0.8
	}
	if f[fAfterHere] > 0 {
		s += 0.8
	}
	if f[fRank] == 0 {
		s += 0.9
	}
	if cue == cuePassive {
		return s - 1.3*f[fControls]
	}
	return s - 0.3*f[fControls]
}

func guessPronoun(f *[numFeatures]float32, own, none, author bool) float32 {
	c := class(f[fClass])
	if c == speakerI {
		switch {
		case author:
			return 2 - 4*f[fSourceQuoted]
		case own, none:
			return 0
		case f[fWithin] == 1:
			return 8
		case f[fSourceQuoted] == 1 && f[fLastSpeaker] == 3:
			return 4
		}
		return -2
	}
	switch {
	case own, author:
		return -8
	case none:
		if c == heShe {
			return -4
		}
		return -1
	case c == relative || c == oneThat:
		if f[fRelative] == 1 {
			return 6
		}
		return -6
	case f[fAgrees] < 0 || f[fSex] < 0:
		return -12
	}
	if f[fSentences] == 40 && f[fSoFar] == 0 { // named only afterwards
		if c != heShe {
			return -12
		}
		return -3.5 + f[fAgrees] + f[fNextSubject] + f[fHasSurname]
	}
	s := f[fSalience] + 1.5*f[fAgrees] + 0.6*f[fLastSpeaker]
	if f[fLastSpeaker] == 3 && f[fGapBefore] <= 1 {
		s++
	}
	if c == thing || c == theyAll {
		s -= f[fSentences]
	}
	return s - 0.5*f[fInContent]
}

// guessBare weighs a candidate for a quotation that stands by itself, with
// neither source nor cue: who has just been the subject speaks, else who
// spoke before.
func guessBare(f *[numFeatures]float32, own, none, author bool) float32 {
	switch {
	case own, author:
		return -5
	case none:
		return 1
	case f[fType] >= 2 && f[fLastSpeaker] < 3:
		return -6
	}
	s := -1.5*f[fInContent] - 0.3*min(f[fSentences], 8) + 12*f[fTurn]
	if f[fType] == 1 {
		s -= 2.5
	}
	if f[fContinues] == 1 && f[fLastSpeaker] == 3 {
		s += 9
	}
	if f[fLastSpeaker] == 3 {
		s += 5 - 0.5*min(f[fGapBefore], 8)
	}
	s += 4*f[fSubjectHere] + 3.5*f[fPrevSubject]
	if f[fPrevSubject] == 1 && f[fLastSpeaker] < 3 && f[fSameParagraph] == 0 && f[fGapBefore] >= 2 {
		s += 2 // the narration has turned to somebody else
	}
	if f[fFirstQuote] == 1 {
		s += 2*f[fNextSubject] + 1.5*f[fAfterHere]
	}
	return s
}
