"""The committed outputs are what the files of the review give, byte by byte, and nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from evsynth.build.run import build
from evsynth.model.finding import Problems
from evsynth.review.folder import open_folder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A copy of the review without outputs, built once."""
    root = tmp_path_factory.mktemp("review")
    for part in ("extractions", "corpora"):
        shutil.copytree(ROOT / part, root / part)
    build(open_folder(root), step=lambda name: None)
    return root


@pytest.fixture
def copy(built, tmp_path):
    """A copy of the built review that a test may change."""
    shutil.copytree(built, tmp_path / "review")
    return tmp_path / "review"


def files(root: Path) -> dict[str, bytes]:
    outputs = root / "outputs"
    return {p.relative_to(outputs).as_posix(): p.read_bytes() for p in outputs.rglob("*") if p.is_file()}


def rebuild(root: Path, **options):
    return build(open_folder(root), step=lambda name: None, **options)


def test_committed_outputs_are_what_the_files_give(built):
    committed, made = files(ROOT), files(built)
    assert sorted(committed) == sorted(made)
    different = [name for name in made if committed[name] != made[name]]
    assert different == [], "run `evsynth build` and commit outputs/"


def test_every_pool_has_its_five_files_and_the_review_its_page(built):
    pools = {p.stem for p in (ROOT / "extractions" / "pools").glob("*.yaml")}
    expected = {"index.html"} | {
        f"{pool}/{name}"
        for pool in pools
        for name in ("estimate.json", "effects.csv", "forest.svg", "forest.png", "sentence.md")
    }
    expected |= {f"reanalysis/{p.stem}.csv" for p in (ROOT / "extractions" / "studies").glob("*.yaml")}
    assert set(files(built)) == expected


def test_no_output_names_a_date_a_host_or_a_path(built):
    for name, raw in files(built).items():
        assert str(built).encode() not in raw, name
        assert str(ROOT).encode() not in raw, name
        assert b"\r\n" not in raw or name.endswith(".png"), name


def test_unchanged_pools_are_not_computed_again(copy):
    seen: list[str] = []
    again = build(open_folder(copy), step=seen.append)
    assert seen == []
    assert again.written == ()


def test_a_deleted_or_edited_output_is_made_again(copy):
    (copy / "outputs" / "infection" / "effects.csv").write_text("edited")
    (copy / "outputs" / "death-rate" / "forest.png").unlink()
    again = rebuild(copy)
    assert set(again.written) == {"infection/effects.csv", "death-rate/forest.png"}


def test_an_output_that_nothing_makes_any_more_is_removed(copy):
    (copy / "extractions" / "pools" / "infection.yaml").unlink()
    assert "infection/estimate.json" in rebuild(copy).surplus
    assert not (copy / "outputs" / "infection").exists()


def test_one_digit_changes_exactly_the_outputs_that_depend_on_it(copy):
    """0.330 becomes 0.331 in the source, its checksum and the extraction: two pools use it, and the page shows it."""
    before = files(copy)
    source = copy / "corpora" / "sources" / "chen-2022-full-text.txt"
    text = source.read_bytes()
    assert text.count(b"weighted HR=0.330, 95% CI") == 1
    source.write_bytes(text.replace(b"weighted HR=0.330, 95% CI", b"weighted HR=0.331, 95% CI"))
    from evsynth.review.files import sha256

    sidecar = source.with_suffix(".yaml")
    sidecar.write_text(sidecar.read_text().replace(sha256(text), sha256(source.read_bytes())))
    study = copy / "extractions" / "studies" / "chen-2022.yaml"
    lines = [
        line.replace("0.330", "0.331") if "id: hr-death," in line or "weighted HR=0.330, 95% CI" in line else line
        for line in study.read_text().splitlines(keepends=True)
    ]
    study.write_text("".join(lines))
    rebuild(copy)
    after = files(copy)
    changed = {name.split("/")[0] for name in after if after[name] != before.get(name)}
    assert changed == {"death-hazard", "death-with-relapse", "reanalysis", "index.html"}


def test_the_identifier_follows_the_digit(copy):
    before = json.loads((copy / "outputs" / "hypomagnesaemia" / "estimate.json").read_text())
    assert before["figures"]["events"] == 27
    assert before["figures"]["total"] == 48
    pool = copy / "extractions" / "pools" / "hypomagnesaemia.yaml"
    pool.write_text(pool.read_text().replace("level: 95", "level: 90"))
    rebuild(copy)
    after = json.loads((copy / "outputs" / "hypomagnesaemia" / "estimate.json").read_text())
    assert after["id"] != before["id"]


def test_layout_and_comments_do_not_change_the_identifier(copy):
    before = json.loads((copy / "outputs" / "infection" / "estimate.json").read_text())["id"]
    pool = copy / "extractions" / "pools" / "infection.yaml"
    pool.write_text("# a comment\n" + pool.read_text().replace("plan: tabulate", "plan:   tabulate"))
    rebuild(copy)
    assert json.loads((copy / "outputs" / "infection" / "estimate.json").read_text())["id"] == before


def test_check_says_what_is_stale_and_writes_nothing(copy):
    target = copy / "outputs" / "death-rate" / "estimate.json"
    target.write_text("{}")
    found = rebuild(copy, check=True)
    assert found.written == ("death-rate/estimate.json",)
    assert target.read_text() == "{}"


def test_nothing_is_built_while_a_file_must_be_corrected(copy):
    study = copy / "extractions" / "studies" / "zhao-2025.yaml"
    study.write_text(study.read_text().replace("count: 27", "count: 28", 1))
    before = files(copy)
    with pytest.raises(Problems, match="27"):
        rebuild(copy)
    assert files(copy) == before


def test_bytes_do_not_depend_on_the_hash_seed(copy):
    script = (
        "import sys; from pathlib import Path; from evsynth.build.run import build\n"
        "from evsynth.review.folder import open_folder\n"
        "found = build(open_folder(Path(sys.argv[1])), check=True, step=lambda n: None)\n"
        "print(found.written)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(copy)],
        env={"PYTHONHASHSEED": "12345", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "MPLCONFIGDIR": str(copy)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "()", done.stderr
