"""`python -m tests.bench` (`make bench`): speeds as ratios in one run, and how often the forecast is right."""

import sys

from tests.bench import forecast_bench, labels_bench, order_bench

sys.exit(max(bench.main() for bench in (labels_bench, order_bench, forecast_bench)))
