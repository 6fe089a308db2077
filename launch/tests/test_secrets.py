import base64
from pathlib import Path

import pytest
from nacl.public import PrivateKey, PublicKey, SealedBox

from launch.environment import PRIVATE_KEY, Environment


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path: Path):
    first = Environment(data=tmp_path).secrets()
    (tmp_path / "secrets.json").chmod(0o644)
    assert Environment(data=tmp_path).secrets() == first
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert len(base64.urlsafe_b64decode(first["NABIJ_MASTER_KEY"])) == 32


def test_only_the_drain_can_open_what_the_web_seals(tmp_path: Path):
    environment = Environment(data=tmp_path)
    web, drain = environment.for_app("app"), environment.for_drain("app")
    sealed = SealedBox(PublicKey(base64.b64decode(web["NABIJ_SPOOL_PUBLIC_KEY"]))).encrypt(b"brief")
    assert SealedBox(PrivateKey(base64.b64decode(drain[PRIVATE_KEY]))).decrypt(sealed) == b"brief"
    assert PRIVATE_KEY not in web
    assert PRIVATE_KEY not in environment.for_owner("owner")


def test_the_owners_login_reaches_only_the_steps_before_the_start(tmp_path: Path):
    environment = Environment(data=tmp_path)
    assert environment.for_owner("owner")["DATABASE_URL"] == "owner"
    for process in (environment.for_app("app"), environment.for_drain("app")):
        assert process["DATABASE_URL"] == "app"
        assert "DATABASE_OWNER_URL" not in process


def test_a_persons_own_settings_win_and_strangers_in_the_environment_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DATABASE_URL", "left-over")
    monkeypatch.setenv("NABIJ_DEMO", "1")
    plain = Environment(data=tmp_path).for_app("app")
    assert plain["DATABASE_URL"] == "app"
    assert "NABIJ_DEMO" not in plain
    own = {
        "DATABASE_URL": "mine",
        "DATABASE_OWNER_URL": "mine-too",
        "NABIJ_BASE_URL": "https://nabij.example",
    }
    environment = Environment(data=tmp_path, own=own)
    assert environment.for_app("app")["DATABASE_URL"] == "mine"
    assert environment.for_app("app")["NABIJ_BASE_URL"] == "https://nabij.example"
    assert environment.for_owner("owner")["DATABASE_URL"] == "mine-too"
