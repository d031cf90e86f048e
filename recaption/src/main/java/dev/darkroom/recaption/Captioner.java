package dev.darkroom.recaption;

import dev.darkroom.models.ModelIdentity;
import java.util.Iterator;

/**
 * Describes images.
 *
 * <p>A captioner is made once and used for many images; it holds a model or the connections to one,
 * and is closed when no more are to come. Implementations may be used by several threads.
 */
public interface Captioner extends AutoCloseable {

  /**
   * Answers each request with one outcome, in the order of the requests.
   *
   * <p>Requests are taken as they are needed: an implementation may read ahead by a batch, or by as
   * many as it keeps in flight, and no further. Whatever is wrong with one request (an unreadable
   * image, an answer that can't be parsed) is the outcome of that request alone; the iterators
   * throw only where {@code requests} itself does.
   */
  Iterator<CaptionOutcome> caption(Iterator<CaptionRequest> requests);

  /** Which model answers. */
  ModelIdentity model();

  /** Frees the model or its connections. A captioner that is closed answers no more requests. */
  @Override
  void close();
}
