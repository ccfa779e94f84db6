package marks

import "strings"

// Closed lists for the pairing of marks, which runs before the tagger.
var (
	// plainSaid are forms that narrate a quotation beside it, none of them a
	// noun or a common verb of anything else.
	plainSaid = wordSet(`said says added adds wrote writes asked asks replied replies told tells explained
		explains continued insisted insists recalled recalls noted notes argued argues warned warns
		admitted admits joked declared declares stated states remarked tweeted responded quipped`)

	saidSubject = wordSet(`he she they it He She They we I who`)

	// saidArticle begin a noun phrase that may narrate: the minister said.
	saidArticle = wordSet(`The the A a an one another his her their its`)

	// afterSaid are words that follow "she said" when nothing more is reported.
	afterSaid = wordSet(`. , ; : in on at during after before of about when while as through via by with last
		late early earlier later Monday Tuesday Wednesday Thursday Friday Saturday Sunday ( — – --`)

	// functionWords hardly ever follow a plural possessive.
	functionWords = wordSet(`but nor in on at to by of for from with as is are was were be been has had
		have that which who when while because if than then he she it they we you his her their the a an
		this these those will would can could may might should must do does did not into over under after
		before about against during since until so also`)

	// clipped words end in an apostrophe that stands for letters.
	clipped = wordSet(`o ol th an n lil mo fo wi ma'am nothin goin doin an`)
)

func wordSet(words string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
