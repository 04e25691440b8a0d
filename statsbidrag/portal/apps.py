"""The portal as Django knows it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The one app of the e-service."""

    name = "statsbidrag.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
