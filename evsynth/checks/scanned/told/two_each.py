"""Parts of the body of which a person has two: 85 eyes of 37 patients are more than two each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import marked, spot
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUP_EXCEEDS",)

_PAIRED = (
    r"(?P<what>eyes|ears|cochleae|knees|hips|shoulders|elbows|wrists|hands|feet|ankles|limbs|legs|thumbs|kidneys|"
    r"ovaries|"
    r"breasts|testes|testicles|nostrils|eyelids|corneas|corneae|retinas|maculae|thighs|forearms|heels|carotid arteries|"
    r"ureters|hemispheres|great toes|TKAs|THAs|mastectomies|cataracts|groins|calves|hallux)"
)
_PEOPLE = (
    r"(?:patients?|participants?|children|adults?|subjects?|wom[ae]n|m[ae]n|infants?|persons?|people|individuals?|"
    r"recipients?|boys|girls|neonates|volunteers?|athletes|players|donors?|runners|adolescents|cadavers|residents|"
    r"controls|survivors|workers|cadaveric specimens)"
)
_ADJ = r"(?:(?!(?:and|or|in|of|from|with|had|were|was|to|by)\b)[A-Za-z-]+ ){0,4}?"
_LIMBS = Expression(r"\b(?:limbs|legs|arms)\b")
_THINGS_FIRST = Expression(
    rf"⟨c(?P<things>\d+)⟩ {_ADJ}{_PAIRED}(?: \([^()]*\))?(?:,? {_ADJ})?(?:of|from|in|among|belonging to|for|on) "
    rf"(?:the |our |these |a total of |only )*⟨c(?P<people>\d+)⟩ {_ADJ}{_PEOPLE}\b"
)
_PEOPLE_FIRST = Expression(
    rf"⟨c(?P<people>\d+)⟩ {_ADJ}{_PEOPLE} ?(?:\((?:a total of )?|, |/ ?|with |and |who (?:contributed|provided|had) |"
    rf"(?:contributing|contributed|providing|provided|accounting for|representing|undergoing) |"
    rf"(?:were|was) (?:enrolled|included|recruited|studied|treated|analy[sz]ed) ?(?:\(|, |with |and ))(?:a total "
    rf"of |in total )?"
    rf"⟨c(?P<things>\d+)⟩ {_ADJ}{_PAIRED}"
)


def two_each(reading: Reading) -> Iterator[Finding]:
    """Compare numbers of eyes, hips, hands with the number of the people whose they are.

    Found: more than two for each person. Left alone: limbs of animals, controls counted apart.
    """
    for line in lines(reading, ("title", "abstract", "methods", "results", "body")):
        if not re.search(_PAIRED.replace("?P<what>", "?:"), line.words):
            continue
        sentence = marked(line.words)
        for match in (*_THINGS_FIRST.finditer(sentence.text), *_PEOPLE_FIRST.finditer(sentence.text)):
            things, people = (sentence.numbers[int(match[name])] for name in ("things", "people"))
            if things.whole <= 2 * people.whole or people.whole < 2 or things.whole > 30 * people.whole:
                continue
            if match["what"] == "limbs" and things.whole <= 4 * people.whole:
                continue
            yield reading.finding(
                "GROUP_EXCEEDS", "error",
                f"{things.printed} {match['what']} of {people.printed} people are more than two each",
                "some may have been treated twice; otherwise a digit is misprinted",
                quotes=(spot(line, things, people), spot(line, things), spot(line, people)),
                computed=(("most", str(2 * people.whole)),),
            )  # fmt: skip
