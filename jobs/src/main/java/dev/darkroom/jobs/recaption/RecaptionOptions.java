package dev.darkroom.jobs.recaption;

import dev.darkroom.jobs.source.Slice;
import dev.darkroom.jobs.source.SourceFormat;
import dev.darkroom.jobs.source.TableColumns;
import dev.darkroom.recaption.CaptionStatus;
import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.recaption.PromptTemplate;
import dev.darkroom.udfs.caption.CaptionerSource;
import dev.darkroom.udfs.gpu.GpuDemand;
import java.util.List;
import java.util.Set;

/**
 * What {@code recaption} is to do.
 *
 * @param input a file, folder, glob, tars or table, on any Hadoop file system
 * @param inputFormat how to read it
 * @param columns where a table keeps its images
 * @param slice which images are wanted
 * @param output the Delta table
 * @param source who captions
 * @param prompts what is asked about each image, 1 or more
 * @param decoding how answers are decoded
 * @param samples answers to each prompt, each with a seed of its own, 1 or more
 * @param seed what the seeds are drawn from
 * @param gpus GPUs for each task
 * @param chunk images to a transaction, 1 or more
 * @param imagesPerTask the most files to a task, 1 or more
 * @param retried what is done again of what the table has
 * @param maxBytes the most bytes of an image file
 * @param canaries how many rows are captioned again, singly, and compared; 0 or more
 */
public record RecaptionOptions(
    String input,
    SourceFormat inputFormat,
    TableColumns columns,
    Slice slice,
    String output,
    CaptionerSource source,
    List<NamedPrompt> prompts,
    DecodingParameters decoding,
    int samples,
    long seed,
    GpuDemand gpus,
    int chunk,
    int imagesPerTask,
    Set<CaptionStatus> retried,
    long maxBytes,
    int canaries) {
  /** Takes copies. */
  public RecaptionOptions {
    prompts = List.copyOf(prompts);
    retried = Set.copyOf(retried);
  }

  /** The defaults of the command line. */
  public static RecaptionOptions of(String input, String output, CaptionerSource source) {
    return new RecaptionOptions(
        input,
        SourceFormat.AUTO,
        TableColumns.guessed(),
        Slice.ALL,
        output,
        source,
        List.of(new NamedPrompt("detailed", PromptTemplate.DETAILED)),
        DecodingParameters.greedy(256),
        1,
        0,
        GpuDemand.none(),
        2000,
        64,
        Set.of(CaptionStatus.FAILED),
        64L << 20,
        4);
  }

  /** How many rows an image gets, at most. */
  int rowsPerImage() {
    return prompts.size() * samples;
  }
}
