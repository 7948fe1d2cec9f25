"""Link records with Splink on DuckDB: one model for persons and one for all else, learned from the
records themselves by expectation maximisation.

    python peer_splink.py RECORDS.jsonl LINKS.csv     in an environment with requirements.txt

Takes and gives what peer_nomenklatura.py does.
"""

import itertools
import json
import logging
import re
import sys
import unicodedata
from pathlib import Path

import duckdb
import splink.comparison_library as cl
from mutual import list_of, write
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

THRESHOLD = 0.003  # of those tried, the one that leaves the fewest false and hidden gaps
SEED = 1
COLUMNS = {
    "unique_id": "VARCHAR",
    "names": "VARCHAR[]",
    "name": "VARCHAR",
    "start": "VARCHAR",
    "birth": "VARCHAR",
    "countries": "VARCHAR[]",
    "numbers": "VARCHAR[]",
    "keys": "VARCHAR[]",
}
NUMBERS = ("passportNumber", "taxNumber", "registrationNumber", "leiCode", "swiftBic", "imoNumber")


def main() -> None:
    logging.getLogger("splink").setLevel(logging.ERROR)
    records, links = map(Path, sys.argv[1:])
    with records.open(encoding="utf-8") as file:
        rows = [row(json.loads(line)) for line in file]
    scored, found = 0, []
    for is_person in (True, False):
        chosen = [each for each in rows if each["is_person"] is is_person]
        pairs = predict(chosen, is_person=is_person)
        scored += len(pairs)
        found += [each for each in pairs if each[0] >= THRESHOLD]
    write(links, found)
    print(scored)


def row(entity: dict) -> dict:
    stated = entity["properties"]
    names = [
        plain(each) for key in ("name", "alias", "previousName") for each in stated.get(key, ())
    ]
    return {
        "unique_id": entity["id"],
        "is_person": entity["schema"] == "Person",
        "names": sorted(set(names)),
        "name": names[0] if names else None,
        "start": names[0][:8] if names else None,
        "birth": next((each for each in stated.get("birthDate", ()) if len(each) == 10), None),
        "countries": sorted({*stated.get("country", ()), *stated.get("nationality", ())}),
        "numbers": sorted({each for key in NUMBERS for each in stated.get(key, ())}),
        "keys": sorted(keys(names)),
    }


def plain(name: str) -> str:
    """Its words without accents and marks, in the order of the alphabet."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    return " ".join(sorted(re.findall(r"\w+", re.sub(r"[\u0300-\u036f]", "", folded))))


def keys(names: list[str]) -> set[str]:
    """The beginnings of two words of a name, or of its only one."""
    found = set()
    for each in names:
        words = sorted({word[:4] for word in each.split()})
        found |= {" ".join(pair) for pair in itertools.combinations(words, min(2, len(words)))}
    return found


def predict(rows: list[dict], *, is_person: bool) -> list[tuple[float, str, str]]:
    connection = duckdb.connect()
    connection.execute("SET lambda_syntax = 'ENABLE_SINGLE_ARROW'")  # Splink 5.0 writes it so
    api = DuckDBAPI(connection)
    tables = []
    for number, key in enumerate(sorted({list_of(each["unique_id"]) for each in rows})):
        of_list = [each for each in rows if list_of(each["unique_id"]) == key]
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        connection.execute(f"CREATE TABLE list_{number} ({columns})")
        connection.executemany(
            f"INSERT INTO list_{number} VALUES ({', '.join('?' * len(COLUMNS))})",
            [[each[name] for name in COLUMNS] for each in of_list],
        )
        tables.append(api.register(f"list_{number}"))
    comparisons = [
        cl.PairwiseStringDistanceFunctionAtThresholds(
            "names", "jaro_winkler", [1.0, 0.95, 0.9, 0.8]
        ),
        cl.ArrayIntersectAtSizes("countries", [1]),
        cl.ArrayIntersectAtSizes("numbers", [1]),
    ]
    if is_person:
        comparisons.append(cl.DateOfBirthComparison("birth", input_is_string=True))
    by_key = block_on("keys", arrays_to_explode=["keys"])
    by_number = block_on("numbers", arrays_to_explode=["numbers"])
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[by_key, by_number],
        retain_matching_columns=False,
    )
    linker = Linker(tables, settings)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("name")], recall=0.5)
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=SEED)
    # Each learns what its rule does not fix.
    others = block_on("birth") if is_person else block_on("start")
    for rule in (block_on("names[1]"), others):
        training.estimate_parameters_using_expectation_maximisation(
            rule, record_sample_proportion=1.0
        )
    scored = linker.inference.predict()
    return connection.sql(
        "SELECT match_probability, unique_id_l, unique_id_r FROM " + scored.physical_name
    ).fetchall()


if __name__ == "__main__":
    main()
