package token

import "strings"

// How a full stop belongs to a word.
const (
	stopTitle  uint8 = iota + 1 // Mr.: a name follows, no sentence ends
	stopAlways                  // Inc.: a sentence may end with it
	stopNumber                  // No.: only before a number
)

// stops are the abbreviations of news English that have letters alone before
// their full stop: titles, months, states and company forms as the Associated
// Press and the New York Times abbreviate them. Abbreviations that are common
// words at the end of a sentence (Sun., Me., in.) are left out on purpose.
var stops = func() map[string]uint8 {
	m := make(map[string]uint8)
	put := func(kind uint8, words string) {
		for w := range strings.FieldsSeq(words) {
			m[w] = kind
		}
	}
	put(stopTitle, `Mr Mrs Ms Mx Dr Drs Prof Profs Messrs Mmes Mme Mlle Gov Govs Sen Sens Rep Reps
		Gen Gens Lt Col Cols Sgt Capt Cmdr Cdr Cpl Maj Brig Adm Pvt Rev Revs Hon Fr Sr Sra St Ste
		Mt Ft Atty Supt Det Insp Const Amb Pres Asst Dept Bros mr mrs ms dr prof sen rep gov
		Messrs MR MRS MS DR vs VS v cf al`)
	put(stopAlways, `Jan Feb Mar Apr Aug Sept Sep Oct Nov Dec Inc Corp Co Cos Ltd Bros LLC Plc Jr Esq
		Ala Ariz Ark Calif Cal Colo Conn Del Fla Ga Ill Ind Kan Kans Ky La Mass Md Mich Minn Mo
		Mont Neb Nev Okla Ont Ore Pa Penn Que Tenn Tex Va Vt Wash Wis Wisc Wyo Ave Blvd Rd Hwy
		Assn Assoc Univ etc approx est Ph Bldg Sr jr inc corp ca oz lb lbs mph`)
	put(stopNumber, `No Nos no nos NO Art Sec Fig Vol Ch p pp Par para Rs Rom Cor Gen Jun Jul Tel tel`)
	m["Gen"] = stopTitle
	return m
}()

// elided are words that begin with an apostrophe in place of their first
// letters, told by the word alone; elidedCurly are so only when the character
// is ’, which no typographer opens a quotation with.
var (
	elided = map[string]bool{"tis": true, "Tis": true, "twas": true, "Twas": true, "twere": true,
		"twill": true, "em": true, "til": true, "Til": true, "cause": true, "bout": true, "cos": true}
	elidedCurly = map[string]bool{"Em": true, "Cause": true, "Bout": true, "Cos": true, "round": true,
		"hood": true, "neath": true, "gainst": true, "fraid": true, "tude": true, "burbs": true, "ere": true,
		"bama": true, "im": true, "un": true, "uns": true, "ello": true, "ave": true, "cept": true, "ight": true}
)

// starters are words that with a capital begin a sentence after an
// abbreviation that may end one: U.S. The.
var starters = set(`The A An This That These Those He She It They We You I His Her Its Their Our My
	In On At By For From With Without After Before During Since Until While When Where Why How What
	Who If As But And Or So Yet Because Although Though However Meanwhile Still Also Then There Here
	Some Many Most All Both Each Other Another One Two Three Several Not No Yes Now Once Even Only
	Last Earlier Later Despite According Under Over To Asked Among Instead Perhaps Nor Is Are Was Were
	Did Do Does Has Have Had Can Could Will Would Should Police Officials`)

// afterTime are capitalised words that go on after a.m. and p.m.
var afterTime = set(`ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT BST UTC CET Eastern Central Pacific
	Mountain Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April
	May June July August September October November December Jan Feb Aug Sept Oct Nov Dec`)

// saidWords follow a question or an exclamation and its speaker's name within
// the same sentence: “Why?” Ms. Roe asked.
var saidWords = set(`said says say asked asks added adds wrote writes replied replies told tells shouted
	yelled cried exclaimed wondered demanded responded tweeted continued recalled joked quipped
	screamed answered declared chanted muttered whispered called remarked observed noted`)

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
