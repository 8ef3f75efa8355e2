"""A local HTTP server that behaves as the E-utilities do, with their faults, over an invented library.

It runs in a thread, answers on 127.0.0.1 only, and nothing in it waits longer than a few seconds. Faults are put into
`Library.faults`: the next call of that utility takes the first of them.
"""

from __future__ import annotations

import re
import struct
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

KEY = "0123secret4567key"
"""A key; no file, log or message may hold it."""

XML = '<?xml version="1.0" encoding="UTF-8" ?>\n'
DTD = '<!DOCTYPE {root} PUBLIC "-//NLM//DTD {root}, 1st January 2031//EN" "https://dtd.example/{root}.dtd">\n'


class Paper(NamedTuple):
    """An invented record of the library."""

    pmid: str
    title: str
    entered: str = "2030/01/01"
    published: str = "2030/01/01"
    revised: str = "2030-02-03"
    retracted: bool = False
    concern: bool = False
    cites: tuple[str, ...] = ()
    doi: str = ""
    book: bool = False
    full_text: str = ""

    @property
    def xml(self) -> str:
        """The record as EFetch prints it."""
        title = escape(self.title)
        if self.book:
            return (
                f'<PubmedBookArticle><BookDocument><PMID Version="1">{self.pmid}</PMID><Book><BookTitle>{title}'
                "</BookTitle></Book></BookDocument></PubmedBookArticle>"
            )
        year, month, day = self.revised.split("-")
        kinds = "<PublicationType>Journal Article</PublicationType>" + (
            "<PublicationType>Retracted Publication</PublicationType>" if self.retracted else ""
        )
        concern = (
            '<CommentsCorrectionsList><CommentsCorrections RefType="ExpressionOfConcernIn"><RefSource>J Otter Med.'
            '</RefSource><PMID Version="1">1</PMID></CommentsCorrections></CommentsCorrectionsList>'
            if self.concern
            else ""
        )
        doi = f'<ArticleId IdType="doi">{self.doi}</ArticleId>' if self.doi else ""
        pmc = f'<ArticleId IdType="pmc">{self.full_text}</ArticleId>' if self.full_text else ""
        cited = "".join(
            f'<Reference><Citation>Paper {c}</Citation><ArticleIdList><ArticleId IdType="pubmed">{c}</ArticleId>'
            "</ArticleIdList></Reference>"
            for c in self.cites
        )
        return (
            f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{self.pmid}</PMID>'
            f"<DateRevised><Year>{year}</Year><Month>{month}</Month><Day>{day}</Day></DateRevised>"
            '<Article PubModel="Print"><Journal><ISSN IssnType="Print">9990-0012</ISSN>'
            '<JournalIssue CitedMedium="Print">'
            f"<Volume>13</Volume><PubDate><Year>{self.published[:4]}</Year></PubDate></JournalIssue>"
            "<Title>Journal of otter medicine</Title><ISOAbbreviation>J Otter Med</ISOAbbreviation></Journal>"
            f"<ArticleTitle>{title}</ArticleTitle><Abstract><AbstractText>Otters were seen.</AbstractText></Abstract>"
            '<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Lutra</LastName><ForeName>Ottilie</ForeName>'
            "<Initials>O</Initials></Author></AuthorList><Language>eng</Language>"
            f"<PublicationTypeList>{kinds}</PublicationTypeList></Article>{concern}</MedlineCitation><PubmedData>"
            f'<ArticleIdList><ArticleId IdType="pubmed">{self.pmid}</ArticleId>{doi}{pmc}</ArticleIdList>'
            f"<ReferenceList>{cited}</ReferenceList></PubmedData></PubmedArticle>"
        )


