package syntax

// The words whose lemma no rule gives. The compiler makes a search over
// lengths and bytes of each switch: nothing to build, nothing on the heap.

// irregularVerb is the base form of a verb form, "" for a regular one.
func irregularVerb(word string) string {
	switch word {
	case "abhorred":
		return "abhor"
	case "aching":
		return "ache"
	case "added", "adding":
		return "add"
	case "adhered", "adhering":
		return "adhere"
	case "adored", "adoring":
		return "adore"
	case "ageing":
		return "age"
	case "agreed", "agreeing":
		return "agree"
	case "appalled":
		return "appal"
	case "arisen", "arose":
		return "arise"
	case "arranged", "arranging":
		return "arrange"
	case "ascribed":
		return "ascribe"
	case "atoned":
		return "atone"
	case "avenged", "avenging":
		return "avenge"
	case "awoke", "awoken":
		return "awake"
	case "barred", "barring":
		return "bar"
	case "bargained":
		return "bargain"
	case "bathed", "bathing":
		return "bathe"
	case "'m", "'re", "'s", "ai", "am", "are", "been", "being", "is", "was", "were":
		return "be"
	case "bore", "born", "borne":
		return "bear"
	case "became", "becoming":
		return "become"
	case "begot", "begotten":
		return "beget"
	case "began", "begun":
		return "begin"
	case "beheld":
		return "behold"
	case "belied":
		return "belie"
	case "bent":
		return "bend"
	case "benefited", "benefitted":
		return "benefit"
	case "biased":
		return "bias"
	case "bidden":
		return "bid"
	case "bound":
		return "bind"
	case "bit", "biting", "bitten":
		return "bite"
	case "bled":
		return "bleed"
	case "blew", "blown":
		return "blow"
	case "bombed":
		return "bomb"
	case "bored", "boring":
		return "bore"
	case "broke", "broken":
		return "break"
	case "breathed", "breathing":
		return "breathe"
	case "bred":
		return "breed"
	case "bribed", "bribing":
		return "bribe"
	case "brought":
		return "bring"
	case "built":
		return "build"
	case "burnt":
		return "burn"
	case "bused":
		return "bus"
	case "bought":
		return "buy"
	case "cached":
		return "cache"
	case "cajoled":
		return "cajole"
	case "ca":
		return "can"
	case "canceled", "cancelled", "cancelling":
		return "cancel"
	case "caught":
		return "catch"
	case "challenged", "challenging":
		return "challenge"
	case "changed", "changing":
		return "change"
	case "channelled", "channelling":
		return "channel"
	case "chose", "chosen":
		return "choose"
	case "cited", "citing":
		return "cite"
	case "climbed":
		return "climb"
	case "clung":
		return "cling"
	case "cloned":
		return "clone"
	case "clothed", "clothing":
		return "clothe"
	case "combed":
		return "comb"
	case "combated", "combating":
		return "combat"
	case "came", "coming":
		return "come"
	case "compelled", "compelling":
		return "compel"
	case "competed", "competing":
		return "compete"
	case "compiled", "compiling":
		return "compile"
	case "completed", "completing":
		return "complete"
	case "conceded", "conceding":
		return "concede"
	case "condoned", "condoning":
		return "condone"
	case "consoled", "consoling":
		return "console"
	case "contravened":
		return "contravene"
	case "controlled", "controlling":
		return "control"
	case "convened", "convening":
		return "convene"
	case "coped", "coping":
		return "cope"
	case "counselled", "counselling":
		return "counsel"
	case "created", "creating":
		return "create"
	case "crept":
		return "creep"
	case "cringed", "cringing":
		return "cringe"
	case "damned":
		return "damn"
	case "dealt":
		return "deal"
	case "decreeing":
		return "decree"
	case "deleted", "deleting":
		return "delete"
	case "deplored":
		return "deplore"
	case "described", "describing":
		return "describe"
	case "dialled", "dialling":
		return "dial"
	case "died", "dying":
		return "die"
	case "dug":
		return "dig"
	case "disagreeing":
		return "disagree"
	case "dispelled", "dispelling":
		return "dispel"
	case "dissuaded", "dissuading":
		return "dissuade"
	case "distilled":
		return "distil"
	case "did", "does", "doing", "done":
		return "do"
	case "drawn", "drew":
		return "draw"
	case "dreamt":
		return "dream"
	case "drank", "drunk":
		return "drink"
	case "driven", "drove":
		return "drive"
	case "dwelt":
		return "dwell"
	case "dyed", "dyeing":
		return "dye"
	case "ate", "eaten":
		return "eat"
	case "ebbed":
		return "ebb"
	case "echoed":
		return "echo"
	case "egged", "egging":
		return "egg"
	case "eloped":
		return "elope"
	case "enrolled", "enrolling":
		return "enrol"
	case "erred", "erring":
		return "err"
	case "estranged":
		return "estrange"
	case "excelled", "excelling":
		return "excel"
	case "exchanged", "exchanging":
		return "exchange"
	case "excited", "exciting":
		return "excite"
	case "exhaled":
		return "exhale"
	case "exiled":
		return "exile"
	case "expedited":
		return "expedite"
	case "expelled", "expelling":
		return "expel"
	case "explored", "exploring":
		return "explore"
	case "extolled", "extolling":
		return "extol"
	case "extradited", "extraditing":
		return "extradite"
	case "fallen", "fell":
		return "fall"
	case "fed":
		return "feed"
	case "felt":
		return "feel"
	case "fought":
		return "fight"
	case "filed", "filing":
		return "file"
	case "found":
		return "find"
	case "fled", "fleeing":
		return "flee"
	case "flung":
		return "fling"
	case "flew", "flown":
		return "fly"
	case "focused", "focuses", "focusing", "focussed":
		return "focus"
	case "forbade", "forbidden":
		return "forbid"
	case "foresaw", "foreseeing", "foreseen":
		return "foresee"
	case "foretold":
		return "foretell"
	case "forgot", "forgotten":
		return "forget"
	case "forgave", "forgiven":
		return "forgive"
	case "formatted":
		return "format"
	case "forsaken", "forsook":
		return "forsake"
	case "freeing":
		return "free"
	case "froze", "frozen":
		return "freeze"
	case "fuelled", "fuelling":
		return "fuel"
	case "fulfilled", "fulfilling":
		return "fulfil"
	case "gassed":
		return "gas"
	case "got", "gotten":
		return "get"
	case "gave", "given":
		return "give"
	case "goes", "going", "gone", "went":
		return "go"
	case "ground":
		return "grind"
	case "griping":
		return "gripe"
	case "groped", "groping":
		return "grope"
	case "grovelled":
		return "grovel"
	case "grew", "grown":
		return "grow"
	case "guaranteeing":
		return "guarantee"
	case "hung":
		return "hang"
	case "'ve", "had", "has", "having":
		return "have"
	case "heard":
		return "hear"
	case "hid", "hidden":
		return "hide"
	case "hinged", "hinging":
		return "hinge"
	case "held":
		return "hold"
	case "honed", "honing":
		return "hone"
	case "hoped", "hoping":
		return "hope"
	case "hyped":
		return "hype"
	case "ignited", "igniting":
		return "ignite"
	case "ignored", "ignoring":
		return "ignore"
	case "impeded":
		return "impede"
	case "impinged":
		return "impinge"
	case "implored", "imploring":
		return "implore"
	case "incited", "inciting":
		return "incite"
	case "infringed", "infringing":
		return "infringe"
	case "inhaled", "inhaling":
		return "inhale"
	case "initialled":
		return "initial"
	case "inscribed":
		return "inscribe"
	case "instilled", "instilling":
		return "instil"
	case "interfered", "interfering":
		return "interfere"
	case "intervened", "intervening":
		return "intervene"
	case "invited", "inviting":
		return "invite"
	case "kept":
		return "keep"
	case "knelt":
		return "kneel"
	case "knew", "known":
		return "know"
	case "labelled", "labelling":
		return "label"
	case "laid":
		return "lay"
	case "led":
		return "lead"
	case "leant":
		return "lean"
	case "leapt":
		return "leap"
	case "learnt":
		return "learn"
	case "left":
		return "leave"
	case "lent":
		return "lend"
	case "levelled", "levelling":
		return "level"
	case "lain", "lay", "lied", "lying":
		return "lie"
	case "lit":
		return "light"
	case "loathed", "loathing":
		return "loathe"
	case "lost":
		return "lose"
	case "lunged", "lunging":
		return "lunge"
	case "made":
		return "make"
	case "marshalled":
		return "marshal"
	case "meant":
		return "mean"
	case "met":
		return "meet"
	case "mimicked", "mimicking":
		return "mimic"
	case "misled":
		return "mislead"
	case "mistaken", "mistook":
		return "mistake"
	case "misunderstood":
		return "misunderstand"
	case "modelled", "modelling":
		return "model"
	case "mown":
		return "mow"
	case "outdid", "outdone":
		return "outdo"
	case "outgrew", "outgrown":
		return "outgrow"
	case "outran":
		return "outrun"
	case "overcame", "overcoming":
		return "overcome"
	case "overheard":
		return "overhear"
	case "overridden", "overrode":
		return "override"
	case "overran":
		return "overrun"
	case "oversaw", "overseeing", "overseen":
		return "oversee"
	case "overtaken", "overtook":
		return "overtake"
	case "overthrew", "overthrown":
		return "overthrow"
	case "owed", "owes", "owing":
		return "owe"
	case "panicked", "panicking":
		return "panic"
	case "paroled":
		return "parole"
	case "partaken", "partook":
		return "partake"
	case "pasted", "pasting":
		return "paste"
	case "patrolled", "patrolling":
		return "patrol"
	case "paid":
		return "pay"
	case "persevered":
		return "persevere"
	case "persuaded", "persuading":
		return "persuade"
	case "phoned", "phoning":
		return "phone"
	case "picnicked", "picnicking":
		return "picnic"
	case "piled", "piling":
		return "pile"
	case "piloted":
		return "pilot"
	case "piped", "piping":
		return "pipe"
	case "pivoted":
		return "pivot"
	case "plunged", "plunging":
		return "plunge"
	case "popped":
		return "pop"
	case "postponed", "postponing":
		return "postpone"
	case "preceded", "preceding":
		return "precede"
	case "prescribed", "prescribing":
		return "prescribe"
	case "probed", "probing":
		return "probe"
	case "profiled", "profiling":
		return "profile"
	case "programmed":
		return "program"
	case "propelled", "propelling":
		return "propel"
	case "proven":
		return "prove"
	case "quarrelled":
		return "quarrel"
	case "quizzed", "quizzing":
		return "quiz"
	case "ranged", "ranging":
		return "range"
	case "rated", "rating":
		return "rate"
	case "rebelled", "rebelling":
		return "rebel"
	case "rebuilt":
		return "rebuild"
	case "receded", "receding":
		return "recede"
	case "recited", "reciting":
		return "recite"
	case "reconciled", "reconciling":
		return "reconcile"
	case "recreated", "recreating":
		return "recreate"
	case "redid", "redone":
		return "redo"
	case "refereeing":
		return "referee"
	case "related":
		return "relate"
	case "repaid":
		return "repay"
	case "repelled", "repelling":
		return "repel"
	case "resold":
		return "resell"
	case "restored", "restoring":
		return "restore"
	case "retold":
		return "retell"
	case "reunited", "reuniting":
		return "reunite"
	case "revered":
		return "revere"
	case "rewriting", "rewritten", "rewrote":
		return "rewrite"
	case "ridden", "rode":
		return "ride"
	case "rang", "rung":
		return "ring"
	case "rioted":
		return "riot"
	case "risen", "rose":
		return "rise"
	case "rivalled":
		return "rival"
	case "routed", "routing":
		return "route"
	case "ruined", "ruining":
		return "ruin"
	case "rumored":
		return "rumor"
	case "ran":
		return "run"
	case "sawn":
		return "saw"
	case "said":
		return "say"
	case "scaled", "scaling":
		return "scale"
	case "scheming":
		return "scheme"
	case "scoped":
		return "scope"
	case "scored", "scoring":
		return "score"
	case "scrounged":
		return "scrounge"
	case "seceded":
		return "secede"
	case "saw", "seeing", "seen":
		return "see"
	case "sought":
		return "seek"
	case "seethed", "seething":
		return "seethe"
	case "sold":
		return "sell"
	case "sent":
		return "send"
	case "sensed":
		return "sense"
	case "sewn":
		return "sew"
	case "shaken", "shook":
		return "shake"
	case "sha":
		return "shall"
	case "shaven":
		return "shave"
	case "shone":
		return "shine"
	case "shot":
		return "shoot"
	case "shored", "shoring":
		return "shore"
	case "shovelled":
		return "shovel"
	case "shown":
		return "show"
	case "shrank", "shrunk":
		return "shrink"
	case "signalled", "signalling":
		return "signal"
	case "sang", "sung":
		return "sing"
	case "singed":
		return "singe"
	case "sank", "sunk":
		return "sink"
	case "sat":
		return "sit"
	case "sited":
		return "site"
	case "slain", "slew":
		return "slay"
	case "slept":
		return "sleep"
	case "slid":
		return "slide"
	case "smiled", "smiling":
		return "smile"
	case "soothed", "soothing":
		return "soothe"
	case "sown":
		return "sow"
	case "spoke", "spoken":
		return "speak"
	case "sped":
		return "speed"
	case "spelt":
		return "spell"
	case "spent":
		return "spend"
	case "spilt":
		return "spill"
	case "spun":
		return "spin"
	case "spat":
		return "spit"
	case "spoilt":
		return "spoil"
	case "sponged":
		return "sponge"
	case "sprang", "sprung":
		return "spring"
	case "stood":
		return "stand"
	case "starred", "starring":
		return "star"
	case "stole", "stolen":
		return "steal"
	case "stuck":
		return "stick"
	case "stung":
		return "sting"
	case "stank", "stunk":
		return "stink"
	case "stoned":
		return "stone"
	case "stored", "storing":
		return "store"
	case "strode":
		return "stride"
	case "stricken", "struck":
		return "strike"
	case "strung":
		return "string"
	case "striven", "strove":
		return "strive"
	case "styled":
		return "style"
	case "subscribed", "subscribing":
		return "subscribe"
	case "sued", "suing":
		return "sue"
	case "superseded":
		return "supersede"
	case "swore", "sworn":
		return "swear"
	case "swept":
		return "sweep"
	case "swollen":
		return "swell"
	case "swam", "swum":
		return "swim"
	case "swung":
		return "swing"
	case "swiped", "swiping":
		return "swipe"
	case "swivelled":
		return "swivel"
	case "taken", "took":
		return "take"
	case "tasted", "tasting":
		return "taste"
	case "taught":
		return "teach"
	case "tore", "torn":
		return "tear"
	case "teething":
		return "teethe"
	case "telephoned":
		return "telephone"
	case "told":
		return "tell"
	case "thought":
		return "think"
	case "threw", "thrown":
		return "throw"
	case "tied", "tying":
		return "tie"
	case "toned":
		return "tone"
	case "totalled":
		return "total"
	case "trafficked", "trafficking":
		return "traffic"
	case "transcribed":
		return "transcribe"
	case "traveled", "travelled", "travelling":
		return "travel"
	case "trod", "trodden":
		return "tread"
	case "tunnelled":
		return "tunnel"
	case "typed", "typing":
		return "type"
	case "undergone", "underwent":
		return "undergo"
	case "underscored", "underscoring":
		return "underscore"
	case "understood":
		return "understand"
	case "undertaken", "undertook":
		return "undertake"
	case "undid", "undone":
		return "undo"
	case "united", "uniting":
		return "unite"
	case "unravelled":
		return "unravel"
	case "untied":
		return "untie"
	case "upheld":
		return "uphold"
	case "used", "using":
		return "use"
	case "vetoed", "vetoes":
		return "veto"
	case "vied", "vying":
		return "vie"
	case "visited", "visiting":
		return "visit"
	case "woke", "woken":
		return "wake"
	case "waned", "waning":
		return "wane"
	case "wasted", "wasting":
		return "waste"
	case "wore", "worn":
		return "wear"
	case "wove", "woven":
		return "weave"
	case "wept":
		return "weep"
	case "welcomed", "welcoming":
		return "welcome"
	case "'ll", "wo":
		return "will"
	case "won":
		return "win"
	case "wound":
		return "wind"
	case "wiped", "wiping":
		return "wipe"
	case "withdrawn", "withdrew":
		return "withdraw"
	case "withheld":
		return "withhold"
	case "withstood":
		return "withstand"
	case "'d":
		return "would"
	case "wrung":
		return "wring"
	case "writing", "written", "wrote":
		return "write"
	}
	return ""
}

