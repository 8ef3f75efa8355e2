"""The same text without markup, character for character: every offset stays what it is in the document."""

from __future__ import annotations

import re

from evsynth.text.expressions import Expression

_DASHES = dict.fromkeys("‐‑‒–—−﹣－⁻˗", "-")
_POINTS = dict.fromkeys("·‧⋅∙", ".")
_QUOTES = dict.fromkeys("“”„", '"') | dict.fromkeys("‘’′", "'")
_SPACES = dict.fromkeys(
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
)
_GONE = dict.fromkeys("\u200b\ufeff\u00ad\u2060\r", " ")
_SIGNS = {
    "⩽": "≤", "≦": "≤", "⩾": "≥", "≧": "≥", "＜": "<", "＞": ">", "＝": "=", "∼": "~", "～": "~", "％": "%",
    "（": "(", "）": ")", "，": ",", "：": ":", "；": ";", "＋": "+", "∶": ":", "𝑃": "P", "𝑝": "p",
}  # fmt: skip
_WIDE = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
_SYMBOL_FONT = dict(zip("\uf02b\uf02d\uf03c\uf03d\uf03e\uf044\uf061\uf062\uf063\uf06b\uf06d\uf072\uf07e"
                        "\uf0a3\uf0b0\uf0b1\uf0b3\uf0b4\uf0bb\uf0d7", "+-<=>Δαβχκµρ~≤°±≥×≈.", strict=True))  # fmt: skip
"""Characters of a PDF whose Symbol font was not translated: they stand in the private area of Unicode."""
_ZEROS = (
    "\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0de6\u0e50\u0ed0\u0f20"
    "\u1040\u1090\u17e0\u1810\u1946\u19d0\u1a80\u1a90\u1b50\u1bb0\u1c40\u1c50\ua620\ua8d0\ua900\ua9d0"
    "\ua9f0\uaa50\uabf0\uff10\U000104a0\U00010d30\U00011066\U000110f0\U00011136\U000111d0\U000112f0"
    "\U00011450\U000114d0\U00011650\U000116c0\U00011730\U000118e0\U00011950\U00011c50\U00011d50\U00011da0"
    "\U00016a60\U00016ac0\U00016b50\U0001d7ce\U0001d7d8\U0001d7e2\U0001d7ec\U0001d7f6\U0001e140\U0001e2f0"
    "\U0001e950\U0001fbf0"
)
"""The zero of every script whose digits `\\d` takes for digits; nine more follow each."""
_FOREIGN = {chr(ord(zero) + n): str(n) for zero in _ZEROS for n in range(10)}
_SAME = str.maketrans(_FOREIGN | _WIDE | _SYMBOL_FONT | _DASHES | _POINTS | _QUOTES | _SPACES | _GONE | _SIGNS)

