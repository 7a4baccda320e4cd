from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from model.tiny import tiny_encoder, tiny_tokenizer
from stance.errors import ModelError
from stance.model.inputs import InputEncoder, StatementText, speaker_text
from stance.model.spec import QUOTE_CLOSE, QUOTE_OPEN, InputSpec
from stance.records import PIECE_SEPARATOR

SPEC = InputSpec(body=24, quote=16, speaker=4, title=6, previous=8)
TOKENIZER = tiny_tokenizer()
ENCODER = InputEncoder(TOKENIZER, SPEC)
OPEN, CLOSE, CLS, SEP = map(TOKENIZER.token_to_id, (QUOTE_OPEN, QUOTE_CLOSE, "[CLS]", "[SEP]"))

any_text = st.text(max_size=300)
wordy = st.lists(
    st.sampled_from(["talk", "peace", "“", "”", "river,", "[SEP]", "[QUOTE]"]), max_size=80
)


def words(ids: list[int]) -> list[str]:
    return [TOKENIZER.id_to_token(token) for token in ids]


def parts(statement: StatementText, encoder: InputEncoder = ENCODER) -> list[list[str]]:
    """The tokens of paragraph, speaker, title and previous paragraph."""
    found: list[list[str]] = [[]]
    for token in words(encoder.encode(statement).input_ids)[1:]:
        if token == "[SEP]":
            found.append([])
        else:
            found[-1].append(token)
    return found[:-1]


def quoted(tokens: list[str]) -> list[list[str]]:
    """The tokens of each marked piece."""
    found = []
    while QUOTE_OPEN in tokens:
        start, end = tokens.index(QUOTE_OPEN), tokens.index(QUOTE_CLOSE)
        found.append(tokens[start + 1 : end])
        tokens = tokens[end + 1 :]
    return found


@st.composite
def statements(draw: st.DrawFn) -> StatementText:
    """A paragraph of any characters with up to four pieces in order, and any surroundings."""
    context = draw(st.one_of(any_text, wordy.map(" ".join)).filter(bool))
    ends = st.integers(0, len(context))
    cuts = sorted(draw(st.lists(ends, min_size=2, max_size=8)))
    pieces = tuple(zip(cuts[::2], cuts[1::2], strict=False))
    return StatementText(context, pieces, draw(any_text), draw(any_text), draw(any_text))


