"""The settings under which the gates check the service: a demonstration, and jobs done where they are asked for."""

import os
import tempfile

os.environ.setdefault("STATSBIDRAG_DEMO", "1")
os.environ.setdefault("STATSBIDRAG_DATA", tempfile.mkdtemp(prefix="statsbidrag-"))

from statsbidrag.portal.settings import *  # noqa: F403

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
