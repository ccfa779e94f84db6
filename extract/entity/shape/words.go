package shape

import "strings"

// set makes a lookup of the words of a list.
func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// sex maps the words of two lists to 1 (female) and -1 (male).
func sex(female, male string) map[string]int8 {
	m := map[string]int8{}
	for _, w := range strings.Fields(female) {
		m[w] = 1
	}
	for _, w := range strings.Fields(male) {
		m[w] = -1
	}
	return m
}

// The lists below are ours: closed classes of English and words of office and
// trade, lower case. They name kinds of people and things, never a person.

// honorifics stand before a name and are no part of it.
const honorificList = `del del. mullah maulana maulvi moudjahid mujahid tunku tengku engr. arch. shaykh ustaz swami sardar comrade cde cde. adv adv. justice alhaji alh alh. oba mme mlle chief otunba barr barr. ato col. mons msgr msgr. mr mr. mrs mrs. ms ms. miss mx mx. dr dr. prof prof. professor sir lord lady dame baroness baron
	rev rev. reverend fr fr. father sister brother pastor bishop archbishop cardinal imam rabbi pope sheikh shaikh
	sheik ayatollah datuk dato seri tan sri tun hon hon. honourable engr engr. eng. dr.-ing chief madam madame
	monsieur senor señor herr frau hajj haji dom king queen prince princess emperor empress duke duchess sultan
	emir saint don doña
	cr cr. cllr cllr. mama mzee abbot abbess canon archdeacon deacon rev’d shri smt smt. kumari pandit ustad
	hajji hajah datin tuan puan encik nana togbe asantehene eze igwe alhaja
	h.e. h.e excellency hrh hon’ble hon'ble hajiya mwalimu ustadh dato' dato’ wira yb ybhg daw eng mgr mgr. maître maitre kaumatua
	ratu hadj elhadj mufti caliph lic. ing. ir. drs. sayyid seyyed mallam malam onorevole sra sra.`

// titleList holds offices and trades that stand, capitalised, before a name.
const titleList = `pres pres. president prime minister chancellor premier secretary senator sen sen. senators sens. representative rep
	rep. reps. congressman congresswoman congressmen governor gov gov. govs. lieutenant lt lt. mayor councilman
	councilwoman councilor councillor cllr alderman alderwoman speaker chairman chairwoman chair ambassador judge
	justice magistrate attorney prosecutor sheriff marshal commissioner general gen gen. colonel col col. major maj
	maj. captain capt capt. sergeant sgt sgt. lieutenant corporal private officer detective det. inspector
	superintendent constable admiral adm. commander cmdr cmdr. director administrator undersecretary
	chief delegate treasurer comptroller auditor coach manager assemblyman assemblywoman assemblymember mp mep mla
	msp cs ps ceo cfo coo nominee candidate vice-president vice editor author actor actress singer analyst
	spokesman spokeswoman spokesperson strategist rector dean principal chairperson leader deputy
	democrat republican congressperson lawmaker legislator warden ministers secretaries pm translator
	headmaster headmistress headteacher harbourmaster brigadier commandant coroner deckhand midshipman seaman airman
	trooper bosun petty-officer vice-chancellor vice-chairman vice-chair registrar provost goalkeeper defender
	midfielder forward winger quarterback physiotherapist archaeologist geologist biologist economist historian
	librarian curator veterinarian paramedic pharmacist firefighter co-founder founder taoiseach tanaiste lehendakari
	dsp asp ssp acp dcp igp emeritus mufti inspector-general
	alcalde prefect voivode rabbi-general sub-inspector sarpanch collector`

