from collections.abc import Callable
from datetime import datetime

import pytest
from conftest_public import OPENED, said
