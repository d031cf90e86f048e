package dev.darkroom.generation.scheduler;

import dev.darkroom.generation.noise.GaussianNoise;
import dev.darkroom.generation.scheduler.SolverSchedule.End;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * DPM-Solver++ over several steps: algorithm 2 of Lu et al., "DPM-Solver++: Fast Solver for Guided
 * Sampling of Diffusion Probabilistic Models" (2022), its SDE form, and the third order of their
 * "DPM-Solver" (2022).
 *
 * @param schedule the noise levels
 * @param settings what the configuration says
 */
record DpmSolver(SolverSchedule schedule, Settings settings) implements Scheduler {
  /** From this many steps on, the last ones need no lower order to be stable. */
  private static final int MANY_STEPS = 15;

  /** Reads what a configuration says. */
  static SamplerSettings read(ConfigValues values) {
    SolverSchedule.Settings levels = SolverSchedule.Settings.read(values, false);
    Prediction prediction = Prediction.readWithFlow(values);
    if (prediction == Prediction.FLOW && !values.flag("use_flow_sigmas", false)) {
      values.problem("prediction_type", "a flow needs use_flow_sigmas too");
    }
    return new Settings(
        levels,
        prediction,
        DataLimit.readThresholding(values),
        values.integer("solver_order", 2, 1, 3),
        // As diffusers: the names of its DEIS and UniPC solvers stand for these.
        values.choice(
            "algorithm_type",
            false,
            Map.of("dpmsolver++", false, "sde-dpmsolver++", true, "deis", false)),
        values.choice(
            "solver_type",
            false,
            Map.of("midpoint", false, "heun", true, "logrho", false, "bh1", false, "bh2", false)),
        values.flag("lower_order_final", true),
        values.flag("euler_at_final", false),
        values.choice(
            "final_sigmas_type", End.ZERO, Map.of("zero", End.ZERO, "sigma_min", End.SIGMA_MIN)),
        values.at("variance_type").asText().startsWith("learned"));
  }

  /**
   * What a configuration says.
   *
   * @param stochastic whether the SDE is solved
   * @param heun whether the second order is Heun's rather than the midpoint's
   * @param learnedVariance whether the model's output may have a second half, which is left out
   */
  record Settings(
      SolverSchedule.Settings levels,
      Prediction prediction,
      DataLimit limit,
      int order,
      boolean stochastic,
      boolean heun,
      boolean lowerOrderFinal,
      boolean eulerAtFinal,
      End end,
      boolean learnedVariance)
      implements SamplerSettings {

    @Override
    public int trainingTimesteps() {
      return levels.schedule().timesteps();
    }

    @Override
    public Scheduler scheduler(int steps) {
      return new DpmSolver(levels.select(steps, end), this);
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
      @Override
      float[] next(int index, float[] output, float[] sample) {
        float[] data = schedule.data(index, settings.prediction, output, sample);
        settings.limit.apply(data);
        images.addFirst(data);
        if (images.size() > settings.order) {
          images.removeLast();
        }
        List<float[]> newest = new ArrayList<>(images);
        DpmStep step = new DpmStep(schedule, index, settings.stochastic);
        float[] result =
            switch (Math.min(order(index), newest.size())) {
              case 1 -> step.first(sample, newest);
              case 2 -> step.second(sample, newest, settings.heun);
              default -> step.third(sample, newest);
            };
        if (settings.stochastic) {
          Floats.add(result, step.deviation(), noise.next(sample.length));
        }
        return result;
      }
    };
  }

  /** The order of a step, if as many images are known. */
  private int order(int index) {
    boolean few = settings.lowerOrderFinal && schedule.steps() < MANY_STEPS;
    boolean last = index == schedule.steps() - 1;
    if (last && (settings.eulerAtFinal || few || settings.end == End.ZERO)) {
      return 1;
    }
    boolean lastButOne = index == schedule.steps() - 2;
    return lastButOne && few ? Math.min(settings.order, 2) : settings.order;
  }
}
