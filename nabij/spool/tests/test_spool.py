import os
import resource
import threading
from unittest import mock

import pytest

from nabij.spool import segments
from nabij.spool import writing as spool
from nabij.spool.segments import Kind


@pytest.fixture
def place(tmp_path):
    return tmp_path / "spool"


@pytest.fixture
def writer(place):
    writer = spool.Spool(place)
    yield writer
    writer.close()


def _read(place, *, is_final=True):
    return [
        piece for path in segments.segments(place) for piece in segments.pieces(path, 0, is_final=is_final)
    ]


def test_what_was_appended_is_read_back_in_order(place, writer):
    for number in range(5):
        writer.append(f"envelope {number}".encode())
    assert [piece.content for piece in _read(place)] == [f"envelope {number}".encode() for number in range(5)]


def test_the_folder_and_the_segments_are_for_this_user_only(place, writer):
    writer.append(b"envelope")
    assert place.stat().st_mode & 0o777 == 0o700
    [segment] = segments.segments(place)
    assert segment.stat().st_mode & 0o777 == 0o600


def test_a_segment_is_abandoned_only_when_its_writer_has_gone(place, writer):
    writer.append(b"envelope")
    [segment] = segments.segments(place)
    assert not segments.is_abandoned(segment)
    writer.close()
    assert segments.is_abandoned(segment)


def test_a_torn_tail_is_skipped_when_the_writer_is_dead_and_awaited_when_it_lives(place, writer):
    writer.append(b"whole")
    writer.close()
    [segment] = segments.segments(place)
    with segment.open("ab") as file:
        file.write(spool.frame(b"half of this is missing")[:-5])
    assert [piece.kind for piece in _read(place)] == [Kind.WHOLE, Kind.TORN]
    assert [piece.kind for piece in _read(place, is_final=False)] == [Kind.WHOLE]


def test_damage_in_the_middle_costs_that_record_only(place, writer):
    for content in (b"first", b"second", b"third"):
        writer.append(content)
    writer.close()
    [segment] = segments.segments(place)
    data = segment.read_bytes()
    segment.write_bytes(data.replace(b"second", b"sEcond"))
    found = _read(place)
    assert [piece.content for piece in found if piece.kind == Kind.WHOLE] == [b"first", b"third"]
    assert [piece.kind for piece in found] == [Kind.WHOLE, Kind.DAMAGED, Kind.WHOLE]
    assert found[-1].end == len(data)


def test_a_writer_that_starts_again_never_touches_an_older_segment(place, writer):
    writer.append(b"before")
    writer.close()
    [old] = segments.segments(place)
    before = old.read_bytes()
    again = spool.Spool(place)
    again.append(b"after")
    again.close()
    assert old.read_bytes() == before
    assert len(segments.segments(place)) == 2


def test_a_full_or_old_segment_makes_place_for_a_fresh_one(place, writer, monkeypatch):
    monkeypatch.setattr(spool, "SEGMENT_BYTES", 100)
    writer.append(b"x" * 60)
    writer.append(b"y" * 60)
    assert len(segments.segments(place)) == 2
    monkeypatch.setattr(spool, "SEGMENT_SECONDS", -1.0)
    writer.append(b"z")
    assert len(segments.segments(place)) == 3
    assert [piece.content[:1] for piece in _read(place)] == [b"x", b"y", b"z"]


def test_threads_share_a_sync_and_every_record_is_there(place, writer):
    syncs, real = [], os.fdatasync

    def counted(descriptor):
        syncs.append(descriptor)
        real(descriptor)

    gate = threading.Barrier(32)

    def work(number):
        gate.wait()
        for turn in range(5):
            writer.append(f"{number}-{turn}".encode())

    threads = [threading.Thread(target=work, args=(number,)) for number in range(32)]
    with mock.patch.object(os, "fdatasync", counted):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len({piece.content for piece in _read(place)}) == 160
    assert len(syncs) < 160


def test_a_full_disk_is_an_error_and_what_was_kept_before_stays(place, writer):
    writer.append(b"kept")
    [segment] = segments.segments(place)
    whole = segment.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + 20, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            writer.append(b"not kept" * 20)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert segment.read_bytes() == whole
    writer.append(b"and on")
    assert [piece.content for piece in _read(place)] == [b"kept", b"and on"]


def test_when_the_disk_does_not_sync_nobody_is_told_that_it_did(place, writer):
    def fails(descriptor):
        raise OSError(5, "Input/output error")

    with mock.patch.object(os, "fdatasync", fails), pytest.raises(OSError, match="Input/output|broken"):
        writer.append(b"not sure")
    writer.append(b"sure")
    assert b"sure" in [piece.content for piece in _read(place)]
    assert len(segments.segments(place)) == 2


def test_a_folder_that_does_not_exist_has_no_segments_and_nothing_set_aside(tmp_path):
    assert segments.segments(tmp_path / "nowhere") == []
    assert segments.set_aside_count(tmp_path / "nowhere") == 0


def test_the_same_piece_set_aside_twice_is_one_piece(place):
    spool.make_folder(place)
    segments.set_aside(place, "a.sealed", b"x")
    segments.set_aside(place, "a.sealed", b"x")
    assert segments.set_aside_count(place) == 1
