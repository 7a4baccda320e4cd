"""Word classes that tell people, roles, organisations and places apart in English news.

A leaf module: sets of words, no behaviour. Sets in lower case are matched against lower-cased
words; sets of capitalised words against words as the text has them.
"""

from __future__ import annotations

from stance.words.cues import word_set

TITLES = word_set("""
mr mrs ms miss dr sir lord lady dame prof professor rev reverend father sister rabbi imam hon
president vice deputy acting former prime minister premier chancellor king queen prince princess
pope cardinal archbishop bishop patriarch ayatollah secretary undersecretary assistant senator sen
sens representative rep reps congressman congresswoman gov governor mayor councilman councilwoman
ambassador amb envoy chairman chairwoman chair speaker leader director attorney general gen lt col
maj adm capt cmdr sgt lieutenant colonel major admiral captain commander sergeant marshal chief
judge justice prosecutor spokesman spokeswoman spokesperson counsel commissioner administrator
advisor adviser aide analyst correspondent anchor host reporter strategist candidate nominee ceo
founder cofounder detective officer agent sheriff comrade first special national security foreign
defense defence press majority minority whip staff intelligence state treasury commerce
communications campaign manager executive editor author economist historian billionaire dictator
inspector commissar emperor sultan sheikh emir crown ex-president then-president president-elect
pm fr senators representatives vice-president secretary-general attorney-general co-chairman sec
supt contributor
""")
"""Titles and the words that build them; they stand before a name and are no part of it."""

SURNAME_TITLES = word_set("king prince pope bishop judge marshal major justice chancellor dean")
"""Titles that are surnames as well, after a known first name."""

ABBREVIATED_TITLES = word_set("""
mr mrs ms dr sen sens rep reps gov gen lt col maj adm capt cmdr sgt prof rev hon amb st jr sr fr
""")
"""Titles and suffixes that are written with a full stop, which ends no sentence."""

PERSON_NOUNS = word_set("""
someone member co-director co-host blogger commentator negotiator mediator presenter pundit
surrogate co-author scholar defendant plaintiff trader banker investor president vice-president
minister premier chancellor king queen prince princess pope secretary undersecretary senator
representative congressman congresswoman lawmaker governor mayor ambassador envoy chairman
chairwoman chair speaker leader director attorney general colonel admiral commander chief judge
justice prosecutor spokesman spokeswoman spokesperson counsel commissioner administrator adviser
advisor aide analyst correspondent anchor host reporter strategist candidate nominee ceo founder
co-founder detective officer agent sheriff official source diplomat expert fellow researcher
professor lecturer historian economist scientist author writer columnist journalist editor lawyer
republican democrat conservative liberal operative pollster consultant activist dissident critic
supporter voter resident witness man woman boy girl father mother son daughter brother sister wife
husband widow parent friend colleague veteran soldier pilot businessman businesswoman billionaire
mogul tycoon executive manager owner worker student teacher boss head co-chair vice-chair
chairperson deputy staffer ally rival opponent predecessor successor incumbent frontrunner
front-runner hopeful newcomer politician statesman dictator strongman general-secretary moderator
interviewer caller user designer investigator inspector whistleblower defector spy hacker contractor
translator interpreter doctor nurse pastor priest rabbi imam bishop archbishop counterpart figure
person participant protester native publicist intermediary go-between controller observer
commander-in-chief policymaker legislator parliamentarian councilor councillor planner organizer
organiser tsar czar screenwriter filmmaker director-general biographer novelist poet singer actor
actress rapper comedian musician artist athlete coach player driver farmer teenager refugee migrant
immigrant victim survivor neighbor neighbour relative uncle aunt cousin nephew niece grandfather
grandmother dad mom fighter rebel militant insurgent gunman shooter attacker suspect hostage
prisoner inmate detainee fugitive sailor marine airman guard policeman policewoman cop trooper
firefighter paramedic psychologist psychiatrist sociologist philosopher theologian physicist chemist
biologist engineer mathematician demographer geographer linguist cryptographer entrepreneur
financier oligarch magnate lobbyist fundraiser donor landlord tenant employee employer intern
trainee apprentice salesman congressperson anchorman newsman broadcaster narrator watchdog kingpin
mastermind ringleader loyalist insider outsider bureaucrat technocrat functionary dignitary
magistrate juror litigator barrister solicitor petitioner appellant respondent heckler enthusiast
fan listener viewer reader caucus-goer contributor
""")
"""Nouns for one speaker."""

