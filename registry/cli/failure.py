"""What a command could not do, in one line for the user."""


class Failure(Exception):
    """The message says what is wrong and what to do."""
