"""The columns of what authorities' own words name. Their order is a contract."""

from exports.columns import Column, Table
from registry.domain import roles
from registry.domain.nexus import FindingRow

FINDINGS: Table[FindingRow] = Table(
    "findings",
    (
        Column("list", "The official list.", lambda r: r.official_list),
        Column("reference", "The listing's reference there.", lambda r: r.reference),
        Column("name", "The name that the listing gives first.", lambda r: r.name),
        Column("id", "The finding's id, to confirm or reject it by.", lambda r: r.found.finding.id),
        Column("state", "What reviewers made of it.", lambda r: r.found.state),
        Column("doubt", "Why it may be a false hit.", lambda r: r.found.finding.doubt),
        Column("families", "The conduct named.", lambda r: r.found.finding.families),
        Column("quote", "The authority's own words, 40 at most.", lambda r: r.quote),
        Column("origin", "Where it says so.", lambda r: r.found.finding.origin),
        Column(
            "sentence", "The number of the sentence.", lambda r: r.found.finding.sentence or None
        ),
        Column("partner", "Whose list it is.", lambda r: r.partner),
        Column("programme", "Under which the listing is designated.", lambda r: r.programmes),
        Column("nexus", "What the listing counts as now.", lambda r: r.level),
        Column("roles", "The roles that its words and facts show.", lambda r: _roles(r)),
        Column(
            "sides",
            "perpetrator, enabler or linked-only.",
            lambda r: tuple(sorted(roles.sides(r.roles))),
        ),
        Column(
            "reviewer",
            "Who reviewed it.",
            lambda r: r.found.review.reviewer if r.found.review else None,
        ),
        Column("reason", "Why so.", lambda r: r.found.review.reason if r.found.review else None),
        Column(
            "reviewed_on",
            "When.",
            lambda r: r.found.review.reviewed_at.date() if r.found.review else None,
        ),
    ),
)


def _roles(row: FindingRow) -> tuple[str, ...]:
    return tuple(each.role for each in row.roles) or (roles.ROLE_NOT_STATED,)
