package attribution

import (
	"strings"

	"github.com/whosaid/whosaid/extract/coref"
	"github.com/whosaid/whosaid/extract/news"
)

// The measurements of one candidate for one quotation. Those of the quotation
// are the same for all of its candidates and count by meeting those of the
// candidate in a tree. None knows a name: a model trained on one year's people
// serves any.
const (
	fForm           = iota // of the source: 0 none, 1 name, 2 pronoun, 3 description
	fClass                 // class of its head
	fPlural                // its number
	fArticle               // its determiner
	fSeveral               // X and Y
	fSourceWords           // words of the source
	fHeadSort              // sort of the description's head
	fHasCue                //
	fKind                  // 0 direct, 1 indirect, 2 mixed
	fManner                // of the cue: 1 somebody's deed, -1 its subject is spoken about, 0 neither
	fWholeParagraph        // the quotation is all of its paragraph
	fQuestion              // it ends with a question mark
	fQuestionBefore        // the quotation before does
	fLength                // tokens of the quotation, log
	fBare                  // neither source nor cue
	fVoice                 // I and we outside of marks in the article, log
	fSexKnown              // candidates of whom it is known that the pronoun agrees with them

	fType          // coref.EntityType; 8 own phrase, 9 nobody, 10 author, 11 own phrase as a name
	fHead          // 3 the source's head names it, 2 shares the surname, 1 the source mentions it
	fRelative      // the relative clause's head
	fSentences     // since its last mention
	fRank          // among what is talked about
	fSoFar         // mentions until here, log
	fTop           // rank among the named by mentions
	fPrevSubject   // subject of the sentence before
	fSubjectHere   // subject of the quotation's own sentence
	fSinceQuote    // sentences since it spoke
	fSex           // 1 agrees, 0 unknown, -1 differs
	fAgrees        // pronoun class and kind: 1, 0, -1
	fRole          // of a description: coref.Fit
	fOver          //
	fInContent     // named inside the quotation
	fTitled        // named in the article's title or heading
	fAntecedent    // probability by the coreference ranker
	fAntecedentGap // to its best
	fHasGiven      // person with given name
	fSinceFull     // sentences since its last mention by full name
	fSigns         // signs the letter, or the quotation
	fInterviewed   // a person of whom a sentence on an interview tells
	fUntil         // sentences until its first mention, if that comes after
	fNameWords     //
	fOutlet        // its name ends like a paper's
	fOthersSpoke   // statements by others since it spoke, log
	fSources       // statements of the article whose source names it, log

	// NumFeatures is the length of a row.
	NumFeatures = iota
)

// NamedBy is the measurement that tells how the source names a candidate: 2 and
// more where its own name does.
const NamedBy = fHead

var featureNames = [NumFeatures]string{
	"form of the source", "class of its head", "plural", "determiner", "several in the source", "words of the source", "sort of the head", "has a cue",
	"marks", "manner of the cue", "all of its paragraph", "ends with a question mark", "a question before", "length", "neither source nor cue",
	"the author's own I", "others whose gender agrees", "sort of speaker", "named by the source", "head of the relative clause",
	"sentences since its last mention", "order of mention", "mentions so far", "rank by mentions", "subject of the sentence before",
	"subject of this sentence", "sentences since it spoke", "gender", "number and kind agree", "called so in the text", "other words fit",
	"named inside the quotation", "in the title", "antecedent by syntax and salience", "another antecedent is likelier", "given name known",
	"sentences since its full name", "signs it", "is interviewed", "sentences until its first mention", "words of the name", "outlet's name",
	"statements by others since it spoke", "sources that name it",
}

// place tells where a quotation stands: the token at which it is decided, that
// token's sentence, and the first sentence of quotation and token.
type place struct{ at, sent, from int32 }

