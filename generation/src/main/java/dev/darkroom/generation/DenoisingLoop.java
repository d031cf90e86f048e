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
    double[] timesteps = scheduler.timesteps();
    for (int step = 0; step < timesteps.length; step++) {
      List<ImageRow> sound = rows.stream().filter(ImageRow::isSound).toList();
      if (sound.isEmpty()) {
        return;
      }
      String where =
          "after step %d of %d (timestep %s)"
              .formatted(step + 1, timesteps.length, timesteps[step]);
      float[][] latents = sound.stream().map(ImageRow::latent).toArray(float[][]::new);
      double timestep = timesteps[step];
      float[][] outputs = ask(sound, latents, timestep);
      if (minority.isPresent() && minority.get().guides(timestep)) {
        float[][] noises = sound.stream().map(ImageRow::probe).toArray(float[][]::new);
        outputs =
            minority
                .get()
                .guide(probes -> ask(sound, probes, timestep), timestep, latents, outputs, noises);
      }
      for (int row = 0; row < outputs.length; row++) {
        sound.get(row).step(outputs[row], where);
      }
      progress.stepTaken(
          step + 1, timesteps.length, (int) rows.stream().filter(ImageRow::isSound).count());
    }
  }

  /** What the model says, with guidance, as long as the scheduler takes it. */
  private float[][] ask(List<ImageRow> rows, float[][] latents, double timestep)
      throws OrtException {
    int count = rows.size();
    List<TextEmbedding> texts = new ArrayList<>(2 * count);
    rows.forEach(row -> row.negative().ifPresent(texts::add));
    boolean guided = texts.size() == count;
    rows.forEach(row -> texts.add(row.prompt()));
    float[][] inputs = guided ? twice(latents) : latents;
    float[][] outputs = denoiser.run(inputs, texts, timestep, shape);
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
