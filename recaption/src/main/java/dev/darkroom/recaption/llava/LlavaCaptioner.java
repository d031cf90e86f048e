package dev.darkroom.recaption.llava;

import dev.darkroom.models.ModelException;
import dev.darkroom.models.ModelIdentity;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.Captioner;
import dev.darkroom.recaption.image.RgbDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Describes images with a LLaVA model in this JVM.
 *
 * <p>Requests are answered in batches, in the order they come; one batch is read ahead. Several
 * threads may share a captioner, and with it one copy of the weights: each runs batches of its own.
 * Greedy captions are those of {@code transformers.generate}; sampled ones depend on the request's
 * seed and not on what else is in the batch, but for rounding where prompts of different lengths
 * share one.
 *
 * <pre>{@code
 * try (LlavaCaptioner captioner = LlavaCaptioner.open(folder, LlavaOptions.DEFAULT)) {
 *   captioner.caption(requests.iterator()).forEachRemaining(outcomes::add);
 * }
 * }</pre>
 */
public final class LlavaCaptioner implements Captioner {
  private final LlavaModel model;
  private final ModelIdentity identity;
  private final BatchCaptioner batches;
  private final int batchSize;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private LlavaCaptioner(LlavaModel model, ModelIdentity identity, LlavaOptions options) {
    this.model = model;
    this.identity = identity;
    this.batches = new BatchCaptioner(model, new RgbDecoder(options.imageLimits()));
    this.batchSize = options.batchSize();
  }

  /**
   * Loads a model, called by the name of its folder.
   *
   * @param folder in the layout that the package describes
   * @param options how to run it
   * @throws ModelException where files are missing, damaged, or not understood
   */
  public static LlavaCaptioner open(Path folder, LlavaOptions options) {
    return open(folder, folder.toAbsolutePath().normalize().getFileName().toString(), options);
  }

  /**
   * Loads a model.
   *
   * @param folder in the layout that the package describes
   * @param id what people call it, for {@link #model()}
   * @param options how to run it
   * @throws ModelException where files are missing, damaged, or not understood
   */
  public static LlavaCaptioner open(Path folder, String id, LlavaOptions options) {
    ModelFiles files = ModelFiles.find(folder, options.variant());
    return new LlavaCaptioner(LlavaModel.open(files, options), files.identity(id), options);
  }

  @Override
  public Iterator<CaptionOutcome> caption(Iterator<CaptionRequest> requests) {
    return new Iterator<>() {
      private Iterator<CaptionOutcome> ready = List.<CaptionOutcome>of().iterator();

      @Override
      public boolean hasNext() {
        return ready.hasNext() || requests.hasNext();
      }

      @Override
      public CaptionOutcome next() {
        if (!ready.hasNext()) {
          List<CaptionRequest> batch = new ArrayList<>(batchSize);
          batch.add(requests.next());
          while (batch.size() < batchSize && requests.hasNext()) {
            batch.add(requests.next());
          }
          ready = captionBatch(batch).iterator();
        }
        return ready.next();
      }
    };
  }

  private List<CaptionOutcome> captionBatch(List<CaptionRequest> batch) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the captioner is closed; open another one");
      }
      return batches.caption(batch);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public ModelIdentity model() {
    return identity;
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        model.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
