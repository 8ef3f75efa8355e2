"""The text of a new search.yaml."""

from __future__ import annotations

import json


def by_hand_file(name: str, resource: str, method: str, platform: str, query: str, by: str, date: str) -> str:
    """Write the file of a search that a person runs at the source; the strategy is pasted as it was run."""
    strategy = query.strip("\r\n") or "the whole strategy, line by line, as it was run"
    asked = method in ("database", "registry") or bool(query)
    lines = [
        "# yaml-language-server: $schema=../../../extractions/schema/search.json",
        f"search: {name}",
        "source: by hand",
        f"resource: {_text(resource)}",
        f"method: {method}",
        f"platform: {_text(platform)}" if platform else "# platform: Ovid",
        "# coverage: 1974 to 2026 November 20",
        "# together_with: [MEDLINE]      # other databases searched at the same time on the same platform",
        *(_block(strategy) if asked else []),
        f"by: {_text(by)}",
        f'date: "{date}"',
        *_ASKED,
    ]
    return "\n".join(lines) + "\n"


def search_file(name: str, query: str | None, by: str, date: str) -> str:
    """Write the file of a search: of a query, or of the citations of the included studies where there is none."""
    lines = [
        "# yaml-language-server: $schema=../../../extractions/schema/search.json",
        f"search: {name}",
        f"source: {'PubMed citations' if query is None else 'PubMed'}",
        *([] if query is None else _block(" ".join(query.split()))),
        f"by: {_text(by)}",
        f'date: "{date}"',
        _ASKED[0],
    ]
    if query is None:
        lines += [
            "# directions: [cited by, cites]",
            '# studies: ["36119045"]        # default: every study of the review that has a PMID',
        ]
    else:
        lines += _ASKED[1:5]
    lines += _ASKED[5:]
    return "\n".join(lines) + "\n"


def _block(query: str) -> list[str]:
    """Give the lines of the key `query`; what stands below `|-` needs no quotes, so that it is pasted as it is."""
    return [f"query: |{'2' if query[:1].isspace() else ''}-", *(f"  {line}".rstrip() for line in query.splitlines())]


_ASKED = [
    "# What PRISMA-S asks for. Leave a key out only if there is nothing to say.",
    "# limits:",
    "#   - {limit: 'english[la]', because: We cannot read other languages.}",
    "# filters:",
    "#   - {filter: Name, query: 'the whole filter', citation: Where it is published}",
    "# adapted_from: The search of an earlier review, with its citation",
    "# peer_review: Name, with PRESS 2015",
    "# updates: Every month, until submission",
]


def _text(value: str) -> str:
    return json.dumps(" ".join(value.split()), ensure_ascii=False)
