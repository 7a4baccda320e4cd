"""The page in a real browser; skipped where none is installed, unless STANCE_BROWSER=required."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from stance.table import COLUMN_NAMES
from web.conftest import Visit

pytestmark = pytest.mark.xdist_group("browser")

OWN_ENTRY = "Paste or drop your own article"

OWN = """Envoys Meet in the Rain

HELSINKI — “We want good relations with Russia, and we will work for them,” said Ada Marsh, the \
American envoy. “The treaty was worth the trouble.”

“Moscow has lied to us about every missile it ever built,” said Senator Bo Reed of Ohio. “It \
deserves more sanctions, and it will have them.”
"""

HOSTILE = """<script>document.title = "broken"; alert(1)</script> Talks in <b>Vienna</b>

“<img src=x onerror=alert(2)> Russia lied to us, and we want sanctions against it,” said \
<i onmouseover=alert(3)>Ada Marsh</i>, who is the chair of the panel on foreign affairs.

“=cmd()|' /C calc'!A0 is what Moscow sent to us, and it was an attack on us,” said Bo Reed, who \
was at the hearing. ${alert(4)} {{alert(5)}}
"""


def paste(page: Page, text: str) -> None:
    """Have the page read a text, and wait until it is shown."""
    own = page.get_by_label("Article", exact=True)
    if not own.is_visible():
        page.get_by_role("button", name=OWN_ENTRY).click()
    own.fill(text)
    page.get_by_role("button", name="Read this article").click()


def download(page: Page, name: str) -> bytes:
    with page.expect_download() as started:
        page.get_by_role("button", name=name, exact=True).click()
    return Path(started.value.path()).read_bytes()


def padding(page: Page, selector: str) -> str:
    script = "(one) => getComputedStyle(document.querySelector(one)).padding"
    return str(page.evaluate(script, selector))


def table_rows(page: Page) -> int:
    return page.locator("#table tbody tr:visible").count()


def test_first_example_says_who_wants_what(visit: Visit) -> None:
    page = visit.open()
    summary = page.locator("#summary")
    expect(summary).to_contain_text("Most favourable:")
    expect(summary).to_contain_text("Most against:")
    named = summary.get_by_role("listitem").filter(has_text="Thomas Brandvold")
    expect(named).to_be_visible()
    expect(page.locator("#article mark.against").first).to_contain_text("Russia sent soldiers")
    names = page.locator("#speakers svg text").all_text_contents()
    assert "Thomas Brandvold · US" in names
    assert page.locator(".about").inner_text().startswith("How this works")
    page.get_by_role("link", name="How this works").click()
    expect(page.get_by_role("heading", name="How it works")).to_be_in_viewport()


def test_another_example_comes_at_once(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("button", name="2023 The levee vote").click()
    expect(page.locator("#notice")).to_contain_text("No statement about US–Russia relations")
    expect(page.locator("#article")).to_contain_text("Wanda Pruitt")
    expect(page.locator("#pictures")).to_have_count(0)
    expect(page.get_by_role("button", name="CSV")).to_be_visible()
    expect(page.get_by_role("button", name="Picture (PNG)")).to_have_count(0)
    page.get_by_role("button", name="2009 A reset in small print").click()
    expect(page.locator("#article")).to_contain_text("Carol Jean Abernathy")
    expect(page.locator("#notice")).to_have_text("")
    expect(page.locator("#handed-over")).to_be_hidden()


def test_pasted_article(visit: Visit) -> None:
    page = visit.open()
    paste(page, OWN)
    expect(page.locator("#article .headline")).to_have_text("Envoys Meet in the Rain")
    expect(page.locator("#summary")).to_contain_text("Most favourable: Ada Marsh")
    expect(page.locator("#summary")).to_contain_text("Most against: Bo Reed")


def test_progress_and_result_come_before_the_reader(visit: Visit) -> None:
    page = visit.open(phone=True)
    paste(page, OWN * 20)
    expect(page.locator("#summary")).to_contain_text("40 statements")
    expect(page.locator("#summary .extremes")).to_be_in_viewport()
    assert page.evaluate("document.querySelector('#summary').getBoundingClientRect().top") < 40
    page.evaluate("scrollTo(0, 0)")
    page.evaluate("document.querySelector('#notice').innerHTML = '<p class=progress-text>1/2</p>'")
    expect(page.locator("#notice .progress-text")).to_be_in_viewport()
    expect(page.locator("#result")).to_have_css("opacity", "0.35")


def test_dropped_file(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text(OWN, encoding="utf-16")
    other = tmp_path / "own.pdf"
    other.write_bytes(b"%PDF")
    page = visit.open()
    page.get_by_role("button", name=OWN_ENTRY).click()
    expect(page.locator("#own")).to_contain_text("for this visit only")
    page.locator("#own input[type=file]").set_input_files(other)
    expect(page.locator("#notice")).to_contain_text("only .txt, .md, .html, .htm files can be read")
    expect(page.locator("#result")).to_have_count(0)
    page.locator("#own input[type=file]").set_input_files(path)
    expect(page.locator("#article .headline")).to_have_text("Envoys Meet in the Rain")
    expect(page.locator("#summary .kicker")).to_have_text("Envoys Meet in the Rain")
    path.write_text(OWN.partition("\n\n")[2], encoding="utf-8")
    page.locator("#own input[type=file]").set_input_files(path)
    expect(page.locator("#summary .kicker")).to_have_text("own.txt")


def test_messages(visit: Visit) -> None:
    page = visit.open()
    for text, told in (
        ("", "There is no text yet"),
        ("„Das ist gut so“, sagte er, und man war zufrieden. " * 5, "not look like English"),
        ("It was said that the talks went well, and they ended. " * 5, "No quoted statement"),
        ("It is the end. " * 20_000, "This text is too long"),
    ):
        paste(page, text)
        expect(page.locator("#notice")).to_contain_text(told)
        if told == "No quoted statement":
            expect(page.locator("#article")).to_contain_text("the talks went well")
            for gone in (".legend", "#detail", "#downloads"):
                expect(page.locator(gone)).to_have_count(0)


def test_table_filters_and_sorts(visit: Visit) -> None:
    page = visit.open()
    everything = table_rows(page)
    page.get_by_label("Speaker").select_option("Thomas Brandvold")
    assert 0 < table_rows(page) < everything
    expect(page.locator("#table output")).to_contain_text(f"of {everything} shown")
    page.get_by_label("Stance").select_option("against")
    assert set(page.locator("#table tbody tr:visible .stance").all_inner_texts()) == {"▼ against"}
    page.get_by_label("Speaker").select_option("")
    page.get_by_label("Stance").select_option("")
    page.get_by_role("button", name="Stance", exact=True).click()
    cells = page.locator("#table tbody td:nth-child(3)")
    values = [float(cell.get_attribute("data-value") or "") for cell in cells.all()]
    assert values == sorted(values)
    expect(page.locator("#table th[aria-sort=ascending]")).to_have_text("Stance")


def test_row_opens_its_details_by_keyboard_and_words_are_explained(visit: Visit) -> None:
    page = visit.open()
    page.locator("#table .quote").first.focus()
    page.keyboard.press("Enter")
    detail = page.locator("#detail .detail")
    expect(detail).to_be_focused()
    expect(detail).to_contain_text("Thomas Brandvold")
    expect(detail.locator(".bars dt")).to_have_count(4)
    expect(page.locator("#article mark.chosen").first).to_be_visible()
    assert padding(page, "#table tr.chosen td") == "8px 12px 8px 8px"
    assert padding(page, "#table thead th") == "0px"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#ask")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#why blockquote .word").first).to_be_visible()
    page.locator("body").press("Escape")
    expect(page.locator("#detail .no-detail")).to_be_attached()
    expect(page.locator("#table .quote").first).to_be_focused()


def test_details_come_to_where_the_reader_is(visit: Visit) -> None:
    page = visit.open()
    detail = page.locator("#detail .detail")
    page.locator("#article .tag").first.click()
    expect(detail).to_be_in_viewport(ratio=0.3)
    expect(page.locator("#sheet.away")).to_have_count(0)
    row = page.locator("#table tbody tr")
    row.first.click(position={"x": 5, "y": 5})
    expect(page.locator("#sheet.away")).to_be_in_viewport(ratio=0.8)
    expect(detail).to_be_focused()
    row.last.click(position={"x": 5, "y": 5})
    expect(detail).to_have_attribute("data-chosen", str(table_rows(page) - 1))
    expect(page.locator("#sheet.away")).to_be_in_viewport(ratio=0.8)
    page.get_by_role("button", name="Close the details").click()
    expect(detail).to_have_count(0)
    expect(page.locator("#table .quote").last).to_be_focused()
    page.evaluate("scrollTo(0, 0)")
    page.locator("#article .tag").first.click()
    expect(detail).to_be_in_viewport(ratio=0.3)
    expect(page.locator("#sheet.away")).to_have_count(0)


def test_downloads_hold_what_is_shown(visit: Visit) -> None:
    page = visit.open()
    count = table_rows(page)
    rows = list(csv.DictReader(io.StringIO(download(page, "CSV").decode("utf-8-sig"), newline="")))
    assert len(rows) == count
    assert set(COLUMN_NAMES) <= set(rows[0])
    lines = download(page, "JSONL").decode().splitlines()
    assert [json.loads(line)["quote"] for line in lines] == [row["quote"] for row in rows]
    assert pq.read_table(io.BytesIO(download(page, "Parquet"))).num_rows == count
    assert b"Thomas Brandvold" in download(page, "Picture (SVG)")
    assert download(page, "Picture (PNG)").startswith(b"\x89PNG")


def test_hostile_article_runs_nothing(visit: Visit) -> None:
    page = visit.open()
    paste(page, HOSTILE)
    expect(page.locator("#article")).to_contain_text("<script>document.title")
    assert page.title() != "broken"
    assert page.locator("#result :is(script, img, i[onmouseover])").count() == 0
    page.locator("#article .tag").first.click()
    expect(page.locator("#detail .detail")).to_contain_text("onerror")
    page.get_by_role("button", name="Which words moved the score?").click()
    expect(page.locator("#why .why")).to_contain_text("<img src=x onerror=alert(2)>")
    text = download(page, "CSV").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert any(cell.startswith("'=cmd()") for cell in cells)
    assert not [cell for cell in cells if cell.startswith("=")]


def test_phone_needs_no_sideways_scrolling(visit: Visit) -> None:
    page = visit.open(phone=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert padding(page, "main") == "14px 14px 64px"
    wide = """() => [...document.querySelectorAll('#result *')].filter((one) =>
        !one.closest('.scroll, svg, .statements caption') && one.getBoundingClientRect().right > 391
    ).map((one) => one.className)"""
    assert page.evaluate(wide) == []
    page.locator("#article .tag").first.click()
    expect(page.locator("#detail .detail")).to_be_visible()
    page.get_by_role("button", name="Which words moved the score?").click()
    page.wait_for_selector("#why .why")
    box = page.locator("#sheet").bounding_box()
    assert box is not None
    assert round(box["y"] + box["height"]) == 844
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    end = page.locator(".about").bounding_box()
    assert end is not None
    assert end["y"] + end["height"] < box["y"]
    page.get_by_role("button", name="Close the details").click()
    expect(page.locator("#detail .detail")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious(visit: Visit, dark: bool) -> None:
    page = visit.open(dark=dark)
    if dark:
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(23, 24, 27)"
    page.get_by_role("button", name=OWN_ENTRY).click()
    page.locator(".about summary").click()
    page.locator("#article .tag").first.click()
    page.get_by_role("button", name="Which words moved the score?").click()
    page.wait_for_selector("#why .why")
    found = Axe().run(page).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    told = [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in serious]
    assert told == []
