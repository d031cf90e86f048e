package dev.darkroom.jobs.recaption;

import dev.darkroom.jobs.source.Candidate;
import dev.darkroom.jobs.source.CandidateReader;
import dev.darkroom.models.ModelIdentity;
import dev.darkroom.udfs.caption.CaptionStream;
import dev.darkroom.udfs.caption.CaptionerLease;
import dev.darkroom.udfs.gpu.GpuAssignment;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Captions the candidates of a partition: one row for each question that is left. Runs on
 * executors. A partition that has nothing left to ask does without a captioner.
 */
final class CaptionImages implements FlatMapFunction<Iterator<Row>, Row> {
  private static final long serialVersionUID = 1L;

  private static final int READERS = 4;
  private static final int READ_AHEAD = 16;

  private final CaptionSettings settings;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final Broadcast<Known> known;
  private final Meters meters;

  CaptionImages(
      CaptionSettings settings,
      Broadcast<SerializableConfiguration> hadoop,
      Broadcast<Known> known,
      Meters meters) {
    this.settings = settings;
    this.hadoop = hadoop;
    this.known = known;
    this.meters = meters;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Configuration configuration = hadoop.value().value();
    ImageLoader loader =
        new ImageLoader(
            new CandidateReader(configuration, settings.maxBytes()),
            settings.questions(),
            known.value());
    ReadAhead<Row, LoadedImage> images =
        new ReadAhead<>(rows, row -> loader.load(Candidate.of(row)), READERS, READ_AHEAD);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> images.close());
    Asking asking = new Asking(images, settings.questions().decoding().parameters());
    if (!asking.hasNext()) {
      return Collections.emptyIterator();
    }
    GpuAssignment gpus = GpuAssignment.ofTask();
    CaptionerLease lease = settings.source().open(gpus, configuration);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> lease.close());
    ModelIdentity model = lease.captioner().model();
    if (!model.hash().equals(settings.questions().modelHash())) {
      throw new IllegalStateException(
          "the model of this executor has SHA-256 %s, and that of the job has %s; give every executor the same files"
              .formatted(model.hash(), settings.questions().modelHash()));
    }
    Iterator<CaptionStream.Answered<Ask>> answers =
        settings.singly()
            ? new OneByOne(lease, asking)
            : new CaptionStream<>(lease.captioner(), asking);
    AnswerRows result =
        new AnswerRows(
            settings.questions(),
            new ModelIdentity(settings.modelId(), model.hash()),
            lease.device(),
            gpus.joined());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return answers.hasNext();
      }

      @Override
      public Row next() {
        Row row = result.of(answers.next(), meters);
        meters.rows().add(1);
        return row;
      }
    };
  }

  /** The questions of one image after the other. */
  private final class Asking implements Iterator<CaptionStream.Asked<Ask>> {
    private final Iterator<LoadedImage> images;
    private final dev.darkroom.recaption.DecodingParameters parameters;
    private final Deque<CaptionStream.Asked<Ask>> next = new ArrayDeque<>();

    Asking(Iterator<LoadedImage> images, dev.darkroom.recaption.DecodingParameters parameters) {
      this.images = images;
      this.parameters = parameters;
    }

    @Override
    public boolean hasNext() {
      while (next.isEmpty() && images.hasNext()) {
        LoadedImage image = images.next();
        meters.seen().add(1);
        if (image.questions().isEmpty()) {
          meters.skipped().add(1);
        }
        for (Question question : image.questions()) {
          next.add(new Ask(image, question).asked(parameters));
        }
      }
      return !next.isEmpty();
    }

    @Override
    public CaptionStream.Asked<Ask> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("every question was asked");
      }
      return next.remove();
    }
  }

  /** Each question in a batch of its own. */
  private static final class OneByOne implements Iterator<CaptionStream.Answered<Ask>> {
    private final CaptionerLease lease;
    private final Iterator<CaptionStream.Asked<Ask>> asking;

    OneByOne(CaptionerLease lease, Iterator<CaptionStream.Asked<Ask>> asking) {
      this.lease = lease;
      this.asking = asking;
    }

    @Override
    public boolean hasNext() {
      return asking.hasNext();
    }

    @Override
    public CaptionStream.Answered<Ask> next() {
      return new CaptionStream<>(lease.captioner(), Collections.singleton(asking.next()).iterator())
          .next();
    }
  }
}
