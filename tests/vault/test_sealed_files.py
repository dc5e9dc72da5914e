"""A stored file comes back whole or not at all."""

import io

import pytest

from breaches.vault import files, stream
from breaches.vault.sealing import Tampered
from tests.factories import make_incident

KEY = bytes(32)
SIZES = [0, 1, stream.CHUNK - 1, stream.CHUNK, stream.CHUNK + 1, 3 * stream.CHUNK]


def sealed(size):
    return b"".join(stream.sealed_chunks(KEY, [b"a" * size]))


def opened(data):
    return b"".join(stream.opened_chunks(KEY, io.BytesIO(data)))


@pytest.mark.parametrize("size", SIZES)
def test_any_size_comes_back(size):
    assert opened(sealed(size)) == b"a" * size


@pytest.mark.parametrize("size", SIZES)
def test_a_cut_file_is_refused(size):
    whole = sealed(size)
    full = stream.CHUNK + stream.TAG

    for end in {len(whole) - 1, len(whole) // full * full} - {len(whole)}:
        with pytest.raises(Tampered):
            opened(whole[:end])


def test_swapped_chunks_are_refused():
    whole, full = sealed(3 * stream.CHUNK), stream.CHUNK + stream.TAG

    with pytest.raises(Tampered):
        opened(whole[full : 2 * full] + whole[:full] + whole[2 * full :])


@pytest.mark.django_db
def test_nothing_in_the_store_is_readable_and_nothing_is_left_after_a_failure(settings):
    def failing():
        yield b"secret name"
        raise OSError("disk full")

    incident = make_incident()
    row = files.store([b"secret name"], key_name=incident.key_name)
    with pytest.raises(OSError, match="disk full"):
        files.store(failing(), key_name=incident.key_name)

    kept = [path for path in settings.SEALED_DIR.rglob("*") if path.is_file()]
    assert not [path for path in kept if b"secret" in path.read_bytes()]
    assert not [path for path in kept if path.suffix == ".part"]
    assert files.read(row) == b"secret name"
