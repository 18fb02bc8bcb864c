"""Settings of Sphinx: pages in Markdown, the Furo theme."""

from __future__ import annotations

from importlib.metadata import version as version_of

project = "unitledger"
author = "The unitledger developers"
release = version = version_of("unitledger")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
autodoc_typehints = "description"
html_theme = "furo"
html_title = f"unitledger {release}"
