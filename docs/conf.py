"""Settings of Sphinx: pages in Markdown, the reference taken from the code, the Furo theme."""

from __future__ import annotations

import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "unitledger"
author = "The unitledger developers"
release = version = version_of("unitledger")

extensions = ["myst_parser", "generated"]
source_suffix = {".md": "markdown"}
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = f"unitledger {release}"
