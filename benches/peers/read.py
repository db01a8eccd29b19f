"""Reads the .txt files of a folder with spaCy's NER and parser, one thread, and prints a line: name, MB/s, entities, relations.

usage: read.py FOLDER MODEL         MODEL is a folder or the name of an installed package
"""
import pathlib
import sys
import time

import spacy

folder, model = pathlib.Path(sys.argv[1]), sys.argv[2]
texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.glob("*.txt"))]
nlp = spacy.load(model)
nlp(texts[0])
start = time.perf_counter()
entities = sum(len(doc.ents) for doc in nlp.pipe(texts))
seconds = time.perf_counter() - start
size = sum(len(text.encode()) for text in texts) / 1e6
print(f"spaCy {spacy.__version__} ({nlp.meta['name']} {nlp.meta['version']})\t{size / seconds:.4f}\t{entities}\t-")
