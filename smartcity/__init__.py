"""The project: wiring of the portal, without any word of its subject."""

from smartcity.celery import app as celery_app

__all__ = ["celery_app"]
