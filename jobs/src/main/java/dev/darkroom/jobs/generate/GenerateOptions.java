package dev.darkroom.jobs.generate;

import dev.darkroom.udfs.generate.PipelineSource;
import dev.darkroom.udfs.gpu.GpuDemand;
import java.util.Optional;

/**
 * What {@code generate} is to do.
 *
 * @param prompts a table or text files, on any Hadoop file system
 * @param column where a table has its prompts; empty for the usual names
 * @param set the column that names each prompt's set; empty for the file's name
 * @param where an SQL condition on the rows of the input; empty for all
 * @param wishes how each prompt is to be drawn
 * @param output the Delta table
 * @param source the model
 * @param gpus GPUs for each task
 * @param chunk images to a transaction, 1 or more
 * @param imagesPerTask the most images to a task, 1 or more
 * @param retryFailed whether what has failed is tried again
 * @param compressed whether images are kept as the iFlow codec's payloads
 * @param grids the folder for contact sheets; empty for none
 */
public record GenerateOptions(
    String prompts,
    Optional<String> column,
    Optional<String> set,
    Optional<String> where,
    Wishes wishes,
    String output,
    PipelineSource source,
    GpuDemand gpus,
    int chunk,
    int imagesPerTask,
    boolean retryFailed,
    boolean compressed,
    Optional<String> grids) {
  /** Batches to a task where nothing else is said: enough that loading and ending do not count. */
  public static final int BATCHES_PER_TASK = 8;

  /** The same for rows that fulfil an SQL condition alone. */
  public GenerateOptions where(String condition) {
    return new GenerateOptions(
        prompts,
        column,
        set,
        Optional.of(condition),
        wishes,
        output,
        source,
        gpus,
        chunk,
        imagesPerTask,
        retryFailed,
        compressed,
        grids);
  }

  /** The defaults of the command line. */
  public static GenerateOptions of(
      String prompts, Optional<String> column, Seeds seeds, String output, PipelineSource source) {
    return new GenerateOptions(
        prompts,
        column,
        Optional.empty(),
        Optional.empty(),
        Wishes.of(seeds),
        output,
        source,
        GpuDemand.none(),
        1000,
        BATCHES_PER_TASK * source.batchSize(),
        true,
        false,
        Optional.empty());
  }
}