// irregularNoun is the singular of a noun form, "" for a regular one.
func irregularNoun(word string) string {
	switch word {
	case "access":
		return "access"
	case "aches":
		return "ache"
	case "actress":
		return "actress"
	case "address":
		return "address"
	case "aldermen":
		return "alderman"
	case "aliases":
		return "alias"
	case "alumni":
		return "alumnus"
	case "analyses":
		return "analysis"
	case "antics":
		return "antics"
	case "assemblymen":
		return "assemblyman"
	case "athletics":
		return "athletics"
	case "atlases":
		return "atlas"
	case "avalanches":
		return "avalanche"
	case "axes":
		return "axis"
	case "bacteria":
		return "bacterium"
	case "barracks":
		return "barracks"
	case "basics":
		return "basics"
	case "bases":
		return "basis"
	case "belongings":
		return "belongings"
	case "biases":
		return "bias"
	case "bonuses":
		return "bonus"
	case "boss":
		return "boss"
	case "brothers":
		return "brother"
	case "brownies":
		return "brownie"
	case "buses":
		return "bus"
	case "business":
		return "business"
	case "businessmen":
		return "businessman"
	case "businesswomen":
		return "businesswoman"
	case "caches":
		return "cache"
	case "calves":
		return "calf"
	case "calories":
		return "calorie"
	case "cameramen":
		return "cameraman"
	case "campuses":
		return "campus"
	case "canoes":
		return "canoe"
	case "canvases":
		return "canvas"
	case "caucuses":
		return "caucus"
	case "censuses":
		return "census"
	case "chairmen":
		return "chairman"
	case "children":
		return "child"
	case "choruses":
		return "chorus"
	case "circuses":
		return "circus"
	case "class":
		return "class"
	case "clergymen":
		return "clergyman"
	case "clothes":
		return "clothes"
	case "congress":
		return "congress"
	case "congressmen":
		return "congressman"
	case "congresswomen":
		return "congresswoman"
	case "cookies":
		return "cookie"
	case "councilmen":
		return "councilman"
	case "countrymen":
		return "countryman"
	case "craftsmen":
		return "craftsman"
	case "crises":
		return "crisis"
	case "criteria":
		return "criterion"
	case "cross":
		return "cross"
	case "crossroads":
		return "crossroads"
	case "diagnoses":
		return "diagnosis"
	case "doormen":
		return "doorman"
	case "dress":
		return "dress"
	case "economics":
		return "economics"
	case "electronics":
		return "electronics"
	case "emphases":
		return "emphasis"
	case "englishmen":
		return "englishman"
	case "ethics":
		return "ethics"
	case "firemen":
		return "fireman"
	case "fishermen":
		return "fisherman"
	case "focuses":
		return "focus"
	case "foes":
		return "foe"
	case "feet":
		return "foot"
	case "frenchmen":
		return "frenchman"
	case "freshmen":
		return "freshman"
	case "frontmen":
		return "frontman"
	case "fungi":
		return "fungus"
	case "gases":
		return "gas"
	case "genetics":
		return "genetics"
	case "genius", "geniuses":
		return "genius"
	case "gentlemen":
		return "gentleman"
	case "glass":
		return "glass"
	case "goalies":
		return "goalie"
	case "goddess":
		return "goddess"
	case "goods":
		return "goods"
	case "geese":
		return "goose"
	case "grandchildren":
		return "grandchild"
	case "graphics":
		return "graphics"
	case "grass":
		return "grass"
	case "guardsmen":
		return "guardsman"
	case "gunmen":
		return "gunman"
	case "halves":
		return "half"
	case "happiness":
		return "happiness"
	case "headaches":
		return "headache"
	case "headquarters":
		return "headquarters"
	case "henchmen":
		return "henchman"
	case "hers":
		return "hers"
	case "hippies":
		return "hippie"
	case "his":
		return "his"
	case "hitmen":
		return "hitman"
	case "hoodies":
		return "hoodie"
	case "horsemen":
		return "horseman"
	case "hostess":
		return "hostess"
	case "housewives":
		return "housewife"
	case "hypotheses":
		return "hypothesis"
	case "illness":
		return "illness"
	case "illnesses":
		return "illnesses"
	case "irises":
		return "iris"
	case "irishmen":
		return "irishman"
	case "is":
		return "is"
	case "jeans":
		return "jeans"
	case "junkies":
		return "junkie"
	case "knives":
		return "knife"
	case "lawmen":
		return "lawman"
	case "laymen":
		return "layman"
	case "leaves":
		return "leaf"
	case "lenses":
		return "lens"
	case "lies":
		return "lie"
	case "lives":
		return "life"
	case "loaves":
		return "loaf"
	case "logistics":
		return "logistics"
	case "loss":
		return "loss"
	case "men":
		return "man"
	case "mass":
		return "mass"
	case "mathematics":
		return "mathematics"
	case "means":
		return "means"
	case "memoranda":
		return "memorandum"
	case "midwives":
		return "midwife"
	case "minuses":
		return "minus"
	case "minutemen":
		return "minuteman"
	case "mice":
		return "mouse"
	case "movies":
		return "movie"
	case "neckties":
		return "necktie"
	case "news":
		return "news"
	case "newsmen":
		return "newsman"
	case "niches":
		return "niche"
	case "noblemen":
		return "nobleman"
	case "nuclei":
		return "nucleus"
	case "oases":
		return "oasis"
	case "octopuses":
		return "octopus"
	case "odds":
		return "odds"
	case "ombudsmen":
		return "ombudsman"
	case "optics":
		return "optics"
	case "oxen":
		return "ox"
	case "pants":
		return "pants"
	case "parentheses":
		return "parenthesis"
	case "pass":
		return "pass"
	case "pence", "pennies":
		return "penny"
	case "persons":
		return "person"
	case "phenomena":
		return "phenomenon"
	case "physics":
		return "physics"
	case "pies":
		return "pie"
	case "pluses":
		return "plus"
	case "policemen":
		return "policeman"
	case "policewomen":
		return "policewoman"
	case "politics":
		return "politics"
	case "postmen":
		return "postman"
	case "prairies":
		return "prairie"
	case "premises":
		return "premises"
	case "press":
		return "press"
	case "princess":
		return "princess"
	case "proceeds":
		return "proceeds"
	case "process":
		return "process"
	case "quizzes":
		return "quiz"
	case "referenda":
		return "referendum"
	case "rookies":
		return "rookie"
	case "salesmen":
		return "salesman"
	case "schoolchildren":
		return "schoolchild"
	case "scissors":
		return "scissors"
	case "seamen":
		return "seaman"
	case "selves":
		return "self"
	case "selfies":
		return "selfie"
	case "semantics":
		return "semantics"
	case "series":
		return "series"
	case "servicemen":
		return "serviceman"
	case "shelves":
		return "shelf"
	case "shoes":
		return "shoe"
	case "species":
		return "species"
	case "spokesmen":
		return "spokesman"
	case "spokespersons":
		return "spokesperson"
	case "spokeswomen":
		return "spokeswoman"
	case "sportsmen":
		return "sportsman"
	case "statesmen":
		return "statesman"
	case "statistics":
		return "statistic"
	case "statuses":
		return "status"
	case "stepchildren":
		return "stepchild"
	case "stimuli":
		return "stimulus"
	case "stress":
		return "stress"
	case "strongmen":
		return "strongman"
	case "success":
		return "success"
	case "surpluses":
		return "surplus"
	case "surroundings":
		return "surroundings"
	case "syllabi":
		return "syllabus"
	case "tactics":
		return "tactic"
	case "thanks":
		return "thanks"
	case "theses":
		return "thesis"
	case "thieves":
		return "thief"
	case "this":
		return "this"
	case "ties":
		return "tie"
	case "toes":
		return "toe"
	case "teeth":
		return "tooth"
	case "tradesmen":
		return "tradesman"
	case "troops":
		return "troops"
	case "us":
		return "us"
	case "veggies":
		return "veggie"
	case "viruses":
		return "virus"
	case "waitress":
		return "waitress"
	case "walrus":
		return "walrus"
	case "whereabouts":
		return "whereabouts"
	case "wives":
		return "wife"
	case "witness":
		return "witness"
	case "wolves":
		return "wolf"
	case "women":
		return "woman"
	case "workmen":
		return "workman"
	case "yes":
		return "yes"
	case "zombies":
		return "zombie"
	}
	return ""
}
