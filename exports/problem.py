"""What stops an export."""


class ExportProblem(Exception):
    """An export can not be written; the message says why and what to do instead."""
