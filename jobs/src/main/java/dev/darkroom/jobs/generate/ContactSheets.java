package dev.darkroom.jobs.generate;

import static org.apache.spark.sql.functions.col;

import dev.darkroom.jobs.table.GeneratedColumn;
import dev.darkroom.models.Sha256;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Contact sheets: for each prompt and way of drawing its images side by side, in the order of their
 * seeds. A prompt with many images gets several sheets, so that each stays small enough to open.
 */
final class ContactSheets implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int WORDS_IN_NAME = 40;
  private static final int HASH_IN_NAME = 8;

  private final String folder;

  /** Sheets in a folder of any Hadoop file system, made where it is missing. */
  ContactSheets(String folder) {
    this.folder = folder;
  }

  /**
   * Writes the sheets of a table's images, each under the same name as before.
   *
   * @param rows of a table of generated images
   * @param modelHash of which model
   * @return how many sheets there are
   */
  long write(Dataset<Row> rows, String modelHash) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(
            new SerializableConfiguration(
                rows.sparkSession().sparkContext().hadoopConfiguration()));
    Dataset<Row> images =
        rows.filter(col("status").equalTo("ok").and(col("model_sha256").equalTo(modelHash)))
            .repartition(col("final_prompt"))
            .sortWithinPartitions(
                "final_prompt",
                "negative_prompt",
                "step",
                "cfg",
                "sampler",
                "minority",
                "width",
                "height",
                "seed");
    return images
        .javaRDD()
        .mapPartitions(partition -> sheets(partition, hadoop.value().value()))
        .count();
  }

  /** Writes the sheets of a partition, and gives their names. */
  private Iterator<String> sheets(Iterator<Row> rows, Configuration hadoop) {
    return new SheetWriter(folder, hadoop).write(rows);
  }

  /** What a sheet is called: the prompt's first words, and a hash of all that its images share. */
  static String name(Row row, int page) {
    String words =
        row.<String>getAs(GeneratedColumn.FINAL_PROMPT.id())
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return "%s-%s%s.png"
        .formatted(
            words.substring(0, Math.min(WORDS_IN_NAME, words.length())),
            Sha256.of(shared(row)).substring(0, HASH_IN_NAME),
            page == 0 ? "" : "-%03d".formatted(page));
  }

  /** What the images of a sheet share, as a text. */
  static String shared(Row row) {
    StringBuilder text = new StringBuilder();
    for (GeneratedColumn column :
        new GeneratedColumn[] {
          GeneratedColumn.FINAL_PROMPT,
          GeneratedColumn.NEGATIVE_PROMPT,
          GeneratedColumn.STEP,
          GeneratedColumn.CFG,
          GeneratedColumn.SAMPLER,
          GeneratedColumn.MINORITY,
          GeneratedColumn.WIDTH,
          GeneratedColumn.HEIGHT,
          GeneratedColumn.MODEL_SHA256
        }) {
      text.append(row.<Object>getAs(column.id())).append('\n');
    }
    return text.toString();
  }
}
