"""'None of the 45 patients (3%)', 'all 36 patients (86%)', '0 of 30 (4%)': none is 0%, and all are 100%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.denominators import printed_numbers
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.proportions import prints
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

_WHO = (
    r"(?:patients|participants|subjects|children|infants|neonates|women|men|people|adults|volunteers|recipients|cases|"
    r"mothers|babies|boys|girls|students|nurses|doctors|physicians|respondents|residents|dogs|cats|horses|cows|animals|"
    r"rats|mice|eyes|teeth|implants|grafts|stents|specimens|samples|lesions|tumou?rs|wounds|hospitals|clinics|centres|"
    r"centers|practices|schools|families|households|pregnancies|births|deliveries|operations|procedures|studies|"
    r"trials|fractures|catheters|devices|limbs|hips|knees|ears|isolates|strains|workers|employees|teachers|twins)"
)
_SOME = r"(?:(?: (?!and\b|or\b|but\b|except\b|who\b|with\b|not\b)[a-z][\w-]*){0,2})"
_DID = (
    r"(?= (?:were|was|had|have|has|did|could|died|survived|occurred|developed|received|got|completed|required|needed|"
    r"remained|recovered|reported|returned|experienced|showed|achieved|reached|responded|underwent|tolerated|took|"
    r"agreed|happened|relapsed|healed|improved|withdrew|[a-z]+ed)\b)"
)
_SHARE = r"\(⟨p(?P<p>\d+)⟩\)"
_ALL = Expression(
    rf"(?:^|[.;:,] |\b(?:and|but|while|whereas|in|that) )(?:all(?: of)?|every(?: one of| single one of)?|each of)"
    rf"(?: (?:the|these|our|those))?(?: ⟨c(?P<n>\d+)⟩)?{_SOME} {_WHO[:-1]}|patient|participant|child|woman|man|infant|"
    rf"person|animal|dog|case)(?: (?:of|in|on) (?:the )?[a-z-]+(?: [a-z-]+)?)? {_SHARE}{_DID}", re.I,
)  # fmt: skip
_NONE = Expression(
    rf"\b(?:(?:none|neither|not one|not a single one)(?: of)?(?: (?:the|these|our|those|all))*(?: ⟨c\d+⟩)?{_SOME} "
    rf"{_WHO}(?: [a-z][\w-]*){{0,7}}?|(?:nobody|no one)(?: [a-z][\w-]*){{1,7}}?) ?{_SHARE}"
    rf"|\b(?<!or )no (?:cases? of |episodes? of |instances? of |(?:serious|severe|fatal|major|new|further) )?"
    rf"(?!differ|change|effect|evidence|response|data|benefit|trend|association|increase|decrease|reduction|"
    rf"significan|more\b|less\b|longer\b|answer|opinion|pain\b|history|education|formal|treatment|therapy)"
    rf"[a-z][a-z-]+(?: [a-z][\w-]*){{0,2}} {_SHARE.replace('(?P<p>', '(?P<q>')}"
    r"(?= (?:were|was|occurred|happened|developed|died|had|required|needed|arose|took place|"
    r"was|have been|had been) ?(?!not\b))", re.I,
)  # fmt: skip
_NEARLY = Expression(r"\b(?:almost|nearly|virtually|not|practically|of|or)(?:,| |, )$", re.I)
_ZERO = Expression(r"⟨c(?P<k>\d+)⟩ ?(?:/|(?:out )?of) ?⟨c\d+⟩(?: [a-z-]+){0,3} ?\(⟨p(?P<p>\d+)⟩\)")


def all_or_none(reading: Reading) -> Iterator[Finding]:
    """Check the percentage told right after all or none of the patients.

    Left alone: "nearly all"; all of a group that is itself a share of a number told, "all 36 completers (86%)"; an
    answer that is called "no ...".
    """
    for line in lines(reading, ("abstract", "results", "body")):
        if "%" not in line.words and "cent" not in line.words:
            continue
        sentence = marked(line.words)
        for match in _ALL.finditer(sentence.text):
            percent = sentence.numbers[int(match["p"])]
            known = sentence.numbers[int(match["n"])] if match["n"] else None
            if not _NEARLY.search(sentence.text[: match.start() + 1]) and not _of_more(reading, known, percent):
                yield _finding(reading, line, sentence, percent, match, 100)
        for match in _NONE.finditer(sentence.text):
            percent = sentence.numbers[int(match["p"] or match["q"])]
            if span(percent.printed).low > 0 and not percent.printed.bound:
                yield _finding(reading, line, sentence, percent, match, 0)
        for match in _ZERO.finditer(sentence.text):
            count, percent = sentence.numbers[int(match["k"])], sentence.numbers[int(match["p"])]
            if count.whole == 0 and percent.start > count.start and span(percent.printed).low > 0:
                yield _finding(reading, line, sentence, percent, match, 0)


def _of_more(reading: Reading, known: Number | None, percent: Number) -> bool:
    """Say whether the percentage is 100, or that of the group among more people that the text tells."""
    if percent.printed.bound or span(percent.printed).high >= 100:
        return True
    return known is not None and any(
        prints(known.whole, n, percent.printed) for n in printed_numbers(reading) if n > known.whole
    )


def _finding(
    reading: Reading, line: Line, sentence: Marked, percent: Number, match: re.Match[str], right: int
) -> Finding:
    words = line.words[: percent.end].split()
    said = " ".join(words[-min(len(words), 12) :])
    return reading.finding(
        "COUNT_PERCENT", "inconsistent", f"{percent.printed}% in '{said}' is inconsistent with "
        f"{'all' if right else 'none'}, which is {right}%",
        "the share may be that of the group among others; otherwise the number or the word is wrong",
        quotes=(spot(line, percent), line.whole), computed=(("percent", str(right)),),
    )  # fmt: skip
