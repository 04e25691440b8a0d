"""The region's house as Django knows it."""

import importlib

from django.apps import AppConfig

from statsbidrag.portal.neighbours import make_known


class RegionConfig(AppConfig):
    """The app of the region's house."""

    name = "statsbidrag.region"
    label = "region"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the house known to the rest of the service, once its rows can be read."""
        make_known(importlib.import_module("statsbidrag.region.neighbour").NEIGHBOUR)
