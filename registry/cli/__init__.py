"""The command line: parse arguments, call the hall, print."""

import os
import sys

from sqlalchemy.exc import DBAPIError

from exports.problem import ExportProblem
from importers.base import ImportProblem
from registry.cli.arguments import parser
from registry.cli.failure import Failure
from registry.config import InvalidConfig
from registry.domain.judgement import InvalidJudgement
from registry.domain.record import InvalidRecord
from registry.services.evaluate import InvalidPairs, UnknownListing


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns 0 if done, 1 if it could not be done; wrong usage exits with 2."""
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except (
        ImportProblem,
        ExportProblem,
        InvalidConfig,
        InvalidJudgement,
        InvalidPairs,
        InvalidRecord,
        UnknownListing,
        Failure,
    ) as problem:
        print(f"registry: {problem}", file=sys.stderr)
        return 1
    except DBAPIError as problem:
        print(
            f"registry: the database can not be used: {problem.orig}",
            file=sys.stderr,
        )
        return 1
    except BrokenPipeError:
        # The reader (head, less) has seen enough; python must not complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("registry: stopped; nothing half-done was kept", file=sys.stderr)
        return 130
    return code
