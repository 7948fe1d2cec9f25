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


def test_a_subject_stays_with_its_founding_listing_where_the_parts_are_of_one_size():
    founded = assign(clusters("us:1"), {}, {}).subject_of["us:1"]
    split = assign(clusters("us:1", "eu:3"), {"us:1": founded, "eu:3": founded}, {founded: 1})
    assert split.subject_of["us:1"] == founded


def test_a_subject_that_was_merged_by_mistake_comes_back_under_its_own_id():
    first = assign(clusters("us:1", "uk:2"), {}, {})
    one, other = first.subject_of["us:1"], first.subject_of["uk:2"]
    merged = assign(clusters("us:1 uk:2"), first.subject_of, {one: 1, other: 2})
    parted = assign(clusters("us:1", "uk:2"), merged.subject_of, {one: 1})
    assert parted.subject_of == first.subject_of


def test_a_subject_whose_listing_was_gone_for_a_while_keeps_its_id():
    first = assign(clusters("us:1"), {}, {}).subject_of["us:1"]
    assert assign(clusters("us:1"), {}, {first: 1}).subject_of["us:1"] == first


def test_no_two_clusters_get_one_id():
    founded = assign(clusters("us:1"), {}, {}).subject_of["us:1"]
    before = dict.fromkeys(("us:1", "eu:3", "uk:2"), founded)
    split = assign(clusters("us:1", "eu:3 uk:2"), before, {founded: 1})
    assert split.subject_of["eu:3"] == founded != split.subject_of["us:1"]
