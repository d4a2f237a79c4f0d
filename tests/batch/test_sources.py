"""Files, folders and globs become pages, each once and in the same order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from replyassist.batch.pages import read_bytes
from replyassist.batch.sources import find_files, is_address, read_list, section_of
from replyassist.errors import TextTooLong


def addresses(folder: Path, *names: str) -> list[str]:
    return [source.address.removeprefix(f"{folder}/") for source in find_files(names)]


def test_a_folder_gives_its_readable_files_in_order(site: Path) -> None:
    found = addresses(site, str(site))
    assert found == [
        "bygg/tegning.pdf", "bygg/vedtak.txt", "bygg/wniosek.txt", "index.html", "skole/plass-igjen.md",
        "skole/plass.txt",
    ]  # fmt: skip


def test_the_section_is_the_first_folder_under_the_one_named(site: Path) -> None:
    sections = {source.path.name: source.section for source in find_files([str(site)]) if source.path}
    assert sections["index.html"] == ""
    assert sections["plass.txt"] == "skole"


def test_hidden_files_and_links_that_go_round_are_left_out(site: Path) -> None:
    (site / ".git").mkdir()
    (site / ".git" / "note.txt").write_text("skjult", encoding="utf-8")
    (site / "skole" / "opp").symlink_to(site)
    os.mkfifo(site / "rør.txt")
    found = addresses(site, str(site))
    assert not any(".git" in address or "opp/" in address or "rør" in address for address in found)


def test_globs_and_folders_that_overlap_give_each_page_once(site: Path) -> None:
    found = addresses(site, f"{site}/**/*.txt", str(site / "skole"))
    assert found == ["bygg/vedtak.txt", "bygg/wniosek.txt", "skole/plass.txt", "skole/plass-igjen.md"]


def test_only_what_the_user_named_counts_as_named(site: Path) -> None:
    named = {source.address for source in find_files([str(site / "index.html"), str(site)]) if source.named}
    assert named == {str(site / "index.html")}


@pytest.mark.parametrize(("name", "failure"), [("no/such.txt", "not-found"), ("no/*.txt", "no-file-matches")])
def test_a_name_that_is_not_there_is_a_page_that_failed(name: str, failure: str) -> None:
    (source,) = find_files([name])
    assert (source.failure, source.named) == (failure, True)


def test_a_list_leaves_out_comments_and_empty_lines(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_text("\ufeff# sider\nhttps://example.org/\n\n  brev.txt \n", encoding="utf-8")
    assert read_list(path) == ("https://example.org/", "brev.txt")


def test_a_file_that_is_too_large_is_not_read_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "stor.txt"
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    (source,) = find_files([str(path)])
    with pytest.raises(TextTooLong):
        read_bytes(source)


def test_addresses_are_told_from_files() -> None:
    assert is_address("HTTPS://example.org")
    assert not is_address("https.txt")
    assert section_of("https://example.org/skole/plass/") == "skole"
    assert section_of("https://example.org/skole") == ""