// measure fills the row of every candidate of quotation q.
func (w *walker) measure(q int, at int32, ids []int32) []Choice {
	s := &w.sources[q]
	if cap(w.rows) < maxCandidates*NumFeatures {
		w.rows = make([]float32, maxCandidates*NumFeatures)
	}
	w.rows = w.rows[:len(ids)*NumFeatures]
	clear(w.rows)
	words := w.TokensIn(w.quotes[q].Extent())
	p := place{at: at, sent: w.sentenceAt(at)}
	p.from = p.sent
	if !words.Empty() { // the reader's memory counts from where the quotation begins
		p.from = min(p.sent, w.sentenceAt(words.First))
	}
	base := w.row0(0)
	w.measureQuote(q, words, base)
	likely := w.antecedents(s)
	w.choices = w.choices[:0]
	for k, id := range ids {
		f := w.row0(k)
		if k > 0 {
			copy(f[:fType], base[:fType])
		}
		f[fSentences], f[fRank], f[fTop], f[fSinceQuote], f[fSinceFull] = 40, 40, 40, 20, 40
		w.choices = append(w.choices, w.choice(s, id))
		switch id {
		case ownPhrase:
			f[fType] = 8
		case nobody:
			f[fType] = 9
		case author:
			f[fType] = 10
		case ownNamed:
			f[fType] = 11
			f[fHead], f[fNameWords] = flag(w.nameLike(s.head)), float32(min(strings.Count(w.choices[k].Name, " ")+1, 9))
		default:
			w.measureEntity(f, &w.Entities[id], id, q, &p)
			f[fAntecedent] = likely[id]
		}
	}
	w.compare(s, ids, likely)
	w.markContent(s, ids, words)
	return w.choices
}

func (w *walker) row0(k int) []float32 { return w.rows[k*NumFeatures : (k+1)*NumFeatures] }

func (w *walker) choice(s *source, id int32) Choice {
	c := Choice{Entity: id}
	switch id {
	case ownPhrase:
		c.Kind, c.Name = w.ownKind(s), w.ownName(s, false)
	case ownNamed:
		c.Kind, c.Name = news.Organization, w.ownName(s, true)
	case nobody:
	case author:
		c.Kind = news.Author
	default:
		e := &w.Entities[id]
		if c.Name, c.Kind = e.Name, e.Kind; c.Kind == news.Unknown {
			c.Kind = news.Organization
		}
	}
	return c
}

// antecedents is what the coreference ranker says of a pronoun or description.
func (w *walker) antecedents(s *source) map[int32]float32 {
	if s.mention < 0 || w.o.Coref == nil || s.form == news.Nominal && !s.definite {
		return nil
	}
	return w.state.Antecedents(s.mention)
}

// compare fills what needs all candidates: how far the coreference ranker prefers
// another, and how many of those whom the source may mean are of its gender.
func (w *walker) compare(s *source, ids []int32, likely map[int32]float32) {
	top, known := float32(0), float32(0)
	for _, p := range likely {
		top = max(top, p)
	}
	for k, id := range ids {
		f := w.row0(k)
		if id < 0 {
			f[fAntecedent] = likely[coref.NewEntity]
		} else if f[fAgrees] >= 0 && (s.form != news.Nominal || f[fRole] >= 0) {
			known += max(0, f[fSex])
		}
	}
	for k := range ids {
		f := w.row0(k)
		f[fSexKnown], f[fAntecedentGap] = known, top-f[fAntecedent]
	}
}

// markContent notes who is named inside the quotation.
func (w *walker) markContent(s *source, ids []int32, r news.TokenRange) {
	for i := r.First; i < r.End && i < r.First+400; i++ {
		m := w.NameAt(i)
		if m < 0 || s.tokens.Contains(i) {
			continue
		}
		for k := range ids {
			if ids[k] == w.Mentions[m].Entity && ids[k] >= 0 {
				w.row0(k)[fInContent] = 1
			}
		}
	}
}

func flag(b bool) float32 {
	if b {
		return 1
	}
	return 0
}