PEOPLE_NOUNS = word_set("""
lawmakers senators leaders prosecutors advisers aides analysts hosts reporters candidates officers
agents officials sources diplomats experts scientists writers journalists editors lawyers
republicans democrats activists dissidents critics supporters voters residents witnesses men women
boys soldiers workers students teachers allies politicians investigators hackers protesters people
publicists controllers observers policymakers legislators organizers filmmakers lobbyists donors
rebels fighters militants insurgents refugees migrants neighbors relatives engineers scholars
professors academics researchers consultants operatives oligarchs bankers investors traders
participants spokespeople demonstrators spokespersons
""")
"""Nouns for several speakers."""

GENERIC_NOUNS = word_set("""
official source person diplomat aide adviser advisor officer strategist ally operative expert
spokesperson soldier resident student voter man woman interviewer reporter journalist moderator
lawyer analyst agent contractor staffer consultant worker colleague friend supporter critic
intermediary go-between controller observer planner organizer organiser driver farmer teenager
refugee migrant immigrant victim survivor neighbor neighbour relative fighter rebel militant
insurgent gunman shooter attacker suspect hostage prisoner inmate detainee sailor airman guard
policeman policewoman cop trooper firefighter paramedic engineer lobbyist fundraiser donor employee
employer intern salesman narrator loyalist insider outsider bureaucrat juror heckler fan listener
viewer reader caucus-goer participant protester fellow scholar researcher
""")
"""Nouns for one speaker that news uses for those it does not name."""

BODIES = word_set("""
group agency company committee panel board department ministry government administration campaign
party paper newspaper magazine outlet network website site report statement letter document
documents memo email lawsuit complaint indictment ruling filing article editorial court tweet post
study poll book dossier transcript ad advertisement petition resolution bill affidavit publication
bureau channel broadcaster organization organisation union firm foundation institute nonprofit
team commission council embassy kremlin pentagon story commentary
""")
"""Nouns for bodies and documents that speak."""

ROLE_NOUNS = PERSON_NOUNS | PEOPLE_NOUNS | BODIES
"""Nouns that head the description of a speaker: people, bodies and documents."""

ORGANISATION_WORDS = word_set("""
Administration Agency Alliance Army Assembly Association Authority Bank Board Brigade Broadcasting
Bureau Cabinet Center Centre Chamber Channel Church City Coalition College Command Commission
Committee Communist Company Conference Congress Constitution Convention Corporation Corp Council
County Court Daily Delegation Department District Embassy Exchange Facebook Federation Force
Forces Forum Foundation Front Fund Gazette Group Guard Guardian Herald Hill House Inc Institute
Institution Intelligence Journal Kremlin League Magazine Media Military Ministry Mission Monitor
Movement Nations Navy Network News Office Organisation Organization PAC Palace Parliament Party
Pentagon Police Politburo Political Post Press Project Radio Reserve School Senate Service
Services Society Square State States Street Studies Summit Supreme System Tank Television Times
Today Tower Treaty Treasury Tribune Trust Twitter TV Union Unit University Wall War Week Weekly
Wing World Qaeda Ltd LLC Plc Holdings Partners Ventures Capital Act Accord Agreement Affairs
Avenue Amendment Airport Airlines Award Ballet Bay Beach Bill Building Caucus Club Code Cold
Crisis Cup Day Deal Debate Defense East Economic Election Elections Energy Festival Games Garden
Green Homeland Hotel Human International Island Islands Lake Lives Matter Middle Mountain National
New North Olympic Olympics Operation Pact Park Plan Prize Province Region Relations Republic
Revolution River Road Rights Room Russian Sea Security South Station Strait Super Theater Tea
Trade Tuesday Valley West Western Endowment
""")
"""Capitalised words of which a person's name has none (as its last word)."""

