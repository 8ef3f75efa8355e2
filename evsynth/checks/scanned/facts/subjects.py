"""What a stretch of words is about: the beginnings of its words, with words for one thing made one.

"Died", "deaths" and "mortality" are one subject, "centres" and "hospitals" another. Words that every sentence of a
paper may hold (patients, group, treatment) are none. Made for holding sentences of two authors against each other.
"""

from __future__ import annotations

from functools import lru_cache

from evsynth.text.expressions import Expression

_WORD = Expression(r"[A-Za-zα-ω][A-Za-z0-9]+(?:-[0-9]+)?")
_ONE = (
    ("death", r"mortal|death|died|dead$|dying|deceas|fatal"),
    ("random", r"random|assigned$|allocat"),
    ("screened", r"screen|approach"),
    ("enrolled", r"enrol|recruit|joined|participated"),
    ("place", r"cent(?:er|re)s?$|hospitals?$|sites?$|clinics?$|practices$|departments?$|units$"),
    ("country", r"countr|nations$"),
    ("follow", r"follow|observ(?:ed?|ation)$"),
    ("age", r"age[ds]?$|older$|years-old"),
    ("female", r"wom[ae]n|female|girls"),
    ("male", r"m[ae]n$|male|boys"),
    ("child", r"child|paediatr|pediatr|infant"),
    ("fracture", r"fractur"),
    ("heart", r"cardiac|heart"),
    ("lung", r"lungs?$|pulmon"),
    ("kidney", r"kidney|renal"),
    ("relapse", r"relaps|recur"),
    ("bleed", r"bleed|h(?:a)?emorrh"),
    ("infect", r"infect"),
    ("survive", r"surviv|alive"),
    ("remission", r"remission|remitt"),
    ("adverse", r"adverse$|side$"),
    ("serious", r"serious|severe"),
    ("weight", r"weigh"),
    ("withdrew", r"withdr|discontinu|dropped-out|dropout"),
    ("completed", r"complet|finish"),
    ("excluded", r"exclu"),
    ("sensitive", r"sensitiv"),
    ("specific", r"specific"),
)
_SAME = Expression("|".join(f"(?P<{name}>{pattern})" for name, pattern in _ONE))
_EMPTY = Expression(
    r"(?:the|and|for|with|was|were|has|had|are|its|than|from|that|this|those|these|which|who|whom|what|their|"
    r"they|them|"
    r"there|but|not|all|any|both|each|per|been|did|does|when|where|while|after|before|during|among|between|"
    r"within|versus|"
    r"compared|about|over|under|into|onto|only|also|more|less|fewer|most|least|very|one|two|three|four|five|six|"
    r"seven|"
    r"eight|nine|ten|an|of|in|on|at|to|by|or|as|is|be|it|we|our|no|if|so|vs|patients?|participants?|people|persons?|"
    r"adults?|subjects?|individuals?|cases?|groups?|arms?|cohorts?|treat\w*|therap\w*|drug|drugs|receiv\w*|given|"
    r"taking|"
    r"took|study|studies|trial|trials|authors?|significant(?:ly)?|mean|median|average\w*|rates?|risks?|incidence|"
    r"frequency|numbers?|proportion|percent(?:age)?|points?|total|overall|days?|weeks?|months?|years?|hours?|time|ci|"
    r"confidence|interval|difference|differed|p|n|sd|iqr|hr|or|rr|ratio|increas\w*|decreas\w*|reduc\w*|rose|fell|"
    r"risen|"
    r"fall|fallen|rise|dropp?\w*|chang\w*|improv\w*|declin\w*|higher|lower|greater|better|worse|occur\w*|seen|found|"
    r"report\w*|show\w*|used|using|had|having|outcomes?|results?|findings?|placebo|controls?|reached|included|"
    r"analy\w*|"
    r"baseline|levels?|scores?|values?|mg|kg|ml|mcg|iu|once|twice|daily|weekly|monthly|every|day|dl|mmhg|hg|mmol)$"
)
_ENDING = Expression(r"(?<=\w{4})(?:ings?|ed|es|s|ly|ions?|ment|al|ic)$")
PLACES = frozenset({"place", "country"})
"""Subjects of counts that are small in every paper, and that only the same subject can bear out."""


@lru_cache(maxsize=16384)
def subjects(words: str) -> frozenset[str]:
    """Give the subjects of some words.

    >>> sorted(subjects("14 patients died in the 9 hospitals")), sorted(subjects("There were 41 deaths"))
    (['death', 'place'], ['death'])
    """
    found = set()
    for word in _WORD.findall(words):
        low = word.lower()
        same = _SAME.match(low)
        if same and same.lastgroup:
            found.add(same.lastgroup)
        elif not _EMPTY.match(low):
            found.add(_ENDING.sub("", low.replace("haem", "hem").replace("oedem", "edem"))[:6])
    return frozenset(found)


__all__ = ["PLACES", "subjects"]
