"""The demonstration's settings with a bare view beside the portal's own pages."""

from statsbidrag.portal.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare_pages"
