package detect

// senseWords lists lemmas by part of speech and sense: what kind of report a
// word makes, or what kind of source it names, so that words too rare in the
// training articles are read like their kin. Ours; the classes of verbs follow
// Levin (1993), English Verb Classes and Alternations, chapters 29 to 37, as far
// as they matter for reports.
var senseWords = []struct {
	part  part
	sense sense
	words string
}{
	{verbs, senseSay, `say add note remark observe comment mention state declare announce report explain
		recount relate narrate retell recall reminisce repeat reiterate restate elaborate clarify
		specify stipulate emphasize emphasise stress underscore underline highlight reply respond
		answer counter retort rejoin interject interrupt continue conclude begin finish pronounce
		proclaim profess testify attest certify joke quip jest opine muse philosophize pontificate
		expound orate ad-lib verbalize articulate voice vocalize express convey communicate relay
		impart utter volunteer venture chime deadpan crack wisecrack concur agree echo second
		reaffirm affirm confirm reconfirm corroborate verify vouch swear aver avow assert insist
		maintain contend argue posit postulate submit hold theorize hypothesize reason rationalize
		claim purport generalize summarize summarise recap paraphrase quote recite translate
		interpret deduce infer intimate insinuate imply hint allude signal telegraph`},
	{verbs, senseManner, `whisper shout yell scream shriek cry chant sing mutter mumble murmur mouth
		groan moan grumble growl grunt snarl snap bark bellow roar howl holler hiss sigh sob gasp
		laugh chuckle giggle smile grin beam nod shrug wink frown sniff snort scoff sneer drawl
		stammer stutter croak squeal wail whine whimper purr coo gush enthuse crow thunder boom rasp
		intone chirp babble blurt ramble drone rant rave vent fume rage storm bristle huff gripe
		lament bemoan bewail marvel exclaim exult cheer preach sermonize lecture`},
	{verbs, senseTell, `tell inform notify brief apprise advise assure reassure remind convince persuade
		teach educate warn alert caution update acquaint enlighten tip confide`},
	{verbs, senseAsk, `ask inquire enquire wonder question query quiz interrogate grill press prod probe
		poll survey canvass interview ponder puzzle`},
	{verbs, senseOrder, `order command instruct direct demand urge exhort implore beg beseech plead
		entreat petition lobby press pressure push encourage invite request require ask bid tell
		enjoin admonish counsel appeal call compel coerce force oblige mandate dictate decree summon
		subpoena sue challenge dare nudge prompt goad spur incite egg cajole coax entice tempt lure
		induce prohibit forbid ban bar discourage dissuade deter`},
	{verbs, senseCommit, `promise pledge vow swear undertake guarantee commit agree consent accept
		volunteer offer threaten refuse decline opt elect resolve bind dedicate devote`},
	{verbs, sensePraise, `praise hail applaud commend laud extol celebrate honor honour salute
		congratulate thank compliment flatter admire cheer welcome endorse back support champion
		advocate promote tout embrace defend favor favour recommend credit toast eulogize bless
		respect appreciate cherish idolize revere venerate worship recognize acclaim approve
		sanction bolster espouse second trumpet plug pitch uphold vindicate exonerate`},
	{verbs, senseBlame, `criticize criticise condemn denounce decry deplore attack assail slam blast
		lambaste lambast bash rip hammer pummel skewer excoriate castigate chastise chide rebuke
		reprimand reproach scold berate upbraid lecture censure fault blame accuse charge indict
		disparage denigrate belittle deride ridicule mock taunt tease insult smear slander libel
		vilify demonize malign impugn savage trash knock rap pan zing jab needle jeer heckle boo
		lash scorch torch torpedo admonish shame brand label stigmatize scapegoat target rail
		inveigh fulminate protest complain object grouse carp bicker quarrel spar feud clash disavow
		disown discredit undermine undercut debunk rebut refute repudiate rebuff confront`},
	{verbs, senseDeny, `deny dispute reject rebut refute contradict challenge contest question doubt
		discount dismiss disagree differ dissent oppose resist object protest disavow disclaim
		renounce repudiate retract recant withdraw walk backtrack demur balk rebuff spurn shun veto
		override downplay minimize scoff deflect dodge evade sidestep duck parry`},
	{verbs, senseThink, `think believe consider deem regard reckon suppose presume assume guess figure
		imagine suspect feel judge rate rank view see perceive conceive fancy trust understand
		maintain surmise conjecture speculate estimate calculate evaluate assess appraise gauge
		weigh contemplate ponder mull reflect meditate ruminate brood deliberate reconsider rethink
		envisage envision visualize picture dream fantasize credit doubt mistrust distrust equate
		liken compare contrast attribute ascribe`},
	{verbs, senseKnow, `know realize realise recognize recognise learn discover find determine ascertain
		establish discern detect notice note gather conclude understand grasp comprehend appreciate
		fathom remember recall recollect forget figure deduce infer diagnose identify uncover
		unearth verify document calculate`},
	{verbs, senseWant, `want wish hope desire crave covet long yearn hanker thirst hunger aspire aim
		seek try intend plan mean propose plot scheme prepare expect prefer choose like love need
		strive endeavor endeavour attempt vie look hasten opt angle jockey eye target mull consider`},
	{verbs, senseFeel, `fear dread worry fret agonize regret rue resent hate loathe detest despise abhor
		dislike love adore enjoy relish savor like mind care grieve mourn lament rejoice delight
		celebrate bemoan envy pity sympathize empathize identify tire weary tolerate stomach bear
		stand anguish panic marvel wonder`},
	{verbs, senseDecide, `decide determine resolve choose rule adjudge adjudicate find hold convict
		acquit approve authorize certify ratify adopt enact pass veto reject overturn uphold affirm
		reverse vote elect select pick nominate appoint designate grant award allow permit license
		recognize acknowledge concede settle order sentence conclude`},
	{verbs, senseShow, `show indicate suggest demonstrate prove reveal reflect illustrate evidence
		confirm attest betray mean imply signify denote connote document establish exemplify
		underscore underline point depict detail chronicle describe portray illuminate display
		exhibit cast lay set expose highlight record register read contain include cover trace track
		list outline`},
	{verbs, sensePredict, `predict forecast foresee foretell prophesy project anticipate estimate expect
		envision prognosticate bet wager gamble handicap calculate extrapolate augur bode portend
		presage peg put`},
	{verbs, senseDescribe, `describe portray depict characterize characterise call label dub brand term
		style name nickname christen refer cast paint frame present represent render define classify
		categorize compare liken bill tout identify sketch profile caricature pronounce declare deem
		treat mischaracterize misrepresent`},
	{verbs, senseDiscuss, `discuss talk speak address mention cite reference invoke debate deliberate
		confer chat converse gossip gab discourse touch dwell broach raise air moot bring detail
		outline explain cover elaborate expand negotiate haggle bargain argue spar joke brag boast
		gloat crow reminisce lecture rehash revisit tackle acknowledge recount`},
	{verbs, senseWrite, `write tweet retweet post blog text email e-mail message type scribble scrawl
		pen jot note publish print broadcast air editorialize inscribe caption report document
		record log chronicle transcribe author draft co-write co-author vlog podcast livestream
		telegraph cable fax wire sign`},
	{verbs, sensePerceive, `see hear watch witness observe notice feel sense spot glimpse overhear
		listen read view behold experience perceive smell taste`},
	{verbs, senseSeem, `seem appear look sound feel tend happen prove`},
	{verbs, senseAnnounce, `announce declare proclaim reveal disclose divulge leak unveil release issue
		publish publicize broadcast advertise herald trumpet file submit present introduce launch
		outline confirm admit confess acknowledge concede own report notify table deliver air float
		unleash circulate disseminate`},
	{verbs, senseWarn, `warn caution threaten alert admonish forewarn menace vow`},
	{verbs, sensePropose, `propose suggest recommend advise offer advocate urge move nominate float
		pitch submit moot table champion counsel prescribe`},
	{verbs, senseClaim, `claim allege accuse charge contend assert profess purport pretend maintain
		insinuate lie exaggerate overstate boast brag fabricate falsify mislead misstate misspeak
		invent concoct implicate blame fault indict sue`},
	{verbs, senseFocus, `focus concentrate center centre zero hone seize fixate harp dwell emphasize
		stress prioritize hammer`},
	{verbs, senseSorry, `apologize apologise thank congratulate greet condole forgive pardon excuse
		atone sympathize`},

	{nouns, senseSay, `statement remark comment declaration announcement assertion affirmation
		observation mention explanation account story narrative version message word utterance
		pronouncement proclamation disclosure revelation confirmation clarification elaboration
		acknowledgment acknowledgement admission confession concession testimony assurance
		reassurance reminder hint suggestion implication insinuation innuendo reference allusion
		argument contention insistence reasoning rationale logic line talk rhetoric soundbite quip
		joke aside refrain mantra slogan motto adage saying phrase`},
	{nouns, senseThink, `belief view opinion idea notion theory thought thinking judgment judgement
		assumption presumption supposition hypothesis speculation guess hunch suspicion impression
		perception conception misconception viewpoint standpoint stance position attitude outlook
		perspective take assessment appraisal evaluation analysis interpretation reading
		understanding conviction faith creed doctrine philosophy ideology vision feeling sense
		sentiment consensus conclusion verdict estimation mind myth illusion delusion fantasy
		confidence trust skepticism scepticism optimism pessimism certainty uncertainty doubt`},
	{nouns, senseWant, `desire wish hope dream aspiration ambition goal aim objective intention intent
		plan purpose preference willingness unwillingness eagerness readiness reluctance
		determination resolve interest appetite longing yearning craving urge will bid effort
		attempt push quest drive campaign expectation priority need temptation`},
	{nouns, senseFeel, `concern fear worry anxiety dread alarm apprehension unease angst outrage anger
		fury rage frustration disappointment dismay disgust distaste contempt disdain hatred
		hostility resentment regret remorse sorrow grief sadness sympathy empathy compassion pride
		joy delight excitement enthusiasm love affection admiration respect gratitude relief
		surprise shock amazement astonishment horror embarrassment shame guilt misgiving reservation
		qualm discomfort displeasure discontent dissatisfaction satisfaction passion bitterness
		jealousy envy panic`},
	{nouns, senseOrder, `call demand request order command directive instruction plea appeal petition
		urging exhortation ultimatum subpoena summons edict decree mandate injunction invitation ban
		requirement insistence`},
	{nouns, senseCommit, `promise pledge vow commitment guarantee oath undertaking assurance agreement
		deal pact accord treaty threat offer refusal consent contract compromise truce`},
	{nouns, sensePraise, `praise support endorsement backing approval applause acclaim admiration
		compliment tribute congratulations thanks credit blessing defense defence advocacy welcome
		nod recommendation nomination recognition`},
	{nouns, senseBlame, `criticism condemnation denunciation attack rebuke reprimand censure reproach
		complaint accusation allegation charge claim insult slur smear slander taunt jab barb dig
		swipe broadside tirade diatribe rant outburst outcry backlash protest objection ridicule
		mockery scorn derision blame indictment lawsuit suit grievance scolding`},
	{nouns, senseDeny, `denial rebuttal rejection refutation refusal repudiation dismissal opposition
		resistance disagreement dispute dissent veto disavowal retraction controversy`},
	{nouns, senseDecide, `decision ruling verdict judgment judgement finding determination conclusion
		order resolution vote choice opinion sentence conviction acquittal approval authorization
		permission selection nomination appointment`},
	{nouns, sensePredict, `prediction forecast projection estimate expectation prophecy outlook
		anticipation guess prognosis odds bet calculation`},
	{nouns, sensePropose, `proposal recommendation suggestion advice plan initiative counsel guidance
		motion amendment prescription blueprint bill`},
	{nouns, senseWarn, `warning threat alert caution caveat alarm admonition reminder`},
	{nouns, senseDescribe, `description portrayal depiction characterization characterisation label
		portrait picture caricature definition comparison representation account profile nickname`},
	{nouns, senseShow, `evidence proof sign indication signal symptom hint fact finding result data
		statistic figure information knowledge detail clue record documentation`},
	{nouns, senseKnow, `knowledge awareness realization realisation recognition understanding memory
		recollection discovery insight revelation lesson`},
	{nouns, senseAsk, `question query inquiry enquiry investigation answer response reply reaction poll
		survey questionnaire interrogation probe`},
	{nouns, senseDiscuss, `discussion debate talk conversation dialogue dialog speech address lecture
		sermon interview conference briefing hearing testimony rally press-conference presentation
		toast eulogy monologue exchange negotiation consultation deliberation chat call discourse
		panel webcast podcast broadcast appearance`},
	{nouns, senseWrite, `report study letter email e-mail tweet post message memo memorandum note book
		article column editorial op-ed essay paper memoir autobiography biography blog filing brief
		affidavit complaint document transcript cable dispatch publication release bulletin survey
		poll census index audit review assessment analysis white-paper manifesto platform petition
		advertisement ad commercial caption headline text website newsletter magazine newspaper
		journal diary log resolution constitution law statute bill act code rule guideline policy
		treaty charter script quote quotation`},
	{nouns, senseClaim, `claim allegation accusation assertion lie falsehood rumor rumour gossip boast
		hoax myth conspiracy exaggeration untruth fabrication fib insinuation pretense`},
	{nouns, senseSorry, `apology condolence regret thanks greeting congratulation welcome farewell`},
	{nouns, senseFocus, `focus emphasis insistence stress attention obsession preoccupation fixation`},

	{nouns, sensePerson, `spokesman spokeswoman spokesperson official officer officeholder lawmaker
		legislator senator congressman congresswoman congressperson representative governor mayor
		president vice-president premier chancellor minister secretary ambassador diplomat envoy
		negotiator leader chief chairman chairwoman chairperson chair head director executive
		manager boss founder co-founder owner entrepreneur businessman businesswoman investor banker
		economist analyst expert strategist pollster adviser advisor aide assistant deputy
		consultant lobbyist attorney lawyer counsel prosecutor judge justice jurist magistrate
		sheriff policeman policewoman cop detective investigator agent trooper soldier general
		admiral colonel captain major lieutenant sergeant commander veteran professor scholar
		scientist researcher academic historian teacher principal superintendent student graduate
		coach player athlete fan doctor physician nurse surgeon psychologist psychiatrist therapist
		patient victim survivor witness bystander neighbor neighbour resident villager local tenant
		homeowner commuter shopper customer consumer passenger driver pilot farmer worker employee
		employer trader merchant fisherman miner engineer architect designer artist actor actress
		singer musician rapper producer filmmaker author writer novelist poet critic reviewer
		columnist commentator pundit journalist reporter correspondent editor anchor host moderator
		blogger publisher activist campaigner organizer advocate protester demonstrator dissident
		rebel militant insurgent refugee migrant immigrant asylum-seeker priest pastor bishop
		archbishop cardinal pope imam rabbi cleric monk preacher reverend king queen prince princess
		emperor sultan sheikh monarch duke candidate nominee contender challenger incumbent opponent
		rival frontrunner front-runner supporter backer ally follower voter delegate donor
		contributor surrogate operative conservative liberal democrat republican moderate
		progressive centrist independent mother father parent mom dad wife husband spouse son
		daughter brother sister sibling aunt uncle cousin grandmother grandfather grandparent widow
		widower girlfriend boyfriend fiance friend colleague coworker co-worker classmate roommate
		relative man woman boy girl child person people individual guy lady gentleman citizen
		taxpayer reader viewer listener user source insider observer skeptic sceptic detractor
		proponent enthusiast whistleblower defendant plaintiff suspect accuser perpetrator inmate
		prisoner detainee convict shooter client applicant winner loser champion star celebrity
		billionaire millionaire magnate tycoon mogul heir speaker member participant attendee guest
		visitor tourist volunteer pioneer American Briton European African Asian Mexican Russian
		Chinese`},
	{nouns, senseBody, `government administration cabinet ministry department agency bureau office
		commission committee subcommittee panel board council assembly parliament congress senate
		house legislature court tribunal jury bench police force army military navy guard
		prosecution defense authority regulator watchdog party campaign caucus coalition alliance
		bloc opposition regime junta monarchy palace embassy consulate delegation mission company
		corporation firm business startup start-up employer manufacturer retailer supplier brand
		chain bank lender insurer fund utility airline carrier operator union federation association
		organization organisation group charity foundation nonprofit non-profit ngo institute
		institution university college school academy district hospital clinic church mosque
		synagogue temple diocese team club league franchise newspaper magazine outlet network
		station channel broadcaster publisher press media paper website newsroom think-tank
		thinktank pollster lab laboratory observatory community public nation country state city
		town county province republic kingdom majority minority crowd audience staff crew family
		couple industry sector lobby establishment movement faction militia gang cartel syndicate
		consortium conglomerate service center centre society chamber trust taskforce task-force`},

	{adjectives, senseThink, `sure certain confident convinced positive clear adamant unequivocal
		doubtful dubious skeptical sceptical uncertain unsure unconvinced undecided hopeful
		optimistic pessimistic suspicious wary cautious persuaded satisfied mindful right wrong
		mistaken`},
	{adjectives, senseFeel, `afraid fearful scared frightened terrified worried concerned anxious
		nervous alarmed uneasy apprehensive troubled disturbed upset angry furious mad outraged
		incensed livid irate annoyed irritated frustrated fed disappointed dismayed disgusted
		appalled horrified shocked stunned surprised amazed astonished glad happy pleased delighted
		thrilled excited elated ecstatic proud grateful thankful relieved honored honoured humbled
		sad sorry heartbroken devastated saddened ashamed embarrassed jealous envious comfortable
		uncomfortable tired sick passionate enthusiastic impressed touched moved bitter resentful
		interested bored curious fond`},
	{adjectives, senseWant, `willing unwilling eager keen ready reluctant hesitant loath desperate
		determined inclined disposed prepared set poised intent bent committed dedicated anxious
		impatient tempted likely bound ambitious hungry interested`},
	{adjectives, senseKnow, `aware unaware conscious familiar ignorant oblivious cognizant mindful
		knowledgeable informed`},
	{adjectives, senseDeny, `opposed critical hostile dismissive disdainful scornful contemptuous
		resistant defiant`},
	{adjectives, sensePraise, `supportive appreciative complimentary favorable favourable sympathetic
		receptive open amenable`},
	{adjectives, senseShow, `clear obvious evident apparent unclear likely unlikely possible impossible
		probable plausible doubtful true untrue false certain important essential crucial vital
		noteworthy telling`},
	{adjectives, senseSay, `vocal outspoken adamant emphatic insistent blunt explicit candid frank
		frankly unapologetic silent mum quiet coy`},
	{adjectives, senseClaim, `alleged purported supposed so-called self-described self-proclaimed
		self-styled reported apparent ostensible suspected accused presumed putative would-be`},

	{adverbs, senseClaim, `reportedly allegedly purportedly supposedly apparently ostensibly presumably
		seemingly reputedly evidently`},
}
