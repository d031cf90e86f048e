package dev.darkroom.recaption.endpoint;

import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Outcomes in the order of their requests, of which as many are in flight as there are slots.
 * Requests are read by the thread that wants outcomes, and only when it does. Not thread-safe.
 */
final class OrderedOutcomes implements Iterator<CaptionOutcome> {
  private final Iterator<CaptionRequest> requests;
  private final RowCall row;
  private final Slots slots;
  private final Deque<Future<CaptionOutcome>> window = new ArrayDeque<>();

  OrderedOutcomes(Iterator<CaptionRequest> requests, RowCall row, Slots slots) {
    this.requests = requests;
    this.row = row;
    this.slots = slots;
  }

  @Override
  public boolean hasNext() {
    return !window.isEmpty() || requests.hasNext();
  }

  /**
   * The next outcome.
   *
   * @throws CancellationException where this thread is interrupted; what is in flight is given up
   * @throws IllegalStateException where the captioner was closed
   */
  @Override
  public CaptionOutcome next() {
    if (!hasNext()) {
      throw new NoSuchElementException("every request was answered");
    }
    try {
      fill();
      CaptionOutcome outcome = window.element().get();
      window.remove();
      return outcome;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      giveUp();
      throw new CancellationException("interrupted while captions were made");
    } catch (ExecutionException e) {
      giveUp();
      if (e.getCause() instanceof InterruptedException) {
        throw new IllegalStateException("the captioner was closed while captions were made", e);
      }
      throw new IllegalStateException("a request to the endpoint failed as none should", e);
    }
  }

  /** Waits for a slot only while nothing of its own is in flight. */
  private void fill() throws InterruptedException {
    while (window.size() < slots.number()) {
      if (window.isEmpty()) {
        slots.enter();
      } else if (!slots.tryEnter()) {
        return;
      }
      boolean used = false;
      try {
        if (!requests.hasNext()) {
          return;
        }
        CaptionRequest request = requests.next();
        window.add(slots.run(() -> row.outcome(request)));
        used = true;
      } finally {
        if (!used) {
          slots.leave();
        }
      }
    }
  }

  private void giveUp() {
    window.forEach(future -> future.cancel(true));
    window.clear();
  }
}
