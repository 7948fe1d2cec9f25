"""What a view may ask of the request it answers."""

from collections.abc import Callable
from datetime import date
from typing import cast

from flask import current_app, g
from sqlalchemy.orm import Session

from registry.config import Config

CONFIG = "REGISTRY"
TODAY = "REGISTRY_TODAY"


def session() -> Session:
    """The session of this request; app opens and closes it."""
    return cast(Session, g.session)


def today() -> date:
    return cast(Callable[[], date], current_app.config[TODAY])()


def config() -> Config:
    return cast(Config, current_app.config[CONFIG])
