package dev.darkroom.generation.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.generation.noise.TorchNoise;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StepperTest {
  private static final int LENGTH = 48;

  @ParameterizedTest
  @EnumSource(SamplerKind.class)
  void refusesMoreStepsThanThereAre(SamplerKind kind) throws Exception {
    Stepper stepper = scheduler(kind.className(), "", 2).start(new TorchNoise(1));
    stepper.step(new float[LENGTH], new float[LENGTH]);
    stepper.step(new float[LENGTH], new float[LENGTH]);
    assertThatIllegalStateException()
        .isThrownBy(() -> stepper.step(new float[LENGTH], new float[LENGTH]))
        .withMessageContaining("all 2 steps were taken");
  }

  @ParameterizedTest
  @EnumSource(SamplerKind.class)
  void refusesLengthsThatDoNotFit(SamplerKind kind) throws Exception {
    Stepper stepper = scheduler(kind.className(), "", 3).start(new TorchNoise(1));
    for (int length : new int[] {0, LENGTH - 1, 2 * LENGTH}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> stepper.step(new float[length], new float[LENGTH]))
          .withMessageContaining("%d values for a sample of %d", length, LENGTH);
    }
    stepper.step(new float[LENGTH], new float[LENGTH]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stepper.step(new float[16], new float[16]))
        .withMessageContaining("in the step before it had %d", LENGTH);
    assertThat(stepper.step(new float[LENGTH], new float[LENGTH])).hasSize(LENGTH);
  }

  @Test
  void learnedVarianceIsNeededOrLeftOut() throws Exception {
    String learned = ", \"variance_type\": \"learned_range\"";
    Scheduler ddpm = scheduler("DDPMScheduler", learned, 3);
    assertThat(ddpm.learnsVariance()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ddpm.start(new TorchNoise(1)).step(new float[8], new float[8]))
        .withMessageContaining("twice as many");
    float[] sample = new TorchNoise(4).next(LENGTH);
    float[] output = new TorchNoise(5).next(LENGTH);
    float[] both = Arrays.copyOf(output, 2 * LENGTH);
    for (String solver : new String[] {"DPMSolverMultistepScheduler", "SASolverScheduler"}) {
      Scheduler scheduler = scheduler(solver, learned, 3);
      assertThat(scheduler.learnsVariance()).isFalse();
      assertThat(scheduler.start(new TorchNoise(1)).step(both, sample))
          .isEqualTo(scheduler.start(new TorchNoise(1)).step(output, sample));
    }
  }

  /** What diffusers 0.35 makes of this is no number. */
  @Test
  void theLogarithmOfALargeVarianceIsThatVariance() throws Exception {
    float[] sample = new TorchNoise(4).next(LENGTH);
    float[] output = new TorchNoise(5).next(LENGTH);
    float[] plain =
        scheduler("DDPMScheduler", ", \"variance_type\": \"fixed_large\"", 10)
            .start(new TorchNoise(1))
            .step(output, sample);
    float[] log =
        scheduler("DDPMScheduler", ", \"variance_type\": \"fixed_large_log\"", 10)
            .start(new TorchNoise(1))
            .step(output, sample);
    for (int i = 0; i < LENGTH; i++) {
      assertThat(log[i]).isCloseTo(plain[i], within(1e-6f));
    }
  }

  /** A model that always knows the image: whatever is deterministic has to end there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DDIMScheduler | 1 | ",
        "DDIMScheduler | 20 | 'prediction_type': 'v_prediction'",
        "DDIMScheduler | 20 | 'prediction_type': 'sample'",
        "DDIMScheduler | 20 | 'timestep_spacing': 'trailing', 'beta_schedule': 'scaled_linear'",
        "DPMSolverMultistepScheduler | 1 |",
        "DPMSolverMultistepScheduler | 20 | 'solver_order': 1",
        "DPMSolverMultistepScheduler | 20 |",
        "DPMSolverMultistepScheduler | 20 | 'solver_order': 3",
        "DPMSolverMultistepScheduler | 20 | 'solver_type': 'heun', 'use_karras_sigmas': true",
        "DPMSolverMultistepScheduler | 9 | 'solver_order': 3, 'prediction_type': 'v_prediction'",
        "DPMSolverMultistepScheduler | 20 | 'use_flow_sigmas': true, 'flow_shift': 3,"
            + " 'prediction_type': 'flow_prediction'",
        "FlowMatchEulerDiscreteScheduler | 1 |",
        "FlowMatchEulerDiscreteScheduler | 28 | 'shift': 3",
      })
  void anExactModelGivesTheImage(String kind, int steps, String options) throws Exception {
    String more = options == null ? "" : ", " + options.replace('\'', '"');
    Scheduler scheduler = scheduler(kind, ", \"clip_sample\": false" + more, steps);
    float[] image = new TorchNoise(8).next(LENGTH);
    float[] noise = new TorchNoise(9).next(LENGTH);
    boolean flow = kind.startsWith("Flow") || more.contains("flow");
    float[] sample = new float[LENGTH];
    double[] timesteps = scheduler.timesteps();
    Stepper stepper =
        scheduler.start(
            count -> {
              throw new AssertionError("a deterministic sampler draws nothing");
            });
    for (int step = 0; step < timesteps.length; step++) {
      Level level = level(kind, scheduler, step);
      if (step == 0) {
        for (int i = 0; i < LENGTH; i++) {
          sample[i] = (float) (level.alpha * image[i] + level.sigma * noise[i]);
        }
      }
      float[] output = new float[LENGTH];
      for (int i = 0; i < LENGTH; i++) {
        double left = (sample[i] - level.alpha * image[i]) / level.sigma;
        output[i] = (float) output(more, flow, level, image[i], left);
      }
      sample = stepper.step(output, sample);
    }
    for (int i = 0; i < LENGTH; i++) {
      assertThat(sample[i]).isCloseTo(image[i], within(2e-4f));
    }
  }

  private record Level(double alpha, double sigma) {}

  private static double output(
      String options, boolean flow, Level level, double image, double noise) {
    if (flow) {
      return noise - image;
    }
    if (options.contains("v_prediction")) {
      return level.alpha * noise - level.sigma * image;
    }
    return options.contains("\"sample\"") ? image : noise;
  }

  private static Level level(String kind, Scheduler scheduler, int step) {
    if (scheduler instanceof DpmSolver solver) {
      return new Level(solver.schedule().alpha(step), solver.schedule().sigma(step));
    }
    if (scheduler instanceof FlowMatchEuler euler) {
      return new Level(1 - euler.sigmas()[step], euler.sigmas()[step]);
    }
    Ddim ddim = (Ddim) scheduler;
    assertThat(kind).isEqualTo("DDIMScheduler");
    return new Level(ddim.coefficients().get(step).alpha(), ddim.coefficients().get(step).sigma());
  }

  private static Scheduler scheduler(String kind, String options, int steps)
      throws JsonProcessingException {
    String json = String.format(Locale.ROOT, "{\"_class_name\": \"%s\"%s}", kind, options);
    return SchedulerConfig.of(new ObjectMapper().readTree(json)).scheduler(steps);
  }
}
