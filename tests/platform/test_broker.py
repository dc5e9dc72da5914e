"""A message in a folder is there as a whole, or not yet."""

from multiprocessing import get_context
from queue import Empty

from kombu import Connection

from config import broker

COUNT = 300


def connect(folder):
    broker.install()
    options = {"data_folder_in": folder, "data_folder_out": folder, "control_folder": folder}
    return Connection("filesystem://localhost", transport_options=options)


def put_many(folder):
    with connect(folder) as connection:
        queue = connection.SimpleQueue("busy")
        for number in range(COUNT):
            queue.put({"number": number, "filling": "x" * 2000})


def test_a_reader_beside_a_writer_gets_every_message_whole(tmp_path):
    writer = get_context("spawn").Process(target=put_many, args=(str(tmp_path),))
    with connect(str(tmp_path)) as connection:
        queue, got = connection.SimpleQueue("busy"), set()
        writer.start()
        while len(got) < COUNT:
            try:
                message = queue.get(timeout=10)
            except Empty:
                break
            got.add(message.payload["number"])
            message.ack()
        queue.close()
    writer.join()

    assert got == set(range(COUNT))
    assert not list(tmp_path.glob(".*"))