class Library:
    """What the server knows, what it was asked, and the faults that it still has to show."""

    def __init__(self, papers: list[Paper], *, most: int = 9999) -> None:
        self.papers = {paper.pmid: paper for paper in papers}
        self.most = most
        self.faults: dict[str, list[str]] = {}
        self.calls: list[tuple[float, str, dict[str, list[str]]]] = []
        self.lines: list[str] = []
        self.histories: dict[str, list[str]] = {}
        self.counted = 0
        self.growing: list[Paper] = []
        self.delay = 0.0
        self.full_texts: dict[str, str] = {}
        self.lock = threading.Lock()

    def asked(self, utility: str) -> list[dict[str, list[str]]]:
        """Give the forms with which a utility was called."""
        return [form for _, name, form in self.calls if name == utility]

    def fault(self, utility: str) -> str:
        """Take the next fault of a utility; `""` means none."""
        waiting = self.faults.get(utility, [])
        return waiting.pop(0) if waiting else ""

    def matching(self, term: str) -> list[str]:
        """Give the PMIDs that match a term, newest first."""
        ranges = re.findall(r'\("([\d/]+)"\[(\w+)\] : "([\d/]+)"\[\w+\]\)', term)
        exact = re.search(r'"?([^"\s]+)"?\[(aid|pmid)\]', term)
        words = re.sub(r'\("[\d/]+"\[\w+\] : "[\d/]+"\[\w+\]\)', "", term)
        wanted = [w.lower() for w in re.findall(r"[A-Za-z]+", words) if w not in ("AND", "OR")]
        found = []
        for paper in self.papers.values():
            days = {"edat": paper.entered, "pdat": paper.published}
            if not all(first <= days[field] <= last for first, field, last in ranges):
                continue
            if exact:
                if exact[1].lower() in (paper.doi.lower(), paper.pmid):
                    found.append(paper.pmid)
            elif all(word in paper.title.lower() for word in wanted):
                found.append(paper.pmid)
        return sorted(found, key=int, reverse=True)

    def esearch(self, form: dict[str, list[str]]) -> str:
        term, start = form["term"][0], int(form.get("retstart", ["0"])[0])
        if start >= self.most:
            return (
                f"{XML}<eSearchResult><ERROR>Search Backend failed: Exception:\n'retstart' cannot be larger than "
                f"{self.most - 1}.</ERROR></eSearchResult>"
            )
        found = self.matching(term)
        self.counted += 1
        if self.growing:
            paper = self.growing.pop(0)
            self.papers[paper.pmid] = paper
        web_env = f"MCID_{zlib.crc32(' '.join([term, *found]).encode())}"
        self.histories[web_env] = found
        most = min(int(form.get("retmax", ["20"])[0]), self.most)
        ids = "".join(f"<Id>{pmid}</Id>\n" for pmid in found[:most])
        warnings = (
            '<WarningList><QuotedPhraseNotFound>"holt weir"</QuotedPhraseNotFound>'
            "<OutputMessage>Otters are plural.</OutputMessage></WarningList>"
            if "holt" in term
            else ""
        )
        return (
            f"{XML}{DTD.format(root='eSearchResult')}<eSearchResult><Count>{len(found)}</Count><RetMax>{most}</RetMax>"
            f"<RetStart>{start}</RetStart><QueryKey>1</QueryKey><WebEnv>{web_env}</WebEnv><IdList>{ids}</IdList>"
            f"<QueryTranslation>{escape(term)}[All Fields]</QueryTranslation>{warnings}</eSearchResult>"
        )

    def efetch(self, form: dict[str, list[str]]) -> str:
        if form["db"] == ["pmc"]:
            return self._full_text(form["id"][0])
        if "WebEnv" in form:
            kept = self.histories.get(form["WebEnv"][0])
            start, most = int(form["retstart"][0]), int(form["retmax"][0])
            if kept is None or start >= len(kept):
                return f"{XML}<eFetchResult><ERROR>Unable to obtain query #1: OUT OF RANGE</ERROR></eFetchResult>"
            pmids = kept[start : start + most]
        else:
            pmids = form["id"][0].split(",")
        if form.get("rettype") == ["medline"]:
            return "".join(
                f"\nPMID- {p}\nOWN - NLM\nTI  - {self.papers[p].title}\nSO  - J Otter Med. 2031.\n"
                for p in pmids
                if p in self.papers
            )
        records = "\n".join(self.papers[p].xml for p in pmids if p in self.papers)
        return f"{XML}{DTD.format(root='PubmedArticleSet')}<PubmedArticleSet>\n{records}\n</PubmedArticleSet>\n"

    def elink(self, form: dict[str, list[str]]) -> str:
        link = form["linkname"][0]
        sets = []
        for pmid in form["id"]:
            if link == "pubmed_pubmed_refs":
                others = list(self.papers[pmid].cites) if pmid in self.papers else []
            else:
                others = [p.pmid for p in self.papers.values() if pmid in p.cites]
            listed = "".join(f"<Link><Id>{o}</Id></Link>" for o in others)
            holds = f"<LinkSetDb><DbTo>pubmed</DbTo><LinkName>{link}</LinkName>{listed}</LinkSetDb>" if others else ""
            sets.append(f"<LinkSet><DbFrom>pubmed</DbFrom><IdList><Id>{pmid}</Id></IdList>{holds}</LinkSet>")
        return f"{XML}{DTD.format(root='eLinkResult')}<eLinkResult>{''.join(sets)}</eLinkResult>"

    def _full_text(self, number: str) -> str:
        article = self.full_texts.get(number.removeprefix("PMC"))
        if article is None:
            reply = f'<Reply Id="{number}" error="The following PMCID is not available: {number}"/>'
            return f"{XML}<pmc-articleset>{reply}</pmc-articleset>"
        return f"{XML}{DTD.format(root='pmc-articleset')}<pmc-articleset>{article}</pmc-articleset>"