// roleList holds the lower-case words for one person by office, trade or
// relation; a nominal headed by one speaks for one person.
const roleList = `pm cs president minister chancellor premier secretary senator representative congressman congresswoman governor
	mayor councilman councilwoman councilor councillor cllr alderman speaker chairman chairwoman chair chairperson ambassador judge
	justice magistrate attorney prosecutor sheriff marshal commissioner general colonel major captain sergeant
	corporal officer detective inspector superintendent constable admiral commander director administrator
	undersecretary chief delegate treasurer comptroller coach manager assemblyman assemblywoman lawmaker
	legislator nominee candidate contender hopeful frontrunner front-runner runner-up rival opponent challenger incumbent
	editor author writer journalist reporter correspondent columnist commentator blogger anchor host moderator pundit
	actor actress singer musician rapper comedian artist painter director filmmaker producer star celebrity model dancer
	analyst expert strategist adviser advisor aide consultant operative pollster lobbyist activist organizer organiser advocate
	spokesman spokeswoman spokesperson rector dean principal leader deputy head founder co-founder cofounder
	owner businessman businesswoman entrepreneur billionaire millionaire mogul tycoon magnate investor banker economist executive
	ceo boss employer employee worker farmer driver teacher professor lecturer scholar researcher scientist historian
	sociologist psychologist psychiatrist doctor physician surgeon neurosurgeon nurse pediatrician paediatrician dentist lawyer solicitor
	barrister counsel engineer architect designer chef cook waiter waitress soldier veteran gunman shooter attacker suspect
	defendant plaintiff victim witness survivor patient inmate prisoner refugee migrant resident neighbor neighbour
	voter supporter critic skeptic donor fundraiser attendee participant protester demonstrator heckler volunteer member
	man woman boy girl guy lady gentleman teenager child kid person somebody someone father mother dad mom mum parent son
	daughter brother sister husband wife spouse widow widower uncle aunt cousin nephew niece grandfather grandmother
	grandson granddaughter fiance fiancé fiancée boyfriend girlfriend ex-wife ex-husband partner friend colleague
	politician statesman mate niece diplomat official bureaucrat envoy negotiator king queen prince princess duke duchess pope bishop
	archbishop cardinal priest pastor minister imam rabbi monk nun preacher evangelist athlete player footballer striker goalkeeper
	quarterback captain golfer sprinter jockey trainer source insider whistleblower informant narrator interviewer interviewee
	translator interpreter librarian curator conservator pilot astronaut student pupil graduate freshman senior valedictorian
	democrat republican liberal conservative independent socialist libertarian progressive tory ex-president ex-governor
	lady vice-president co-chair cochair co-author deputy statistician biologist chemist physicist ecologist meteorologist
	forecaster demographer strategist speechwriter secretary-general superdelegate whip mp backbencher frontbencher peer
	trustee realtor broker trader retailer vendor shopkeeper fisherman carpenter plumber mechanic technician miner
	impostor impersonator doppelganger commenter poster user customer client landlord tenant buyer seller passenger
	abbot abbess apprentice archaeologist anthropologist astronomer astrophysicist baker barber bailiff barista
	bartender beekeeper biochemist bodyguard boatbuilder boatman bookkeeper bookseller botanist brewer bricklayer
	builder busker butcher cadet camper cantor caretaker cardiologist carer cartographer cashier caterer cellist
	chaplain choreographer clerk climber cleaner clockmaker cobbler collector colonist commuter composer conductor
	conductress consul contractor coordinator coroner councilmember counsellor counselor courier cricketer crofter
	custodian cyclist deacon debater deckhand defender deliveryman dermatologist diver dockworker dramatist dressmaker
	drummer editor-in-chief educator electrician embroiderer emperor engraver entomologist epidemiologist eyewitness
	fan farmhand farmworker fashionista ferryman festivalgoer fiddler firefighter fireman flautist florist foreman
	forester forewoman gardener geographer geologist geophysicist glaciologist glassblower grocer groom guard guardian
	guide guitarist gynaecologist gynecologist hairdresser handler harbourmaster harbormaster headmaster headmistress
	headteacher herder herbalist hiker holidaymaker homeowner horticulturist hotelier housewife housekeeper hunter
	hydrologist illustrator immunologist innkeeper instructor intern inventor investigator janitor jeweller jeweler
	juror keeper laborer labourer landlady landowner lifeguard linguist logger longshoreman machinist magician
	marksman mason master mathematician matron medic mayoress mentor merchant metalworker microbiologist midfielder
	midwife miller milliner mountaineer musicologist navigator neurologist neuroscientist novelist oceanographer
	oncologist onlooker operator optician organist ornithologist orthodontist palaeontologist paleontologist paramedic
	parishioner passer-by passerby pathologist pedestrian pensioner percussionist pharmacist pharmacologist
	philanthropist philosopher photographer physiologist physiotherapist pianist planner playwright poacher poet
	policeman policewoman porter postman postmaster potter prefect presenter printer printmaker projectionist promoter
	proprietor protestor provost psychotherapist publican publisher puppeteer quartermaster radiographer radiologist
	rancher ranger receptionist referee registrar rescuer restaurateur retiree rider ringleader roofer rower runner
	sailor salesman saleswoman saxophonist scout screenwriter scriptwriter sculptor seaman seamstress seismologist
	sexton shareholder shearer shepherd shipbuilder shipmaster shoemaker signatory skier skipper smallholder smith
	sociolinguist soprano stationmaster steward stewardess stockbroker stockman storekeeper storyteller streamer
	stonemason surfer surveyor swimmer tailor tanner taxidermist tenor thatcher therapist toddler toolmaker tourist
	trainee tram-driver traveller traveler trekker trucker tutor typist umpire undertaker urologist usher veterinarian
	vet vicar viewer villager vintner violinist virologist volcanologist warden watchman watchmaker weaver webmaster
	welder welfare-officer well-wisher wholesaler winemaker woodcarver woodworker workman yachtsman yachtswoman
	youngster youth zookeeper zoologist grandma grandpa granny mum-of-two mum-of-three mother-of-two mother-of-three
	mother-of-four father-of-two father-of-three father-of-four great-grandmother great-grandfather great-grandson
	great-granddaughter grandparent stepmother stepfather stepson stepdaughter sister-in-law brother-in-law
	mother-in-law father-in-law son-in-law daughter-in-law godmother godfather housemate roommate flatmate classmate
	teammate co-worker coworker co-star bandmate headman chieftain chieftainess elder matriarch patriarch sarpanch
	taoiseach goalie keeper winger fullback centre-half centre-back linesman substitute skater wrestler boxer
	weightlifter jogger kayaker canoeist angler caddie bowler batsman batter wicketkeeper pitcher outfielder
	cornerback vice-captain vice-chancellor vice-chairman vice-chair deputy-mayor sub-editor solicitor-general
	attorney-general director-general governor-general auditor-general postmaster-general surgeon-general undersheriff
	quizmaster showrunner filmgoer concertgoer churchgoer grandchild eldest youngest`

