#!/usr/bin/env python3
"""Compare measured figures with those recorded in figures.json beside this file.

usage: figures.py MEASURED             exit status 1 where a figure dropped by more than 0.01
       figures.py --record MEASURED    record the measured figures instead
"""
import json
import pathlib
import sys

RECORD = pathlib.Path(__file__).with_name("figures.json")
FIGURES = ["entities_exact.f1", "links.f1", "quotes.f1", "relations.f1", "relations.p", "status_accuracy"]
TOLERANCE = 0.01


def figure(measured, name):
    for key in name.split("."):
        measured = measured[key]
    return measured


def main():
    everything = json.loads(pathlib.Path(sys.argv[-1]).read_text(encoding="utf-8"))
    measured = {name: round(figure(everything, name), 4) for name in FIGURES}
    if sys.argv[1] == "--record":
        RECORD.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
        return 0
    recorded = json.loads(RECORD.read_text(encoding="utf-8"))
    dropped = [name for name in FIGURES if measured[name] < recorded[name] - TOLERANCE]
    for name in FIGURES:
        print(f"{name:20} {measured[name]:.4f}, recorded {recorded[name]:.4f}{'  DROPPED' * (name in dropped)}")
    return 1 if dropped else 0


if __name__ == "__main__":
    sys.exit(main())
