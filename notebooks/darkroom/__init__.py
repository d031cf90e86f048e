"""Darkroom in notebooks: a Spark session with its functions, its jobs, and its images."""

from darkroom.display import show_images
from darkroom.jobs import JobError, caption, run_job
from darkroom.places import exists, place, read_table
from darkroom.scenes import drawn_scenes
from darkroom.session import session

__all__ = [
    "JobError",
    "caption",
    "drawn_scenes",
    "exists",
    "place",
    "read_table",
    "run_job",
    "session",
    "show_images",
]
