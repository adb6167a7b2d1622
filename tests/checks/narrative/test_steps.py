"""The steps of a check grow with the length of the text, whatever words are repeated in whatever sentence.

``GK_XL_EVERY_PAIR=1`` tries every pair of classes of words in every kind of sentence instead of a sample: half an hour, by hand.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

GROWTH = 2.5
"""Doubling a text multiplies the steps by no more than this."""
A_CHARACTER = 100
"""Steps that a check takes for each character of a long text, at most."""


@pytest.mark.thorough
def test_steps_grow_with_length_only():
    """Words and pairs, 200 and 400 times in a sentence."""
    every = ["--every", "--frames", "12"] if os.environ.get("GK_XL_EVERY_PAIR") else []
    command = [sys.executable, "-m", "tests.checks.narrative.steps", *every]
    root = Path(__file__).parents[3]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["tried"] >= 120
    assert 1.2 < said["growth"] < GROWTH, said
    assert 5 < said["steps a character"] < A_CHARACTER, said
