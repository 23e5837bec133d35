#!/usr/bin/env python3
"""Computes indicators of exports on a Spark cluster: one task a shard pipes through `indicators partial`, the driver merges.

NOT RUN on Spark: deploy/test/templates runs `shard_command` and `main` against a stand-in of SparkContext, nothing more.

usage: spark-submit --files indicators indicators_spark.py --shards N --work DIR --out FILE EXPORT... [-- OPTIONS OF indicators run]

DIR is on a file system that all executors and the driver share. The program travels with --files, or is named by --tool.
"""
from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
from typing import Any

# options that only say how results are written
REPORT = ("--format", "-f", "--manifest", "--explain", "--publish", "--strict", "--trust", "--verbose", "--quiet", "-q")


def shard_command(tool: str, exports: list[str], query: list[str], shards: int, work: str) -> str:
    """The command that a task pipes its shard's number through: prints the path of the state, which appears whole or not at all.

    A task may come twice (speculation, lost executors): both write the same bytes to the same name. Exit codes 0 and 4 are states.
    """
    fixed = " ".join(map(shlex.quote, [tool, "partial", *exports, *query]))
    state = shlex.quote(work) + '/shard-"$shard".state'
    script = (f'read -r shard || exit 2; code=0; {fixed} --shard "$shard/{shards}" --out {state} --quiet >&2 || code=$?; '
              f'case $code in 0|4) printf "%s\\n" {state} ;; *) exit "$code" ;; esac')
    return f"sh -c {shlex.quote(script)}"


def merge_command(tool: str, states: list[str], shards: int, query: list[str], report: list[str], out: str) -> list[str]:
    """The command that makes the results; fails with 5 while a shard is missing."""
    return [tool, "merge", *states, "--expect", str(shards), *query, *report, "--out", out]


def split(options: list[str]) -> tuple[list[str], list[str]]:
    """The options of the question, and those that say how results are written."""
    groups: tuple[list[str], list[str]] = ([], [])
    current = groups[0]
    for word in options:
        if word.startswith("-") and len(word) > 1:
            current = groups[1] if word.partition("=")[0] in REPORT else groups[0]
        current.append(word)
    return groups


def main(arguments: list[str], context: Any = None) -> int:
    at = arguments.index("--") if "--" in arguments else len(arguments)
    parser = argparse.ArgumentParser(prog="indicators_spark.py", description="Computes indicators of exports on a Spark cluster (template, not run on Spark).")
    parser.add_argument("exports", metavar="EXPORT", nargs="+", help="files, globs or directories that all executors can read")
    parser.add_argument("--shards", metavar="N", type=int, required=True, help="how many tasks")
    parser.add_argument("--work", metavar="DIR", required=True, help="a directory that executors and driver share, for states")
    parser.add_argument("--out", metavar="FILE", required=True, help="write results to FILE")
    parser.add_argument("--tool", metavar="PATH", default="./indicators", help="the program (default: ./indicators, as --files puts it)")
    options = parser.parse_args(arguments[:at])
    query, report = split(arguments[at + 1:])
    exports = [os.path.abspath(export) for export in options.exports]
    work = os.path.abspath(options.work)
    os.makedirs(work, exist_ok=True)
    if context is None:
        from pyspark.sql import SparkSession

        context = SparkSession.builder.appName("indicators").getOrCreate().sparkContext
    command = shard_command(options.tool, exports, query, options.shards, work)
    # one partition a shard; checkCode fails a task whose command fails, and Spark tries it spark.task.maxFailures times (default 4).
    # pipe splits the command as a shell would and closes its input after the partition's one line.
    states = context.parallelize(range(options.shards), options.shards).pipe(command, checkCode=True).collect()
    return subprocess.run(merge_command(options.tool, sorted(set(states)), options.shards, query, report, options.out), check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
