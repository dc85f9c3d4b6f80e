"""The Celery application. Settings are in `smartcity.settings`, tasks in the apps' `tasks` modules.

Tasks that go through actions stand with their subject.
"""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartcity.settings")

TRANSPORT_ALIASES["filesystem"] = "smartcity.broker:Transport"

app = Celery("smartcity")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["masterplan.initiatives.workbook", "masterplan.plans.importing", "masterplan.workshops"])