// groupList holds plural or collective heads that stand for several people.
const groupList = `people critics supporters opponents voters experts analysts officials aides advisers advisors sources
	observers residents leaders lawmakers senators representatives republicans democrats conservatives liberals
	progressives activists protesters demonstrators economists scientists researchers scholars historians pundits
	strategists operatives delegates members men women children parents students teachers workers employees families
	relatives friends colleagues neighbors neighbours others some many several most few both all authorities
	investigators prosecutors detectives lawyers attorneys judges doctors nurses soldiers troops militants rebels terrorists
	hackers reporters journalists commentators columnists editors media press public crowd audience americans
	europeans muslims christians jews latinos hispanics whites blacks immigrants migrants refugees citizens nation
	country world majority minority percent half third quarter handful dozens hundreds thousands millions number group
	groups team camp fans allies rivals candidates nominees contenders governors mayors donors fundraisers staffers staff
	managers executives owners investors bankers traders companies firms businesses organizations organisations
	agencies institutions governments countries nations states unions outlets networks newspapers users commenters followers
	attendees participants respondents interviewees witnesses survivors victims suspects prisoners inmates patients
	customers consumers taxpayers homeowners farmers drivers players coaches athletes villagers locals
	figures politicians insiders elites establishment loyalists surrogates skeptics foes detractors backers
	guys folks kids teens adults millennials seniors veterans clergy priests bishops ministers diplomats envoys
	community communities faithful delegation family couple pair duo trio jury jurors panel panelists voices moderators
	spokesmen spokeswomen representatives generals commanders officers mourners signatories authors writers artists actors
	celebrities forces evangelicals libertarians moderates independents socialists populists internet netizens traditionalists`

