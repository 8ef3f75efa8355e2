r"""LaTeX in BibTeX values: accents and commands to characters, and plain text to safe LaTeX."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_COMMANDS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^",
    "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "textdegree": "°", "textmu": "µ", "texttimes": "×", "textpm": "±", "ldots": "…",
    "dots": "…",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "kappa": "κ", "lambda": "λ", "mu": "μ",
    "omega": "ω", "sigma": "σ", "tau": "τ", "chi": "χ", "Delta": "Δ", "Omega": "Ω", "pm": "±", "times": "×", "leq": "≤",
    "geq": "≥", "le": "≤", "ge": "≥", "sim": "∼", "infty": "∞",
}  # fmt: skip
_TOKEN = re.compile(
    r"\\(?P<accent>[`'^~=.\"])\s*(?:\{\s*\\?(?P<a>[^\W\d_])\s*\}|\\?(?P<b>[^\W\d_]))"
    r"|\\(?P<letter>[uvHtcdbkr])(?:\s*\{\s*\\?(?P<c>[^\W\d_])\s*\}|\s+(?P<d>[^\W\d_]))"
    r"|\\(?P<command>[A-Za-z]+)(?:\s*\{\}|\s+|(?![A-Za-z]))"
    r"|\\(?P<sign>[&%$#_{} ,;:!@/-])"
    r"|(?P<brace>[{}])|(?P<tie>~)|(?P<math>\$)"
)
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
}  # fmt: skip


def plain(value: str) -> str:
    r"""Return LaTeX as plain text: accents composed, braces gone, commands that are not known kept as printed.

    >>> plain(r"M{\"u}ller and {\O}ster, 5\% {DNA}")
    'Müller and Øster, 5% DNA'
    """
    return _TOKEN.sub(_character, value)


def escaped(value: str) -> str:
    """Return plain text as LaTeX that means it."""
    return "".join(_SPECIAL.get(character, character) for character in value)


def _character(found: re.Match[str]) -> str:
    kind = found.lastgroup
    accent = found["accent"] or found["letter"]
    if accent:
        letter = found["a"] or found["b"] or found["c"] or found["d"]
        return unicodedata.normalize("NFC", letter + _ACCENTS[accent]) if accent in _ACCENTS else letter
    if kind == "command":
        return _COMMANDS.get(found["command"], found[0])
    if kind == "sign":
        sign = found["sign"]
        return {",": " ", ";": " ", ":": " ", "!": "", "/": "", "-": ""}.get(sign, sign)
    return {"brace": "", "tie": " ", "math": ""}[str(kind)]