_EM_DASH = Expression(r"(?<=[A-Za-z)])—(?=[A-Za-z(])")
"""Between words it parts two clauses; folded to a hyphen it would join two words."""
_THIN = "\u00a0\u2002\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
_THOUSANDS = Expression(rf"(?<![0-9.,/-])[1-9][0-9]{{0,2}}(?:[{_THIN}][0-9]{{3}})+(?![0-9])")
_PEOPLE = (
    r"(?:patients|participants|subjects|individuals|adults|children|women|men|persons|people|records|events|deaths|"
    r"cases|controls|births|admissions|citations|articles|procedures|person-years|patient-years)"
)
_SPACED = Expression(
    rf"(?<![\w.,-])(?P<before>^|[.:,;] |(?:of|included|enrolled|recruited|screened|among|identified|from|in|the|all|"
    rf"with|and|were) |[(;] ?)(?P<number>[1-9][0-9]{{0,2}}(?: [0-9]{{3}})+)(?![0-9.,]|\s?%)"
    rf"(?=[ \n]+(?:[a-z-]+[ \n]+){{0,2}}{_PEOPLE}\b)",
    re.MULTILINE,
)
"""Thousands parted by a common space, where people or records follow."""
_SPACED_ANY = Expression(
    r"(?:(?<![\w.,:/=%-])|(?<=[ ,][0-9]{3}-))(?<![0-9] )(?<![0-9]\t)(?P<before>)"
    r"(?P<number>[1-9][0-9]{0,2}(?: [0-9]{3})+)(?![0-9.]|,[0-9]|\s?%)"
)
"""Any thousands parted by a space, in a text that writes them so before people, and never with a comma."""
_COMMAS = Expression(r"(?<![0-9.,])[1-9][0-9]{0,2},[0-9]{3}(?![0-9.,])")
_SPACED_LIMITS = Expression(r"(?<![\w.,-])[1-9][0-9]{0,2} [0-9]{3} ?(?:-|to) ?[1-9][0-9]{0,2} [0-9]{3} ?[)\]]")
"""Limits in brackets that are both written with a space, "(11 240-14 237)": the text parts its thousands so."""
_SPACED_SIZE = Expression(
    r"(?<![A-Za-z])(?P<before>[nN] ?= ?)(?P<number>[1-9][0-9]{0,2}(?: [0-9]{3})+)(?= ?(?:[,;)\]\t|\n]|\Z))"
)
_DOT = Expression(r"(?<=[0-9])[•・˙](?=[0-9])")
_LOST_PLUS_MINUS = Expression(r"(?<=[0-9] )(?:\ufffd|_\+|\+_)(?= ?[0-9])")
_LOST_LESS = Expression(r"(?<=[pP] )!(?= ?0?\.[0-9])")
_SIX = Expression(r"\b[Mm]eans? 6 (?:S\.?D|S\.?E|standard)")
_AS_SIX = Expression(r"(?<=[0-9] )6(?= [0-9])|(?<=[Mm]ean )6(?= S)|(?<=[Mm]eans )6(?= S)")
"""In some PDFs "±" comes out as "6": where the text says "mean 6 SD", a 6 alone between two numbers is one."""
_ENTITIES = {
    "&lt;": "<", "&gt;": ">", "&amp;": "&", "&nbsp;": " ", "&plusmn;": "±", "&le;": "≤", "&ge;": "≥", "&minus;": "-",
    "&ndash;": "-", "&mdash;": "-", "&middot;": ".", "&thinsp;": " ", "&chi;": "χ", "&rho;": "ρ", "&beta;": "β",
}  # fmt: skip
_CODE = Expression(r"&#([0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});")
_ENTITY = Expression("|".join(_ENTITIES))
_COMMANDS = {
    "pm": "±", "leq": "≤", "le": "≤", "leqslant": "≤", "geq": "≥", "ge": "≥", "geqslant": "≥", "chi": "χ", "rho": "ρ",
    "beta": "β", "alpha": "α", "gamma": "γ", "Delta": "Δ", "kappa": "κ", "eta": "η", "mu": "µ", "times": "×",
    "sim": "~",
    "approx": "≈", "lt": "<", "gt": ">", "cdot": ".", "geqq": "≥", "leqq": "≤",
}  # fmt: skip
_COMMAND = Expression(r"\\(" + "|".join(sorted(_COMMANDS, key=len, reverse=True)) + r")(?![A-Za-z])")
_MATHS = Expression(r"\$\$?([^$\n]{1,200}?)\$\$?")
_WRAPPER = Expression(
    r"\\(?:text|mathrm|mathit|mathbf|textit|textbf|rm|it|bf|left|right|quad)(?![A-Za-z])|[{}]|\\[,;!% ]"
)
_POWER = Expression(r"\^\{?2\}?")
_POWER_OF_TEN = Expression(r"(?:(?<=[x×] 10)|(?<=[x×]10))<sup>\s*(-\s*[0-9]{1,3})\s*</sup>", re.IGNORECASE)
_SQUARE = Expression(r"(?<=[χXxRr])(?:\s?<sup>\s*2\s*</sup>)", re.IGNORECASE)
_RAISED = Expression(r"<sup>(?:(?!</sup>)[^\n]){0,60}</sup>", re.IGNORECASE)
_TAG = Expression(
    r"</?(?:sup|sub|i|b|em|strong|br|p|span|u|small|a|div|font|table|thead|tbody|tfoot|tr|td|th|caption|colgroup|col|"
    r"h[1-6]|li|ul|ol|hr|html|head|body|title|main|section|article|figure|figcaption)\b[^<>\n]{0,200}/?>",
    re.IGNORECASE,
)
_HEADING = Expression(r"(?m)^([ \t]*)(<h([1-6])\b[^<>\n]{0,200}>)", re.IGNORECASE)
_BOLD = Expression(r"(\*\*|__)(?=[^\s*_])([^*\n]{1,200}?)(?<=[^\s*_])(\1)")
_ITALIC = Expression(r"(?<![\w*])(\*)([A-Za-zχρβηκΔ][A-Za-z0-9 .,'-]{0,60})(\*)(?![\w*])")
_ESCAPE = Expression(r"\\(?=[*#_\[\]()%.|~<>-])")
_COMMA = Expression(r"(?<=[0-9]),(?=[0-9])")
_COMMA_AFTER_SIGN = Expression(r"(?<=[=<>≤≥]0),(?=[0-9])|(?<=[=<>≤≥] 0),(?=[0-9])")
_P_COMMA = Expression(r"(?<![A-Za-z])[pP]\s*[=<>≤≥]\s*0,[0-9]")
_P_POINT = Expression(r"(?<![A-Za-z])[pP]\s*[=<>≤≥]\s*0?\.[0-9]")
_SURE = (
    r"(?:(?:[=<>≤≥±]|\b(?:HR|OR|RR|SD|CI|IC))\s?-?[0-9]+{mark}[0-9]{{1,2}}(?![0-9])|"
    r"(?<![0-9.,])[0-9]+{mark}[0-9]{{1,2}}(?=\s?[%±])|(?<![0-9.,])0{mark}[0-9]{{1,4}}(?![0-9,.]))"
)
_SURE_COMMA, _SURE_POINT = (Expression(_SURE.format(mark=mark)) for mark in (",", r"\."))
_WAVE = Expression(r"(?<=[0-9%])~(?=[0-9])")
"""A wave between two numbers is a dash: "aged 18~75 years"."""
_LINK = Expression(r"(\[)([^\[\]\n]{1,200})(\]\(https?://[^()\s]{1,300}\))")


