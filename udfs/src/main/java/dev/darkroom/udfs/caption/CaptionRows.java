package dev.darkroom.udfs.caption;

import dev.darkroom.compression.Sha256;
import dev.darkroom.recaption.CaptionFailure;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.recaption.PromptTemplate;
import dev.darkroom.udfs.gpu.GpuAssignment;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/** Captions the rows of a partition, each with one column more. Runs on executors. */
public final class CaptionRows implements FlatMapFunction<Iterator<Row>, Row> {
  /** Stands for the index of a column that is not there. */
  public static final int NO_COLUMN = -1;

  private static final long serialVersionUID = 1L;

  private final CaptionerSource source;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final int imageIndex;
  private final int captionIndex;
  private final String prompt;
  private final Decoding decoding;
  private final long seed;

  /**
   * A function on partitions.
   *
   * @param imageIndex the column with the image's bytes
   * @param captionIndex the column with the raw caption, or {@link #NO_COLUMN}
   * @param prompt the text of a {@link PromptTemplate}
   */
  public CaptionRows(
      CaptionerSource source,
      Broadcast<SerializableConfiguration> hadoop,
      int imageIndex,
      int captionIndex,
      String prompt,
      Decoding decoding,
      long seed) {
    this.source = source;
    this.hadoop = hadoop;
    this.imageIndex = imageIndex;
    this.captionIndex = captionIndex;
    this.prompt = prompt;
    this.decoding = decoding;
    this.seed = seed;
  }

  private record Tagged(Row row, String prompt, long seed) {}

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    GpuAssignment gpus = GpuAssignment.ofTask();
    CaptionerLease lease = source.open(gpus, hadoop.value().value());
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> lease.close());
    PromptTemplate template = new PromptTemplate(prompt);
    DecodingParameters parameters = decoding.parameters();
    Iterator<CaptionStream.Asked<Tagged>> asked =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return rows.hasNext();
          }

          @Override
          public CaptionStream.Asked<Tagged> next() {
            return ask(rows.next(), template, parameters);
          }
        };
    CaptionStream<Tagged> answers = new CaptionStream<>(lease.captioner(), asked);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return answers.hasNext();
      }

      @Override
      public Row next() {
        return answered(answers.next(), lease.device(), gpus.joined());
      }
    };
  }

  private CaptionStream.Asked<Tagged> ask(
      Row row, PromptTemplate template, DecodingParameters parameters) {
    Optional<byte[]> image = Optional.ofNullable(row.<byte[]>getAs(imageIndex));
    Optional<String> raw =
        captionIndex == NO_COLUMN
            ? Optional.empty()
            : Optional.ofNullable(row.<String>getAs(captionIndex));
    String text = template.render(raw).text();
    long own = ImageSeed.of(seed, image.map(bytes -> Sha256.of(bytes).toHex()).orElse(""), text, 0);
    return new CaptionStream.Asked<>(
        new Tagged(row, text, own),
        image.map(bytes -> new CaptionRequest(bytes, text, parameters, own)));
  }

  private static Row answered(CaptionStream.Answered<Tagged> answered, String device, String gpu) {
    CaptionOutcome outcome =
        answered
            .outcome()
            .orElseGet(
                () ->
                    new CaptionFailure(
                        CaptionFailure.Type.UNREADABLE_IMAGE,
                        "the row has no image: its column is NULL",
                        0,
                        1));
    Tagged tagged = answered.row();
    Object[] values = new Object[tagged.row().size() + 1];
    for (int i = 0; i < tagged.row().size(); i++) {
      values[i] = tagged.row().get(i);
    }
    values[values.length - 1] =
        CaptionColumn.value(outcome, tagged.prompt(), tagged.seed(), device, gpu);
    return RowFactory.create(values);
  }
}
