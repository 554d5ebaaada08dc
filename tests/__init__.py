"""The tests, in folders named like the packages that they test."""

from pathlib import Path

ROOT = Path(__file__).parents[1]  # of the repository
DATA = ROOT / "tests/data"  # files of orders
