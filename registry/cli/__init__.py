"""The command line: parse arguments, call the hall, print."""

from registry.cli.arguments import parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns 0 if done, 1 if it could not be done; wrong usage exits with 2."""
    options = parser().parse_args(arguments)
    # Not before: help and wrong usage need nothing of what commands are made of.
    from registry.cli.outcome import carry_out

    return carry_out(options)
