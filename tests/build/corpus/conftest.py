"""Makes the invented files of this folder importable, also in the workers."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