// orgNounList holds singular lower-case nouns for a body that can speak: "the
// company", "the ministry".
const orgNounList = `company firm corporation airline automaker carmaker bank lender insurer retailer maker manufacturer
	startup start-up group organization organisation nonprofit charity foundation institute institution think-tank
	thinktank university college school hospital church museum center centre agency department ministry bureau office
	commission committee council board court tribunal panel government administration campaign camp team party
	union association federation league club network newspaper paper magazine outlet station channel broadcaster
	publication website site journal daily tabloid publisher service authority authorities regulator watchdog army military navy
	parliament congress senate house legislature assembly cabinet embassy consulate delegation mission
	state city county town country kingdom republic pac super-pac coalition alliance movement body organizer
	police force secretariat presidency palace treasury exchange fund studio label brand giant platform chain
	operator utility wing branch arm unit chapter entity chamber archive archives library laboratory lab academy society brewery developer contractor
	coastguard ferry-company ombudsman consortium conglomerate co-operative cooperative collective syndicate hotel
	shop store pub theatre theater gallery festival orchestra choir band troupe bakery distillery dealership mill mine
	quarry refinery port airport railway carrier supplier shipyard yard farm clinic hospice nursery seminary monastery
	abbey parish diocese archdiocese synod mosque temple synagogue zoo aquarium observatory guild co-op fire-service
	police-force taskforce task-force inspectorate inquiry ombudsman oversight quango outfit side franchise
	bloc cartel junta militia regime directorate parastatal faction caucus bourse`

// documentList holds heads of what speaks on paper or in figures.
const documentList = `report reports poll polls polling survey surveys study studies letter letters memo memos document documents
	statement statements email emails e-mail e-mails filing filings lawsuit complaint suit indictment affidavit
	petition brief ruling decision opinion order bill law laws legislation act constitution treaty agreement
	resolution regulation regulations rule rules policy article articles story stories editorial editorials column op-ed essay book
	books memoir biography novel poem song album film movie documentary video videos ad ads advert adverts advertisement
	advertisements commercial spot spots tweet tweets post posts posting postings message messages text texts note notes
	transcript transcripts recording recordings tape tapes audio footage clip excerpt excerpts speech speeches address remarks
	comment comments testimony interview data figures statistics numbers results result findings finding evidence
	research analysis analyses review census estimate estimates forecast forecasts projection projections model
	models record records file files profile page sign signs banner banners poster caption headline headlines
	press-release release announcement notice manual guide textbook textbooks bible quran koran scripture plan proposal
	platform draft dossier list chart graph map diary journal invitation flyer leaflet pamphlet brochure website
	account accounts rumor rumors rumour rumours reporting coverage disclosures logs minutes papers verdict rhetoric allegation allegations
	questionnaire index score scores rating ratings exit-poll passage clause section chapter summary label joke meme slogan
	voiceover narrative theory history science tradition`

// orgKeyList holds capitalised words that make a name an organization's when
// they stand in it.
const orgKeyList = `university college school institute institution academy ministry department bureau office agency
	commission committee council board court tribunal bank corporation corp corp. inc inc. co. company llc ltd ltd.
	plc group holdings partners associates association federation league union party congress senate parliament
	house administration foundation fund trust center centre society church club network news times post journal tribune herald gazette
	chronicle observer guardian telegraph independent press media broadcasting radio television tv magazine review
	weekly daily hospital clinic museum library archives authority service services force police guard army navy
	corps pac organization organisation coalition alliance movement project initiative campaign
	nations embassy consulate chamber assembly cabinet treasury secretariat exchange airlines airways motors
	industries technologies systems energy oil gas pharmaceuticals laboratories solutions international caucus
	conference convention command forum brigade front agency airlines workers teamsters nurses democrats republicans
	citizens americans voters veterans engine studios pictures records entertainment communications ventures capital
	securities insurance financial mutual logistics strategies research polling poll institute survey watch rights
	coal mining steel foods stores resources minerals metals relations affairs commerce defense defence interior homeland parenthood bulletin globe dispatch mirror
	examiner enquirer inquirer sentinel reporter monitor standard register courier today online
	semiconductor semiconductors hydraulics lines aggregates lithium brokers seafoods ag gmbh nv bv oyj spa pty bhd
	sdn sarl asa kg kk & shipping telecom telecoms software biotech therapeutics genomics robotics electronics
	materials chemicals cement brewing brewery breweries properties estates realty developments constructions
	engineering aerospace marine maritime dynamics networks labs interactive games films hotels resorts retail
	supermarkets advisers advisors analytics consulting consultants economics investments investment wealth trading
	traders millers growers rovers albion wanderers athletic hotspur united fc afc rfc cc cricket rugby football
	racing polytechnic lyceum gymnasium seminary knesset duma bundestag diet ombudsman regulator inspectorate
	directorate consortium syndicate cooperative co-operative grid water power electric rail railways railway metro
	transit aviation air airport ports housing welfare health medical healthcare sciences science
	technology theatre orchestra philharmonic ballet opera gallery festival charity charities mission ministries
	diocese archdiocese synod mosque cathedral monastery congregation temple`

