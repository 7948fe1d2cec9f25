"""The trail shows every break: nothing is altered, left out, put in or moved unseen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from registry.domain.trail import EMPTY, Action, Actor, Head, digest, faults, following

NOON = datetime(2026, 5, 20, 12, tzinfo=UTC)
ANNA = Actor("anna", "192.0.2.1")


def trail(count=5):
    entries, head = [], EMPTY
    for number in range(count):
        entry = following(
            head, NOON + timedelta(minutes=number), ANNA, Action.JUDGED, f"judgement:{number}",
            {"verdict": "same"}, None,
        )  # fmt: skip
        entries.append(entry)
        head = Head(entry.number, entry.hash)
    return entries, head


def rehashed(entry):
    content = (
        entry.number, entry.at, entry.actor, entry.action, entry.object, entry.detail,
        entry.released_to, entry.previous,
    )  # fmt: skip
    return replace(entry, hash=digest(*content))


def test_a_trail_as_it_was_written_has_no_fault():
    entries, head = trail()
    assert list(faults(entries, head, [Head(3, entries[2].hash)])) == []
    assert list(faults([], EMPTY)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"at": NOON},
        {"actor": Actor("boris", "192.0.2.1")},
        {"actor": Actor("anna", "192.0.2.2")},
        {"action": "exported"},
        {"object": "judgement:9"},
        {"detail": '{"verdict":"different"}'},
        {"released_to": '["US"]'},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_altered_entry_is_found(change):
    entries, head = trail()
    entries[2] = replace(entries[2], **change)
    assert list(faults(entries, head)) == ["Entry 3 was altered."]
    entries[2] = rehashed(entries[2])
    assert list(faults(entries, head)) == ["Entry 4 does not follow the one before it."]


def test_a_missing_entry_is_found():
    entries, head = trail()
    assert list(faults(entries[:1] + entries[3:], head)) == ["Entries 2 to 3 are missing."]
    assert list(faults(entries[1:], head)) == ["Entries 1 to 1 are missing."]


def test_a_trail_that_was_cut_off_is_found():
    entries, head = trail()
    assert list(faults(entries[:3], head)) == ["Entries 4 to 5 are missing at the end."]
    assert list(faults([], head)) == ["Entries 1 to 5 are missing at the end."]


def test_an_entry_that_was_put_in_is_found():
    _entries, head = trail()
    more, _ = trail(6)
    assert "were added by another way" in next(faults(more, head))


def test_entries_that_changed_places_are_found():
    entries, head = trail()
    one, other = entries[1], entries[2]
    entries[1] = replace(other, number=2)
    entries[2] = replace(one, number=3)
    assert list(faults(entries, head))


def test_a_last_entry_that_was_altered_whole_does_not_match_the_kept_head():
    entries, head = trail()
    entries[-1] = rehashed(replace(entries[-1], object="judgement:9"))
    assert list(faults(entries, head)) == [
        "The last entry is not the one that was kept as the last."
    ]


def test_a_trail_rewritten_whole_does_not_match_what_was_noted_elsewhere():
    _entries, head = trail()
    forged, forged_head = trail(4)
    noted = Head(5, head.hash)
    assert list(faults(forged, forged_head)) == []
    assert list(faults(forged, forged_head, [noted])) == ["Entry 5, which was noted, is missing."]
    moved = following(Head(4, forged[-1].hash), NOON, ANNA, Action.JUDGED, "judgement:4", {}, None)
    assert list(faults([*forged, moved], Head(5, moved.hash), [noted])) == [
        "Entry 5 is not the one that was noted."
    ]


def test_the_hash_does_not_depend_on_the_zone_in_which_a_moment_is_told():
    entries, head = trail()
    zone = timezone(timedelta(hours=6, minutes=30))
    entries[0] = replace(entries[0], at=entries[0].at.astimezone(zone))
    assert list(faults(entries, head)) == []


def test_the_hash_is_one_that_others_can_compute():
    (entry,), _ = trail(1)
    content = (
        '[1,"2026-05-20T12:00:00.000000+00:00","anna","192.0.2.1","judged","judgement:0",'
        '"{\\"verdict\\":\\"same\\"}","","' + "0" * 64 + '"]'
    )
    import hashlib

    assert entry.hash == hashlib.sha256(content.encode()).hexdigest()
