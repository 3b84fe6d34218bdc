"""What holds for every test: no network, a reproducible Hypothesis, no skip where CI runs."""

from __future__ import annotations

import os
import socket
from functools import cache

import pytest
from hypothesis import settings

from anonshare.trust import vault

settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
settings.load_profile("house")

_connect = socket.socket.connect
_LOCAL = {"127.0.0.1", "::1", "localhost"}


def _guarded(self, address):
    if self.family == getattr(socket, "AF_UNIX", None) or (isinstance(address, tuple) and address[0] in _LOCAL):
        return _connect(self, address)
    raise AssertionError("a test tried to reach the network")


def _no_names(host, *args, **kwargs):
    if host in _LOCAL or host is None:
        return _getaddrinfo(host, *args, **kwargs)
    raise AssertionError("a test tried to look up a name")


_getaddrinfo = socket.getaddrinfo


@pytest.fixture(autouse=True, scope="session")
def _no_network():
    """Sockets reach loopback and Unix addresses alone."""
    socket.socket.connect = _guarded
    socket.getaddrinfo = _no_names
    yield
    socket.socket.connect = _connect
    socket.getaddrinfo = _getaddrinfo


@pytest.fixture(autouse=True, scope="session")
def _each_passphrase_is_stretched_once():
    """A passphrase and a salt give one key, which costs as much each time: copies of one workspace share theirs."""
    stretch = vault._key
    vault._key = cache(stretch)
    yield
    vault._key = stretch


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where CI is set a skip is a failure: CI installs what the tests need."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, though CI forbids it: {report.longrepr}"
    return report
