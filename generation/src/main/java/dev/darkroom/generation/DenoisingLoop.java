package dev.darkroom.generation;

import ai.onnxruntime.OrtException;
import dev.darkroom.generation.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * From noise to latents: at every step the denoiser is asked about all sound rows at once, first
 * with their negative prompts, then with their prompts, and each row takes its own step.
 */
final class DenoisingLoop {
  private final Denoiser denoiser;
  private final Scheduler scheduler;
  private final LatentShape shape;
  private final float guidance;
  private final Optional<MinorityGuidance> minority;

  /**
   * @param guidance w in u + w (c - u); 1 for rows without negative prompts
   * @param minority changes what the model says, where there is such guidance
   */
  DenoisingLoop(
      Denoiser denoiser,
      Scheduler scheduler,
      LatentShape shape,
      double guidance,
      Optional<MinorityGuidance> minority) {
    this.denoiser = denoiser;
    this.scheduler = scheduler;
    this.shape = shape;
    this.guidance = (float) guidance;
    this.minority = minority;
  }

  /** Takes all steps with rows that were not started yet. */
  void run(List<ImageRow> rows, SamplingProgress progress) throws OrtException {
    int steps = scheduler.timesteps().length;
    int step = 0;
    List<ImageRow> sound = rows;
    while (step < steps && !sound.isEmpty()) {
      step = runWhileAllAreSound(sound, step, progress);
      sound = rows.stream().filter(ImageRow::isSound).toList();
    }
  }

  /**
   * Takes steps up to the last, or to one at which a row fails.
   *
   * @param first step to take
   * @return the step to go on with
   */
  private int runWhileAllAreSound(List<ImageRow> rows, int first, SamplingProgress progress)
      throws OrtException {
    double[] timesteps = scheduler.timesteps();
    try (Conditions conditions = denoiser.conditions(texts(rows), shape)) {
      int step = first;
      int sound = rows.size();
      while (step < timesteps.length && sound == rows.size()) {
        step(rows, conditions, timesteps[step], step + 1, timesteps.length);
        sound = (int) rows.stream().filter(ImageRow::isSound).count();
        step++;
        progress.stepTaken(step, timesteps.length, sound);
      }
      return step;
    }
  }

  /** Negative prompts, where there is guidance, then prompts. */
  private static List<TextEmbedding> texts(List<ImageRow> rows) {
    List<TextEmbedding> texts = new ArrayList<>(2 * rows.size());
    rows.forEach(row -> row.negative().ifPresent(texts::add));
    rows.forEach(row -> texts.add(row.prompt()));
    return texts;
  }

  private void step(
      List<ImageRow> rows, Conditions conditions, double timestep, int number, int steps)
      throws OrtException {
    float[][] latents = rows.stream().map(ImageRow::latent).toArray(float[][]::new);
    float[][] outputs = ask(latents, conditions, timestep);
    if (minority.isPresent() && minority.get().guides(timestep)) {
      float[][] noises = rows.stream().map(ImageRow::probe).toArray(float[][]::new);
      outputs =
          minority
              .get()
              .guide(
                  probes -> ask(probes, conditions, timestep), timestep, latents, outputs, noises);
    }
    String where = "after step %d of %d (timestep %s)".formatted(number, steps, timestep);
    for (int row = 0; row < outputs.length; row++) {
      rows.get(row).step(outputs[row], where);
    }
  }

  /** What the model says, with guidance, as long as the scheduler takes it. */
  private float[][] ask(float[][] latents, Conditions conditions, double timestep)
      throws OrtException {
    int count = latents.length;
    boolean guided = conditions.batch() > count;
    float[][] inputs = guided ? twice(latents) : latents;
    float[][] outputs = denoiser.run(inputs, conditions, timestep, shape);
    float[][] said = guided ? Arrays.copyOfRange(outputs, count, 2 * count) : outputs;
    for (int row = 0; row < count; row++) {
      if (guided) {
        guide(said[row], outputs[row]);
      }
      if (!scheduler.learnsVariance()) {
        said[row] = Arrays.copyOf(said[row], shape.size());
      }
    }
    return said;
  }

  private static float[][] twice(float[][] latents) {
    float[][] both = Arrays.copyOf(latents, 2 * latents.length);
    System.arraycopy(latents, 0, both, latents.length, latents.length);
    return both;
  }

  private void guide(float[] conditional, float[] unconditional) {
    for (int i = 0; i < conditional.length; i++) {
      conditional[i] = unconditional[i] + guidance * (conditional[i] - unconditional[i]);
    }
  }
}
