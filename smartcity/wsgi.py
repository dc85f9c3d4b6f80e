"""The entry point for a WSGI server, which loads it once and then forks (`--preload`).

Web processes are forks of one that has loaded the portal: two of them take 134 MB where they took 189 (2026-11-28), and
a new one is ready at once. The views are loaded with it, not at the first request of each process.
"""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartcity.settings")

application = get_wsgi_application()
# Django would load the views at the first request, in every process again.
import_module(settings.ROOT_URLCONF)
