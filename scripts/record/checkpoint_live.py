"""Called by test/serialization/live.test.ts: reads files that Flambeau wrote, writes them again, and says what they hold.

checkpoint_live.py <file.pt>...    writes <file.pt>.again, and prints a list of what each file holds, read and mapped
"""

import json
import sys
import warnings

import torch
from torch.utils.serialization import config

from checkpoint_describe import describe

warnings.simplefilter("ignore")
# The places of storages are computed instead of looked up: they must be where Python's own writer would put them.
config.load.calculate_storage_offsets = True
found = []
for path in sys.argv[1:]:
    value = torch.load(path, weights_only=True)
    mapped = torch.load(path, weights_only=True, mmap=True)
    metadata = getattr(value, "_metadata", None)
    found.append({"value": describe(value), "mapped": describe(mapped), "metadata": describe(metadata)})
    torch.save(value, f"{path}.again")
print(json.dumps(found))
