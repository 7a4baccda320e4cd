"""A tokenizer and an encoder of no size, with random weights and words of our own."""

from __future__ import annotations

import string
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers

from stance.model.inputs import InputEncoder
from stance.model.spec import QUOTE_CLOSE, QUOTE_OPEN, InputSpec

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
WORDS = [
    "the",
    "a",
    "we",
    "you",
    "they",
    "of",
    "to",
    "and",
    "with",
    "in",
    "on",
    "will",
    "want",
    "talk",
    "said",
    "envoy",
    "moscow",
    "russia",
    "america",
    "sanctions",
    "treaty",
    "peace",
    "trust",
    "against",
    "friend",
    "enemy",
    "good",
    "bad",
    "weather",
    "bread",
    "river",
    "bridge",
]

MARKERS = (QUOTE_OPEN, QUOTE_CLOSE)


def tiny_tokenizer(*, markers: bool = True) -> Tokenizer:
    """Return a WordPiece tokenizer that can spell any lower-case English word."""
    letters = string.ascii_lowercase + string.digits + string.punctuation + "“”‘’—…"
    pieces = [*SPECIAL, *letters, *(f"##{letter}" for letter in letters), *WORDS]
    vocabulary = {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.add_special_tokens([*SPECIAL, *(MARKERS if markers else ())])
    return tokenizer


def tiny_encoder(**budgets: int) -> InputEncoder:
    """Return an input encoder with the given budgets of tokens, the others as usual."""
    return InputEncoder(tiny_tokenizer(), InputSpec(**budgets))


def tiny_base(folder: Path) -> Path:
    """Save a BERT of 2 layers and width 32, with its tokenizer, as the hub has them."""
    import torch  # noqa: PLC0415
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast  # noqa: PLC0415

    tokenizer = tiny_tokenizer(markers=False)
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=256,
    )
    BertModel(config).save_pretrained(folder)
    names = ("pad_token", "unk_token", "cls_token", "sep_token", "mask_token")
    special = dict(zip(names, SPECIAL, strict=True))
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special).save_pretrained(folder)
    return folder