SURNAMES_TOO = word_set("""
Bay Cabinet Church Cross Day Force Forum Garden Green Guard Hill House Lake May North Park Post
Price River School Wall West Wing
""")
"""Words of bodies and places that are surnames as well, after a known first name."""

PLACES = word_set("""
Fla Calif Ariz Conn Mich Minn Tenn Wis Colo Okla Nev Neb Ala Ark
Afghanistan Africa Alabama Alaska Aleppo America Ankara Arizona Arkansas Asia Atlanta Australia
Austria Baghdad Baltimore Beijing Belarus Belgium Benghazi Berlin Bosnia Boston Brazil Britain
Brussels California Canada Caracas Chicago China Cleveland Colorado Connecticut Crimea Cuba
Damascus Delaware Denmark Detroit Donetsk Egypt England Estonia Europe Finland Florida France
Geneva Georgia Germany Greece Guantanamo Hamburg Havana Hawaii Helsinki Hollywood Hungary Idaho
Illinois India Indiana Iowa Iran Iraq Ireland Israel Istanbul Italy Japan Jerusalem Kabul Kansas
Kazakhstan Kentucky Kiev Kyiv Korea Kosovo Kuwait Latvia Lebanon Libya Lithuania London Louisiana
Luhansk Maine Manhattan Mariupol Maryland Massachusetts Mexico Miami Michigan Minnesota Minsk
Mississippi Missouri Moldova Montana Montenegro Moscow Munich Nebraska Netherlands Nevada Norway
Ohio Oklahoma Ontario Oregon Pakistan Palestine Paris Pennsylvania Philadelphia Poland Pyongyang
Qatar Riyadh Romania Rome Russia Salisbury Scotland Serbia Sevastopol Seoul Siberia Singapore
Slovakia Sochi Spain Sudan Sweden Switzerland Sydney Syria Taiwan Tehran Tennessee Texas Tokyo
Toronto Turkey UK Ukraine US USA USSR Utah Venezuela Vermont Vienna Vietnam Virginia Warsaw
Washington Wisconsin Wyoming Yemen York Zealand Zimbabwe
""")
"""Places that speak as such ("Moscow said") or stand next to names; no persons."""

PLACE_OPENERS = word_set("San Santa Los Las Fort Mount Cape Port Palo St. Saint")
"""Words that begin the names of places of several words."""

DEMONYMS = word_set("""
african american arab asian australian austrian baltic belarusian belgian brazilian british
bulgarian californian canadian catholic chechen chinese christian crimean cuban czech danish
democrat democratic democrats dutch egyptian english estonian european finnish french georgian
german gop greek hungarian indian iranian iraqi irish islamic israeli italian japanese jewish
korean kurdish latvian libyan lithuanian mexican muslim north norwegian orthodox pakistani
palestinian polish portuguese republican republicans russian russians saudi scottish senate
serbian slovak south soviet spanish swedish swiss syrian texan turkish u.k. u.n. u.s. uk ukrainian
un us eu nato venezuelan western white house kremlin pentagon
""")
"""Words of nationality, creed and party that stand before a name and are no part of it."""

FOREIGN = word_set("""
afghan australian belarusian british bulgarian canadian chechen chinese cuban czech danish dutch
egyptian estonian finnish french georgian german greek hungarian indian iranian iraqi israeli
italian japanese korean kurdish latvian libyan lithuanian mexican norwegian pakistani palestinian
polish romanian russian saudi serbian soviet spanish swedish swiss syrian turkish ukrainian
venezuelan
""")
"""Nationalities other than American."""

