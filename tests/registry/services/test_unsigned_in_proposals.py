"""What leaves those who work inside, in a proposal or a package, names no officer who overrode what
a list says, nor the officer's reason."""

import pytest

from exports.package import bundle
from registry.domain.override import Field, Override
from registry.domain.position import Status
from registry.services import overrides, packing
from registry.store import history
from registry.store.database import writing
from tests.registry.services.proposing import EU, NOW, TODAY, filled
from tests.web.test_released_in_part import unpacked

WHO, WHY = "Petra Undisclosed (EU)", "a source told her in confidence"
SOURCE = "Council notice of 1 May"


@pytest.fixture
def world(database, tmp_path):
    return filled(database, tmp_path / "archive")


def override(world, value):
    given = Override(f"{EU}:EU.1", Field.ASSET_FREEZE, value, WHY, SOURCE, WHO, NOW)
    with writing(world.engine) as session:
        overrides.enter(session, given)


def told(world, proposal, who="uk"):
    """All that a partner reads of the proposal, and all that a package for it holds."""
    texts = [each.value.text for each in world.sections(who, proposal.id)]
    texts += [each.value.reason for each in world.positions(who, proposal.id).values()]
    for each in world.read(history.entries, who, proposal.id):
        texts += (each.detail, each.before, each.after)
    package = world.do(packing.pack, "us", proposal.id, "UK", "", TODAY, "the desk")
    return "\n".join([*texts, *unpacked(bundle.zipped(package, lambda _file: b""))])


def test_a_proposal_and_its_packages_tell_that_it_was_overridden_and_not_by_whom_nor_why(world):
    override(world, "yes")
    text = told(world, world.circulated())
    assert SOURCE in text
    assert "overridden by an officer" in text
    for secret in ("Petra", "Undisclosed", "in confidence"):
        assert secret not in text


def test_a_position_that_an_override_reopens_does_not_tell_either(world):
    made = world.circulated()
    assert world.positions("uk", made.id)[world.ask("EU")].value.status is Status.DESIGNATED
    override(world, "no")
    assert world.close().reopened == 1
    text = told(world, made)
    assert "overridden by an officer" in text
    for secret in ("Petra", "Undisclosed", "in confidence"):
        assert secret not in text