// orgOfList holds the words after which "of", "for" and "on" go on with an
// organization's name.
const orgOfList = `university college school institute institution academy ministry department bureau office agency commission
	committee council board court bank house chamber center centre centers centres association federation league society
	church organization organisation coalition alliance movement union conference congress daughters sons
	forces workers doctors citizens americans friends veterans voters partners mothers museum library archives joint chiefs
	confederation campaign army party mechanism fund foundation club corps front republic kingdom isle district
	democrats republicans students lawyers women parliament embassy bar supreme authority state emirate partnership
	secretariat directorate commonwealth group forum communications roll`

// placeKeyList holds words that make a name a place's.
const placeKeyList = `county city river lake mountain mountains island islands street avenue road boulevard square park
	beach valley bay coast sea ocean peninsula desert forest province region district airport tower towers stadium
	arena hall hotel bridge harbor harbour port creek canyon hill hills heights town village north south east west
	northern southern eastern western central rico strait gulf plaza theater theatre casino resort highway`

// metonymList holds places and buildings that newspapers let speak.
const metonymList = `white_house downing_street kremlin pentagon capitol_hill wall_street élysée elysee whitehall
	westminster silicon_valley vatican foggy_bottom quai_d'orsay blue_house moscow beijing washington london paris berlin
	tokyo seoul pyongyang tehran brussels kyiv kiev ankara jerusalem riyadh delhi islamabad`

// stateList holds the states of the United States and usual short forms.
const stateList = `alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho
	illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi
	missouri montana nebraska nevada new_hampshire new_jersey new_mexico new_york north_carolina north_dakota ohio
	oklahoma oregon pennsylvania rhode_island south_carolina south_dakota tennessee texas utah vermont virginia
	west_virginia wisconsin wyoming u.s. us usa u.s.a. u.k. uk uae ala. ariz. ark. calif. colo. conn. del. fla. ga.
	ill. ind. kan. ky. la. md. mass. mich. minn. miss. mo. mont. neb. nev. n.h. n.j. n.m. n.y. n.c. n.d. okla. ore.
	pa. r.i. s.c. s.d. tenn. tex. vt. va. wash. w.va. wis. wyo. d.c. new_york_city los_angeles san_francisco las_vegas
	new_orleans england scotland wales northern_ireland britain america africa asia europe texas`

// notNameList holds capitalised words that are no name by themselves: days,
// months, feasts, parties' and nations' adjectives, connectives of headlines.
const notNameList = `monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
	sundays january february march april may june july august september october november december jan. feb. mar. apr. jun. jul. aug.
	sept. sep. oct. nov. dec. i i'm i'll i'd i've christmas easter ramadan thanksgiving halloween hanukkah god lord
	internet web am pm a.m. p.m. edt est gmt et ok okay dem dems republican republicans democrat democrats democratic
	english spanish french german russian chinese arabic japanese korean islam islamic muslim muslims christian
	christians jewish jew jews catholic catholics protestant american americans latino latinos hispanic hispanics
	african-american african-americans nazi nazis communist tory tories labour bible quran koran tweet photo image video
	related advertisement read more watch share updated update breaking exclusive opinion editorial source via getty images copyright
	north south east west northern southern eastern western mr mrs ms dr sir q a`

