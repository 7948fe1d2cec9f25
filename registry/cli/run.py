"""Commands that run the registry: the demo on the sample lists, and the web server."""

import ipaddress
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from waitress import create_server

from registry.app import create_app, warm
from registry.cli import match, opened, printing
from registry.cli.failure import Failure
from registry.services import assess, samples, summary

SAMPLES = Path("sample_lists")


def demo(options: Namespace) -> int:
    if not SAMPLES.is_dir():
        raise Failure(f"no {SAMPLES}/ here: run this in the project's folder")
    opened.create(options)
    editions = samples.editions(SAMPLES)
    with printing.steps("sample lists", [each.name for each in editions]) as step:
        for each in editions:
            step(each.name)
            with opened.writing(options) as session:
                outcome = samples.import_sample(session, opened.archive(options), each)
            if outcome.quarantined:
                raise Failure(f"{each.name}: {outcome.message}")
    match.run(options)
    print_summary(options)
    if options.no_serve:
        return 0
    return serve(options)


def print_summary(options: Namespace) -> None:
    today = datetime.now(UTC).date()
    with opened.reading(options) as session:
        found = summary.of(assess.assess(session, today, today))
    print(f"{found.subjects:,} subjects from {found.listings:,} listings\n")
    print(
        printing.table(
            ("partner", "measure", "in force", "gaps", "awaiting review"),
            [
                (row.partner, row.measure, row.in_force, row.gaps, row.awaiting_review)
                for row in found.rows
            ],
        )
    )


def serve(options: Namespace) -> int:
    if not is_loopback(options.host):
        raise Failure(
            f"{options.host} is not this machine: without accounts the registry is served on "
            "127.0.0.1 only"
        )
    opened.check(options)
    settings = opened.config(options)
    app = create_app(settings)
    try:
        server = create_server(app, host=options.host, port=options.port, threads=8)
    except OSError as error:
        raise Failure(
            f"can not serve on {options.host}:{options.port}: {error.strerror}; "
            "choose another --port"
        ) from error
    warm(app)
    printing.say(f"serving on http://{options.host}:{options.port} (stop with Ctrl+C)")
    server.run()
    return 0


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
