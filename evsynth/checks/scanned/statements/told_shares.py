"""'About three in five came off steroids', in a conclusion, against the percentages of the results."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.concluding import before_conclusion, concluding, stems
from evsynth.checks.scanned.facts.share_words import ShareWord, share_words
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SHARE_CONTRADICTS",)

_PERCENT = Expression(
    r"(?<![\w.,·])(?P<n>[0-9]{1,3}(?:[.·][0-9]+)?)\s?(?:%|per cent\b|percent\b)(?!\s*-?\s*(?:CI\b|conf|cred))"
)
_LIMIT = Expression(
    r"(?:[<>≤≥]|\b(?:at least|more than|less than|over|above|below|under|exceed\w*|beyond|minimum of|up to|"
    r"(?:an )?(?:average|mean|median|estimated)(?: of)?))\s*$|±\s*$",
    re.I,
)
_CHANGE = Expression(
    r"\s*(?:more|less|fewer|higher|lower|greater|longer|shorter|increase|decrease|reduction|rise|fall|NaCl|saline|v/v|w/v)\b"
)
_NEGATION = Expression(r"\b(?:no|not|without|never|nor|neither|un\w+ed|none)\b", re.I)
_HEDGED = Expression(
    r"\b(?:previous\w*|earlier|others|et al|studies|literature|reported by|worldwide|et al\.?|fell by|reduc\w+|"
    r"decreas\w+|"
    r"lower\w*|cut|increas\w+|declin\w+|relative|variance|half-li\w+|half of (?:the )?(?:dose|year)|first half|"
    r"second half)\b"
    r"|\bby (?:about |nearly |almost |roughly |more than |up to |over |around )*(?:half|a |one |two |three )|\[[0-9]",
    re.I,
)
_BASE = Expression(r"\b(?:of|among) (?:the |these |all )?\d+ ((?:[A-Za-z-]+ ?){1,3})", re.I)
_CUT = Expression(r"[,;:]|\band\b|\bbut\b|\bwhile\b|\bwhereas\b|\bwith\b", re.I)


_COUNTED = Expression(r"\s*(?:of [^().;]{0,40}?)?[(\[]\s*(?:n\s*=\s*)?\d+\s*[)\]]", re.I)
"""A count of its own behind a share in words: "one quarter (213)"."""


class _Candidate(NamedTuple):
    share: float
    stems: frozenset[str]
    negated: bool
    spot: Spot
    line: int = 0
    base: frozenset[str] = frozenset()
    """The words of the group it is a share of, where the sentence counts that: "of the 121 OCS users"."""

    def seen(self, negated: bool) -> float:
        """Give the share as a sentence that denies, or does not, sees it."""
        return self.share if self.negated == negated else 1 - self.share


def told_shares(reading: Reading) -> Iterator[Finding]:
    """Hold words for a share against the percentages of the results that speak of the same.

    The percentage meant is the one with most words in common, at least two, and three for a majority. A finding is made
    when neither it fits nor any other that shares a word; where one of the two is a denial, what is left to 100 %. Left
    alone: sentences that print a percentage or a count of their own, reductions by a share, other studies.
    """
    found: list[_Candidate] | None = None
    for line in lines(reading, ("abstract", "discussion", "conclusion", "body")):
        if _HEDGED.search(line.words) or _own_part(reading, line):
            continue
        for clause in clauses(line):
            if _PERCENT.search(clause.words) or re.search(r"\d+/\d+", clause.words):
                continue
            for word in share_words(clause.words):
                if _COUNTED.match(clause.words, word.match.end()):
                    continue
                about = stems(_around(clause.words, word))
                negated = bool(_NEGATION.search(clause.words))
                found = _candidates(reading) if found is None else found
                noun = stems(" ".join(clause.words[word.match.end() :].split()[:2]))
                best = _best(found, about, line, _least(word, about, clause.words), noun)
                if best and line.role in ("abstract", "body") and best[0].line > line.start:
                    continue  # told before the results: of others
                if best and 4 * len(best[0].stems & about) < len(about):
                    continue
                least = max(1, len(best[0].stems & about) - 2) if best else 0
                based = bool(best and noun and all(noun <= c.base for c in best))
                others = [
                    c for c in found if len(c.stems & about) >= least and (not based or noun <= c.base)
                    and not (c.line == best[0].line and len(c.stems & about) < len(best[0].stems & about))
                ] if best else []  # fmt: skip
                turned = any(
                    word.holds(1 - c.share) or word.holds(c.share) for c in best if c.negated or negated
                )  # "cure without removal"
                if not best or turned or any(word.holds(c.seen(negated)) for c in others):
                    continue
                yield reading.finding(
                    "SHARE_CONTRADICTS", "concern",
                    f"'{' '.join(clause.words[word.match.start() :].split())[:90]}' is inconsistent with "
                    f"{', '.join(f'{100 * c.share:g}%' for c in best)}",
                    "another group or another denominator may be meant",
                    quotes=(clause.piece(word.match), *(c.spot for c in best)),
                    computed=(("share that the words allow", f"{100 * word.low:.0f} to {100 * word.high:.0f} %"),),
                )  # fmt: skip


def _own_part(reading: Reading, line: Line) -> bool:
    """Say whether a sentence of an abstract is none of its conclusions: its share is of its own.

    Of an abstract without parts, the last two sentences may conclude.
    """
    if line.role != "abstract" or line.whole in {x.whole for x in concluding(reading)}:
        return False
    if reading.document.sections[line.section].part in ("background", "methods", "results"):
        return True
    last = [x.whole for x in lines(reading, ("abstract",)) if x.section == line.section][-2:]
    return line.whole not in last


def _least(word: ShareWord, about: frozenset[str], words: str) -> int:
    """Give how many words must be in common: three for a majority; one where that is all that is said of the share."""
    if word.match["most"] or word.match["bulk"]:
        return max(2, min(3, len(about)))
    return 1 if len(about) == 1 and not re.match(r"\s*of\b", words[word.match.end() :]) else 2


def _around(words: str, word: ShareWord) -> str:
    """Give the words from the share on, up to the next comma, "yet" or share, and the five before it."""
    after = re.split(r"[,;:]|\byet\b", words[word.match.end() :])[0]
    again = next(share_words(after), None)
    before = re.split(r"[,;:]|\byet\b", words[: word.match.start()])[-1]
    return " ".join(before.split()[-5:]) + " " + (after[: again.match.start()] if again else after)


def _candidates(reading: Reading) -> list[_Candidate]:
    found = []
    for line in before_conclusion(reading):
        matches = list(_PERCENT.finditer(line.words))
        for match in matches:
            if _LIMIT.search(line.words, 0, match.start()) or _CHANGE.match(line.words, match.end()):
                continue
            cuts = [c.end() for c in _CUT.finditer(line.words, 0, match.start()) if not _inside(line.words, c.start())]
            start = cuts[-1] if cuts else 0
            after = next(
                (c.start() for c in _CUT.finditer(line.words, match.end()) if not _inside(line.words, c.start())),
                len(line.words),
            )
            own = line.words[start:after]
            known = stems(line.words[: matches[0].start()] + own) if len(matches) > 1 else stems(line.words)
            found.append(
                _Candidate(
                    float(match["n"].replace("·", ".")) / 100,
                    known,
                    bool(_NEGATION.search(own)),
                    line.piece(match),
                    line.start,
                    stems(" ".join(m[1] for m in _BASE.finditer(line.words, 0, match.start()))),
                )
            )
    return found


def _inside(words: str, at: int) -> bool:
    return words.count("(", 0, at) > words.count(")", 0, at)


def _best(
    found: list[_Candidate], about: frozenset[str], line: Line, least: int, noun: frozenset[str]
) -> list[_Candidate]:
    """Give the percentages with most stems in common, if at least so many, rare stems first.

    None where two differ, unless each is a share of the group that the words name.
    """
    often = Counter(stem for c in found for stem in c.stems)
    scored = [
        (len(about & c.stems), sum(1 / often[stem] for stem in about & c.stems), c)
        for c in found
        if not line.start <= c.spot[0] < line.end
    ]
    most = max(((count, weight) for count, weight, _ in scored), default=(0, 0.0))
    best = [c for count, weight, c in scored if (count, weight) == most]
    one = len({c.share for c in best}) == 1 or (len(noun) > 1 and all(noun <= c.base for c in best))
    return best if one and (most[0] >= least or most[0] == len(about) - 1 == 1) else []
