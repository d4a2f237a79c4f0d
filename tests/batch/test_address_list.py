"""Lists of addresses as people have them: typed, and exported from spreadsheets and content systems."""

from __future__ import annotations

import pytest

from replyassist.batch.address_list import read_addresses
from replyassist.errors import BinaryInput, InvalidParameter

ONE, OTHER = "https://kommune.example/artikkel,1.html", "https://kommune.example/søk"


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n{OTHER}\n",
        f"\n# sider å se på\n  {ONE}\r\n{OTHER}\r\n{ONE}",
        f"Adresse\n{ONE}\n{OTHER}",
        f"Tittel;Adresse;Sist endret\nBarnehage;{ONE};2025-01-02\nSøk;{OTHER};\nUten;;\n",
        f'Tittel,Adresse\n"Barnehage, skole","{ONE}"\nSøk,{OTHER}\n',
        f"Tittel\tAdresse\nBarnehage\t{ONE}\nSøk\t{OTHER}",
        f"{ONE};https://kommune.example/forrige\n{OTHER};",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_addresses_are_read_from_lines_and_tables(text: str, encoding: str) -> None:
    assert read_addresses(text.encode(encoding)) == (ONE, OTHER)


def test_a_line_that_is_no_address_is_kept_to_be_told_of() -> None:
    assert read_addresses(f"{ONE}\nkommune.example/side".encode()) == (ONE, "kommune.example/side")


@pytest.mark.parametrize("data", [b"", b"# nothing", b"Tittel;Antall\nBarnehage;3\n"])
def test_a_list_without_addresses_is_said_so(data: bytes) -> None:
    with pytest.raises(InvalidParameter):
        read_addresses(data)


def test_a_picture_is_no_list() -> None:
    with pytest.raises(BinaryInput):
        read_addresses(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01")
