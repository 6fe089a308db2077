"""What is known of the pages of a release, in a file beside it: source, moment, and what fails."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from nabij.publish.folders import CURRENT, current_number, file_of, manifest_of
from nabij.publish.pages import StandIn


@dataclass(frozen=True)
class Made:
    """One page of a release: its source and subject, when its words were made, and since when that fails."""

    source: str
    language: str
    subject: UUID | None = None
    stand_in: StandIn | None = None
    made_at: datetime | None = None
    failed_at: datetime | None = None


def written(pages: dict[str, Made]) -> str:
    """The pages of a release by address, as the text of its file."""
    rows = {
        path: {
            "source": each.source,
            "language": each.language,
            "subject": str(each.subject) if each.subject else None,
            "stand_in": [each.stand_in.name, each.stand_in.phone] if each.stand_in else None,
            "made_at": each.made_at.isoformat() if each.made_at else None,
            "failed_at": each.failed_at.isoformat() if each.failed_at else None,
        }
        for path, each in pages.items()
    }
    return json.dumps(rows, ensure_ascii=False, indent=0)


def current_pages(folder: Path) -> dict[str, Made]:
    """What is known of the pages that readers get now; nothing when that was not kept."""
    try:
        rows = json.loads(manifest_of(folder, current_number(folder)).read_text(encoding="utf-8"))
        return {path: _read(row) for path, row in rows.items()}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {}


def _read(row: dict[str, str | None]) -> Made:
    def moment(name: str) -> datetime | None:
        return datetime.fromisoformat(row[name] or "") if row[name] else None

    stand_in = row["stand_in"]
    return Made(
        source=row["source"] or "",
        language=row["language"] or "",
        subject=UUID(row["subject"]) if row["subject"] else None,
        stand_in=StandIn(*stand_in) if stand_in else None,
        made_at=moment("made_at"),
        failed_at=moment("failed_at"),
    )


def is_there(folder: Path, path: str) -> bool:
    """Whether readers get something at this address now."""
    return (folder / CURRENT / file_of(path)).is_file()
