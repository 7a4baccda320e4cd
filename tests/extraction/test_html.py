from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.errors import ArticleError
from stance.extraction.html import article_from_html

PAGE = """<!doctype html><html><head><title>Envoy sees thaw | The Harbor Post</title>
<meta property="og:site_name" content="The Harbor Post">
<meta property="article:published_time" content="2019-05-02T10:00:00Z">
<link rel="canonical" href="https://harborpost.example/world/envoy"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article>
<h1>Envoy sees thaw</h1>
<p>“We have begun to talk again,” said envoy Marta Quill after the meeting in the old customs
house on Thursday.</p>
<p>Her counterpart, Oleg Brant, was more careful. “Talking is not agreeing,” he told reporters
who had waited in the rain for most of the day.</p>
<p>The two will meet again in June, officials on both sides of the table said in a note.</p>
</article><footer>All rights reserved</footer></body></html>"""


@pytest.mark.parametrize("page", [PAGE, PAGE.encode()])
def test_article_has_text_and_metadata(page: str | bytes) -> None:
    article = article_from_html(page)
    assert article.title == "Envoy sees thaw"
    assert article.date == "2019-05-02"
    assert article.source == "The Harbor Post"
    assert article.url == "https://harborpost.example/world/envoy"
    assert "“Talking is not agreeing,” he told reporters" in article.text
    assert "Home" not in article.text
    assert article.text.count("\n\n") >= 2


@pytest.mark.parametrize("page", ["", " \n", "one", b"\x00\xff\xfe", "<html></html>"])
def test_page_without_an_article_is_an_article_error(page: str | bytes) -> None:
    with pytest.raises(ArticleError, match="page"):
        article_from_html(page)


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=200) | st.text(alphabet="<>p/diva&; \"'=\x00", max_size=200))
def test_any_input_is_an_article_or_an_article_error(page: str | bytes) -> None:
    with contextlib.suppress(ArticleError):
        assert article_from_html(page).text.strip()
