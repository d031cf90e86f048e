package dev.darkroom.generation.scheduler;

import dev.darkroom.generation.noise.GaussianNoise;
import dev.darkroom.generation.scheduler.SolverSchedule.End;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Map;

/**
 * Stochastic Adams solver by data prediction: algorithm 1 of Xue et al., "SA-Solver: Stochastic
 * Adams Solver for Fast Sampling of Diffusion Models" (2023).
 *
 * <p>Each step first corrects the sample, now that the model has been asked about it, with the
 * noise it was predicted with; then predicts the next. Noise enters between timesteps 200 and 800,
 * as it does in diffusers by default.
 *
 * @param schedule the noise levels
 * @param settings what the configuration says
 */
record SaSolver(SolverSchedule schedule, Settings settings) implements Scheduler {
  private static final int FIRST_NOISY = 200;
  private static final int LAST_NOISY = 800;

  /** Reads what a configuration says. */
  static SamplerSettings read(ConfigValues values) {
    values.refuse(
        "rescale_betas_zero_snr", "SASolverScheduler has no such schedule; choose another sampler");
    values.refuse("tau_func", "only diffusers' default, noise from timestep 200 to 800, is known");
    values.choice("algorithm_type", true, Map.of("data_prediction", true));
    SolverSchedule.Settings levels = SolverSchedule.Settings.read(values, true);
    Prediction prediction = Prediction.readWithFlow(values);
    if (prediction == Prediction.FLOW && !values.flag("use_flow_sigmas", false)) {
      values.problem("prediction_type", "a flow needs use_flow_sigmas too");
    }
    return new Settings(
        levels,
        prediction,
        DataLimit.readThresholding(values),
        values.integer("predictor_order", 2, 1, 4),
        values.integer("corrector_order", 2, 1, 4),
        values.flag("lower_order_final", true),
        values.at("variance_type").asText().startsWith("learned"));
  }

  /**
   * What a configuration says.
   *
   * @param learnedVariance whether the model's output may have a second half, which is left out
   */
  record Settings(
      SolverSchedule.Settings levels,
      Prediction prediction,
      DataLimit limit,
      int predictorOrder,
      int correctorOrder,
      boolean lowerOrderFinal,
      boolean learnedVariance)
      implements SamplerSettings {

    @Override
    public int trainingTimesteps() {
      return levels.schedule().timesteps();
    }

    @Override
    public Scheduler scheduler(int steps) {
      End end = levels.spread() == SolverSchedule.Spread.TIMESTEPS ? End.SIGMA_MIN : End.REPEATED;
      return new SaSolver(levels.select(steps, end), this);
    }

    /** How many earlier images are kept. */
    int memory() {
      return Math.max(predictorOrder, correctorOrder - 1);
    }
  }

  @Override
  public double[] timesteps() {
    return schedule.timesteps().clone();
  }

  @Override
  public Stepper start(GaussianNoise noise) {
    Deque<float[]> images = new ArrayDeque<>();
    return new CheckedStepper(schedule.steps(), settings.learnedVariance, false) {
      private float[] before = {};
      private float[] drawn = {};

      @Override
      float[] next(int index, float[] output, float[] sample) {
        float[] data = schedule.data(index, settings.prediction, output, sample);
        settings.limit.apply(data);
        images.addFirst(data);
        if (index > 0) {
          before = corrector(index).apply(before, new ArrayList<>(images), drawn);
        } else {
          before = sample;
        }
        if (images.size() > settings.memory()) {
          images.removeLast();
        }
        drawn = noise.next(sample.length);
        return predictor(index).apply(before, new ArrayList<>(images), drawn);
      }
    };
  }

  private SaStep predictor(int index) {
    int left = settings.lowerOrderFinal ? schedule.steps() - index : Integer.MAX_VALUE;
    int order = Math.min(Math.min(settings.predictorOrder, left), known(index) + 1);
    return SaStep.predictor(schedule, index, order, noisy(index));
  }

  /** Of the sample at a level, from the one at the level before. */
  private SaStep corrector(int index) {
    int left = settings.lowerOrderFinal ? schedule.steps() - index + 2 : Integer.MAX_VALUE;
    int order = Math.min(Math.min(settings.correctorOrder, left), known(index - 1) + 2);
    return SaStep.corrector(schedule, index - 1, order, noisy(index - 1));
  }

  /** How many earlier images are at hand in a step. */
  private int known(int index) {
    return Math.min(index, settings.memory());
  }

  private boolean noisy(int index) {
    double timestep = schedule.timesteps()[index];
    return timestep >= FIRST_NOISY && timestep <= LAST_NOISY;
  }
}
