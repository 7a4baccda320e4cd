"""Print every quality figure of a model with its 95 % interval, next to simple baselines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
from ending import run_script

from stance.errors import InputError
from stance.evaluation.articles import (
    Attributions,
    WholeArticles,
    read_articles,
    read_marked,
    score_attributions,
    score_whole_articles,
)
from stance.evaluation.baselines import majority_labels, tfidf_labels, vader_labels
from stance.evaluation.calibration_plot import plot_reliability
from stance.evaluation.extraction import Hits, QuotationScore
from stance.evaluation.metrics import mean_of_rows, score_gain, score_labels, score_share
from stance.evaluation.quality import (
    HeadFigures,
    clusters,
    having,
    head_figures,
    measure_challenge,
    measure_groups,
    measure_review,
    measure_swaps,
    model_logits,
    stance_reader,
)
from stance.evaluation.resampling import bootstrap
from stance.evaluation.risk_coverage_plot import plot_risk_coverage
from stance.evaluation.tables import aligned, cell, figure_table
from stance.labelled import Row, read_labels, read_rows
from stance.model.calibration import Probabilities, probabilities
from stance.model.engine import Logits
from stance.model.spec import HEADS, head_slices
from stance.model.store import ModelFolder, local_folder, shipped_model
from stance.scorer import load

_Path = click.Path(path_type=Path, exists=True)


@click.command(
    epilog="Example: python scripts/evaluate.py --gold dev.jsonl.gz --train train.jsonl.gz "
    "--train invented.jsonl --articles articles.jsonl.gz --polnear polnear_dev.jsonl.gz "
    "--plot reliability.png --groups --challenge scripts/data/challenge.jsonl",
)
@click.option("--model", help="Model folder or hub id; the shipped model by default.")
@click.option("--gold", type=_Path, required=True, help="Labelled rows (JSONL).")
@click.option(
    "--train",
    type=_Path,
    multiple=True,
    help="Rows that the baselines learn from (JSONL); may be given several times.",
)
@click.option("--against", help="Model folder or hub id to tell the gain in macro-F1 over.")
@click.option(
    "--second",
    type=_Path,
    help="Labels of the gold rows by another reader, by id (JSONL), to be measured as a model is.",
)
@click.option("--articles", type=_Path, help="The articles of the gold rows (JSONL).")
@click.option("--polnear", type=_Path, help="Articles with attributions marked by hand (JSONL).")
@click.option("--plot", type=click.Path(path_type=Path), help="Write the reliability plot here.")
@click.option("--curve", type=click.Path(path_type=Path), help="Write the risk–coverage plot here.")
@click.option("--groups", is_flag=True, help="Tell where it fails, and what a name does to it.")
@click.option(
    "--challenge",
    type=_Path,
    multiple=True,
    help="A challenge set, by phenomenon and era (JSONL); may be given several times.",
)
@click.option("--torch", is_flag=True, help="Compare the quantised model with its torch weights.")
def main(
    model: str | None,
    gold: Path,
    train: tuple[Path, ...],
    against: str | None,
    second: Path | None,
    articles: Path | None,
    polnear: Path | None,
    plot: Path | None,
    curve: Path | None,
    groups: bool,
    challenge: tuple[Path, ...],
    torch: bool,
) -> None:
    """Print every quality figure of a model with its 95 % interval, next to simple baselines.

    Intervals resample articles, since statements of one article resemble each other.
    """
    folder = ModelFolder(shipped_model() if model is None else local_folder(model))
    rows = read_rows([gold])
    click.echo(f"{folder.metadata.full_name} on {len(rows)} rows of {gold.name}")
    logits = model_logits(folder, rows)
    found = probabilities(logits, folder.metadata.temperatures)
    learnt = read_rows(train)
    heads = head_figures(found, rows)
    for head, figures in heads.items():
        _print_head(head, figures, rows, learnt)
    _print_review(found["stance"], rows, folder)
    if second is not None:
        _print_second(read_labels(second), rows, second.name)
    if against is not None:
        other = ModelFolder(local_folder(against))
        what = f"gain over {other.metadata.full_name} (macro-F1)"
        _print_gains(what, logits, model_logits(other, rows), rows)
    if torch:
        what = "loss in quality by the quantised export (macro-F1, torch minus ONNX)"
        _print_gains(what, model_logits(folder, rows, "torch"), logits, rows)
    _draw(heads, plot, curve)
    _print_kinds(folder, found["stance"], rows, groups, challenge)
    if articles is not None:
        scorer = load(model)
        _print_articles(score_whole_articles(scorer, rows, read_articles(articles)))
    if polnear is not None:
        _print_attributions(score_attributions(read_marked(polnear)))


def _print_head(head: str, figures: HeadFigures, rows: Sequence[Row], train: Sequence[Row]) -> None:
    labels, found, selective = HEADS[head], figures.labels, figures.selective
    click.echo(f"\n{head}: macro-F1 {found.macro_f1}   accuracy {found.accuracy}")
    click.echo(f"  mean F1 of {labels[0]} and {labels[1]}: {found.focus_f1}")
    for one in found.classes:
        click.echo(
            f"  {one.label:10} F1 {one.f1}   precision {one.precision:.3f}"
            f"   recall {one.recall:.3f}   rows {one.support}"
        )
    click.echo("  confusion (rows: gold, columns: predicted, in that order)")
    for label, counts in zip(labels, found.confusion, strict=True):
        click.echo(f"  {label:10} " + " ".join(f"{count:5d}" for count in counts))
    calibration = figures.calibration
    click.echo(f"  calibration error (ECE) {calibration.error}   Brier {calibration.brier}")
    click.echo(
        f"  can be kept at {selective.target:.0%} accuracy {selective.kept}"
        f"   area under risk–coverage {selective.area}"
    )
    gold, articles = figures.gold, figures.articles
    known = [rows[i] for i in having(rows, head)]
    for name, labelled in _baselines(head, known, train).items():
        base = score_labels(gold, labelled, labels, articles)
        gain = score_gain(gold, figures.guess, labelled, labels, articles)
        click.echo(f"  {name}: macro-F1 {base.macro_f1}; the model is better by {gain}")


def _draw(heads: Mapping[str, HeadFigures], plot: Path | None, curve: Path | None) -> None:
    """Write the plots that are asked for, of the heads that have labels."""
    if not heads and (plot or curve):
        raise InputError("the gold rows have no labels to plot")
    if plot is not None:
        plot_reliability({head: one.calibration for head, one in heads.items()}, plot)
        click.echo(f"\nreliability plot: {plot}")
    if curve is not None:
        plot_risk_coverage({head: one.selective for head, one in heads.items()}, curve)
        click.echo(f"\nrisk–coverage plot: {curve}")


def _print_review(found: Probabilities, rows: Sequence[Row], folder: ModelFolder) -> None:
    threshold = folder.metadata.review_threshold
    if figures := measure_review(found, rows, threshold):
        names = ("kept", "accuracy", "related")
        kept, right, related = (cell(figures.get(name)) or "none" for name in names)
        click.echo(f"\nneeds_review: stance below {threshold:.3f}")
        click.echo(f"  not marked: {kept}   accuracy of these: {right}")
        click.echo(f"  accuracy of those of them that are called other than unrelated: {related}")


def _print_second(labels: Mapping[str, Row], rows: Sequence[Row], name: str) -> None:
    """Measure another reader's labels on those of the rows that have them."""
    if not any(row.get("id") in labels for row in rows):
        raise InputError(f"{name} has labels of none of the gold rows")
    click.echo(f"\nsecond reader {name}")
    articles = clusters(rows, range(len(rows)))
    for head, classes in HEADS.items():
        read = [labels.get(str(row.get("id")), {}).get(head) for row in rows]
        both = [i for i in having(rows, head) if read[i] is not None]
        if both:
            gold, own = [rows[i][head] for i in both], [str(read[i]) for i in both]
            figures = score_labels(gold, own, classes, [articles[i] for i in both])
            click.echo(
                f"  {head}: macro-F1 {figures.macro_f1}   accuracy {figures.accuracy}"
                f"   rows {len(both)}"
            )


