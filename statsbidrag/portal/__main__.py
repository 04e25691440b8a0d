"""``python -m statsbidrag.portal migrate`` and Django's other commands, for whoever runs the service."""

import os
import sys

from django.core.management import execute_from_command_line

from statsbidrag.terms.faults import Fault

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "statsbidrag.portal.settings")
try:
    execute_from_command_line()
except Fault as fault:
    sys.exit(str(fault))
