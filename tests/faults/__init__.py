"""What goes wrong around Pli: processes that are killed, disks that are full, servers that are silent, clocks.

README.md in this folder says which fault is tried where, and how long it takes.
"""

import os

LONG = bool(os.environ.get("PLI_LONG_FAULTS"))  # `make faults` sets it: every fault as often as was asked for