// startStopList holds words that open a sentence with a capital and are no
// name unless the text shows them capitalised inside a sentence too.
const startStopList = `the a an this that these those he she it they we you i his her its their our my your who what when
	where why how which while as at in on for from to of by with without after before during since until although though if unless
	because but and or nor so yet still also then now today yesterday tomorrow tonight meanwhile however moreover
	nevertheless nonetheless instead indeed perhaps maybe yes no not never always sometimes often once twice first second third
	last next one two three four five six seven eight nine ten both either neither each every all some any many most more much
	few several such other others another there here even just only almost nearly about around over under above
	below between among against despite according asked speaking earlier later recently currently former did does do
	is are was were be been being have has had will would can could should may might must let lets let's
	said says told asked added critics supporters officials people police experts sources residents
	voters lawmakers leaders authorities analysts additionally furthermore finally overall thus hence again
	ever like unlike per given well oh ah hey hello thanks thank please sorry right wrong good great bad new old
	young big small thousands hundreds dozens millions part half none nobody nothing something everything everyone everybody
	someone somebody anyone anybody anything whether whatever whoever whenever wherever too very quite rather
	asked see read click follow get go come take make say think know want need try use look give tell`

// particleList holds lower-case words inside names.
const particleList = `de van der den von zu al el bin ibn bint ben abu da di du dos das del della la le los las ter ten y e af av
	de' d' op het al- ul-haq
	arap ole binte binti bt ap ferch ould uld nic ni mac t wa ka ndi`

// suffixList holds what follows a surname.
const suffixList = `jr jr. sr sr. ii iii iv esq esq. md phd m.d. ph.d.
	snr jnr snr. jnr. vi vii viii`

// outletTails hold last words by which a paper or network is known alone.
const outletTailList = `times post journal tribune herald gazette chronicle observer guardian telegraph independent press globe
	mirror examiner inquirer sentinel monitor standard register courier news mail sun express star review magazine
	dispatch bee`

// maleList and femaleList hold words that give a person's gender away.
const femaleList = `mrs mrs. ms ms. miss lady dame baroness madam madame queen princess duchess empress sister actress congresswoman
	councilwoman chairwoman spokeswoman businesswoman assemblywoman alderwoman waitress woman women girl mother mom
	mum daughter wife widow aunt niece grandmother granddaughter fiancée girlfriend ex-wife nun frau señora doña she her hers herself
	heiress hostess policewoman saleswoman goddess
	schoolgirl grandma granny mama mum-of-two mum-of-three mother-of-two mother-of-three mother-of-four stepmother
	stepdaughter sister-in-law mother-in-law daughter-in-law godmother landlady headmistress abbess matron
	great-grandmother great-granddaughter bride stewardess comedienne headmistress mayoress forewoman yachtswoman
	sportswoman horsewoman smt smt. kumari puan datin alhaja hajah hajiya daw sra sra.`

const maleList = `mr mr. sir lord king prince duke emperor father brother congressman councilman chairman businessman assemblyman
	alderman waiter man men boy guy dad son husband widower uncle nephew grandfather grandson fiancé boyfriend
	ex-husband monk priest herr señor monsieur pope imam he him his himself gunman fisherman policeman statesman gentleman
	schoolboy grandpa stepfather stepson brother-in-law father-in-law son-in-law godfather landlord headmaster abbot
	great-grandfather great-grandson groom father-of-two father-of-three father-of-four fireman postman
	workman watchman yachtsman sportsman linesman batsman salesman boatman ferryman foreman mzee alhaji encik
	tuan mufti caliph mallam malam mgr mgr. hadj elhadj`

// sayList holds lemma stems of saying by which a bare subject shows itself a
// speaker; the detector's cues are richer, these only mark persons.
const sayList = `said says say told tells tell added adds asked asks wrote writes tweeted announced argued insisted explained noted
	claimed replied continued recalled warned suggested declared called thinks thought believes believed wants wanted
	vowed joked quipped admitted acknowledged stated stressed urged concluded responded`

