"""What becomes of a command: its exit code, and one line on stderr where it could not be done."""

import os
import sys
from argparse import Namespace
from pkgutil import resolve_name

from sqlalchemy.exc import DBAPIError

from exports.problem import ExportProblem
from importers.base import ImportProblem
from registry.cli.failure import Failure
from registry.config import InvalidConfig
from registry.domain.judgement import InvalidJudgement
from registry.domain.record import InvalidRecord
from registry.store.database import UnusableDatabase


def carry_out(options: Namespace) -> int:
    """Call what the command names. Returns 0 if done, 1 if it could not be done."""
    try:
        code: int = resolve_name(options.run)(options)
    except (
        ImportProblem,
        ExportProblem,
        InvalidConfig,
        InvalidJudgement,
        InvalidRecord,
        Failure,
        UnusableDatabase,
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
