"""An encoding is guessed by the letters that tell it, wherever they stand."""

# ruff: noqa: RUF001  (names in their own letters)

import io

import pytest

from breaches.leaks.decoding import Undecided
from breaches.leaks.encodings import ENCODINGS, encoding_of

NAMES = {
    "cp1250": "Żółć,Łukasz\nWiśniewska,Katarzyna\nŹliński,Jan\nDąbrowski,Michał\n",
    "cp1251": "Иванова,Анна\nЧайковский,Пётр\n",
    "cp1252": "Núñez,José\nPeña,Inés\nMüller,Zoë\n",
    "cp1253": "Παπαδόπουλος,Γιώργος\nΝικολάου,Ελένη\n",
    "cp1255": "כהן,משה\nלוי,שרה\nמזרחי,דוד\nפרץ,רחל\nביטון,אברהם\n",
    "cp1256": "محمد,أحمد\nفاطمة,علي\n",
    "cp866": "Иванова,Анна\nЧайковский,Пётр\n",
    "cp874": "สมชาย,ใจดี\nสมหญิง,รักไทย\n",
    "koi8_r": "Иванова,Анна\nЧайковский,Пётр\n",
    "iso8859_5": "Иванова,Анна\nЧайковский,Пётр\n",
    "euc_jp": "山田,太郎\n佐藤,花子\n鈴木,一郎\n",
    "shift_jis": "山田,太郎\n佐藤,花子\n鈴木,一郎\n",
    "euc_kr": "김,철수\n이,영희\n박,지성\n",
    "gb18030": "王,小明\n李,伟\n张,丽\n",
    "utf-8": "Núñez,José\nПётр,王\n",
}
SEVERAL = 5  # times each


@pytest.mark.parametrize("encoding", NAMES)
def test_names_tell_their_encoding(encoding):
    head = ("Last Name,First Name\n" + NAMES[encoding] * SEVERAL).encode(encoding)

    assert encoding_of(head) == encoding
    assert encoding in ENCODINGS


WESTERN = [
    "Müller,Jürgen\nWeiß,Söhnke\nGroße,Änne\n",
    "Lefèvre,Hélène\nGérard,Noël\nBâ,François\n",
    "Gonçalves,João\nAraújo,Conceição\n",
    "Désir,Jean-Élie\nPierre,Thérèse\n",
]


@pytest.mark.parametrize("names", WESTERN)
def test_a_few_western_names_are_not_taken_for_others(names):
    assert encoding_of(f"Last Name,First Name\n{names}".encode("cp1252")) == "cp1252"


@pytest.mark.parametrize("encoding", ["cp1251", "euc_jp", "utf-8", "cp1252"])
def test_an_encoding_that_shows_late_is_found_and_loses_nothing(encoding):
    text = "Doe,Ada\n" * 20_000 + NAMES[encoding] * 20_000
    source = Undecided(io.BytesIO(text.encode(encoding)))

    assert source.buffered().read().decode() == text
    assert source.encoding == encoding
