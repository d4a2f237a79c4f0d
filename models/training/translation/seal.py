"""Step 9: record the checksums of the bundled packages, which ``replyassist models verify`` compares.

    .venv/bin/python -m models.training.translation.seal models/translation

Runs in the project's own environment, not in the training one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from replyassist.translation.checksums import seal

if __name__ == "__main__":
    for folder in sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_dir()):
        print(folder.name, seal(folder)[:16])
