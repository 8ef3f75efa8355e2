"""Where a review begins: the folder that holds extractions/review.yaml."""

from __future__ import annotations

from pathlib import Path

from evsynth.model.finding import Finding, Place, Problems


def find_root(start: Path) -> Path:
    """Find the review that `start` lies in: the nearest folder with extractions/review.yaml.

    Raises Problems NO_REVIEW if there is none, FILE if `start` itself is not there.
    """
    if not start.exists():
        message = f"{start}: there is no such file or folder"
        hint = "give a file or the folder of a review"
        raise Problems((Finding("FILE", "error", str(start), Place(str(start)), message, hint),))
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "extractions" / "review.yaml").is_file():
            return folder
    message = f"there is no review here: no extractions/review.yaml in {start.name or start} or above it"
    hint = "go to the folder of a review, or start one with `evsynth init DIR`"
    raise Problems((Finding("NO_REVIEW", "error", "", Place("extractions/review.yaml"), message, hint),))
