"""Letters to print (PDF/UA-1): one page for each person, with their name and the reference to say aloud."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from nabij.bulk import content
from nabij.bulk.queries import Letter, Paper
from nabij.kit.printing import printed
from nabij.people import content as form

_TEMPLATE = Path(__file__).parent / "templates" / "bulk" / "letters.typ"


def as_pdf(papers: Iterable[Paper], letter: Letter) -> bytes:
    """All letters in one file, in the language of each person as far as it was written."""
    pages = []
    for paper in papers:
        spoken = "en" if paper.language != "nl" and letter.english else "nl"
        pages.append(
            {
                "language": spoken,
                "dear": f"{content.word('dear', spoken)} {paper.name},",
                "paragraphs": [content.word("first", spoken), *letter.told_in(paper.language)],
                "phone": f"{content.word('phone', spoken)} {form.desk()['phone']}.",
                "reference": f"{content.word('reference', spoken)}: {paper.reference}",
            }
        )
    return printed(_template(), {"title": content.word("title", "nl"), "pages": pages})


@cache
def _template() -> bytes:
    return _TEMPLATE.read_bytes()
