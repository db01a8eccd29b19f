"""Reads a file of Parquet with DuckDB, pandas and Arrow, and compares it with lines of JSON about the same documents.

    pip install duckdb pandas pyarrow
    check.py FACTS.parquet FACTS.jsonl      exit status 1 where they differ
"""

import json
import sys

import duckdb
import pandas
import pyarrow.parquet


def main(table, lines):
    answers = [json.loads(line) for line in open(lines, encoding="utf-8")]
    relations = [(answer, relation) for answer in answers for relation in answer.get("relations", [])]

    # all of it
    rows = (row for batch in pyarrow.parquet.ParquetFile(table).iter_batches(1000) for row in batch.to_pylist())
    count = 0
    for count, (row, answer) in enumerate(zip(rows, answers, strict=True), 1):
        check(f"row {count}", placeless(present(row)), placeless(answer))
    print(f"Arrow: {count} rows, all the same")

    # as one asks for it
    sql = """
        SELECT doc, relation.type, relation.status, entities[relation.source + 1].name, entities[relation.target + 1].name,
               relation.evidence[1].sentence.text
        FROM (SELECT doc, entities, unnest(relations) AS relation FROM read_parquet(?))
    """
    found = duckdb.sql(sql, params=[table]).fetchall()
    expected = [
        (
            answer["doc"],
            relation["type"],
            relation["status"],
            *(answer["entities"][relation[side]]["name"] for side in ["source", "target"]),
            relation["evidence"][0]["sentence"]["text"],
        )
        for answer, relation in relations
    ]
    check("relations in DuckDB", found, expected)
    print(f"DuckDB: {len(found)} relations, all the same")

    frame = pandas.read_parquet(table, columns=["doc", "relations"]).explode("relations").dropna()
    types = frame["relations"].map(lambda relation: relation["type"])
    check("relations in pandas", list(zip(frame["doc"], types)), [row[:2] for row in expected])
    print(f"pandas: {len(frame)} relations, all the same")


def present(value):
    """Without what is null, which JSON leaves out but in a few places."""
    if isinstance(value, dict):
        return {key: present(item) for key, item in value.items() if item is not None}
    return [present(item) for item in value] if isinstance(value, list) else value


def placeless(answer):
    """The place of an error is in fields of its own in JSON, and at the beginning of the message in Parquet."""
    answer = present(answer)
    if "line" in answer:
        place = [answer.pop("file")] + [str(line) for line in [answer.pop("line")] if line]
        answer["error"] = f"{':'.join(place)}: {answer['error']}"
    return answer


def check(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: {str(found)[:2000]}\n… were expected to be\n{str(expected)[:2000]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
