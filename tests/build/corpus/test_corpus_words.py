"""Words and phrases are looked up in lists beside the files: the answers are those of the texts; a build goes on."""

import gzip
import random
from collections import Counter

import invented_pubmed as invented
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evsynth.build.corpus import runs, words
from evsynth.build.corpus.asking import rows
from evsynth.build.corpus.building import build_corpus
from evsynth.build.corpus.inflating import Gzip
from evsynth.build.corpus.sources import words_of
from evsynth.model.finding import Problems
from evsynth.sources.corpus import postings
from evsynth.sources.corpus.question import question
from evsynth.sources.formats.decoding import Inflated

WORDS = ["otter", "otters", "weir", "wei", "Sj\u00f6gren", "the"]


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Forty records of few words in two files, so that phrases come by chance; their folded texts beside them."""
    folder = tmp_path_factory.mktemp("words")
    chance = random.Random(3)

    def text():
        return " ".join(chance.choices(WORDS, k=chance.randint(1, 4)))

    for number in (1, 2):
        entries = [
            invented.small(
                100 * number + one,
                title=text(),
                inside=f"<Abstract><AbstractText Label='{text()}'>{text()}</AbstractText><AbstractText>{text()}"
                "</AbstractText></Abstract>",
            )
            for one in range(20)
        ]
        (folder / f"pubmed26n{number:04}.xml.gz").write_bytes(invented.zipped(entries))
    build_corpus([folder], folder / "corpus")
    texts = {}
    for path in sorted((folder / "corpus").glob("pubmed*.parquet")):
        for row in pq.read_table(path, columns=["file", "row", "title_words", "abstract_words"]).to_pylist():
            texts[row["file"], row["row"]] = (row["title_words"], row["abstract_words"])
    return folder / "corpus", texts


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    phrase=st.lists(
        st.sampled_from(["otter", "otters", "weir", "wei", "sjogren", "the", "heron"]), min_size=1, max_size=3
    ),
    field=st.sampled_from(["ti", "ab", "tiab"]),
    cut=st.booleans(),
)
def test_a_phrase_is_found_where_the_texts_hold_it(asked, phrase, field, cut):
    corpus, texts = asked
    found = rows(corpus, question(f'"{" ".join(phrase)}{"*" if cut else ""}"[{field}]'))
    parts = {"ti": slice(0, 1), "ab": slice(1, 2), "tiab": slice(0, 2)}[field]
    wanted = f" {' '.join(phrase)}" + ("" if cut else " ")
    assert [(file, row) for file, several in found.items() for row in several.tolist()] == [
        place for place, text in texts.items() if any(wanted in one for one in text[parts])
    ]


def test_many_lists_in_one_file_say_the_same(asked, monkeypatch, tmp_path):
    """A file of many words is sorted in parts, and asked as if it were sorted whole."""
    corpus, _ = asked
    source = corpus / "pubmed26n0001.parquet"
    copy = tmp_path / source.name
    copy.write_bytes(source.read_bytes())
    monkeypatch.setattr(words, "SEVERAL", 30)
    monkeypatch.setattr(words, "_ROWS", 3)
    monkeypatch.setattr(words, "_MERGED", 2)
    words.write_words(copy)
    monkeypatch.undo()
    assert postings.SEVERAL > 30
    short, whole = (pq.read_table(words_of(one)) for one in (copy, source))
    spelled = whole["word"].to_pylist()
    assert spelled == sorted(spelled)
    assert short["word"].to_pylist() != spelled
    both = [sorted(zip(one["word"].to_pylist(), one["row"].to_pylist(), strict=True)) for one in (short, whole)]
    assert both[0] == both[1]
    (tmp_path / words_of(copy).name).replace(tmp_path / "kept")
    words.write_words(copy)
    assert words_of(copy).read_bytes() == words_of(source).read_bytes()


@pytest.mark.parametrize(("group", "frequent"), [(1, 1), (7, 3), (50, 20), (50, 1000)])
def test_runs_that_are_merged_are_one_list(asked, monkeypatch, tmp_path, group, frequent):
    """Whatever the size of the runs and of the groups: the same words, rows and places; a frequent word alone."""
    corpus, _ = asked
    source = corpus / "pubmed26n0001.parquet"
    copy = tmp_path / source.name
    copy.write_bytes(source.read_bytes())
    monkeypatch.setattr(words, "_ROWS", 2)
    words.write_words(copy)
    wanted = pq.read_table(words_of(copy))
    monkeypatch.setattr(words, "SEVERAL", 30)
    monkeypatch.setattr(words, "_MERGED", 10_000)
    monkeypatch.setattr(runs, "GROUP", group)
    monkeypatch.setattr(runs, "FREQUENT", frequent)
    words.write_words(copy)
    found = pq.read_table(words_of(copy))
    for name in ("word", "row", "place"):
        assert found[name].to_pylist() == wanted[name].to_pylist()
    often = Counter(wanted["word"].to_pylist())
    with pq.ParquetFile(words_of(copy)) as lists:
        for number in range(lists.num_row_groups):
            alike = set(lists.read_row_group(number)["word"].to_pylist())
            assert len(alike) == 1 or all(often[one] < frequent for one in alike)
    assert [path.name for path in tmp_path.iterdir() if path.suffix not in {".parquet", ".words"}] == []


def test_without_its_words_a_file_is_read_again_and_not_asked(asked, tmp_path):
    """Killed between a file and its words, a build goes on to the same bytes."""
    source, _ = asked
    build_corpus([source.parent], tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    words_of(tmp_path / "pubmed26n0002.parquet").unlink()
    with pytest.raises(Problems, match="did not end"):
        rows(tmp_path, question("otter"))
    assert len(build_corpus([source.parent], tmp_path).outcomes) == 1
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


WHOLE = gzip.compress(b"".join(b"otter %d\n" % (one * 7919 % 10007) for one in range(60_000)), mtime=0)
DAMAGED = bytearray(WHOLE)
DAMAGED[len(WHOLE) // 2] ^= 64
CHECKED = bytearray(WHOLE)
CHECKED[-6] ^= 1


@pytest.mark.parametrize(
    "data",
    [WHOLE, WHOLE + WHOLE, WHOLE + b"\0" * 99, WHOLE + b"junk", WHOLE[:-3], WHOLE[:900], b"", b"abc", DAMAGED, CHECKED],
    ids=["whole", "two", "padded", "junk", "cut", "short", "empty", "other", "damaged", "checksum"],
)
def test_inflating_is_that_of_zlib(data, tmp_path):
    """With ISA-L, where it is installed, and without: the same bytes, the same trouble."""
    path = tmp_path / "a.gz"
    path.write_bytes(data)
    found, wanted = Gzip(path), Inflated([bytes(data)])
    assert b"".join(found) == b"".join(wanted)
    assert found.trouble == wanted.trouble
