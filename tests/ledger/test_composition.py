"""Releases side by side, against plain Python and planted differences."""

from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.ledger.composition import compose


def people(*numbers):
    """Digests of persons."""
    return [f"p{number}".encode() for number in numbers]


def classes(**members):
    """A release from class name to persons."""
    return {person: name.encode() for name, persons in members.items() for person in persons}


small = st.dictionaries(st.sampled_from(people(*range(8))), st.sampled_from([b"A", b"B", b"C"]), max_size=8)


def naive(previous, new, k):
    """Both laws, written down as sets."""
    releases = [*previous, new]
    if not new:
        return False
    for person in set().union(*releases):
        alike = None
        for release in releases:
            if person in release:
                members = {other for other in release if release[other] == release[person]}
                alike = members if alike is None else alike & members
        if len(alike) < k:
            return False
    for earlier in previous:
        for name in {*earlier.values(), *new.values()}:
            before = {person for person in earlier if earlier[person] == name}
            after = {person for person in new if new[person] == name}
            if 0 < len(after - before) < k or 0 < len(before - after) < k:
                return False
    return True


@given(st.lists(small, max_size=3), small, st.integers(1, 4))
@settings(deadline=None, max_examples=400)
def test_the_verdict_is_that_of_sets(previous, new, k):
    """Over random releases the verdict equals a count with plain sets."""
    assert bool(compose(previous, new, k)) == naive(previous, new, k)


@given(small, st.integers(1, 4))
def test_the_same_release_again_adds_nothing(release, k):
    """A repeated release is as safe as it was alone."""
    assert bool(compose([release, release], release, k)) == bool(compose([], release, k))


def test_planted_increments_are_all_found():
    """36 classes that grow by 1 to 4 persons beside 69 that do not change or grow by 5 or more: exactly 36 are found."""
    first, second = {}, {}
    for number in range(105):
        growth = number % 4 + 1 if number < 36 else (0, 5, 9)[number % 3]
        for member in range(20 + growth):
            person, name = f"{number}-{member}".encode(), f"class {number}".encode()
            second[person] = name
            if member < 20:
                first[person] = name
    verdict = compose([first], second, 5)
    assert not verdict
    assert verdict.missing == ("36 classes changed by fewer than 5 persons since an earlier release",)
    assert verdict.found == "1"
    assert not compose([second], first, 5)


def test_an_intersection_points_at_one_person():
    """Two partitions that hold k = 5 each may share a single person."""
    first = classes(A=people(*range(5)), B=people(*range(5, 10)))
    second = classes(C=people(0, *range(5, 9)), D=people(9, *range(1, 5)))
    assert compose([], first, 5)
    assert compose([], second, 5)
    assert not compose([first], second, 5)


def test_small_steps_do_not_hide_in_a_series():
    """Twelve come, eleven of them leave again: every step is large, and one person is left over against the first."""
    first = classes(A=people(*range(11)))
    second = classes(A=people(*range(23)))
    third = classes(A=people(*range(12)))
    assert compose([first], second, 11)
    assert not compose([first, second], third, 11)


def test_large_changes_are_fine():
    """K newcomers in a class, and a class of k that leaves, are nobody's disclosure."""
    first = classes(A=people(*range(5)), B=people(*range(5, 10)))
    second = classes(A=people(*range(5), *range(20, 25)))
    verdict = compose([first], second, 5)
    assert verdict
    assert (verdict.promised, verdict.found) == ("5", "5")


def test_nobody_is_no_release():
    """A new release of nobody meets nothing."""
    assert compose([], {}, 5).missing


def test_shortfalls_are_counts():
    """The verdict tells how many, never whom."""
    verdict = compose([], classes(canary=people(1, 2)), 5)
    assert verdict.missing == ("2 persons share their classes with fewer than 5 persons over all releases",)
    assert "canary" not in repr(verdict)
    assert "p1" not in repr(verdict)
