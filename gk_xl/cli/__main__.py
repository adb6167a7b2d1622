"""``python -m gk_xl.cli``."""

from __future__ import annotations

import sys

from gk_xl.cli.start import run

sys.exit(run())
