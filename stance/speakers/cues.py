"""The words that announce a quotation: verbs, nouns and prepositions of attribution.

A leaf module: sets of lower-case words, no behaviour beyond inflecting them. Verbs are written as
base forms and inflected here, so that a verb is added by adding one word.
"""

from __future__ import annotations

_DOUBLING = frozenset(
    "admit beg blog brag demur prod quip rebut refer rip slam sob submit sum".split()
)
"""Verbs that double their last consonant before -ed and -ing."""

_IRREGULAR = {
    "begin": "begins began begun beginning",
    "go": "goes went gone going",
    "hold": "holds held holding",
    "lie": "lies lied lying",
    "put": "puts put putting",
    "draw": "draws drew drawn drawing",
    "feel": "feels felt feeling",
    "find": "finds found finding",
    "read": "reads read reading",
    "mean": "means meant meaning",
    "see": "sees saw seen seeing",
    "send": "sends sent sending",
    "say": "says said saying",
    "sing": "sings sang sung singing",
    "speak": "speaks spoke spoken speaking",
    "swear": "swears swore sworn swearing",
    "tell": "tells told telling",
    "think": "thinks thought thinking",
    "write": "writes wrote written writing",
}

_SPEECH = """
acknowledge add admit advise affirm allege announce answer argue ask assert assure bark beam blog boast boom call
caution chant chide claim clarify comment complain concede conclude confess confide confirm
contend continue counter cry declare demand deny echo email emphasize emphasise elaborate exclaim exhort explain
fume grumble hint implore inform inquire insist interject joke lament lie maintain mention muse
mutter note object observe opine plead point pledge post predict proclaim promise protest quip read
reason recall recite recount reiterate remark remind repeat reply report respond retort retweet
say scoff scream shout sing speculate state stress submit suggest summarize surmise swear tell
testify think thunder tweet underline underscore urge vow warn whisper wonder write yell
"""
"""Verbs whose grammatical subject is, when a quotation follows or goes before, its speaker."""

_APPRAISAL = """
accuse agree appeal applaud apologize assail attack attribute back beg believe bemoan blame blast
brag brand caption characterize characterise charge cite commend compare condemn congratulate
credit criticise criticize dare decry defend demur denounce deplore deride describe dismiss
dispute doubt draw encourage endorse entitle estimate expect express fault feel find fire hail highlight hope
indicate invite invoke joke label laud laugh lash mean mock mouth offer oppose paint ponder
portray praise press prod propose publish push question quote rail rate react rebuke rebuff rebut recommend
refer refuse refute reject remember respond reveal ridicule rip salute say see send share signal
slam speak support sum summon taunt tease term title thank threaten tout view voice welcome
worry
"""
"""Verbs that take a quotation inside their object ("called it …", "praised the …")."""


def inflect(base: str) -> frozenset[str]:
    """Return the forms of an English verb: base, third person, past, participles.

    Args:
        base: The verb's base form in lower case.

    Returns:
        The lower-case forms, the base form among them.
    """
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


SPEECH_VERBS = _inflect_all(_SPEECH) | frozenset("according going goes went tweets".split())
"""Inflected verbs of saying: near a quotation, the subject is the speaker."""

CUE_VERBS = SPEECH_VERBS | _inflect_all(_APPRAISAL) | frozenset(("shot", "shoots", "shooting"))
"""Every inflected verb that can attribute a quotation, lower case."""

CUE_NOUNS = frozenset(
    """
    accusation account announcement answer appearance argument article assertion blog briefing
    call caption claim column comment comments complaint conference declaration email essay
    editorial filing indictment interview letter memo memoir message news note op-ed opinion
    phrase pledge post posting question quote reaction read-out readout remark remarks rebuke
    release reply report response rhetoric slogan speech statement statements testimony text
    transcript tweet tweets tweetstorm video warning word words
    """.split()
)
"""Nouns that carry an attribution: "in a statement", "her tweet read", "X's words"."""

CUE_PREPOSITIONS = (
    ("according", "to"),
    ("in", "the", "words", "of"),
    ("as", "per"),
    ("per",),
    ("quoting",),
    ("citing",),
    ("quoted", "by"),
    ("told", "by"),
)
"""Word sequences that the speaker follows directly."""
