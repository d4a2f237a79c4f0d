"""Installing, verifying, removing and exporting packages from files and folders, with all that goes wrong."""

import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from replyassist.config import Settings, data_folder
from replyassist.errors import PackageError
from replyassist.translation import Translator, store
from replyassist.translation.checksums import RECORD

METADATA = {"from_code": "nb", "to_code": "en", "from_name": "Norwegian", "to_name": "English"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled package from bokmål to English as a file."""
    folder = tmp_path_factory.mktemp("exported")
    store.export("nb_en", folder / "nb_en.argosmodel", Settings(packages=str(folder / "none")))
    return folder / "nb_en.argosmodel"


@pytest.fixture(scope="module")
def unpacked(archive: Path) -> Path:
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(archive.parent / "unpacked")
    return archive.parent / "unpacked" / "nb_en"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(packages=str(tmp_path / "packages"))


def packed(path: Path, files: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> str:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return str(path)


def reason(what: str, settings: Settings) -> object:
    with pytest.raises(PackageError) as raised:
        store.install(what, settings)
    assert raised.value.code == "package-error"
    assert installed(settings) == []
    assert leftovers(settings) == []
    return raised.value.fields["reason"]


def installed(settings: Settings) -> list[store.Package]:
    return [package for package in store.list_packages(settings) if not package.bundled]


def leftovers(settings: Settings) -> list[str]:
    folder = Path(settings.packages)
    return [path.name for path in folder.iterdir() if path.name != store.LOCK] if folder.exists() else []


def verifications(settings: Settings) -> list[store.Verification]:
    return [found for found in store.verify(settings) if found.folder.parent == Path(settings.packages)]


def test_a_file_is_installed_with_its_checksums(archive, settings):
    package = store.install(str(archive), settings)
    assert (package.source, package.target, package.bundled) == ("nb", "en", False)
    assert installed(settings) == [package]
    [verification] = verifications(settings)
    assert (verification.intact, verification.sealed) == (True, True)
    recorded = json.loads((package.folder / RECORD).read_text())["sha256"]
    assert {"metadata.json", "sentencepiece.model", "model/model.bin"} <= recorded.keys()
    assert leftovers(settings) == [package.folder.name]


def test_what_is_installed_translates_and_comes_before_what_is_bundled(archive, settings):
    package = store.install(str(archive), settings)
    translator = Translator.load(settings, data_folder("models") / "translation")
    assert package in translator.packages
    text = "Du kan klage på vedtaket innen tre uker."
    bundled = Translator.load(Settings(packages="/nowhere"), data_folder("models") / "translation")
    assert translator.translate(text, "nb", "en").text == bundled.translate(text, "nb", "en").text


def test_an_unpacked_folder_is_installed_and_left_alone(unpacked, settings):
    package = store.install(str(unpacked), settings)
    assert package.folder.parent == Path(settings.packages)
    assert (unpacked / "model" / "model.bin").exists()
    assert not (unpacked / RECORD).exists()


def test_a_folder_of_files_is_installed_whole_or_not_at_all(archive, settings, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    shutil.copy(archive, folder / "a.argosmodel")
    (folder / "b.argosmodel").write_bytes(archive.read_bytes()[:100_000])
    assert reason(str(folder), settings) == "damaged-archive"
    (folder / "b.argosmodel").unlink()
    assert [package.code for package in store.install_all(str(folder), settings)] == ["translate-nb_en"]


def test_a_new_version_takes_the_place_of_the_old_one(unpacked, settings, tmp_path):
    store.install(str(unpacked), settings)
    newer = shutil.copytree(unpacked, tmp_path / "newer")
    metadata = json.loads((newer / "metadata.json").read_text())
    (newer / "metadata.json").write_text(json.dumps({**metadata, "package_version": "9.9"}))
    store.install(str(newer), settings)
    assert [package.version for package in installed(settings)] == ["9.9"]
    assert len(leftovers(settings)) == 1


def test_an_interrupted_installation_leaves_what_worked(unpacked, settings, tmp_path, monkeypatch):
    before = store.install(str(unpacked), settings)
    newer = shutil.copytree(unpacked, tmp_path / "newer")
    metadata = json.loads((newer / "metadata.json").read_text())
    (newer / "metadata.json").write_text(json.dumps({**metadata, "package_version": "9.9"}))
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            store.install(str(newer), settings)
    assert installed(settings) == [before]
    assert [found.intact for found in verifications(settings)] == [True]


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_what_a_killed_installation_left_is_no_package_and_is_cleared_away(archive, unpacked, settings):
    left = Path(settings.packages) / ".staging-killed" / "0"
    shutil.copytree(unpacked, left)
    assert installed(settings) == []
    assert verifications(settings) == []
    package = store.install(str(archive), settings)
    assert leftovers(settings) == [package.folder.name]


def test_two_installations_at_once(archive, settings):
    with store._staging(settings), pytest.raises(PackageError) as raised:
        store.install(str(archive), settings)
    assert raised.value.fields["reason"] == "busy"


def test_a_broken_folder_is_named_and_takes_no_other_down(archive, settings):
    package = store.install(str(archive), settings)
    (Path(settings.packages) / "broken").mkdir()
    (Path(settings.packages) / "halfway").mkdir()
    (Path(settings.packages) / "halfway" / "metadata.json").write_text("{")
    assert installed(settings) == [package]
    problems = {found.code: found.intact for found in verifications(settings)}
    assert problems == {"broken": False, "halfway": False, package.code: True}
    store.remove("broken", settings)
    assert {found.code for found in verifications(settings)} == {"halfway", package.code}


def test_verification_names_what_changed_and_installing_again_repairs(archive, settings):
    package = store.install(str(archive), settings)
    model = package.folder / "model" / "model.bin"
    content = bytearray(model.read_bytes())
    content[len(content) // 2] ^= 1
    model.write_bytes(content)
    (package.folder / "extra").write_text("")
    (package.folder / "model" / "config.json").unlink()
    [found] = verifications(settings)
    assert found.problems == ("missing: model/config.json", "changed: model/model.bin", "added: extra")
    store.install(str(archive), settings)
    assert [found.intact for found in verifications(settings)] == [True]


def test_an_unreadable_record_is_a_problem(archive, settings):
    package = store.install(str(archive), settings)
    (package.folder / RECORD).write_text("[]")
    assert verifications(settings)[0].problems == (f"unreadable: {RECORD}",)


def test_bundled_packages_are_verified_and_cannot_be_removed(settings):
    bundled = [found for found in store.verify(settings) if "nordic" not in found.code]
    assert {"translate-nb_en", "translate-en_nb"} <= {found.code for found in bundled if found.intact}
    with pytest.raises(PackageError) as raised:
        store.remove("nb_en", settings)
    assert raised.value.fields["reason"] == "bundled"


def test_removing(archive, settings):
    store.install(str(archive), settings)
    store.remove("translate-nb_en", settings)
    assert leftovers(settings) == []
    with pytest.raises(PackageError) as raised:
        store.remove("xx_yy", settings)
    assert raised.value.fields["reason"] == "not-installed"


@pytest.mark.parametrize(
    "outside", ["../outside", "/tmp/outside", "nb_en/../../outside", "..\\outside", "C:outside"]
)
def test_nothing_is_written_outside(outside, settings, tmp_path):
    files = {"nb_en/metadata.json": json.dumps(METADATA).encode(), outside: b"x"}
    assert reason(packed(tmp_path / "slip.argosmodel", files), settings) == "dangerous-archive"
    assert not list(tmp_path.rglob("outside"))


def test_a_link_in_an_archive(settings, tmp_path):
    path = tmp_path / "link.argosmodel"
    entry = zipfile.ZipInfo("nb_en/model")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, "/etc")
    assert reason(str(path), settings) == "dangerous-archive"


def test_an_archive_that_swells(settings, tmp_path):
    files = {"nb_en/model/model.bin": bytes(20 * 1024**2)}
    bomb = packed(tmp_path / "bomb.argosmodel", files, zipfile.ZIP_DEFLATED)
    assert Path(bomb).stat().st_size < 100_000
    assert reason(bomb, settings) == "dangerous-archive"


def test_too_many_files(settings, tmp_path):
    files = {f"nb_en/{number}": b"" for number in range(2_001)}
    assert reason(packed(tmp_path / "many.argosmodel", files), settings) == "dangerous-archive"


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"a/metadata.json": b"{}", "b/metadata.json": b"{}"},
        {"metadata.json": b"{}"},
        {"a/README.md": b""},
        {"a/metadata.json": b"{"},
        {"a/metadata.json": b"[]"},
        {"a/metadata.json": json.dumps(METADATA).encode()},
        {"a/metadata.json": json.dumps(METADATA).encode(), "a/model/model.bin": b""},
    ],
    ids=["empty", "two-folders", "no-folder", "no-metadata", "cut", "a-list", "no-model", "no-vocabulary"],
)
def test_what_is_no_package(files, settings, tmp_path):
    assert reason(packed(tmp_path / "a.argosmodel", files), settings) == "not-a-package"


@pytest.mark.parametrize(
    "change", [{"from_code": "../../outside"}, {"to_code": ""}, {"type": "sbd"}, {"bleu": "high"}], ids=str
)
def test_metadata_that_cannot_be(change, unpacked, settings, tmp_path):
    folder = shutil.copytree(unpacked, tmp_path / "odd")
    metadata = json.loads((folder / "metadata.json").read_text())
    (folder / "metadata.json").write_text(json.dumps({**metadata, **change}))
    assert reason(str(folder), settings) == "not-a-package"


def test_a_model_that_does_not_load(unpacked, settings, tmp_path):
    folder = shutil.copytree(unpacked, tmp_path / "odd")
    model = folder / "model" / "model.bin"
    model.write_bytes(model.read_bytes()[:1_000])
    assert reason(str(folder), settings) == "model-fails"


def test_a_vocabulary_of_another_kind(unpacked, settings, tmp_path):
    folder = shutil.copytree(unpacked, tmp_path / "odd")
    (folder / "sentencepiece.model").write_bytes(b"no vocabulary")
    assert reason(str(folder), settings) == "model-fails"


@pytest.mark.parametrize("kept", [0, 1, 1_000, 0.5, 0.999], ids=str)
def test_a_file_that_was_cut(kept, archive, settings, tmp_path):
    content = archive.read_bytes()
    path = tmp_path / "cut.argosmodel"
    path.write_bytes(content[: int(len(content) * kept) if isinstance(kept, float) else kept])
    assert reason(str(path), settings) == "damaged-archive"


def test_a_file_with_a_changed_byte(archive, settings, tmp_path):
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 1
    path = tmp_path / "changed.argosmodel"
    path.write_bytes(content)
    assert reason(str(path), settings) == "damaged-archive"


def test_no_such_file(settings, tmp_path):
    assert reason(str(tmp_path / "none.argosmodel"), settings) == "no-such-file"
    assert reason("klingonsk", settings) == "no-such-file"


def test_a_folder_that_cannot_be_written(archive, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PackageError) as raised:
        store.install(str(archive), Settings(packages=str(tmp_path / "file" / "packages")))
    assert raised.value.fields["reason"] == "not-writable"


def test_the_default_folder_is_used_by_translator_and_store(archive, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    package = store.install(str(archive), Settings())
    assert package.folder.is_relative_to(tmp_path / ".local" / "share" / "replyassist" / "packages")
    assert package in Translator.load(Settings(), data_folder("models") / "translation").packages


def test_an_export_is_the_same_each_time_and_whole(archive, settings, tmp_path):
    again = tmp_path / "again.argosmodel"
    store.export("translate-nb_en", again, settings)
    assert again.read_bytes() == archive.read_bytes()
    with zipfile.ZipFile(again) as packed:
        names = set(packed.namelist())
        assert "shared_model" not in json.loads(packed.read("nb_en/metadata.json"))
    assert {"nb_en/metadata.json", "nb_en/sentencepiece.model", "nb_en/model/model.bin"} <= names
    assert list(tmp_path.glob(".*")) == []
    with pytest.raises(PackageError):
        store.export("nb_xx", tmp_path / "none.argosmodel", settings)
    with pytest.raises(PackageError):
        store.export("nb_en", tmp_path / "none" / "a.argosmodel", settings)


STOCK = """
import sys
from argostranslate import package, translate

class Whole:
    def split_sentences(self, text):
        return [text]

package.install_from_path(sys.argv[1])
found = translate.get_translation_from_codes("en", "nb")
found.underlying.sentencizer = Whole()  # its own one would look for a model on the network
print(found.translate("You can appeal the decision within three weeks."))
"""


def test_an_export_installs_and_translates_in_stock_argos(settings, tmp_path):
    store.export("en_nb", tmp_path / "en_nb.argosmodel", settings)
    homes = {name: str(tmp_path) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    answer = subprocess.run(
        [sys.executable, "-c", STOCK, str(tmp_path / "en_nb.argosmodel")],
        env={**os.environ, **homes, "ARGOS_PACKAGES_DIR": str(tmp_path / "argos")},
        capture_output=True, text=True, timeout=60, check=True,
    ).stdout.strip()  # fmt: skip
    assert len(answer.split()) >= 3
    assert "<2" not in answer
    assert answer != "You can appeal the decision within three weeks."
