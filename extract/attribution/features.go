package attribution

import (
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
	fProper                // the description holds a name
	fSeveral               // X and Y
	fNegative              // no one
	fSourceWords           // words of the source
	fHeadSort              // sort of the description's head
	fHasCue                //
	fKind                  // 0 direct, 1 indirect, 2 mixed
	fMarksFirst            // the quotation stands before its source
	fHeading               // in a heading
	fSourceQuoted          // the source stands inside quotation marks
	fGapBefore             // sentences since the quotation before
	fSameParagraph         // as the quotation before
	fContinues             // of one group with the quotation before
	fCapsLabel             // SPEAKER: in a transcript
	fPossessive            // his, her as source
	fFirstQuote            // nothing was said before
	fCue                   // form of the cue
	fImplied               // the source stands elsewhere in the sentence, by syntax: 1 and the steps up the tree
	fManner                // of the cue: 1 somebody's deed, -1 its subject is spoken about, 0 neither
	fAsked                 // the cue is a question put to somebody
	fReplies               // the cue is an answer, 1, or a question, -1
	fAt                    // sentences of the article before it
	fWholeParagraph        // the quotation is all of its paragraph
	fQuestion              // it ends with a question mark
	fQuestionBefore        // the quotation before does
	fLength                // tokens of the quotation, log
	fNested                // stands inside another quotation
	fBare                  // neither source nor cue
	fFits                  // candidates that agree with the pronoun, or whom the description fits
	fBest                  // how well the description fits whom it fits best
	fHasOutlet             // an outlet may ask the questions
	fInside                // the source stands inside another quotation
	fVoice                 // I and we outside of marks in the article, log
	fBestUnnamed           // how well the description fits whom only descriptions mention
	fUnnamedLast           // somebody whom only a description mentions spoke last
	fSexKnown              // candidates of whom it is known that the pronoun agrees with them
	fSexUnknown            // candidates of unknown gender that the pronoun may mean

	fType          // coref.EntityType; 8 own phrase, 9 nobody, 10 author, 11 own phrase as a name
	fHead          // 3 the source's head names it, 2 shares the surname, 1 the source mentions it
	fRelative      // the relative clause's head
	fSentences     // since its last mention
	fRank          // among what is talked about
	fRankAgree     // among those of them that agree with the pronoun
	fLastGram      // place of its last mention
	fLastForm      // form of its last mention
	fLastQuoted    // its last mention stood in marks
	fSoFar         // mentions until here, log
	fTotal         // name mentions in the article, log
	fTop           // rank among the named by mentions
	fBeforeHere    // mentioned in this sentence before the source: 1, as subject 2
	fAfterHere     // mentioned in this sentence after the quotation: 1, as subject 2
	fNextSubject   // subject of the next sentence
	fPrevSubject   // subject of the sentence before
	fSubjectHere   // subject of the quotation's own sentence
	fControls      // subject of the verb that governs the cue
	fAddressee     // object of the cue: told X
	fLastSpeaker   // 3 spoke last, 2 the time before, 1 earlier
	fQuotes        // quotations given to it so far, log
	fSinceQuote    // sentences since it spoke
	fSex           // 1 agrees, 0 unknown, -1 differs
	fVotes         // 1 pronouns of this gender have meant it, -1 of the other
	fAgrees        // pronoun class and kind: 1, 0, -1
	fRole          // of a description: coref.Fit
	fOver          //
	fMiss          //
	fRoleGap       // how much better the description fits another
	fInContent     // named inside the quotation
	fTitled        // named in the article's title or heading
	fAntecedent    // probability by the coreference ranker
	fAntecedentGap // to its best
	fHasGiven      // person with given name
	fOwner         // the possessor in the source
	fOwned         // belongs to the possessor in the source: his wife, her campaign
	fWithin        // speaks the quotation that holds the source
	fKin           // introduced as somebody's wife or son
	fSinceFull     // sentences since its last mention by full name
	fRivals        // others of its surname
	fTurn          // its turn in a dialogue of bare quotations
	fSigns         // signs the letter, or the quotation
	fAsks          // asks the questions of the interview
	fInterviewed   // a person of whom a sentence on an interview tells
	fTitleSex      // of Mr. or Mrs. in the source: 1 agrees, -1 differs
	fNearSex       // the next "he" or "she" of the sentence agrees 1, differs -1
	fForum         // an outlet or show that the sentence or the one before has somebody speak on
	fUntil         // sentences until its first mention, if that comes after
	fNameWords     //
	fAhead         // subject that a fronted clause looks ahead to
	fOutlet        // its name ends like a paper's
	fTreeHead      // its name holds the head of the source in the tree
	fEnds          // its name ends the source: 1, right after a preposition or possessive 0.5
	fBegins        // its name begins the source
	fCompound      // its name stands right before the head of the description
	fApposed       // its name stands in apposition to the head, or follows a comma or dash
	fSameHead      // the same head last stood for it
	fParagraph     // mentioned in this paragraph before: 1; as its first subject: 2
	fOthersSpoke   // statements by others since it spoke, log
	fPaper         // its name ends like that of a document
	fBefore2       // subject of the last sentence but one
	fLately        // mentions in the five sentences before
	fTold          // sentences since its last mention outside of statements
	fToldRank      // order of that among those that agree
	fToldGram      // place of that mention
	fReported      // its last mention stands in the words of a statement
	fSources       // statements of the article whose source names it, log
	fNextNamed     // the next statement's source names it: 2, one of the two after: 1
	fPrevNamed     // names the source of the last statement before whose source is a name
	fBasis         // what its gender is known by: 1 pronouns, 2 its first name, 3 a title
	fTopic         // who this paragraph tells of first: 2, the one before: 1

	// NumFeatures is the length of a row.
	NumFeatures = iota
)

