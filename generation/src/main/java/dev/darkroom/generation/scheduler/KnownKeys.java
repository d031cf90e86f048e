package dev.darkroom.generation.scheduler;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The keys of the schedulers of diffusers 0.35 that can take over from each other, and of its
 * flow-matching ones. EDM's own keys are left out: its noise schedule is another.
 */
final class KnownKeys {
  private static final Set<String> NAMES =
      Set.of(
          "algorithm_type",
          "base_image_seq_len",
          "base_shift",
          "beta_end",
          "beta_schedule",
          "beta_start",
          "clip_sample",
          "clip_sample_range",
          "corrector_order",
          "disable_corrector",
          "dynamic_thresholding_ratio",
          "euler_at_final",
          "final_sigmas_type",
          "flow_shift",
          "interpolation_type",
          "invert_sigmas",
          "lambda_min_clipped",
          "lower_order_final",
          "max_image_seq_len",
          "max_shift",
          "num_train_timesteps",
          "predict_x0",
          "prediction_type",
          "predictor_order",
          "rescale_betas_zero_snr",
          "sample_max_value",
          "set_alpha_to_one",
          "shift",
          "shift_terminal",
          "sigma_max",
          "sigma_min",
          "skip_prk_steps",
          "solver_order",
          "solver_p",
          "solver_type",
          "steps_offset",
          "stochastic_sampling",
          "tau_func",
          "thresholding",
          "time_shift_type",
          "timestep_spacing",
          "timestep_type",
          "trained_betas",
          "use_beta_sigmas",
          "use_dynamic_shifting",
          "use_exponential_sigmas",
          "use_flow_sigmas",
          "use_karras_sigmas",
          "use_lu_lambdas",
          "variance_type");

  private KnownKeys() {}

  /** An error for each key that no scheduler has. */
  static List<String> unknown(Collection<String> keys) {
    return keys.stream()
        .filter(key -> !NAMES.contains(key))
        .map(key -> key + " is no key of a scheduler that is known here")
        .toList();
  }
}
