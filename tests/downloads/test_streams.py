"""Plain and gzip logs come as blocks of whole lines, however they are packed or cut."""

import gzip
import tracemalloc

import pytest

from breaches.downloads.streams import Packing, blocks, packing_of, unpack

TEXT = b"".join(b"line %d of the log\n" % number for number in range(20_000))


def read(stored, step=1000, **kwargs):
    packing = Packing()
    chunks = (stored[at : at + step] for at in range(0, len(stored), step))
    return b"".join(unpack(chunks, packing)), packing


def test_a_plain_file_comes_as_it_is():
    assert read(TEXT) == (TEXT, Packing(taken=len(TEXT)))


@pytest.mark.parametrize("step", [1, 2, 7, 1000, 10**9])
def test_many_members_are_one_text(step):
    small = TEXT[:5000]
    stored = gzip.compress(small[:2000]) + gzip.compress(b"") + gzip.compress(small[2000:])

    assert read(stored, step) == (small, Packing(taken=len(stored)))


def test_a_truncated_last_member_is_read_as_far_as_it_goes_and_said():
    stored = gzip.compress(TEXT[:2000]) + gzip.compress(TEXT[2000:])[:-5000]

    text, packing = read(stored)

    assert TEXT.startswith(text)
    assert len(text) > 2000
    assert packing.damage == "cut"


def test_a_damaged_member_ends_the_text_and_is_said():
    stored = bytearray(gzip.compress(TEXT))
    stored[len(stored) // 2] ^= 0xFF

    text, packing = read(bytes(stored))

    assert packing.damage == "damaged"
    assert len(text) < len(TEXT) + 1


@pytest.mark.parametrize(("tail", "damage"), [(b"\0" * 700, ""), (b"garbage", "trailing")])
def test_padding_is_passed_over_and_garbage_is_said(tail, damage):
    text, packing = read(gzip.compress(TEXT) + tail)

    assert (text, packing.damage) == (TEXT, damage)


def test_blocks_end_at_line_ends_and_tile_the_text():
    made = list(blocks([TEXT[:777], TEXT[777:]], size=4096))

    assert b"".join(block.text for block in made) == TEXT
    assert all(block.text.endswith(b"\n") for block in made)
    assert [block.offset for block in made] == [
        sum(len(block.text) for block in made[:number]) for number in range(len(made))
    ]


def test_reading_starts_again_at_any_block():
    made = list(blocks([TEXT], size=4096))

    again = list(blocks([TEXT[:999], TEXT[999:]], start=made[5].offset, size=4096))

    assert again == made[5:]


def test_a_line_without_an_end_comes_in_parts():
    made = list(blocks([b"x" * 10_000], size=4096))

    assert [len(block.text) for block in made] == [4096, 4096, 1808]


def test_a_bomb_does_not_fill_the_memory():
    stored = gzip.compress(b"\0" * 50_000_000)
    tracemalloc.start()
    packing = Packing()
    total = sum(len(block.text) for block in blocks(unpack([stored], packing)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert total == 50_000_000
    assert peak < 20_000_000


@pytest.mark.parametrize(
    ("first", "what"),
    [
        (b"\x1f\x8b\x08", "gz"),
        (b"192.0.2.1 - -", "plain"),
        (b"PK\x03\x04", "a zip file or an Office document"),
        (b"\x28\xb5\x2f\xfd", "zst"),
        (b"BZh91AY", "bz2"),
        (b"\xfd7zXZ\x00", "packed with xz"),
    ],
)
def test_packing_is_told_by_magic_bytes(first, what):
    assert packing_of(first) == what
