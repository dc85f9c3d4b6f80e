"""The entry point for a WSGI server, which loads it once and then forks (`--preload`)."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartcity.settings")

application = get_wsgi_application()
# Django would load the views at the first request, in every process again.
import_module(settings.ROOT_URLCONF)
