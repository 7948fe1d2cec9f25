from registry.domain.identity import assign


def clusters(*groups):
    return [frozenset(group.split()) for group in groups]


def test_a_new_cluster_founds_a_subject_with_the_same_id_everywhere():
    first = assign(clusters("us:1 uk:2"), {}, {})
    again = assign(clusters("uk:2 us:1", "eu:9"), {}, {})
    assert first.subject_of["us:1"] == first.subject_of["uk:2"] == again.subject_of["us:1"]
    assert again.subject_of["eu:9"] != again.subject_of["us:1"]


def test_a_subject_keeps_its_id_when_a_listing_joins_or_leaves():
    joined = assign(clusters("us:1 uk:2"), {"us:1": "A"}, {"A": 1})
    assert (joined.subject_of["uk:2"], joined.founded, joined.merged) == ("A", {}, {})
    left = assign(clusters("us:1"), {"us:1": "A", "uk:2": "A"}, {"A": 1})
    assert left.subject_of == {"us:1": "A"}


def test_a_merge_keeps_the_older_id_and_redirects_the_other():
    merged = assign(clusters("us:1 uk:2"), {"us:1": "B", "uk:2": "A"}, {"A": 1, "B": 2})
    assert merged.subject_of == {"us:1": "A", "uk:2": "A"}
    assert merged.merged == {"B": "A"}


def test_a_split_keeps_the_id_with_the_larger_part():
    split = assign(clusters("us:1", "eu:3 uk:2"), {"us:1": "A", "uk:2": "A", "eu:3": "A"}, {"A": 1})
    assert split.subject_of["uk:2"] == "A"
    assert split.subject_of["us:1"] == next(iter(split.founded))


def test_the_order_of_clusters_and_members_does_not_matter():
    before = {"us:1": "A", "uk:2": "B", "eu:3": "B", "ca:4": "C"}
    age = {"A": 1, "B": 2, "C": 3}
    groups = ("us:1 uk:2", "eu:3 ca:4", "un:5")
    one = assign(clusters(*groups), before, age)
    other = assign(clusters(*reversed(groups)), before, age)
    assert one == other
