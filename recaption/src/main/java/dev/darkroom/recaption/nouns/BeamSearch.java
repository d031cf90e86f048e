package dev.darkroom.recaption.nouns;

import java.util.PriorityQueue;
import java.util.Queue;

/**
 * OpenNLP's beam search with the same candidates, the same sums and the same heap, so that it finds
 * the same sequence, also where sequences are equally probable. Sequences share their beginnings,
 * so time and memory grow with the length.
 *
 * <p>OpenNLP drops sequences below a logarithm of -100,000 and fails when none is left (some
 * hundred thousand tokens); here counting then begins anew.
 */
final class BeamSearch {
  /** The beam size of OpenNLP's English models. */
  static final int SIZE = 3;

  private static final double LEAST = -100_000;

  private BeamSearch() {}

  /** What may come next. */
  interface Steps {
    /**
     * The likeliest outcomes of a token.
     *
     * @param index the token
     * @param before what was decided for the tokens before it; asked in the order of the beam
     */
    Candidates candidates(int index, Path before);
  }

  /** The outcome of a token, and all before it; the empty path has the outcome -1. */
  static final class Path implements Comparable<Path> {
    private final Path before;
    private final int outcome;
    private final double score;

    private Path(Path before, int outcome, double score) {
      this.before = before;
      this.outcome = outcome;
      this.score = score;
    }

    int outcome() {
      return outcome;
    }

    /** The outcome before the last one, -1 if there is none. */
    int outcomeBefore() {
      return before == null ? -1 : before.outcome;
    }

    @Override
    public int compareTo(Path other) {
      return Double.compare(other.score, score);
    }
  }

  /** The outcomes of the best sequence of a length. */
  static int[] best(int length, Steps steps) {
    Queue<Path> beam = new PriorityQueue<>(SIZE);
    Queue<Path> next = new PriorityQueue<>(SIZE);
    beam.add(new Path(null, -1, 0));
    for (int i = 0; i < length; i++) {
      Path top = beam.element();
      for (int taken = 0; taken < SIZE && !beam.isEmpty(); taken++) {
        Path path = beam.remove();
        extend(path, path.score, steps.candidates(i, path), next);
      }
      if (next.isEmpty()) {
        extend(top, 0, steps.candidates(i, top), next);
      }
      beam.clear();
      Queue<Path> empty = beam;
      beam = next;
      next = empty;
    }
    return outcomes(beam.remove(), length);
  }

  private static void extend(Path path, double from, Candidates candidates, Queue<Path> next) {
    for (int i = 0; i < candidates.outcomes().length; i++) {
      double score = from + candidates.logs()[i];
      if (score > LEAST) {
        next.add(new Path(path, candidates.outcomes()[i], score));
      }
    }
  }

  private static int[] outcomes(Path last, int length) {
    int[] outcomes = new int[length];
    Path path = last;
    for (int i = length - 1; i >= 0; i--) {
      outcomes[i] = path.outcome;
      path = path.before;
    }
    return outcomes;
  }
}