def _print_kinds(
    folder: ModelFolder,
    found: Probabilities,
    rows: Sequence[Row],
    groups: bool,
    challenge: Sequence[Path],
) -> None:
    """Print the stance figures by kind of statement, as far as they are asked for."""
    read = stance_reader(folder)
    if groups:
        _print_groups(measure_groups(found, rows))
        _print_table("speaker swapped for", measure_swaps(rows, read))
    for path in challenge:
        click.echo(f"\nchallenge set {path.name}")
        _print_groups(measure_challenge(read_rows([path]), read))


def _print_groups(dimensions: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
    for name, groups in dimensions.items():
        _print_table(name, groups)


def _print_table(name: str, lines: Mapping[str, Mapping[str, Any]]) -> None:
    if lines:
        click.echo(f"\n{aligned(figure_table(name, lines))}")


def _baselines(head: str, rows: Sequence[Row], train: Sequence[Row]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    if head == "sentiment":
        found["VADER"] = vader_labels(rows)
    if learnt := [row for row in train if row.get(head) is not None]:
        found["majority"] = majority_labels(learnt, rows, head)
        found["TF-IDF + logistic regression"] = tfidf_labels(learnt, rows, head)
    return found


def _print_gains(what: str, ours: Logits, theirs: Logits, rows: Sequence[Row]) -> None:
    """Print how much better the first logits are than the second, with each head that has labels.

    Both are of the same rows, and so the interval of each gain is of paired figures.
    """
    click.echo(f"\n{what}")
    for head, where in head_slices().items():
        labels, known = HEADS[head], having(rows, head)
        if not known:
            continue
        gold = [rows[i][head] for i in known]
        first, second = (
            np.array(labels)[x[known][:, where].argmax(axis=1)] for x in (ours, theirs)
        )
        gain = score_gain(gold, first, second, labels, clusters(rows, known))
        changed = float((first != second).mean())
        click.echo(f"  {head}: {gain}; {changed:.1%} of the labels differ")


def _print_articles(whole: WholeArticles) -> None:
    if not whole.rows:
        raise InputError("none of the articles is that of a gold row")
    covered, one = whole.found.covered, whole.found.whole
    click.echo(f"\nwhole articles: {len(set(whole.articles))} articles, {len(whole.rows)} rows")
    click.echo(f"  statements found: {covered.share:.3f} (as one statement: {one.share:.3f})")
    click.echo(f"  right speaker, of all: {score_share(whole.speaker_hits, whole.articles)}")
    click.echo(f"  rows about relations that the gate passes over: {whole.passed_over}")
    columns = {"stance": "stance", "sentiment": "sentiment", "side": "speaker_side"}
    for head, column in columns.items():
        pairs = [
            (row[head], getattr(one, column), article)
            for row, one, article in zip(whole.rows, whole.predicted, whole.articles, strict=True)
            if one is not None and row.get(head) is not None
        ]
        if not pairs:
            continue
        gold, guess, drawn = (list(values) for values in zip(*pairs, strict=True))
        figures = score_labels(gold, guess, HEADS[head], drawn)
        click.echo(f"  {head} of what was found: macro-F1 {figures.macro_f1}")
        click.echo(f"  {' ' * len(head)} accuracy {figures.accuracy}")


def _print_attributions(found: Attributions) -> None:
    click.echo(f"\nattributions marked by hand: {len(found.by_article)} articles")
    if not found.by_article:
        return

    def share(name: str, counts: Callable[[QuotationScore], Hits]) -> None:
        hits = [counts(score) for score in found.by_article]
        rows = np.array([[h.hits, h.total] for h in hits], dtype=np.float64)
        click.echo(f"  {name}: {bootstrap(rows, range(len(rows)), mean_of_rows)}")

    share("direct quotations found (25 characters or more)", lambda score: score.recall)
    share("  with both ends right", lambda score: score.exact)
    share("pieces found that are someone's words", lambda score: score.precision)
    sources = {
        "right speaker where the source is named": (found.named, found.named_articles),
        "right speaker, all sources": (found.every, found.every_articles),
    }
    for name, (hits, articles) in sources.items():
        told = f"{score_share(hits, articles)} of {len(hits)}" if hits else "none found"
        click.echo(f"  {name}: {told}")


if __name__ == "__main__":
    run_script(main)