def fold(text: str) -> str:
    """Fold character references and look-alike dashes, points, quotes, spaces and signs; the length stays."""
    if "&#" in text:
        text = _CODE.sub(_coded, text)
    out = _THOUSANDS.sub(_with_commas, _EM_DASH.sub("―", text)).translate(_SAME)
    out = _WAVE.sub("-", out)
    out = _LOST_LESS.sub("<", _LOST_PLUS_MINUS.sub(lambda m: "±".ljust(len(m[0])), _DOT.sub(".", out)))
    if _SIX.search(out):
        out = _AS_SIX.sub("±", out)
    joined = _SPACED_SIZE.sub(_joined, _SPACED.sub(_joined, out))
    told = joined != out and len(_SPACED.findall(out)) + len(_SPACED_SIZE.findall(out)) > 1
    if _COMMAS.search(text) or not (told or _SPACED_LIMITS.search(out)):
        return joined
    return _SPACED_ANY.sub(_joined, joined)


def _with_commas(match: re.Match[str]) -> str:
    return re.sub(r"[^0-9]", ",", match[0])


def _joined(match: re.Match[str]) -> str:
    return match["before"] + match["number"].replace(" ", ",")


def _coded(match: re.Match[str]) -> str:
    number = int(match[1][1:], 16) if match[1][0] in "xX" else int(match[1])
    character = chr(number) if 31 < number < 0x110000 and not 0xD800 <= number < 0xE000 else " "
    return character.ljust(len(match[0]))


def plain(text: str) -> str:
    """Fold `text` and blank its markup (LaTeX, HTML, Markdown emphasis, raised reference marks); the length stays.

    A decimal comma becomes a point where it can be nothing else: in "P = 0,03", and everywhere in a text all of whose
    P values are written so, or which has no P value and all of whose ratios, percentages and SDs are. A pipe with a
    backslash before it becomes a broken bar, so that it parts no cells.

    >>> plain("( $p=0.021$ ), 3 $\\\\pm$ 1, P &lt; 0.05, χ<sup>2</sup> = 4")
    '(  p=0.021  ), 3  ±    1, P <    0.05, χ²            = 4'
    """
    out = fold(text)
    if "\\" in out or "$" in out:
        out = _MATHS.sub(lambda m: _blank_around(m, _formula(m[1])) if _mathematical(m[1]) else m[0], out)
        out = _ESCAPE.sub(" ", _COMMAND.sub(_command, out).replace("\\|", " ¦"))
    if "&" in out:
        out = _ENTITY.sub(lambda m: _ENTITIES[m[0]].ljust(len(m[0])), out)
    if "<" in out:
        out = _SQUARE.sub(lambda m: "²".ljust(len(m[0])), out)
        out = _POWER_OF_TEN.sub(lambda m: f"^{m[1]}".ljust(len(m[0])), out)
        out = _RAISED.sub(lambda m: " " * len(m[0]), out)
        out = _HEADING.sub(lambda m: m[1] + ("#" * min(int(m[3]), 3)).ljust(len(m[2])), out)
        out = _TAG.sub(lambda m: " " * len(m[0]), out)
    out = _LINK.sub(lambda m: " " + m[2] + " " * len(m[3]), out)
    out = _BOLD.sub(lambda m: f"  {m[2]}  ", out)
    out = _ITALIC.sub(lambda m: f" {m[2]} ", out)
    return _COMMA.sub(".", out) if _decimal_commas(out) else _COMMA_AFTER_SIGN.sub(".", out)


def _decimal_commas(text: str) -> bool:
    """Say whether a text writes decimals with a comma: its P values do, and none of them has a point.

    Without a P value, two numbers that can only be decimals must have a comma, and none a point.
    """
    if _P_POINT.search(text):
        return False
    if _P_COMMA.search(text):
        return True
    return len(_SURE_COMMA.findall(text)) >= 2 and not _SURE_POINT.search(text)


def _mathematical(inside: str) -> bool:
    return bool(re.search(r"[=<>\\^_]|^\s*[-+]?[0-9.,]+\s*$|^\s*[A-Za-z]\s*$", inside))


def _blank_around(match: re.Match[str], inside: str) -> str:
    before, after = match.start(1) - match.start(), match.end() - match.end(1)
    return " " * before + inside + " " * after


def _formula(inside: str) -> str:
    out = _COMMAND.sub(_command, inside)
    out = _POWER.sub(lambda m: "²".ljust(len(m[0])), out)
    return _WRAPPER.sub(lambda m: " " * (len(m[0]) - 1) + ("%" if m[0].endswith("%") else " "), out)


def _command(match: re.Match[str]) -> str:
    return _COMMANDS[match[1]].ljust(len(match[0]))