NATIONS = FOREIGN | word_set("american u.s. us")
"""Nationalities: a description of one nation fits no one of another."""

CALENDAR = word_set("""
monday tuesday wednesday thursday friday saturday sunday january february march april june july
august september october november december jan feb mar apr jun jul aug sept sep oct nov dec
christmas easter thanksgiving ramadan today yesterday tomorrow tonight
""")

FUNCTION_WORDS = word_set("""
a about above according across after again against all almost along already also although always
am amid among an and another any anyone anything are around as asked at away back because been
before behind being below beneath besides between beyond both but by called can could despite did
do does down during each either else even ever every everyone few first following for from further
get had has have having he her here hers him his how however i if in indeed inside instead into is
it its just last later least less let like likewise many maybe me meanwhile might mine more
moreover most much must my near neither never next no nobody none nor not nothing now of off often
on once one only onto or other others our out over own perhaps please rather really said same
several shall she should similarly since so some somehow someone something sometimes soon still
such than thank that the their them then there therefore these they this those though three
through throughout thus to too toward towards two under until up upon us very was we well were
what whatever when whenever where whereas whether which while who whom whose why will with within
without would yes yet you your yours okay ok oh sure look yeah exactly right speaking read related
photo image video click share watch advertisement updated breaking exclusive opinion analysis
editor's earlier recently finally additionally ultimately nevertheless nonetheless o.k. a.m. p.m.
""")
"""Words that begin sentences or link phrases; capitalised, they are no part of a name."""

QUANTITIES = word_set("""
tens dozens hundreds thousands millions six seven eight nine ten days hours weeks months years
minutes late early part most dated allowed sounds beware let let's claim together nicknamed raised
based dismayed faced joined founded created launched born known see
""")
"""Words that begin sentences and, capitalised, are not yet in another class."""

PREPOSITIONS = word_set("""
about aboard above across after against along alongside amid amidst among around as at atop before
behind below beneath beside besides between beyond by concerning despite down during except for from
in inside into like near of off on onto out outside over past per regarding since than through
throughout to toward towards under underneath until up upon via with within without
""")

SUBORDINATORS = word_set("""
after although as because before if once since that though unless until when whenever where
whereas whether while what how why so than
""")

CONJUNCTIONS = word_set("and but or nor yet so then plus")

DETERMINERS = word_set("""
neither either others a an the this that these those his her its their our my your one another
some several many few two three four five both all any each every no other most numerous countless
""")

PRONOUNS = word_set("he she they it i we you")
"""Subject pronouns; `who` is resolved to its antecedent instead."""

RELATIVES = word_set("who which that whom")

AUXILIARIES = word_set("""
am are be been being can could did do does had has have having is may might must shall should was
were will would 'd 'll 's ’d ’ll ’ve 've didn doesn hasn hadn wasn isn t not n't n’t never cannot
didn't didn’t doesn't doesn’t wasn't wasn’t hasn't hasn’t won't won’t wouldn't wouldn’t
""")

ADVERBS = word_set("""
again almost already also always apparently away back before basically both clearly now elsewhere
even ever explicitly finally first further had however indeed instead just last later likewise
long meanwhile merely more moreover much never nevertheless next nonetheless not notably often
once only perhaps previously publicly quickly quite rather recently repeatedly sarcastically
simply since sometimes soon still subsequently then thereafter therefore thus too twice usually
yet separately earlier afterward afterwards famously today yesterday tonight monday tuesday
wednesday thursday friday saturday sunday here there reportedly all have each himself herself
themselves itself
""")

NOUNS_IN_LY = word_set("""
ally anomaly assembly belly bully butterfly daily elderly family friendly lonely monopoly monthly
rally reply supply weekly
""")
"""Words in -ly that are no adverbs."""

PARTICLES = word_set("al ap ben bin da de del della den der di dos du el ibn la le ter van von zu")
"""Lower-case words inside a name."""

NAME_SUFFIXES = word_set("jr jr. sr sr. ii iii iv")
