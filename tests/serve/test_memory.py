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
