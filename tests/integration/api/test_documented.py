"""docs/api.md cannot lie: its own lines of curl, against a real server with real keys."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.net.api.table import operations
from server.web.api.routes import EXAMPLE
from shared.vocabulary import Role
from tests.support.api_table import NOTHING_READ
from tests.support.other_system import a_key
from tests.support.running_server import RunningServer

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
ROLES = (Role.AUDITOR, Role.SUPERVISOR, Role.KIOSK, Role.ADMINISTRATOR)
CURL = 'curl() { exec curl -sS -w "\\n%{http_code}" "$@"; }; '
TABLE = operations(NOTHING_READ)


def commands(text: str) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [line for line in lines if line.startswith("curl ")]


COMMANDS = commands(TEXT)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    sample = (ROOT / "server" / "sample" / "mpp-badung-sample.toml").read_text(encoding="utf-8")
    with RunningServer(tmp_path_factory.mktemp("documented"), sample, generous=True) as running:
        yield running


@pytest.fixture(scope="module")
def keys(server: RunningServer) -> dict[Role, str]:
    return {role: a_key(server.store, role) for role in ROLES}


def role_for(command: str) -> Role | None:
    """Of whoever may; None: it needs no key. A command about what there is not fails."""
    (path,) = re.findall(r"\$HALL(/[^\s?\"]*)", command)
    method = "POST" if "-X POST" in command else "GET"
    for one in TABLE:
        template = re.sub(r"\{\w+\}", "[^/]+", one.address[1])
        if one.method == method and re.fullmatch(template, path):
            return None if one.roles is None else next(role for role in ROLES if role in one.roles)
    raise AssertionError(f"{method} {path} is no operation")


def test_there_are_lines_to_try() -> None:
    assert len(COMMANDS) > 10


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.split("#")[0].strip()[:70])
def test_a_line_of_the_document_does_what_it_says(server: RunningServer, keys: dict[Role, str], command: str) -> None:
    role = role_for(command)
    assert (role is not None) is ("$KEY" in command)
    env = {"PATH": os.environ["PATH"], "HALL": f"http://127.0.0.1:{server.port}"}
    if role is not None:
        env["KEY"] = keys[role]
    run = subprocess.Popen(["bash", "-c", CURL + command], env=env, stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    with run.stdout:
        if "curl -N " in command:  # has no end
            assert run.stdout.readline() == "event: begin\n"
            run.terminate()
            run.wait()
            return
        told = run.stdout.read()
    assert run.wait() == 0
    assert told.rsplit("\n", 1)[1] in ("200", "201"), told


def test_the_lines_for_another_site_are_those_of_the_page() -> None:
    assert f"```html\n{EXAMPLE.read_text(encoding='utf-8')}```" in TEXT
