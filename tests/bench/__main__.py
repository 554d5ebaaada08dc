"""`python -m tests.bench` (`make bench`): every benchmark, each figure a ratio in one run."""

import sys

from tests.bench import labels_bench, order_bench

sys.exit(max(bench.main() for bench in (labels_bench, order_bench)))
