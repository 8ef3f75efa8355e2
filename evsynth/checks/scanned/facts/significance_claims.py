"""Claims of significance without numbers of their own: what is said to be, or not to be, related or different.

"Ferritin differed significantly", "a significant effect on toothache was shown", "remained associated with A after
adjustment, as well as with B", "age and diabetes are independent predictors". The phrases that name the outcome or the
variable are given as they stand. Made for checks that hold such claims against the tests told elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.clauses import with_own_subjects
from evsynth.checks.scanned.prose import Line
from evsynth.text.expressions import Expression

_THING = (
    r"(?:effects?|impacts?|influence|differences?|reductions?|increases?|improvements?|decreases?|benefits?|"
    r"gains?|excess|falls?|rises?|associations?|relations?(?:hips?)?|correlations?|trends?|links?|advantages?)"
)
_BE = r"(?:(?:was|were|is|are|has been|remains?|remained|stayed|proved|became|seems?|appears?)(?: to be)?)"
_ADVERB = r"(?:(?:also|still|both|all|each|therefore|thus|however|clearly|statistically|even|then|again|now) )*"
_YES = Expression(
    rf"\b(?:{_BE} {_ADVERB}(?:significant(?:ly)?\b|independent(?:ly)? (?:predict\w*|associat\w*|related|linked|risk|"
    rf"prognostic|determin\w*)|(?:an? )?(?:\w+ )?independent (?:\w+ )?(?:predict|risk|determin|prognostic|factor)\w*|"
    rf"associated|related|linked|a predictor)|"
    rf"independently (?:associated|related|linked|predict\w*)|"
    rf"{_ADVERB}(?:differ(?:ed|s)?|improved?|fell|rose|declined?|decreased?|increased?|dropped|changed|shortened|"
    rf"correlat\w+|reduced|lowered|raised|prolonged|affected) "
    rf"(?:\w+ )?significantly|"
    rf"(?:reach|attain|achiev|retain)(?:ed|es)? (?:(?:statistical|conventional) )?significance|"
    rf"persist(?:ed|s)\b|held\b|survived\b|"
    rf"significantly (?:differ\w*|lower\w*|reduc\w+|improv\w+|increas\w+|decreas\w+|shorten\w*|prolong\w*|rais\w+|"
    rf"affect\w*|predict\w*|prevent\w*|delay\w*|better|worse|higher|greater|longer|shorter|more|less|fewer|larger|"
    rf"smaller)|"
    rf"(?:a|an|its|the|with|had|showed) (?:clear |statistically )*significant (?:\w+ )?{_THING}|"
    rf"(?:was|were) (?:\w+ )?superior\b)", re.I,
)  # fmt: skip
_NO = Expression(
    rf"\b(?:no|without|nor|lack of|absence of) (?:an? |any |clear |statistically |independent )*(?:significant )?"
    rf"(?:\w+ )?{_THING}|"
    r"\b(?:did|does|do|was|were|is|are|has|have|could) not\b[^.;,]{0,40}?\b(?:significan\w*|differ\w*|associat\w*|"
    r"relat\w*|predict\w*|independent\w*)|\bnot (?:statistically )?significan"
    r"|\bnon-?significan|\bno longer significan|\bunrelated\b", re.I,
)  # fmt: skip
ADJUSTED = Expression(
    r"\badjust(?:ed|ing|ment)|multivaria|multiple (?:regression|logistic)|\bindependent(?:ly)?\b|"
    r"\b(?:taken|taking|took) "
    r"into account|(?:account|control|allow)(?:ed|ing)? for\b|\bconfounders\b|\ballowance for\b|propensity|"
    r"\bcontrol for|\bmodels?\b|\bregression\b",
    re.I,
)  # fmt: skip
_LASTING = Expression(r"\b(?:remain\w*|persist\w*|still|stayed|even|held|survived|retain\w*|independent\w*)\b", re.I)
_HEDGED = Expression(
    r"\b(?:may|might|could|should|would|whether|if|possibl[ey]|clinically|subgroup|"
    r"non-?inferior\w*|interaction|borderline|tend(?:ed|s|ency)|known|only when|less significant|equivalen\w*|"
    r"expected|assum\w*|power|unless|hypothes\w*|considered|defined|aim|objective|investigate\w*|examined?)\b|\?", re.I,
)  # fmt: skip
_OTHERS = Expression(
    r"\b(?:previous\w*|earlier (?:stud|trial|report|series|work|cohort)\w*|others|et al|literature|"
    r"reported (?:by|in|that)|meta-analys\w*|studies|trials|unlike|"
    r"another)\b|\[\d", re.I,
)  # fmt: skip
_WITHIN = Expression(r"\b(?:baseline|either|both (?:groups|arms)|each group|within|over time|before and after)\b", re.I)
_LINK = Expression(
    r"^(?:\s\w+)?\s(?:with|of|for|on|to|in)(?: the| an?)*(?: (?:risk|odds|hazard|rate|likelihood|incidence|"
    r"development|occurrence) of)?\s", re.I,
)  # fmt: skip
_ASIDE = Expression(r",\s(?:which|who|that|as|like)\b[^,]*,|\([^()]*\)|\[[^\[\]]*\]")
_LEAD = Expression(
    r"^\W*(?:(?:while|whereas|although|though|but|and|thus|hence|however|so|then|conclusions?:?|in conclusion,?|"
    r"in summary,?|we (?:found|conclude|saw|showed)(?: that)?|this|these|our results (?:show|suggest) that|that)\s+)*",
    re.I,
)  # fmt: skip
_PREPOSITION = Expression(
    r"\s(?:in|at|among|after|during|between|by|within|when|once|compared|than|versus|vs|over|from|under|without|"
    r"independent|independently|even|as|despite|following)\b", re.I,
)  # fmt: skip
_SAME = Expression(
    r"\W*(?:and )?(?:the same|this|so) (?:was|is|held|holds|applied|applies)(?: also| equally| true)* "
    r"(?:of|for|to|with) (?:the )?(?P<what>[^.;,()]{3,60})", re.I,
)  # fmt: skip
_COMPARED = Expression(r"\b(?:than|compared (?:with|to)|versus|vs|over|doses?)\b", re.I)
_AGAIN = Expression(
    r"\W*(?:(?:and|but|though|although|while|however)\W+)*(?:(?:this|that|the|such a) (?:trend|difference|"
    r"association|effect|relation\w*)|it|they)\b",
    re.I,
)
_VERB = Expression(r"\b(?:was|were|is|are|had|has|fell|rose|occurred|tended|did|developed|improved)\b|,")
_OF_SUBJECT = Expression(
    r"associat|relat|predict|independent|linked|differ(?:ed|s)?\b|signific\w+$|reach|attain|fell|rose|"
    r"persist|held|surv",
    re.I,
)
_TOO = Expression(
    r"\b(?:as well as|along with|together with|and (?:also|likewise|equally)|and the same (?:was|is|held|"
    r"holds|applied|applies)(?: true)?|"
    r"and so (?:was|were|is)|the same (?:was|is|held|holds)(?: true)?)\s?(?:with|of|for|to|in|on)?\s"
    r"(?P<what>[^.;,()]{3,60})", re.I,
)  # fmt: skip
_LIST = Expression(r",\s(?:and\s)?|\s(?:and|or|nor)\s(?:of |with |for |on )?")


class SignificanceClaim(NamedTuple):
    """A claim: its way, the phrases of which each is claimed, whether of adjusted results, and where it stands."""

    positive: bool
    items: tuple[tuple[str, ...], ...]
    """Phrases that name what is claimed; those of the second place count where none of the first is known."""
    adjusted: bool
    lasting: bool
    """Whether it is said to be left after adjustment, whatever it is."""
    start: int
    end: int
    line: Line


def significance_claims(line: Line) -> Iterator[SignificanceClaim]:
    """Give the claims of a sentence that prints no test, clause by clause."""
    if _OTHERS.search(line.words):
        return
    before, positive = "", False
    for part in with_own_subjects(line):
        words, lead, went = part.words, before, positive
        positive = False
        if went and (same := _SAME.match(words)) is not None:
            yield SignificanceClaim(
                True, (tuple(_parts(_PREPOSITION.split(same["what"], maxsplit=1)[0])), ()),
                ADJUSTED.search(line.words) is not None, False, *part.whole, part,
            )  # fmt: skip
            continue
        before = words
        yes, no = _YES.search(words), _NO.search(words)
        said = no or yes
        if said is None or _HEDGED.search(words) or re.search(r"\d\.\d|[<=>]|\bCI\b", words):
            continue
        if no is None and re.search(r"\b(?:not|no|nor|never|without|fail\w*|non|neither)\b", words[: said.end() + 25]):
            continue
        if no is not None and _AGAIN.match(words[: said.start()]):
            continue  # "the difference was not significant": of two of several groups
        if no is not None and _COMPARED.search(words):
            continue
        bare = _ASIDE.sub(lambda m: " " * len(m[0]), words)
        if _WITHIN.search(bare):
            continue
        positive = no is None
        yield SignificanceClaim(
            positive, _items(bare, said, _ASIDE.sub(" ", lead)), ADJUSTED.search(line.words) is not None,
            _LASTING.search(words) is not None, part.start + said.start(), part.start + said.end(), part,
        )  # fmt: skip


def _items(words: str, said: re.Match[str], before: str) -> tuple[tuple[str, ...], ...]:
    """Give the phrases that a claim is about: the subject, and what follows 'effect on', 'associated with'."""
    lead = _LEAD.sub("", re.split(r"[;:]|\bthat\b", words[: said.start()])[-1])
    subject = _subject(lead)
    if _AGAIN.match(words[: said.start()]):
        subject = _subject(_VERB.split(_LEAD.sub("", before), maxsplit=1)[0])
    after = words[said.end() :]
    linked = _LINK.match(after)
    rest = after[linked.end() :] if linked else after
    behind = [*_parts(_PREPOSITION.split(" " + rest, maxsplit=1)[0])]
    for match in _TOO.finditer(words):
        behind += _parts(_PREPOSITION.split(match["what"], maxsplit=1)[0])
    return (subject, tuple(behind)) if _OF_SUBJECT.search(said[0]) else (tuple(behind), subject)


def _subject(lead: str) -> tuple[str, ...]:
    """Give the items of a subject without what stands behind a preposition, which may hold an "and" of its own."""
    if re.search(r"\bbetween\b", lead):
        lead = _PREPOSITION.split(lead, maxsplit=1)[0]
    return tuple(p for part in _parts(lead) if re.search(r"[A-Za-z]{3}", p := _PREPOSITION.split(part, maxsplit=1)[0]))


def _parts(phrase: str) -> Iterator[str]:
    for part in _LIST.split(phrase):
        if re.search(r"[A-Za-z]{3}", part):
            yield " ".join(part.split())
