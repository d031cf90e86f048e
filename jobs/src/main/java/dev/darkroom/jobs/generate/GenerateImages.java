package dev.darkroom.jobs.generate;

import dev.darkroom.generation.Sample;
import dev.darkroom.generation.SampleFailure;
import dev.darkroom.generation.SampleOutcome;
import dev.darkroom.generation.SampleRequest;
import dev.darkroom.jobs.table.GeneratedColumn;
import dev.darkroom.models.ModelIdentity;
import dev.darkroom.udfs.generate.PipelineLease;
import dev.darkroom.udfs.gpu.GpuAssignment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/** Draws the images of a partition, batch by batch: one row for each. Runs on executors. */
final class GenerateImages implements FlatMapFunction<Iterator<Row>, Row> {
  private static final long serialVersionUID = 1L;

  private final GenerateSettings settings;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final LongAccumulator done;

  GenerateImages(
      GenerateSettings settings,
      Broadcast<SerializableConfiguration> hadoop,
      LongAccumulator done) {
    this.settings = settings;
    this.hadoop = hadoop;
    this.done = done;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    GpuAssignment gpus = GpuAssignment.ofTask();
    PipelineLease lease = settings.source().open(gpus, hadoop.value().value());
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> lease.close());
    String hash = lease.pipeline().model().hash();
    if (!hash.equals(settings.modelHash())) {
      throw new IllegalStateException(
          "the model of this executor has SHA-256 %s, and that of the job has %s; give every executor the same files"
              .formatted(hash, settings.modelHash()));
    }
    return new Drawing(rows, lease, gpus);
  }

  private final class Drawing implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final PipelineLease lease;
    private final GpuAssignment gpus;
    private final ModelIdentity model = settings.model();
    private final ImageCells cells = new ImageCells(model, settings.compressed());
    private final Deque<PlannedSample> waiting = new ArrayDeque<>();
    private final Deque<Row> drawn = new ArrayDeque<>();

    Drawing(Iterator<Row> rows, PipelineLease lease, GpuAssignment gpus) {
      this.rows = rows;
      this.lease = lease;
      this.gpus = gpus;
    }

    @Override
    public boolean hasNext() {
      return !drawn.isEmpty() || !waiting.isEmpty() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("every image was drawn");
      }
      if (drawn.isEmpty()) {
        drawBatch();
      }
      done.add(1);
      return drawn.remove();
    }

    private void drawBatch() {
      List<PlannedSample> batch = nextBatch();
      long started = System.nanoTime();
      List<PlannedSample> sound = batch.stream().filter(s -> !s.prompt().isBlank()).toList();
      List<SampleRequest> requests = sound.stream().map(PlannedSample::request).toList();
      List<SampleOutcome> outcomes =
          requests.isEmpty()
              ? List.of()
              : lease.pipeline().sample(requests, batch.get(0).settings().parameters());
      long millis = (System.nanoTime() - started) / 1_000_000 / Math.max(1, sound.size());
      Iterator<SampleOutcome> next = outcomes.iterator();
      for (PlannedSample sample : batch) {
        drawn.add(
            sample.prompt().isBlank()
                ? row(sample)
                    .failed(
                        "EMPTY_PROMPT",
                        "the prompt is empty, so there is nothing to draw; leave such rows out")
                : row(sample, next.next(), millis));
      }
    }

    /** Neighbours that are drawn in the same way, as many as a batch takes. */
    private List<PlannedSample> nextBatch() {
      List<PlannedSample> batch = new ArrayList<>();
      while (batch.size() < settings.source().batchSize()) {
        if (waiting.isEmpty()) {
          if (!rows.hasNext()) {
            break;
          }
          waiting.add(PlannedSample.of(rows.next()));
        }
        if (!batch.isEmpty() && !batch.get(0).settings().equals(waiting.peek().settings())) {
          break;
        }
        batch.add(waiting.remove());
      }
      return batch;
    }

    private GeneratedRow row(PlannedSample sample) {
      return new GeneratedRow(sample, model)
          .set(GeneratedColumn.DEVICE, lease.device())
          .set(GeneratedColumn.GPU_ADDRESS, gpus.isPresent() ? gpus.joined() : null);
    }

    private Row row(PlannedSample planned, SampleOutcome outcome, long millis) {
      GeneratedRow row = row(planned).set(GeneratedColumn.MILLIS, millis);
      if (outcome instanceof SampleFailure failure) {
        return row.failed(failure.type().name(), failure.message());
      }
      cells.fill(row, planned, (Sample) outcome);
      return row.drawn();
    }
  }
}
