"""`python -m tests.bench` (`make bench`): speeds as ratios in one run, and how often the forecast is right."""

import sys

from tests.bench import (
    crowd_bench,
    dispatch_bench,
    forecast_bench,
    import_bench,
    labels_bench,
    order_bench,
    scale_bench,
    start_bench,
)
from tests.bench.schools import list_bench, name_bench, paper_bench, suggestion_bench

BENCHES = (
    labels_bench,
    order_bench,
    import_bench,
    crowd_bench,
    scale_bench,
    dispatch_bench,
    start_bench,
    forecast_bench,
    list_bench,
    name_bench,
    suggestion_bench,
    paper_bench,
)
sys.exit(max(bench.main() for bench in BENCHES))
