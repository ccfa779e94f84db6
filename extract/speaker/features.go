package speaker

import (
	"math"
	"slices"

	"github.com/whosaid/whosaid/extract/news"
)

// A candidate that is no entity of the article.
const (
	ownPhrase  int32 = -1 - iota // the source's own noun phrase, or the group it heads
	nobody                       // unknown
	authorSelf                   // the article's own voice
)

// feature numbers the measurements of one candidate for one quotation. No
// feature knows a name: a model trained on one year's people serves any.
type feature uint8

// The measurements. Those of the quotation are the same for all of its
// candidates and count by meeting those of the candidate in a tree.
const (
	fForm          feature = iota // of the source: 0 none, 1 name, 2 pronoun, 3 description
	fClass                        // class of its head
	fPlural                       // its number
	fDefinite                     // the, this, a possessive
	fProper                       // the description holds a name
	fSeveral                      // X and Y
	fHasCue                       //
	fKind                         // 0 direct, 1 indirect, 2 mixed
	fMarksFirst                   // the quotation stands before its source
	fHeadline                     // in a heading
	fSourceQuoted                 // the source stands inside quotation marks
	fGapBefore                    // sentences since the quotation before
	fSameParagraph                // as the quotation before
	fContinues                    // of one group with the quotation before
	fCapsSource                   // SPEAKER: in a transcript
	fPossessive                   // his, her as source
	fFirstQuote                   // nothing was said before
	fCue                          // form of the cue: 0 none, 1 finite verb, 2 participle (saying), 3 passive or participle (asked), 4 noun, 5 other
	fImplied                      // the source stands elsewhere in the sentence, by syntax: 1 and the steps up the parse
	fManner                       // of the cue: 1 somebody's deed (the pledge), -1 its subject is spoken about (seems, is expected), 0 neither
	fAsked                        // the cue is a question put to somebody: when asked
	fAt                           // sentences of the article before it

	fType        // 0 person, 1 organization, 2 place, 3 described group, 4 described person, 5 document, 6 own phrase, 7 nobody, 8 author
	fHead        // 3 the source's head names it, 2 shares the surname, 1 the source mentions it
	fRelative    // the relative clause's head
	fSentences   // since its last mention
	fRank        // among what is talked about
	fRankAgree   // among those of them that agree with the pronoun
	fGram        // place of its last mention
	fLastForm    // form of its last mention
	fLastQuoted  // its last mention stood in marks
	fSoFar       // mentions until here, log
	fTotal       // name mentions in the article, log
	fTop         // rank among the named by mentions
	fBeforeHere  // mentioned in this sentence before the source: 1, as subject 2
	fAfterHere   // mentioned in this sentence after the quotation: 1, as subject 2
	fNextSubject // subject of the next sentence
	fPrevSubject // subject of the sentence before
	fSubjectHere // subject of the quotation's own sentence
	fControls    // subject of the verb that governs the cue
	fLastSpeaker // 1 spoke last, 2 the time before, 3 earlier
	fQuotes      // quotations given to it so far, log
	fSinceQuote  // sentences since it spoke
	fSex         // 1 agrees, 0 unknown, -1 differs
	fAgrees      // pronoun class and kind: 1, 0, -1
	fRole        // of a description: 2 same role, 1 same sort, -1 impossible
	fOver        // its other words found for the entity
	fMiss        // and not found
	fRoleGap     // how much better the description fits another
	fRoleRivals  // others whom the description fits as well
	fInContent   // named inside the quotation
	fInTitle     // named in the article's title or heading
	fSalience    // the narration's own measure
	fSalienceGap // to the best of those that agree
	fHasSurname  // person with given name and surname
	fOwner       // the possessor in the source
	fWithin      // speaks the quotation that holds the source
	fKin         // introduced as somebody's wife or son
	fSinceFull   // sentences since its last mention by full name
	fRivals      // others of its surname
	fTurn        // its turn in a dialogue of bare quotations
	fAsks        // asks the questions of the interview
	fTitleSex    // of Mr. or Mrs. in the source: 1 agrees, -1 differs
	fNearSex     // the next "he" or "she" of the sentence agrees 1, differs -1
	fForum       // an outlet or show that the sentence or the one before has somebody speak on
	fUntil       // sentences until its first mention, if that comes after
	fNameWords   //
	fGuess       // what the rules say of it

	numFeatures
)

// Choice is one candidate speaker of a quotation with its measurements, as
// training sees it.
type Choice struct {
	Entity   int32 // index into the article's entities so far; negative: own phrase, nobody, author
	Name     string
	Kind     news.SpeakerKind
	Features [numFeatures]float32
}

// logOf is the logarithm of one more than a count.
func (l *lexicon) logOf(n int32) float32 {
	if 0 <= n && int(n) < len(l.logs) {
		return l.logs[n]
	}
	return float32(math.Log1p(float64(n)))
}

// candidates lists whom quotation q may belong to, in a fixed order.
func (w *walker) candidates(q int, at int32) []int32 {
	a, s := w.a, &w.sources[q]
	out := w.ids[:0]
	add := func(id int32) {
		if id >= 0 && len(out) < maxCandidates-3 && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	if s.name >= 0 {
		add(a.mentions[s.name].ent)
		w.sameName(s.name, add)
	}
	if s.form == news.Pronoun && (s.class == relative) {
		add(w.relativeHead(s.head))
	}
	for i := s.tokens.First; i < s.tokens.End; i++ {
		if m := a.nameAt(i); m >= 0 {
			add(a.mentions[m].ent)
		}
	}
	if n := len(w.speaker); n > 0 {
		for k := n - 1; k >= max(0, n-4); k-- {
			add(w.done[w.speaker[k]].choice)
		}
	}
	for k, id := range w.recent {
		if k >= 12 {
			break
		}
		add(id)
	}
	if s.form == news.Nominal && (s.class == roleOne || s.class == bodyOne) {
		n := 0
		head := expand(a.low(s.head))
		for _, id := range w.byRole[head] {
			if n++; n <= maxLookup {
				add(id)
			}
		}
		for _, h := range a.lex.sameSort(head) {
			for k, id := range w.byRole[h] {
				if k < 3 {
					add(id)
				}
			}
		}
	}
	// names that follow, up to the end of the next sentence
	end := a.sentence(min(at, int32(len(a.toks)-1))).End
	if int(end) < len(a.toks) {
		end = a.sentence(end).End
	}
	for i, n := at, 0; i < end && n < 4 && i < at+160; i++ {
		if m := a.nameAt(i); m >= 0 {
			add(a.mentions[m].ent)
			n++
			i = a.mentions[m].end - 1
		}
	}
	if s.class == questioner {
		add(w.outlet)
	}
	add(w.turn[q])
	if w.signed != nil {
		add(w.signed[q])
	}
	for k, id := range w.top {
		if k >= 4 && (s.class != answerer || k > 30) {
			break
		}
		add(id)
	}
	return append(out, ownPhrase, nobody, authorSelf)
}

// sameName adds the people who share the surname of a name mention.
func (w *walker) sameName(m int32, add func(int32)) {
	a := w.a
	mm := &a.mentions[m]
	if mm.ent < 0 || mm.end-mm.first > 1 || a.ents[mm.ent].kind != news.Person {
		return
	}
	n := 0
	for _, id := range w.a.surnames[a.low(mm.first)] {
		if id != mm.ent && n < maxLookup {
			add(id)
			n++
		}
	}
}
