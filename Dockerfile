# The portal as one image; web, worker and beat differ only in their command.

FROM python:3.13-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.txt /build/
RUN python -m venv /opt/portal && /opt/portal/bin/pip install --no-deps --require-hashes -r /build/requirements.txt

FROM python:3.13-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 libfontconfig1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv/portal portal \
    && mkdir -p /srv/portal /srv/media /srv/static /srv/var /srv/backup \
    && chown portal:portal /srv/media /srv/static /srv/var /srv/backup
COPY --from=build /opt/portal /opt/portal
WORKDIR /srv/portal
COPY manage.py ./
COPY smartcity smartcity
COPY agencies agencies
COPY masterplan masterplan
COPY templates templates
COPY static static
ENV PATH=/opt/portal/bin:$PATH \
    PORTAL_ENV=production \
    PORTAL_NO_VENV=1 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=smartcity.settings \
    MEDIA_ROOT=/srv/media \
    STATIC_ROOT=/srv/static \
    VAR_DIR=/srv/var \
    BACKUP_DIR=/srv/backup \
    XDG_CACHE_HOME=/tmp \
    REMAP_SIGTERM=SIGQUIT
# Settings insist on values that only exist at run time; collecting files needs none of them to be true.
RUN SECRET_KEY="build-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH" \
    DATABASE_URL=sqlite:////tmp/build.sqlite3 BROKER_URL=redis://127.0.0.1 EMAIL_URL=consolemail:// \
    BASE_URL=https://build.invalid \
    python manage.py collectstatic --noinput \
    && python -m compileall -q manage.py smartcity agencies masterplan
USER portal
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=40s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/healthz', \
headers={'Host': os.environ['BASE_URL'].split('/')[2]}), timeout=4)"]
CMD ["gunicorn", "smartcity.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "3", \
     "--preload", "--worker-class", "gthread", "--threads", "4", "--max-requests", "5000", "--max-requests-jitter", "500", \
     "--access-logfile", "-", "--logger-class", "smartcity.web_log.WebLog", "--no-control-socket"]
