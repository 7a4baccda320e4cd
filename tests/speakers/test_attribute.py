"""Whole articles in, speakers out."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.records import Statement
from stance.speakers import attribute

from .conftest import quoted

INTRODUCTION = (
    "Foreign Minister Pavel Sorokin met Senator Ann Delgado in Vienna on Monday. "
    "Delgado, a Vermont Democrat, had asked for the talks.\n\n"
)


def names(text: str, title: str | None = None) -> list[str | None]:
    return [speaker.name for speaker in attribute(text, quoted(text), title)]


@pytest.mark.parametrize(
    "sentence",
    [
        "“We will keep talking for as long as it takes,” Sorokin said.",
        "“We will keep talking for as long as it takes,” said Sorokin, the foreign minister.",
        "“We will keep talking for as long as it takes,” Mr. Sorokin told reporters on Monday.",
        "Sorokin said: “We will keep talking for as long as it takes.”",
        "Sorokin said that officials in both capitals believe the talks are “all but over now.”",
        "Sorokin later said that the two sides “will keep talking for as long as it takes.”",
        "Sorokin, who had arrived late, said the two sides “will keep talking for long.”",
        "Sorokin was quoted by a news agency as saying “we will keep talking for long.”",
        "According to Sorokin, the two sides “will keep talking for as long as it takes.”",
        "“We will keep talking for as long as it takes,” according to Sorokin.",
        "Russia has seen “not one fact in the report” that would prove it, Sorokin said.",
        "Sorokin left the room, calling the draft “a very good place for us all to begin.”",
        "The two sides “will keep talking for as long as it takes,” Sorokin said.",
        "Washington “will keep talking for as long as it takes” about the bridges, says Sorokin.",
        "Sorokin: “We will keep talking for as long as it takes.”",
        "“We will keep talking for as long as it takes.” — Pavel Sorokin",
        "Sorokin's statement said “we will keep talking for as long as it takes.”",
        "Sorokin in Vienna said that “we will keep talking for as long as it takes.”",
        "Then came Sorokin, from Kyiv, who said that “we will keep talking for as long.”",
        "But Sorokin, a former envoy to the town who has mellowed, wrote, “We will keep talking.”",
        "“We will keep talking for as long as it takes.” — Minister Pavel Sorokin at a lunch",
        "The agency said Monday that Sorokin, head of the town, said, “We will keep talking.”",
        "From Pavel Sorokin: “We will keep talking for as long as it takes.”",
        "“We will keep talking for as long as it takes,” the foreign minister said.",
        "The draft was described by Sorokin as “a very good place for us all to begin.”",
        "Asked by Sorokin whether “you have ever been on that bridge,” Delgado laughed.",
        "Others say that “we will keep talking for as long as it takes.” Pavel Sorokin, Daily News",
        "Sorokin at one point says “we will keep talking for as long as it takes.”",
        "It was, in the words of Sorokin, “a very good place for all of us to begin again.”",
        "The talks' host, Minister Pavel Sorokin of Karelia, closed with a toast: “We go on.”",
        "But press secretary Pavel Sorokin would not give a day, saying, “We go on for now.”",
        "Sorokin, who last week told the council that “we go on for now,” came late.",
        "“We will keep talking for as long as it takes,” notes Pavel Sorokin in an essay.",
        "“We will keep talking for as long as it takes,” says Pavel Sorokin of Port Ash, Maine.",
        "Although Sorokin wrote after the talks that “we go on,” the rub lies in a shared border.",
        "Sorokin was clear on the mayor, whom Delgado has praised, and on the vote: “We go on.”",
        "Sorokin told Delgado, a host who put him up to it, “We will keep talking for long.”",
        "The talks' host, Minister Pavel Sorokin (left), said the draft was “a very good place.”",
        "“We will keep talking,” said the host, Minister Pavel Sorokin (left), on Monday.",
        "Sorokin replied to a question on what Delgado says by arguing, “We go on for now.”",
        "Asked if Vienna had been “open to all of us” when officials left, Sorokin said yes.",
        "Sorokin will put “order and honor first” as protests continue in Vienna.",
        "In an April 7 memo, Minister Pavel Sorokin let it be known that “we go on for now.”",
    ],
)
def test_forms_of_attribution(sentence: str) -> None:
    assert names(INTRODUCTION + sentence) == ["Pavel Sorokin"]


@pytest.mark.parametrize(
    "body",
    [
        "The Center for a New Karelian Security",
        "The Karelian Council on Foreign Relations",
        "The Port Ash Endowment for International Peace",
        "Q&A",
    ],
)
def test_bodies_of_several_words(body: str) -> None:
    assert names(f"{INTRODUCTION}{body} said the draft was “a very good place.”") == [body]


def test_a_rank_is_part_of_a_description() -> None:
    text = INTRODUCTION + "“We will keep talking,” said the No. 2 official at the embassy."
    assert names(text) == ["the No. 2 official at the embassy"]


def test_a_time_before_a_colon_speaks_not() -> None:
    assert "30 PM" not in names(INTRODUCTION + "10:30 PM ET: “We will keep talking for long.”")


def test_a_contributor_speaks() -> None:
    text = "ABC contributor Rachel Roe, a former host, said that Vienna could “walk away from it.”"
    assert names(text) == ["Rachel Roe"]


@pytest.mark.parametrize(
    "source",
    [
        "Activists outside the Karelian embassy",
        "One of the people on site",
        "Some of the envoys' aides",
    ],
)
def test_unnamed_sources_are_not_cut(source: str) -> None:
    assert names(f"{INTRODUCTION}{source} called the draft “a very good place.”") == [source]


def test_tweet_with_a_link_before_its_signature() -> None:
    text = INTRODUCTION + "We go on. pic.twitter.com/a1 https://t.co/b2 — Pavel Sorokin (@ps) May 2"
    begin = len(INTRODUCTION)
    tweet = Statement(((begin, begin + len("We go on.")),), (begin, len(text)))
    assert [speaker.name for speaker in attribute(text, [tweet])] == ["Pavel Sorokin"]


def test_pieces_around_a_clause() -> None:
    text = INTRODUCTION + "“We will keep talking,” Sorokin said. “We have no other choice at all.”"
    first, second = (one.segments[0] for one in quoted(text))
    statement = Statement(segments=(first, second), paragraph=(len(INTRODUCTION), len(text)))
    [speaker] = attribute(text, [statement])
    assert speaker.name == "Pavel Sorokin"
    assert speaker.mention == "Sorokin"
    assert speaker.role == "Foreign Minister"
    assert speaker.mention_span is not None
    assert text[slice(*speaker.mention_span)] == "Sorokin"


def test_a_tag_between_pieces_outweighs_what_its_subject_sees() -> None:
    text = INTRODUCTION + (
        "Russia has seen “not one fact in the report” that would prove it, Sorokin said. "
        "He said many are eager “to spoil what the two of us have begun here,” Sorokin said."
    )
    assert set(names(text)) == {"Pavel Sorokin"}


def test_who_cuts_in_between_pieces() -> None:
    text = INTRODUCTION + "“That,” the foreign minister cut in, “is a weather report.”"
    first, second = (one.segments[0] for one in quoted(text))
    statement = Statement(segments=(first, second), paragraph=(len(INTRODUCTION), len(text)))
    [speaker] = attribute(text, [statement])
    assert speaker.name == "Pavel Sorokin"
    assert speaker.mention == "the foreign minister"


def test_lead_in_in_the_paragraph_before() -> None:
    text = INTRODUCTION + "Delgado put it this way:\n\n“There is no time left for another round.”"
    assert names(text) == ["Ann Delgado"]


def test_run_of_paragraphs_by_one_speaker() -> None:
    text = (
        INTRODUCTION
        + "“There is no time left for another round,” Delgado said.\n\n"
        + "“We should have begun a year ago.”\n\n“And we all know it.”"
    )
    assert names(text) == ["Ann Delgado"] * 3


@pytest.mark.parametrize(
    "sentence",
    [
        "Sorokin said on Monday that the senator believes the bridges are “all but gone by now.”",
        "Sorokin told a crowd in the old town late on Monday that Delgado had called it “a mess.”",
        "The ministry was glad of the vote, with spokesman Pavel Sorokin saying, “It was time.”",
        "Delgado urged the town to “open the bridge before the winter comes,” Sorokin said.",
        "Sorokin said he was “glad” Delgado was speaking up, and that “it was about time too.”",
        "Sorokin called the vote “a step that nobody needed at all,” the Daily Courier reported.",
    ],
)
def test_reports_within_reports(sentence: str) -> None:
    assert names(INTRODUCTION + sentence)[0] == "Pavel Sorokin"


def test_a_sentence_that_goes_on_after_its_first_quotation() -> None:
    text = INTRODUCTION + "Sorokin said he was “glad” Delgado was speaking up. “It was about time.”"
    one, other = (statement.segments[0] for statement in quoted(text))
    statement = Statement(segments=(one, other), paragraph=(len(INTRODUCTION), len(text)))
    [speaker] = attribute(text, [statement])
    assert speaker.name == "Pavel Sorokin"


def test_the_words_of_a_list_are_the_protagonist_s() -> None:
    text = "\n\n".join(
        (
            "The year of Ann Delgado in quotations. Delgado had much to say.",
            "1. “The bridge will stand for a hundred years.”",
            "Delgado had not asked the builders.",
            "2. “Nobody asked the builders, and nobody will.”",
            "Delgado met Igor Belov. Delgado laughed at Delgado.",
            "“Bridges are for the brave, and for nobody else.” — May 3, on the radio",
            "“There was no bridge here when I was young.”",
        )
    )
    assert names(text)[:3] == ["Ann Delgado"] * 3


def test_a_list_without_a_protagonist_has_no_speaker() -> None:
    text = "Ann Delgado met Igor Belov.\n\n1. “The bridge will stand for a hundred years.”"
    assert names(text) == [None]


def test_the_sentence_before_may_be_a_body_that_speaks() -> None:
    text = "The harbour board said in an open letter that the bridge must go.\n\n“It is unsafe.”"
    assert names(text) == ["The harbour board"]
    text = "Bridges fail in winter, said Ann Delgado, who has seen it.\n\n“It is unsafe.”"
    assert names(text) == ["Ann Delgado"]


def test_two_offices_of_one_person() -> None:
    text = "“It was a long night for us,” said Prime Minister and party leader Ann Delgado."
    assert names(text) == ["Ann Delgado"]


def test_two_who_speak_as_one() -> None:
    text = f"{INTRODUCTION}“It was a long night for us,” Delgado and Mr. Sorokin said."
    assert names(text) == ["Ann Delgado and Pavel Sorokin"]


def test_the_younger_is_the_one_called_jr() -> None:
    text = (
        "Luis Delgado came with Luis Delgado Jr. and Luis Delgado sang.\n\n"
        "“It was a long night for us,” the younger Mr. Delgado said."
    )
    assert names(text) == ["Luis Delgado Jr."]


def test_the_company_is_the_body_named_before() -> None:
    text = (
        "The trade was stopped by Larkwell on Monday. Larkwell gave no reasons.\n\n"
        "“We acted on a report,” the company said."
    )
    assert names(text) == ["Larkwell"]
    assert names(text.replace("the company", "the shipping giant")) == ["Larkwell"]


def test_a_handle_is_no_part_of_a_signature() -> None:
    text = "“Let us all go home, it is late” — Ann Delgado (@anndelgado) May 3, 2019"
    assert names(text) == ["Ann Delgado"]


def test_may_after_a_dash_is_a_month_only_with_a_number() -> None:
    assert names("“Let us all go home.” — May Delgado") == ["May Delgado"]
    assert names("“Let us all go home.” — May 3, 2019") == [None]


def test_according_to_outweighs_a_verb_of_thought() -> None:
    text = (
        INTRODUCTION + "According to Delgado, Sorokin believes the bridge is “all but gone by now.”"
    )
    assert names(text) == ["Ann Delgado"]


def test_a_surname_goes_on_from_the_full_name_just_before() -> None:
    text = (
        "Ann Delgado ran and Ann Delgado lost. Ann Delgado left.\n\n"
        "Her cousin Luis Delgado stayed. “I never left,” Delgado said.\n\n"
        + "The town went on as before. "
        * 30
        + "\n\n"
        "“I was tired,” Delgado said."
    )
    assert names(text) == ["Luis Delgado", "Ann Delgado"]


def test_the_president_is_not_his_son() -> None:
    text = "Donald Trump Jr. was there. “It was a good day,” Trump said of his guests."
    assert names(text) == ["Trump"]


def test_unnamed_sources_and_bodies_keep_their_description() -> None:
    text = (
        "“It was a long day,” a State Department official said.\n\n"
        "“Nothing was agreed on,” the official added.\n\n"
        "“It was a success,” the Kremlin said."
    )
    official = "a State Department official"
    assert names(text) == [official, official, "the Kremlin"]


def test_headline_gives_the_fuller_name() -> None:
    text = "“I will be there again tomorrow,” Okafor told the crowd."
    assert names(text) == ["Okafor"]
    assert names(text, "Grace Okafor vows to return") == ["Grace Okafor"]


def test_surname_of_two_people() -> None:
    text = (
        "Donald Trump spoke after Melania Trump. Donald Trump Jr. listened.\n\n"
        "“What a night,” Trump said.\n\n“Thank you all,” Mrs. Trump said."
    )
    assert names(text) == ["Donald Trump", "Melania Trump"]


def test_nobody_is_better_than_a_guess() -> None:
    text = "It was the so-called “season of the long knives” all over again."
    assert names(text) == [None]


def test_related_links_are_no_part_of_the_sentence() -> None:
    text = (
        "“We need a vote,” Sen. Ann Delgado Ann Marie DelgadoSenate plans vote Five takeaways "
        "from the hearing MORE (D-Vt.) said on Monday."
    )
    assert names(text) == ["Ann Delgado"]
    assert names("Ann Quill Ann Marie Quill said “we all go home now.”") == ["Ann Quill"]


def test_no_statements() -> None:
    assert attribute("Nothing was said.", []) == []


ARTICLE = st.lists(
    st.sampled_from(
        ["“Yes,”", "“No.”", "Ann", "Delgado", "said", "the", "statement", "it", "he", ":", ",", ".",
         "who", "MORE", "(R-Vt.)", "by", "as", "saying", "\n\n", "—", "Sen.", "a", "official", "'s"]
    ),
    max_size=60,
).map(" ".join)  # fmt: skip


@given(st.one_of(ARTICLE, st.text(max_size=200)))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_one_speaker_per_statement(text: str) -> None:
    statements = quoted(text)
    speakers = attribute(text, statements, title=text[:40])
    assert len(speakers) == len(statements)
    for speaker in speakers:
        assert 0 <= speaker.confidence <= 1
        assert speaker.role is None or len(speaker.role) <= 100
        if speaker.mention_span is not None:
            assert text[slice(*speaker.mention_span)] == speaker.mention


def test_somebodys_lawyer_is_no_one_named_before() -> None:
    assert names(
        INTRODUCTION + "Delgado left. The mayor’s lawyer welcomed it as “a fair start.”"
    ) == ["The mayor’s lawyer"]
    assert names(INTRODUCTION + "The governor’s son said he was “glad to be out of it all.”") == [
        "Ann Delgado"
    ]


@pytest.mark.parametrize(
    "unit",
    [
        "“No,” he said. ",
        "The official said in the statement “no way” and ",
        "Ann Delgado, ",
        "aaaa MORE ",
        "A" * 50 + "-",
    ],
)
def test_time_is_linear_in_hostile_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit)) + "“We are done here,” Ann Delgado said."
        statements = quoted(text)
        start = time.process_time()
        attribute(text, statements)
        return time.process_time() - start

    seconds(10_000)
    assert seconds(80_000) < 0.5 + 20 * max(seconds(8_000), 0.01)
