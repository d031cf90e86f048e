package dev.darkroom.udfs.caption;

import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.Captioner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs rows through a captioner: what was asked comes back beside its answer, in the order in which
 * it was asked.
 *
 * @param <T> what goes along with a request
 */
public final class CaptionStream<T> implements Iterator<CaptionStream.Answered<T>> {
  private final Iterator<Asked<T>> rows;
  private final Deque<Asked<T>> waiting = new ArrayDeque<>();
  private final Iterator<CaptionOutcome> outcomes;

  /**
   * A row on its way in.
   *
   * @param row goes along
   * @param request what to ask; where there is none (the image can't be read, say), the row comes
   *     out as it went in
   * @param <T> what goes along
   */
  public record Asked<T>(T row, Optional<CaptionRequest> request) {
    /** Refuses missing parts. */
    public Asked {
      Objects.requireNonNull(row, "row");
      Objects.requireNonNull(request, "request");
    }
  }

  /**
   * A row on its way out.
   *
   * @param row went along
   * @param outcome the answer, exactly where there was a request
   * @param <T> what went along
   */
  public record Answered<T>(T row, Optional<CaptionOutcome> outcome) {
    /** Refuses missing parts. */
    public Answered {
      Objects.requireNonNull(row, "row");
      Objects.requireNonNull(outcome, "outcome");
    }
  }

  /** A stream that reads rows as the captioner wants them, and no further. */
  public CaptionStream(Captioner captioner, Iterator<Asked<T>> rows) {
    this.rows = rows;
    this.outcomes = captioner.caption(new Requests());
  }

  @Override
  public boolean hasNext() {
    return !waiting.isEmpty() || rows.hasNext();
  }

  @Override
  public Answered<T> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("every row was answered");
    }
    // Whatever the captioner read ahead waits here. Where nothing does, it must be made to read.
    if (waiting.isEmpty() && !outcomes.hasNext() && waiting.isEmpty()) {
      throw new IllegalStateException("the captioner ended before the rows did");
    }
    Asked<T> first = waiting.element();
    if (first.request().isEmpty()) {
      waiting.remove();
      return new Answered<>(first.row(), Optional.empty());
    }
    CaptionOutcome outcome = outcomes.next();
    waiting.remove();
    return new Answered<>(first.row(), Optional.of(outcome));
  }

  /** The requests of the rows; those without one are passed over, and wait for their turn. */
  private final class Requests implements Iterator<CaptionRequest> {
    private Optional<CaptionRequest> next = Optional.empty();

    @Override
    public boolean hasNext() {
      while (next.isEmpty() && rows.hasNext()) {
        Asked<T> row = rows.next();
        waiting.add(row);
        next = row.request();
      }
      return next.isPresent();
    }

    @Override
    public CaptionRequest next() {
      if (!hasNext()) {
        throw new NoSuchElementException("there are no more requests");
      }
      CaptionRequest request = next.orElseThrow();
      next = Optional.empty();
      return request;
    }
  }
}
