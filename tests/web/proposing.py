"""The application over the small registry of proposals, with a browser for each account."""

import re

from registry.app import create_app
from registry.config import Config
from registry.services import passwords
from tests.registry.services.proposing import NOW, TODAY, filled
from tests.web.conftest import PASSWORD, Visitor

TOKEN = re.compile(r'name="csrf_token" value="[^"]+"')


class Desk:
    """Everybody's browser on one registry. `today` may be moved on."""

    def __init__(self, engine, folder):
        self.world = filled(engine, folder / "archive", passwords.hashed(PASSWORD))
        self.today, self.now = TODAY, NOW
        config = Config(
            engine.url.render_as_string(hide_password=False),
            folder / "archive",
            "desk@registry.example",
        )
        self.app = create_app(config, today=lambda: self.today, now=lambda: self.now)
        self._visitors = {}

    def of(self, who):
        if who not in self._visitors:
            self._visitors[who] = Visitor(self.app)
            self._visitors[who].sign_in(who)
        return self._visitors[who]

    def get(self, who, address, status=200):
        """A page, without the token of its forms, which is another one each time."""
        return TOKEN.sub("", self.of(who).get(address, status))

    def post(self, who, address, status=303, **values):
        sent = {key.replace("_", "-"): value for key, value in values.items()}
        return self.of(who).post(address, sent, status)

    def close(self):
        self.app.extensions["engine"].dispose()
