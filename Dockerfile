# syntax=docker/dockerfile:1

FROM python:3.13-slim AS build
WORKDIR /srv/backstep
COPY requirements.txt ./
RUN python -m venv --without-pip /opt/venv \
 && python -m pip --python /opt/venv/bin/python install --no-cache-dir --no-compile \
      --require-hashes --only-binary :all: -r requirements.txt
COPY app ./app
COPY templates ./templates
COPY static ./static
# Bytecode is made here, once, and trusted unchecked: the running container may have a read-only file system.
RUN python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/venv/lib app

FROM python:3.13-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    WEB_CONCURRENCY=2
WORKDIR /srv/backstep
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/backstep/app ./app
COPY --from=build /srv/backstep/templates ./templates
COPY --from=build /srv/backstep/static ./static
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.build_opener(r.ProxyHandler({})).open(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4).close()"]
# The shell fills in HOST and PORT and then gives its place to Python, which so gets the stop signal itself.
CMD ["sh", "-c", "exec python -m app --host \"$HOST\" --port \"$PORT\""]