@given(statements())
def test_any_text_keeps_the_form_and_the_budgets(statement: StatementText) -> None:
    encoded = ENCODER.encode(statement)
    ids = encoded.input_ids
    assert len(ids) == len(encoded.token_type_ids) <= SPEC.max_tokens
    assert ids[0] == CLS
    assert ids.count(SEP) == 4
    body = ids[: ids.index(SEP)]
    assert encoded.token_type_ids == [0] * (len(body) + 1) + [1] * (len(ids) - len(body) - 1)
    assert len(body) <= SPEC.body + 1
    markers = [token for token in ids if token in (OPEN, CLOSE)]
    assert markers == [OPEN, CLOSE] * (len(markers) // 2)
    assert markers
    assert not {OPEN, CLOSE} & set(ids[len(body) :])


@given(st.text("abc ,.“”", min_size=1, max_size=400).filter(lambda text: text.strip(", ")))
def test_at_least_one_quoted_token_survives(quote: str) -> None:
    context = f"river {quote} bridge"
    statement = StatementText(context, ((6, 6 + len(quote)),))
    (piece,) = quoted(parts(statement)[0])
    assert 1 <= len(piece) <= SPEC.quote - 2


def test_the_form_of_a_sequence() -> None:
    context = "“We want peace,” the envoy said. “We will talk.”"
    statement = StatementText.from_quote(
        f"We want peace,{PIECE_SEPARATOR}We will talk.",
        context,
        previous="Bread on the river.",
        title="Talk in Moscow",
        speaker="A friend",
    )
    body, speaker, title, previous = parts(statement, tiny_encoder())
    assert " ".join(body) == (
        "“ [QUOTE] we want peace [/QUOTE] ” the envoy said . “ [QUOTE] we will talk . [/QUOTE] ”"
    )
    assert (speaker, title) == (["a", "friend"], ["talk", "in", "moscow"])
    assert previous == ["bread", "on", "the", "river", "."]


@pytest.mark.parametrize("spelling", ["[SEP]", "[CLS]", "[QUOTE]", "[/QUOTE]", "[PAD]", "[MASK]"])
def test_special_tokens_spelled_in_text_are_text(spelling: str) -> None:
    text = f"we {spelling} talk"
    statement = StatementText(text, ((0, len(text)),), text, text, text)
    tokens = words(tiny_encoder().encode(statement).input_ids)
    assert tokens.count(QUOTE_OPEN) == tokens.count(QUOTE_CLOSE) == 1
    assert tokens.count("[SEP]") == 4
    assert tokens.count("[CLS]") == 1
    assert "[PAD]" not in tokens
    assert "[MASK]" not in tokens


def test_pieces_are_found_in_order() -> None:
    context = "“Yes,” she said. “Yes,” she said again. “No.”"
    found = StatementText.from_quote(f"Yes,{PIECE_SEPARATOR}Yes,{PIECE_SEPARATOR}No.", context)
    assert [context[a:b] for a, b in found.pieces] == ["Yes,", "Yes,", "No."]
    assert len(set(found.pieces)) == 3


@pytest.mark.parametrize(
    ("quote", "context"),
    [
        ("We want peace", None),
        ("We want peace", ""),
        ("We want peace", "Nothing of the kind was said."),
        (f"No.{PIECE_SEPARATOR}Yes.", "“Yes.” And later: “No.”"),
        (PIECE_SEPARATOR, "Two pieces of nothing … and more"),
        ("", "A paragraph"),
    ],
)
def test_a_quote_that_is_not_there_stands_alone(quote: str, context: str | None) -> None:
    found = StatementText.from_quote(quote, context)
    assert found.context == quote
    assert found.pieces == ((0, len(quote)),)
    assert len(ENCODER.encode(found).input_ids) <= SPEC.max_tokens


@given(any_text, any_text)
def test_located_pieces_spell_the_quote(quote: str, context: str) -> None:
    found = StatementText.from_quote(quote, context)
    assert PIECE_SEPARATOR.join(found.context[a:b] for a, b in found.pieces) == quote


def test_the_quotation_comes_before_the_words_around_it() -> None:
    quote = "we want peace with america"
    context = "river " * 5000 + quote + " bridge" * 5000
    body = parts(StatementText.from_quote(quote, context))[0]
    assert quoted(body) == [quote.split()]
    assert len(body) == SPEC.body
    assert body.count("river") == 8
    assert body.count("bridge") == 9


@pytest.mark.parametrize(
    ("before", "after", "rivers", "bridges"), [(100, 2, 15, 2), (2, 100, 2, 15), (3, 4, 3, 4)]
)
def test_a_side_may_use_what_the_other_leaves(
    before: int, after: int, rivers: int, bridges: int
) -> None:
    quote = "we want peace with america"
    body = parts(StatementText.from_quote(quote, "river " * before + quote + " bridge" * after))[0]
    assert (body.count("river"), body.count("bridge")) == (rivers, bridges)


def test_a_long_first_piece_leaves_no_room_for_others() -> None:
    first, second = "we " * 50, "peace"
    statement = StatementText.from_quote(
        f"{first}{PIECE_SEPARATOR}{second}", f"“{first}” they said. “{second}”"
    )
    assert quoted(parts(statement)[0]) == [["we"] * (SPEC.quote - 2)]


def test_surroundings_keep_their_nearest_words() -> None:
    statement = StatementText(
        "peace", ((0, 5),), "bread " * 20 + "river", "moscow " + "talk " * 20, "envoy " * 20
    )
    _, speaker, title, previous = parts(statement)
    assert speaker == ["envoy"] * SPEC.speaker
    assert title == ["moscow", *["talk"] * (SPEC.title - 1)]
    assert previous == [*["bread"] * (SPEC.previous - 1), "river"]


@pytest.mark.parametrize("text", ["", ",", " , ", "\x00", "\ud800", "\U0001f54a" * 3, "x" * 10**6])
def test_odd_quotes(text: str) -> None:
    for encoded in (
        ENCODER.encode(StatementText.from_quote(text)),
        ENCODER.encode_words(StatementText.from_quote(text)),
    ):
        assert 0 < len(encoded.input_ids) == len(encoded.token_type_ids) <= SPEC.max_tokens


def test_encode_words_reads_the_pieces_alone() -> None:
    context = "“We want peace,” the envoy said. “We will talk.”"
    statement = StatementText.from_quote(f"We want peace,{PIECE_SEPARATOR}We will talk.", context)
    ids = tiny_encoder().encode_words(statement).input_ids
    assert words(ids) == ["we", "want", "peace", ",", "we", "will", "talk", "."]


@pytest.mark.parametrize(
    ("name", "role", "expected"),
    [
        ("Ada Quill", "the Russian envoy", "Ada Quill, the Russian envoy"),
        ("Ada Quill", None, "Ada Quill"),
        (None, "the Russian envoy", "the Russian envoy"),
        (None, None, ""),
        ("", "", ""),
    ],
)
def test_speaker_text(name: str | None, role: str | None, expected: str) -> None:
    assert speaker_text(name, role) == expected


def test_a_tokenizer_without_markers_is_refused() -> None:
    plain: Tokenizer = tiny_tokenizer(markers=False)
    with pytest.raises(ModelError, match=r"none of the tokens \[QUOTE\]"):
        InputEncoder(plain, SPEC)
