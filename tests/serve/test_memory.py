"""What large arrays used is given back."""

import subprocess
import sys

PROGRAM = """
import numpy as np, sys
from serve.memory import return_large_memory
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096
if not return_large_memory():
    sys.exit(print("False 0"))
print(True)
before = resident()
for _ in range(3):
    arrays = [np.ones(2_500_000 // 8 * n) for n in range(1, 12)]
    del arrays
print(resident() - before)
"""


def test_a_process_gives_large_arrays_back() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    told, kept = ended.stdout.split()
    if told == "True":
        assert int(kept) < 20_000_000


WITHOUT_PANDAS = """
import sys
from serve.memory import leave_pandas_out
leave_pandas_out()
import pyarrow as pa
table = pa.table({"year": [2013, 2014], "tco2": [None, 1.5]})
print("pandas" in sys.modules)
print(list(table.to_pandas()["year"]))
"""


def test_tables_are_made_without_pandas_and_become_frames_when_asked() -> None:
    ended = subprocess.run([sys.executable, "-c", WITHOUT_PANDAS], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines() == ["False", "[2013, 2014]"]
