"""The words that announce a quotation: verbs, nouns and prepositions of attribution.

A leaf module: sets of lower-case words, no behaviour beyond inflecting them. Verbs are written as
base forms and inflected here, so that a verb is added by adding one word.
"""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """Return the words of a string that separates them by white space."""
    return frozenset(words.split())


_DOUBLING = word_set("admit beg blog brag demur dub prod quip rebut refer rip slam sob submit sum")
"""Verbs that double their last consonant before -ed and -ing."""

_IRREGULAR = {
    "begin": "begins began begun beginning",
    "draw": "draws drew drawn drawing",
    "feel": "feels felt feeling",
    "find": "finds found finding",
    "go": "goes went gone going",
    "hold": "holds held holding",
    "lie": "lies lied lying",
    "mean": "means meant meaning",
    "put": "puts put putting",
    "read": "reads read reading",
    "say": "says said saying",
    "see": "sees saw seen seeing",
    "send": "sends sent sending",
    "shoot": "shoots shot shooting",
    "sing": "sings sang sung singing",
    "speak": "speaks spoke spoken speaking",
    "swear": "swears swore sworn swearing",
    "tell": "tells told telling",
    "think": "thinks thought thinking",
    "write": "writes wrote written writing",
}

_SPEECH = """
acknowledge add admit advise affirm allege announce answer argue ask assert assure bark beam blog
blurt boast boom call caution chant chide claim clarify comment complain concede conclude confess
confide confirm contend continue counter cry declare demand deny echo email emphasize emphasise
elaborate exclaim end exhort explain fume grumble hint implore inform inquire insist interject
joke lament lie maintain mention muse mutter note object observe opine plead point pledge post
predict proclaim promise protest put quip read reason recall recite recount reiterate remark
remind repeat reply report respond retort retweet say scoff scream shout sing speculate state
stress submit suggest summarize surmise swear tell testify think thunder tweet underline
underscore urge vow warn whisper wonder write yell
"""

_APPRAISAL = """
accuse agree appeal applaud apologize assail attack attribute back beg believe bemoan blame blast
brag brand caption characterize characterise charge cite commend compare condemn congratulate
credit criticise criticize dare decry defend demur denounce deplore deride describe dismiss
dispute doubt draw dub encourage endorse entitle estimate expect express fault feel find fire hail
highlight hope indicate invite invoke label laud laugh lash mean mock mouth offer oppose paint
ponder portray praise press prod propose publish push question quote rail rate react rebuke rebuff
rebut recommend refer refuse refute reject remember reveal ridicule rip salute see send share
shoot signal slam speak support sum summon taunt tease term thank threaten title tout view voice
welcome worry
"""


def inflect(base: str) -> frozenset[str]:
    """Return the forms of an English verb in lower case, its base form among them."""
    if base in _IRREGULAR:
        return frozenset((base, *_IRREGULAR[base].split()))
    if base.endswith("e"):
        return frozenset((base, base + "s", base + "d", base[:-1] + "ing"))
    if base.endswith("y") and base[-2] not in "aeiou":
        return frozenset((base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"))
    stem = base + base[-1] if base in _DOUBLING else base
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return frozenset((base, third, stem + "ed", stem + "ing"))


def _inflect_all(bases: str) -> frozenset[str]:
    return frozenset(form for base in bases.split() for form in inflect(base))


SPEECH_VERBS = _inflect_all(_SPEECH)
"""Inflected verbs of saying: near a quotation, their subject is its speaker."""

CUE_VERBS = SPEECH_VERBS | _inflect_all(_APPRAISAL)
"""Every inflected verb that can attribute a quotation, with those that take it inside their object
("called it …", "praised the …")."""

CUE_NOUNS = word_set("""
accusation account announcement answer argument article assertion blog briefing caption claim
column comment comments complaint conference declaration email essay editorial filing indictment
interview letter mantra memo memoir message motto news note op-ed opinion phrase pledge post
posting question quote reaction read-out readout remark remarks release reply report response
slogan speech statement statements testimony text transcript tweet tweets tweetstorm video warning
word words
""")
"""Nouns that carry an attribution: "in a statement", "her tweet read", "X's words"."""

AUTHORED_NOUNS = word_set("""
statement statements letter tweet tweets post message email remarks words comment comments answer
reply response testimony speech note
""")
"""Those of `CUE_NOUNS` that have one author, who is meant when they speak ("the letter said")."""
