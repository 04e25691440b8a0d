"""``python -m statsbidrag.portal migrate`` and Django's other commands, for whoever runs the service."""

import os

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "statsbidrag.portal.settings")
execute_from_command_line()
