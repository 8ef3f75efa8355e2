"""The text of a new search.yaml."""

from __future__ import annotations

import json


def search_file(name: str, query: str | None, by: str, date: str) -> str:
    """Write the file of a search: of a query, or of the citations of the included studies where there is none."""
    lines = [
        "# yaml-language-server: $schema=../../../extractions/schema/search.json",
        f"search: {name}",
        f"source: {'PubMed citations' if query is None else 'PubMed'}",
        *([] if query is None else [f"query: {_text(query)}"]),
        f"by: {_text(by)}",
        f'date: "{date}"',
        "# What PRISMA-S asks for. Leave a key out only if there is nothing to say.",
    ]
    if query is None:
        lines += [
            "# directions: [cited by, cites]",
            '# studies: ["36119045"]        # default: every study of the review that has a PMID',
        ]
    else:
        lines += [
            "# limits:",
            "#   - {limit: 'english[la]', because: We cannot read other languages.}",
            "# filters:",
            "#   - {filter: Name, query: 'the whole filter', citation: Where it is published}",
        ]
    lines += [
        "# adapted_from: The search of an earlier review, with its citation",
        "# peer_review: Name, with PRESS 2015",
        "# updates: Every month, until submission",
    ]
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    return json.dumps(" ".join(value.split()), ensure_ascii=False)
