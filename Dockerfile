# The tracker with its data built: docker build -t jcm-tracker .
# Without PNG and SVG of figures, 500 MB smaller: docker build --build-arg PICTURES=no -t jcm-tracker .
ARG PYTHON=3.11.14-slim-bookworm

FROM python:${PYTHON} AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
WORKDIR /srv/jcm
COPY requirements.txt constraints.txt ./
RUN python -m venv /opt/venv && /opt/venv/bin/python -m pip install -r requirements.txt

FROM packages AS built
COPY . .
ENV JCM_WAREHOUSE_DIR=/var/lib/jcm
RUN mkdir -p /var/cache/jcm && /opt/venv/bin/python -m compileall -q . && /opt/venv/bin/python -m etl build

FROM python:${PYTHON}
ARG PICTURES=yes
# The browser draws pictures of figures, and needs a font with Japanese. Packs bring their own font with a package.
# hadolint ignore=DL3008
RUN if [ "$PICTURES" = yes ]; then \
      apt-get update \
      && apt-get install -y --no-install-recommends chromium fonts-noto-cjk \
      && rm -rf /var/lib/apt/lists/*; \
    fi
COPY --from=packages /opt/venv /opt/venv
COPY --from=built /srv/jcm /srv/jcm
# A new volume takes owner and content from here, so that the first start has data at once.
COPY --from=built --chown=10001:10001 /var/lib/jcm /var/lib/jcm
COPY --from=built --chown=10001:10001 /var/cache/jcm /var/cache/jcm
# All that is written goes to /tmp; the root can be read-only.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    MALLOC_ARENA_MAX=2 \
    MALLOC_MMAP_THRESHOLD_=1048576 \
    JCM_WAREHOUSE_DIR=/var/lib/jcm \
    JCM_SERVE_HOST=0.0.0.0 \
    JCM_SERVE_PORT=8501 \
    JCM_SERVE_BROWSER=0 \
    JCM_SERVE_LOG_FORMAT=json \
    JCM_SERVE_LOG_LEVEL=info
WORKDIR /srv/jcm
USER 10001:10001
EXPOSE 8501
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 CMD ["python", "deploy/healthcheck.py"]
CMD ["python", "-m", "serve"]
