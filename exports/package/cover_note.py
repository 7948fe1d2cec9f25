"""The cover note: who hands what to whom, under which conditions."""

from exports.package import wording
from exports.papers.paper import Bullets, Heading, Paper, Text
from registry.domain.package import Package

CONDITIONS = (
    "The marking at the top and the bottom of every page applies to the whole package.",
    "Passing it on, or any part of it, needs the consent of each originator that is named there.",
    "For unclassified information only.",
    "It is a working draft for consultation, and no legal advice. It creates no obligation to act.",
    "The manifest names the sha256 of every file, so that a recipient can see that none was "
    "altered.",
)


def paper(package: Package, contents: tuple[str, ...]) -> Paper:
    """`contents` are the names of the files that the package holds."""
    sender, recipient = wording.partner(package.sender), wording.partner(package.recipient)
    return Paper(
        title="Cover note",
        subtitle=package.proposal.title,
        banner=wording.banner(package),
        label=wording.LABEL,
        made_on=package.made_on,
        lead=(
            ("From", wording.at_the_beginning(sender)),
            ("To", wording.at_the_beginning(recipient)),
            ("Date", wording.day(package.made_on)),
            ("Target date", wording.day(package.proposal.target_on)),
            *wording.embargo(package),
        ),
        blocks=(
            Heading("Note"),
            *(
                [Text(line) for line in package.cover_note.splitlines() if line.strip()]
                or [
                    Text(
                        f"{wording.at_the_beginning(sender)} hands this proposal for a joint "
                        f"designation to {recipient} for consideration in its own law."
                    )
                ]
            ),
            Heading("Conditions"),
            Bullets(CONDITIONS),
            Heading("Contents"),
            Bullets(contents),
            Text(wording.NOT_A_FINDING, note=True),
        ),
    )
