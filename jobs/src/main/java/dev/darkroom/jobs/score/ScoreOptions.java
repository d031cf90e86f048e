package dev.darkroom.jobs.score;

import dev.darkroom.udfs.gpu.GpuDemand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code score} is to do.
 *
 * @param input the table of images
 * @param promptColumn its column of prompts
 * @param output the table of scores
 * @param judges who looks at the images, 1 or more
 * @param categoriesOfSets categories of prompt sets whose names do not tell them
 * @param gpus GPUs for each task of a judge that is a model
 */
public record ScoreOptions(
    String input,
    String promptColumn,
    String output,
    List<JudgeSource> judges,
    Map<String, Category> categoriesOfSets,
    GpuDemand gpus) {
  /** Takes copies. */
  public ScoreOptions {
    judges = List.copyOf(judges);
    categoriesOfSets = Map.copyOf(categoriesOfSets);
  }

  /** The same with one more judge. */
  public ScoreOptions withJudge(JudgeSource judge) {
    List<JudgeSource> all = new ArrayList<>(judges);
    all.add(judge);
    return new ScoreOptions(input, promptColumn, output, all, categoriesOfSets, gpus);
  }

  /** Scores by the pixels alone. */
  public static ScoreOptions of(String input, String output) {
    return new ScoreOptions(
        input, "prompt", output, List.of(new JudgeSource.Pixels()), Map.of(), GpuDemand.none());
  }
}