// NamedBy is the measurement that tells how the source names a candidate: 2 and
// more where its own name does.
const NamedBy = fHead

// InInterview reports whether a row is of a turn labelled Q or A.
func InInterview(row []float32) bool {
	return row[fClass] == float32(coref.Asker) || row[fClass] == float32(coref.Answerer)
}

var featureNames = [NumFeatures]string{
	"form of the source", "class of its head", "plural", "determiner", "a name in the description", "several in the source", "negative", "words of the source", "sort of the head",
	"has a cue", "marks", "quotation first", "heading", "source in marks", "sentences since the quotation before", "same paragraph as the quotation before", "one statement with the quotation before",
	"label in capitals", "possessive source", "first quotation", "form of the cue", "source implied by syntax", "manner of the cue", "asked", "answer or question", "place in the article",
	"all of its paragraph", "ends with a question mark", "a question before", "length", "inside another quotation", "neither source nor cue", "others that fit", "best fit of the description",
	"an outlet may ask", "source inside another quotation", "the author's own I", "best fit of somebody unnamed", "somebody unnamed spoke last",
	"others whose gender agrees", "others of unknown gender",
	"sort of speaker", "named by the source", "head of the relative clause", "sentences since its last mention", "order of mention", "order of mention among those that agree", "place of its last mention",
	"form of its last mention", "last mention in marks", "mentions so far", "mentions by name", "rank by mentions", "earlier in this sentence", "later in this sentence", "subject of the next sentence",
	"subject of the sentence before", "subject of this sentence", "subject of the cue", "addressed by the cue", "spoke lately", "quotations so far", "sentences since it spoke", "gender", "gender by pronouns",
	"number and kind agree", "called so in the text", "other words fit", "other words do not fit", "description fits another better", "named inside the quotation", "in the title", "antecedent by syntax and salience",
	"another antecedent is likelier", "given name known", "possessor in the source", "belongs to the possessor", "speaks the quotation around", "introduced as kin", "sentences since its full name",
	"namesakes", "turn in the dialogue", "signs it", "asks in the interview", "is interviewed", "Mr or Ms", "gender of the next pronoun", "place of the interview", "sentences until its first mention", "words of the name",
	"looked ahead to", "outlet's name", "head of the source in the tree", "ends the source", "begins the source", "before the head of the description", "in apposition",
	"called so before", "earlier in this paragraph", "statements by others since it spoke", "document's name", "subject of the last sentence but one", "mentions lately",
	"sentences since its mention outside of statements", "order of that mention", "place of that mention", "last mention in a statement", "sources that name it", "named by the next source", "named by the last source",
	"basis of its gender", "topic of the paragraph",
}