BODIES = {
    # fault: (status, headers, body)
    "429": (429, {"Retry-After": "0"}, '{"error":"API rate limit exceeded","api-key":"KEY","count":"4","limit":"3"}'),
    "rate in 200": (200, {}, '{"error":"API rate limit exceeded","count":"4","limit":"3"}'),
    "500 page": (
        500,
        {},
        "<!DOCTYPE html><html><head><title>NCBI/eutils - WWW Error 500 Diagnostic</title></head></html>",
    ),
    "502": (502, {}, "<html><body><h1>502 Bad Gateway</h1></body></html>"),
    "page in 200": (200, {}, "<!DOCTYPE html>\n<html><body>Maintenance</body></html>"),
    "414": (414, {}, "<html><body><h1>Request-URI Too Long</h1></body></html>"),
    "400 key": (400, {}, '{"error":"API key invalid","api-key":"KEY","type":"ip"}'),
    "error in 200": (200, {}, f"{XML}<eFetchResult><ERROR>Resource temporarily unavailable</ERROR></eFetchResult>"),
    "empty term": (
        200,
        {},
        f"{XML}<eSearchResult><ERROR>Empty term and query_key - nothing todo</ERROR></eSearchResult>",
    ),
    "backend": (200, {}, f"{XML}<eSearchResult><ERROR>Search Backend failed: read failed</ERROR></eSearchResult>"),
    "expired": (200, {}, f"{XML}<eFetchResult><ERROR>Unable to obtain query #1: OUT OF RANGE</ERROR></eFetchResult>"),
    "expired 400": (400, {}, '{"error":"error forwarding request: Unable to obtain query #1"}'),
    "empty": (200, {}, ""),
    "bomb": (200, {}, f'{XML}<!DOCTYPE x [<!ENTITY a "otter">]><PubmedArticleSet>&a;</PubmedArticleSet>'),
}
SHAPES = ("half", "half with length", "reset", "drip", "one fewer", "twice", "other record")
"""Faults that spoil a good answer; the rest of the names are in `BODIES`."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 2**16
    library: Library

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if len(self.path) > 2000:
            self._send(*BODIES["414"])
        else:
            self._send(400, {}, '{"error":"this library posts"}')

    def do_POST(self) -> None:
        library = self.library
        raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = parse_qs(raw, keep_blank_values=True)
        utility = self.path.rsplit("/", 1)[-1].removesuffix(".fcgi")
        with library.lock:
            library.lines.append(f"{self.command} {self.path}")
            library.calls.append((time.monotonic(), utility, form))
            fault = library.fault(utility)
            body = "" if fault in BODIES else getattr(library, utility)(form)
        if library.delay:
            time.sleep(min(library.delay, 2))
        if fault in BODIES:
            status, headers, text = BODIES[fault]
            self._send(status, headers, text.replace("KEY", form.get("api_key", ["127.0.0.1"])[0]))
        elif fault:
            self._spoil(fault, body)
        else:
            self._send(200, {}, body)

    def _send(self, status: int, headers: dict[str, str], text: str, *, length: int | None = None) -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/xml; charset=UTF-8")
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def _spoil(self, fault: str, text: str) -> None:
        if fault == "half":
            self._send(200, {}, text[: len(text) // 2])
        elif fault == "half with length":
            self.close_connection = True
            self._send(200, {}, text[: len(text) // 2], length=len(text.encode()))
        elif fault == "reset":
            self.close_connection = True
            self.connection.setsockopt(1, 13, struct.pack("ii", 1, 0))  # SO_LINGER of 0 s: close with a reset
            self.connection.close()
        elif fault == "drip":
            self.close_connection = True
            self.send_response(200)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            for letter in text[:40]:
                try:
                    self.wfile.write(letter.encode())
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(0.05)
        elif fault == "one fewer":
            self._send(200, {}, re.sub(r"(?s)<PubmedArticle>.*?</PubmedArticle>|<Id>\d+</Id>", "", text, count=1))
        elif fault == "twice":
            self._send(
                200, {}, re.sub(r"(?s)(<PubmedArticle>.*?</PubmedArticle>|<Id>\d+</Id>)", r"\1\1", text, count=1)
            )
        elif fault == "other record":
            other = re.sub(r"<Id>(\d+)<", r"<Id>99\1<", text, count=1)
            self._send(200, {}, re.sub(r'<PMID Version="1">(\d+)<', r'<PMID Version="1">88\1<', other, count=1))
        else:
            raise AssertionError(f"no fault {fault!r}")

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()


@contextmanager
def serving(library: Library) -> Iterator[str]:
    """Serve a library while the block runs; gives the address of its E-utilities."""
    handler = type("Handler", (_Handler,), {"library": library, "timeout": 10})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/entrez/eutils"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def otters(count: int, **given: Any) -> list[Paper]:
    """Give so many papers about otters; they entered over many days."""
    return [
        Paper(
            str(1000 + n),
            f"Otters {n} & <rivers>",
            entered=f"{2000 + n % 30}/{1 + n % 12:02}/{1 + n % 28:02}",
            published=f"{1990 + n % 40}/{1 + n % 12:02}/01",
            **given,
        )
        for n in range(count)
    ]
