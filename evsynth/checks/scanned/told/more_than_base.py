"""More than the number a clause begins with: "in the brace group (n = 27), 41 patients were lost"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import marked, spot
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUP_EXCEEDS",)

_HEAD = Expression(
    r"(?:^|[;,.:] |\band |\bwhile |\bwhereas )(?P<of>(?:[Oo]ut )?[Oo]f|[Ii]n|[Aa]mong|[Ff]rom|[Ww]ithin) "
    r"(?:the |these |those |all |our )*"
    r"(?:(?P<before>(?!⟨)[^⟨();.:]{2,80}?) \((?:[^()⟨;]{0,20}[, ])?[nN] ?= ?⟨c(?P<sized>\d+)⟩(?:[,;][^()]*)?\)|"
    r"⟨c(?P<bare>\d+)⟩ (?P<after>(?:[a-z'-]+ ){0,7}[a-z'-]+)(?: \((?!⟨p)[^()]*\))?)"
    r"(?P<rest>[^⟨;.():]{0,70}?(?:, |: | who | that ))",
)
_COUNT = Expression(
    r"⟨c(?P<k>\d+)⟩(?: ?\(⟨p\d+⟩\))?(?: (?:of (?:them|these|those|whom)|patients?|women|men|children|"
    r"participants|people|"
    r"subjects|infants|cases|deaths))?(?: (?:also|only|later|then|subsequently|already|still|ultimately|eventually))? "
    r"(?:had|were|was|did|died|dropped|withdrew|left|happened|occurred|completed|developed|received|underwent|"
    r"needed|required|"
    r"responded|relapsed|achieved|reported|showed|survived|discontinued|experienced|failed|returned|tested|could|"
    r"remained|"
    r"stopped|declined|refused|took|came|went|gave|fell|reached|recovered|improved|presented|consented|suffered|met)\b"
)
_END = Expression(
    r"[;.:] |\b(?:and|whereas|while|but|compared with) (?:in|of|among)\b|, (?:in|of|among)\b|⟨c\d+⟩ of (?:the )?⟨"
)
"""Where the clause ends that a number of people begins."""
_ONE_EACH = Expression(
    r"\b(?:households?|clusters?|families|mothers|pregnanc\w+|studies|trials|centres|centers|hospitals|samples?|"
    r"articles|"
    r"villages|practices|schools|couples|pairs|screened|years?|months?|days|weeks|sites|wards|group [A-Z]|twins?|times|"
    r"remaining|addition\w*|period|cycles|another|other)\b", re.I,
)  # fmt: skip
_MORE = Expression(r"\b(?:of|in|among|from|additional|another|further|other|n ?=)(?: the| these)? ?$", re.I)


def more_than_base(reading: Reading) -> Iterator[Finding]:
    """Compare the counts of a clause with the number of people it begins with."""
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"\b(?:of|in|among|from|within)\b", line.words, re.I):
            continue
        sentence = marked(line.words)
        for head in _HEAD.finditer(sentence.text):
            base = sentence.numbers[int(head["sized"] or head["bare"])]
            if base.whole < 2 or _ONE_EACH.search(f"{head['before'] or head['after']} {head['rest']}"):
                continue
            end = _END.search(sentence.text, head.end())
            stop = end.start() if end else len(sentence.text)
            for match in _COUNT.finditer(sentence.text, head.end(), stop):
                number = sentence.numbers[int(match["k"])]
                if number.whole <= base.whole or number.whole > 20 * base.whole:
                    continue
                if _MORE.search(sentence.text, head.end(), match.start()):
                    continue
                yield reading.finding(
                    "GROUP_EXCEEDS", "error", f"{number.printed} are more than the {base.printed} they are of",
                    "the count may be of events, or of others; otherwise a digit is misprinted",
                    quotes=(spot(line, number), spot(line, base)),
                )  # fmt: skip
                break