// campaignList holds the lower-case nouns that make an organization of a
// candidate's or leader's name: "Clinton campaign".
const campaignList = `campaign administration camp team government police committee council legislature parliament court university
	department commission board`

// sortList holds, a line each, heads that one person or body may be called by
// in turn.
const sortList = `candidate nominee contender hopeful front-runner frontrunner challenger runner-up standard-bearer presidential
senator lawmaker legislator congressman congresswoman representative democrat republican politician mp senate congress
mp politician leader minister parliamentarian
governor politician republican democrat
president leader commander-in-chief chief
premier minister leader pm prime
businessman billionaire mogul tycoon magnate entrepreneur developer millionaire investor
spokesman spokeswoman spokesperson official representative aide secretary
aide adviser advisor strategist manager official consultant operative
actor actress star performer comedian celebrity
singer musician rapper star artist performer
author writer novelist historian biographer
journalist reporter correspondent columnist editor anchor host moderator
doctor physician surgeon neurosurgeon pediatrician psychiatrist
lawyer attorney counsel barrister solicitor prosecutor
judge justice magistrate
professor academic scholar lecturer researcher scientist economist historian sociologist
general colonel commander officer soldier veteran captain major
officer policeman policewoman sheriff detective sergeant constable
ceo executive boss chairman chief president director head
pastor priest minister reverend bishop preacher
company firm corporation group inc inc. corp corp. co. llc ltd ltd. plc ag gmbh nv bv oyj spa pty bhd sdn kg holdings maker manufacturer giant airline carrier bank lender brand automaker carmaker retailer chain startup start-up supplier contractor operator developer publisher producer conglomerate semiconductor semiconductors hydraulics lines aggregates lithium brokers seafoods logistics shipping foods telecom telecoms software biotech therapeutics genomics robotics electronics materials chemicals cement brewing brewery breweries properties estates realty developments engineering aerospace dynamics networks labs games hotels resorts retail supermarkets advisers advisors analytics consulting consultants investments trading traders millers motors industries technologies systems energy oil gas pharmaceuticals solutions partners associates capital securities insurance mining steel coal stores resources minerals metals airlines airways grid water power electric rail railways metro studios pictures entertainment
newspaper paper daily publication outlet tabloid times post journal tribune herald gazette chronicle telegraph globe guardian
magazine weekly publication outlet
network channel broadcaster station outlet news television tv
university school college institution institute academy body center centre
agency department ministry bureau office service administration authority institution body
committee commission panel council board body
court tribunal panel
campaign team camp
party gop
group organization organisation nonprofit charity foundation association coalition alliance union federation league society pac super-pac network fund center centre institute
center centre institute museum
hospital clinic institution
church diocese
government state country administration kingdom republic
team club side outfit rovers albion wanderers athletic hotspur united rangers fc afc rfc cc city town county sporting dynamo
mine quarry pit colliery
airport port harbour terminal
museum gallery library archive institution
theatre theater opera ballet orchestra company
charity trust foundation mission nonprofit group organisation organization
federation union association league body confederation guild
union workers teamsters brotherhood steelworkers autoworkers machinists teachers nurses employees pilots attendants
bloc union community alliance
bureau office agency observatory service
inquiry commission tribunal panel
abbey monastery priory seminary
hospital clinic hospice surgery
zoo aquarium park
police force constabulary department
fund trust foundation
chamber house legislature assembly parliament senate congress
archdiocese diocese church synod
embassy consulate mission
restaurant pub bar hotel cafe`

// familyList holds surnames that stand before the given name in Korean,
// Chinese and Vietnamese names.
const familyList = `kim lee park choi jung jeong kang cho yoon yun jang lim han oh seo shin kwon hwang ahn song moon ban noh roh ryu yoo
	xi li wang zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo deng jiang wen tsai chiang mao tang feng
	koh tan lim ong goh teo yeo chua ng wong cheung leung lau tse nguyen tran pham le hoang phan vu dang bui ho ngo truong`

// companyForm reports whether w behind a name is the legal form of a company.
func companyForm(w string) bool {
	switch w {
	case "plc", "ltd", "ltd.", "inc", "inc.", "llc", "gmbh":
		return true
	}
	return false
}