// place tells where a quotation stands: the token at which it is decided, that
// token's sentence, the first and last sentence of quotation and token, and the
// gender that follows its source.
type place struct {
	at, sent, from, to int32
	sex                int8
	next               int32 // whom a fronted clause looks ahead to; -1
	topic, before      int32 // whom the paragraph and the one before it tell of first; -1
	named, last        int32 // whom the next source names, and the last before; -1
	soon               int32 // whom one of the two sources after the next names; -1
}

// measure fills the row of every candidate of quotation q.
func (w *walker) measure(q int, at int32, ids []int32) []Choice {
	s := &w.sources[q]
	if cap(w.rows) < maxCandidates*NumFeatures {
		w.rows = make([]float32, maxCandidates*NumFeatures)
	}
	w.rows = w.rows[:len(ids)*NumFeatures]
	clear(w.rows)
	first := w.TokensIn(w.quotes[q].Extent())
	p := place{at: at, sent: w.sentenceAt(at), next: -1}
	p.from, p.to = p.sent, p.sent
	if !first.Empty() { // the reader's memory counts from where the quotation begins
		p.from, p.to = min(p.sent, w.sentenceAt(first.First)), max(p.sent, w.sentenceAt(first.End-1))
	}
	if s.name >= 0 {
		p.sex = w.sexAfter(s)
	}
	if s.form == news.Pronoun && s.mention >= 0 {
		p.next = w.state.Ahead(s.mention)
	}
	w.readCourse(&p, q)
	base := w.row0(0)
	w.measureQuote(q, &p, first, base)
	likely := w.antecedents(s)
	w.choices = w.choices[:0]
	for k, id := range ids {
		f := w.row0(k)
		if k > 0 {
			copy(f[:fType], base[:fType])
		}
		f[fSentences], f[fRank], f[fRankAgree], f[fTop], f[fSinceQuote], f[fSinceFull], f[fTold], f[fToldRank] = 40, 40, 40, 40, 20, 40, 40, 40
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
		default:
			w.measureEntity(f, &w.Entities[id], id, q, &p)
			f[fAntecedent] = likely[id]
		}
	}
	w.compare(s, ids, likely)
	w.markContent(s, ids, first)
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

// compare fills what needs all candidates.
func (w *walker) compare(s *source, ids []int32, likely map[int32]float32) {
	best, unnamed, fits, top := float32(0), float32(0), float32(0), float32(0)
	for _, p := range likely {
		top = max(top, p)
	}
	for k, id := range ids {
		if id < 0 {
			continue
		}
		f := w.row0(k)
		best = max(best, f[fRole])
		if w.Entities[id].Class != coref.NoClass {
			unnamed = max(unnamed, f[fRole])
		}
		if s.form == news.Nominal && f[fRole] >= 1 || s.form == news.Pronoun && f[fAgrees] >= 0 && f[fSex] >= 0 {
			fits++
		}
	}
	for k, id := range ids {
		f := w.row0(k)
		f[fFits], f[fBest], f[fBestUnnamed], f[fRoleGap] = fits, best, unnamed, best-f[fRole]
		f[fAntecedentGap] = top - f[fAntecedent]
		if id < 0 {
			f[fAntecedent] = likely[coref.NewEntity]
		}
	}
	rank := float32(0)
	for _, id := range w.state.Recent {
		for k := range ids {
			if f := w.row0(k); ids[k] == id && eligible(s, f) {
				f[fRankAgree] = rank
				rank++
			}
		}
	}
	w.compareTold(s, ids)
}

// eligible reports whether the source may mean a candidate by number, kind and
// gender.
func eligible(s *source, f []float32) bool {
	return f[fAgrees] >= 0 && f[fSex] >= 0 && (s.form != news.Nominal || f[fRole] >= 0)
}

// compareTold orders the candidates by their last mention outside of
// statements, and counts those whose gender agrees.
func (w *walker) compareTold(s *source, ids []int32) {
	known, unknown := float32(0), float32(0)
	for k, id := range ids {
		f := w.row0(k)
		if id < 0 || !eligible(s, f) {
			continue
		}
		if f[fSex] > 0 {
			known++
		} else {
			unknown++
		}
		if at := w.Entities[id].LastTold; at >= 0 {
			f[fToldRank] = 0
			for j, other := range ids {
				if other >= 0 && w.Entities[other].LastTold > at && eligible(s, w.row0(j)) {
					f[fToldRank]++
				}
			}
		}
	}
	for k := range ids {
		f := w.row0(k)
		f[fSexKnown], f[fSexUnknown] = known, unknown
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
