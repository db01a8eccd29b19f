"""What `test` needs: makes input, and compares what Spark wrote with what a single process wrote.

    check.py make STATEMENTS INPUT WHOLE    input of several files in the folder INPUT; all of its lines in the file WHOLE
    check.py same OUT SINGLE                exit status 1 where answers, relations or counts differ
"""

import gzip
import json
import pathlib
import sys

from pyspark.sql import SparkSession

COPIES = 10
BAD_LINES = [
    b'{"doc": "cut", "text": "The workshop was led',
    b'{"doc": "no text"}',
    b'{"doc": "latin", "text": "Caf\xe9 hosts were met by Malaysia."}',
    b'{"doc": "no day", "text": "It rained.", "date": "soon"}',
    json.dumps({"doc": "long", "text": "x" * 2_000_000}).encode(),
    b"",
]


def make(spark, statements, folder, whole):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(pathlib.Path(statements).glob("*.txt"))}

    def documents(part):
        for copy in range(COPIES):
            for name, text in texts.items():
                yield {"doc": f"{part}/{copy}/{name}", "text": text, "date": f"2025-0{1 + copy % 9}-01"}

    def lines(part):
        return [json.dumps(document).encode() for document in documents(part)]

    plain, squeezed = lines("plain"), lines("gzip")
    for n, bad in enumerate(BAD_LINES):
        plain.insert(7 * n + 3, bad)
    (folder / "plain.jsonl").write_bytes(b"\n".join(plain) + b"\n")
    (folder / "squeezed.jsonl.gz").write_bytes(gzip.compress(b"\n".join(squeezed) + b"\n"))
    table = list(documents("table"))
    rows = spark.createDataFrame(table, "doc string, text string, date string")
    rows.repartition(2).write.parquet(str(folder / "table"))
    all_lines = plain + squeezed + [json.dumps(document).encode() for document in table]
    pathlib.Path(whole).write_bytes(b"\n".join(all_lines) + b"\n")


def same(spark, out, single):
    answers = [row.value for row in spark.read.text(f"{out}/answers").select("value").collect()]
    expected = pathlib.Path(single).read_text(encoding="utf-8").split("\n")[:-1]
    check("answers", sorted(map(placeless, answers)), sorted(map(placeless, expected)))

    table = spark.read.parquet(f"{out}/relations").drop("batch")
    names = sorted(table.columns)
    found = [canonical(row.asDict()) for row in table.collect()]
    check("relations", sorted(found), sorted(canonical(row) for line in expected for row in rows(json.loads(line))))
    check("columns", names, sorted(next(row for line in expected for row in rows(json.loads(line)))))

    counts = [json.loads(row.value) for row in spark.read.text(f"{out}/counts").select("value").collect()]
    total = [sum(count[name] for count in counts) for name in ["documents", "results", "errors"]]
    errors = sum("error" in json.loads(line) for line in expected)
    check("counts", total, [len(expected), len(expected) - errors, errors])
    if errors != len(BAD_LINES):
        sys.exit(f"{errors} errors for {len(BAD_LINES)} bad lines")


def placeless(line):
    """An answer without the place of a faulty line, which counts the lines of a partition and not those of a file."""
    answer = json.loads(line)
    return canonical({"doc": answer["doc"], "error": answer["error"]}) if "error" in answer else line


def rows(answer):
    """The rows of the table that an answer should become."""
    for number, found in enumerate(answer.get("relations", [])):
        first = found["evidence"][0]
        row = {
            "doc": answer["doc"],
            "number": number,
            "relation": found["type"],
            "status": found["status"],
            "rule": first["rule"],
            "start": first["trigger"]["start"],
            "end": first["trigger"]["end"],
            "trigger": first["trigger"]["text"],
            "sentence": first["sentence"]["text"],
        }
        for side in ["source", "target"]:
            entity = answer["entities"][found[side]]
            row |= {f"{side}_{field}": entity.get(field) for field in ["type", "name", "named", "key", "value"]}
        yield row


def canonical(row):
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def check(what, found, expected):
    if found != expected:
        differing = [pair for pair in zip(found, expected) if pair[0] != pair[1]][:3]
        sys.exit(f"{what} differ: {len(found)} found, {len(expected)} expected, {differing}")
    print(f"{what}: {len(found)} the same")


if __name__ == "__main__":
    session = SparkSession.builder.master("local[1]").appName("check").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    {"make": make, "same": same}[sys.argv[1]](session, *sys.argv[2:])
