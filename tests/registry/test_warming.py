"""What the application does before anybody asks."""

from registry.warming import settled


def test_what_changes_is_computed_once_it_stands_still():
    looks = [1, 1, 1, 2, 3, 4, 4, 4, 1, 1]
    assert list(settled(looks)) == [1, 4, 1]


def test_while_everything_changes_nothing_is_computed():
    assert list(settled(range(9))) == []
