"""Reading: sentence → tokens → segments → statements; knows no rule and no cell's value. See README.md."""

from __future__ import annotations
