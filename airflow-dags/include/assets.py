"""What DAGs hand to one another."""

from __future__ import annotations

from airflow.sdk import Asset

CAPTIONS = Asset(name="darkroom_captions", uri="darkroom://captions")
"""The table of captions: there are new ones."""

NOUNS = Asset(name="darkroom_nouns", uri="darkroom://nouns")
"""The week's count of nouns: it is written."""

ARCHIVE = Asset(name="darkroom_archive", uri="darkroom://archive")
"""The archive of images: all of it is verified."""

PROMPTS = Asset(name="darkroom_prompts", uri="darkroom://prompts")
"""Prompts to draw: there are new ones. Nothing here writes them; whatever does can say so."""

IMAGES = Asset(name="darkroom_images", uri="darkroom://images")
"""The table of drawn images: there are new ones."""
