# The service with the model that ships: docker build -t stance . && docker run --rm -p 127.0.0.1:7860:7860 stance

FROM python:3.12-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY stance stance
RUN python -m venv /opt/stance && /opt/stance/bin/pip install '.[serve]'

FROM python:3.12-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin stance
COPY --from=build /opt/stance /opt/stance
# All that is ever written are uploads of the page and caches of libraries: a tmpfs at /tmp will do.
ENV PATH=/opt/stance/bin:$PATH HOME=/tmp PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001:10001
EXPOSE 7860
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:7860/readyz', timeout=4)"]
ENTRYPOINT ["stance"]
CMD ["serve", "--host", "0.0.0.0"]
