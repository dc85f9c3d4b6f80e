"""The Celery application. Tasks live in the apps' `tasks` modules, settings in `smartcity.settings`."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartcity.settings")

TRANSPORT_ALIASES["filesystem"] = "smartcity.broker:Transport"

app = Celery("smartcity")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
