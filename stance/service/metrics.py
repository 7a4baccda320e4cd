"""Prometheus metrics of one service, in a registry of its own."""

from __future__ import annotations

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    generate_latest,
)

from stance.service.scoring import ScoringService

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
BATCHES = (1, 2, 4, 8, 16, 32, 64)

METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
"""Methods with a name of their own in the metrics; a client could make up any number of others."""


class Metrics:
    """What is counted and measured, from the start of the process."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._requests = Counter(
            "stance_requests", "Requests answered", ("method", "path", "status"), registry=registry
        )
        self._seconds = Histogram(
            "stance_request_seconds",
            "Time to answer",
            ("path",),
            buckets=SECONDS,
            registry=registry,
        )
        self._batch = Histogram(
            "stance_batch_statements", "Statements in a batch", buckets=BATCHES, registry=registry
        )
        self._encoding = Histogram(
            "stance_batch_seconds", "Encoding a batch", buckets=SECONDS, registry=registry
        )
        self._articles = Counter("stance_articles", "Articles answered", registry=registry)
        self._statements = Counter("stance_statements", "Statements answered", registry=registry)
        self._under_way = Gauge("stance_scoring_requests", "Being scored", registry=registry)
        self._waiting = Gauge("stance_waiting_statements", "In the queue", registry=registry)
        self._model = Info("stance_model", "The model that scores", registry=registry)

    def request(self, method: str, path: str, status: int, seconds: float) -> None:
        """Count a request that was answered; `path` is the template of its address."""
        self._requests.labels(method if method in METHODS else "other", path, status).inc()
        self._seconds.labels(path).observe(seconds)

    def scored(self, articles: int, statements: int) -> None:
        """Count what an answer holds."""
        self._articles.inc(articles)
        self._statements.inc(statements)

    def batch(self, statements: int, seconds: float) -> None:
        """Measure a batch of the encoder."""
        self._batch.observe(statements)
        self._encoding.observe(seconds)

    def watch(self, service: ScoringService) -> None:
        """Show the queue and the model of a service that has started."""
        self._under_way.set_function(lambda: service.requests)
        self._waiting.set_function(lambda: service.waiting)
        metadata = service.scorer.metadata
        self._model.info({"name": metadata.name, "version": metadata.version})

    def text(self) -> bytes:
        """Return the metrics in Prometheus's text format."""
        return generate_latest(self._registry)
