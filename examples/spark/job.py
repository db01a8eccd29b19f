"""Reads statements with `extract` on Apache Spark, and writes their relations as a table.

    spark-submit job.py --extract ./extract --output OUT INPUT…

INPUT are folders or files of JSON Lines (.jsonl, .jsonl.gz) or Parquet (.parquet). Each file is a batch, or several
with --files-per-batch. A batch is written into folders of its own below OUT:

    answers/batch=ID/                    what `extract` said of each document, a line of JSON for each
    relations/batch=ID/relation=NAME/    the relations, as Parquet
    counts/batch=ID/                     documents, results and errors, which must agree

A batch whose counts are there is done and is not read again, so a job that was stopped is simply started anew.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import threading

from pyspark import SparkFiles
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, BooleanType, IntegerType, StringType, StructField, StructType

# all was answered, some of it with errors
ANSWERED_WITH_ERRORS = 3


def struct(**fields):
    return StructType([StructField(name, kind) for name, kind in fields.items()])


PLACE = struct(start=IntegerType(), end=IntegerType(), text=StringType())

# what the table needs of an answer
ANSWER = struct(
    doc=StringType(),
    error=StringType(),
    entities=ArrayType(struct(type=StringType(), name=StringType(), named=BooleanType(), key=StringType(), value=StringType())),
    relations=ArrayType(
        struct(
            type=StringType(),
            source=IntegerType(),
            target=IntegerType(),
            status=StringType(),
            evidence=ArrayType(struct(rule=StringType(), trigger=PLACE, sentence=PLACE)),
        )
    ),
)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", metavar="INPUT", nargs="+")
    parser.add_argument("--output", required=True, help="folder of the tables")
    parser.add_argument("--extract", required=True, help="the program, which is sent to every node")
    parser.add_argument("--files-per-batch", type=int, default=1, metavar="N")
    parser.add_argument("--partitions", type=int, metavar="N", help="spread the lines of a batch over so many tasks")
    for field in ["doc", "text", "date"]:
        parser.add_argument(f"--field-{field}", default=field, metavar="NAME")
    return parser.parse_args()


def main():
    args = arguments()
    spark = SparkSession.builder.appName("dateline").getOrCreate()
    spark.sparkContext.addFile(args.extract)
    program = os.path.basename(args.extract)
    failed = 0
    for batch, files in batches(spark, args.inputs, args.files_per_batch):
        try:
            run_batch(spark, args, program, batch, files)
        except Exception as error:  # the other batches are worth reading; this one has no counts and is read again
            print(f"error: batch {batch} ({files[0]} …): {str(error)[:2000]}", file=sys.stderr)
            failed += 1
    spark.stop()
    return 1 if failed else 0


def batches(spark, inputs, size):
    """The files in groups. The id of a group comes from names, lengths and times of its files, so that it is the same in every
    run, and another one when a file has changed."""
    files = sorted(file for path in inputs for file in files_below(spark, path))
    for first in range(0, len(files), size):
        group = files[first : first + size]
        digest = hashlib.sha256(json.dumps(group).encode()).hexdigest()
        yield "b" + digest[:16], [path for path, _, _ in group]


def files_below(spark, path):
    path = spark._jvm.org.apache.hadoop.fs.Path(path)
    system = path.getFileSystem(spark._jsc.hadoopConfiguration())
    files = system.listFiles(path, True)
    while files.hasNext():
        file = files.next()
        if not file.getPath().getName().startswith(("_", ".")):
            yield file.getPath().toString(), file.getLen(), file.getModificationTime()


def run_batch(spark, args, program, batch, files):
    def table(name):
        return f"{args.output}/{name}/batch={batch}"

    if is_done(spark, table("counts")):
        print(f"batch {batch}: done before")
        return
    lines = read_lines(spark, args, files)
    if not is_done(spark, table("answers")):
        command = [f"--field-{field}={getattr(args, f'field_{field}')}" for field in ["doc", "text", "date"]]
        answers = lines.rdd.mapPartitions(lambda rows: extract(program, command, rows))
        answers = spark.createDataFrame(answers.map(lambda line: (line,)), struct(value=StringType()))
        answers.write.mode("overwrite").option("compression", "gzip").text(table("answers"))

    answers = spark.read.text(table("answers")).select(F.from_json("value", ANSWER).alias("answer"))
    if not is_done(spark, table("relations")):
        relations(answers).write.mode("overwrite").partitionBy("relation").parquet(table("relations"))

    told = answers.agg(F.count("*").alias("answers"), F.count("answer.error").alias("errors")).first()
    documents = lines.count()  # by Spark itself, from the files
    if told.answers != documents:
        raise RuntimeError(f"{documents} documents have {told.answers} answers")
    counts = {"documents": documents, "results": told.answers - told.errors, "errors": told.errors, "files": files}
    spark.createDataFrame([(json.dumps(counts),)], ["value"]).coalesce(1).write.mode("overwrite").text(table("counts"))
    print(f"batch {batch}: {documents} documents, {told.answers - told.errors} results, {told.errors} errors")


def is_done(spark, table):
    """Whether a table is whole: Spark marks it so when its last task has ended."""
    mark = spark._jvm.org.apache.hadoop.fs.Path(table + "/_SUCCESS")
    return mark.getFileSystem(spark._jsc.hadoopConfiguration()).exists(mark)


def read_lines(spark, args, files):
    """The documents as lines of JSON, in bytes."""
    parquet = [file for file in files if file.endswith(".parquet")]
    lines = []
    if parquet:
        rows = spark.read.parquet(*parquet)
        names = [getattr(args, f"field_{field}") for field in ["doc", "text", "date"]]
        fields = [F.col(name).cast("string").alias(name) for name in names if name in rows.columns]
        lines.append(rows.select(F.to_json(F.struct(*fields)).alias("value")))
    if others := [file for file in files if not file.endswith(".parquet")]:
        lines.append(spark.read.option("lineSep", "\n").text(others))
    lines = lines[0] if len(lines) == 1 else lines[0].unionAll(lines[1])
    if args.partitions:
        lines = lines.repartition(args.partitions)
    # bytes, so that what is no UTF-8 is answered by `extract` and not repaired on the way
    return lines.select(F.col("value").cast("binary").alias("value"))


def extract(program, options, rows):
    """The answers of `extract` to the lines of a partition. One thread, as Spark runs a task for each core."""
    command = [SparkFiles.get(program), "--input", "jsonl", "--threads", "1", *options]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    given = []

    def feed():
        count = 0
        try:
            with process.stdin as stdin:
                for row in rows:
                    stdin.write(row.value + b"\n")
                    count += 1
            given.append(count)
        except BrokenPipeError:
            pass  # its status tells why

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    answers = 0
    for line in process.stdout:
        answers += 1
        yield line.rstrip(b"\n").decode()
    feeder.join()
    status = process.wait()
    if status not in (0, ANSWERED_WITH_ERRORS):
        raise RuntimeError(f"{program} ended with status {status} after {answers} answers")
    if given != [answers]:
        raise RuntimeError(f"{program} gave {answers} answers to {given} lines")


def relations(answers):
    """A row for each relation, with the first place that says it. `number` is that of the relation within its document."""
    each = answers.select(
        F.col("answer.doc").alias("doc"),
        F.col("answer.entities").alias("entities"),
        F.posexplode("answer.relations").alias("number", "found"),
    )

    def side(name):
        entity = F.expr(f"entities[found.{name}]")
        return [entity[field].alias(f"{name}_{field}") for field in ["type", "name", "named", "key", "value"]]

    first = F.col("found.evidence")[0]
    return each.select(
        "doc",
        "number",
        F.col("found.type").alias("relation"),
        F.col("found.status").alias("status"),
        *side("source"),
        *side("target"),
        first["rule"].alias("rule"),
        first["trigger"]["start"].alias("start"),
        first["trigger"]["end"].alias("end"),
        first["trigger"]["text"].alias("trigger"),
        first["sentence"]["text"].alias("sentence"),
    )


if __name__ == "__main__":
    sys.exit(main())
