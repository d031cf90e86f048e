"""What the tests of the command line from outside share."""

import pathlib

import pytest
from moto.server import ThreadedMotoServer

from object_store import ObjectStore


@pytest.fixture(scope="session")
def root():
    """The repository."""
    return pathlib.Path(__file__).parents[4]


@pytest.fixture(scope="session")
def store():
    """An empty bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield ObjectStore(f"http://{host}:{port}")
    server.stop()
