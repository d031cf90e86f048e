package dev.darkroom.generation.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SchedulerConfigTest {
  private static final String PNDM =
      """
      {"_class_name": "PNDMScheduler", "_diffusers_version": "0.6.0", "beta_end": 0.012,
       "beta_schedule": "scaled_linear", "beta_start": 0.00085, "num_train_timesteps": 1000,
       "set_alpha_to_one": false, "skip_prk_steps": true, "steps_offset": 1,
       "trained_betas": null, "clip_sample": false}
      """;

  @TempDir Path folder;

  @Test
  void namesEveryUnknownKeyAndEveryValueThatIsNotSupported() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    {"_class_name": "DPMSolverMultistepScheduler", "_anything": [1], "betta_end": 0.1,
                     "gamma": null, "use_lu_lambdas": true, "algorithm_type": "dpmsolver",
                     "solver_order": 4, "prediction_type": "noise", "beta_schedule": "sigmoid",
                     "lower_order_final": "yes", "num_train_timesteps": 0,
                     "timestep_spacing": "even"}
                    """))
        .isInstanceOf(SchedulerException.class)
        .hasMessageContaining("scheduler_config.json")
        .hasMessageContaining("betta_end is no key")
        .hasMessageContaining("gamma is no key")
        .hasMessageContaining("use_lu_lambdas is true")
        .hasMessageContaining("algorithm_type is \"dpmsolver\"")
        .hasMessageContaining("solver_order is 4")
        .hasMessageContaining("prediction_type is \"noise\"")
        .hasMessageContaining("beta_schedule is \"sigmoid\": known are linear, scaled_linear")
        .hasMessageContaining("lower_order_final is \"yes\"")
        .hasMessageContaining("num_train_timesteps is 0")
        .hasMessageContaining("timestep_spacing is \"even\": known are leading, linspace, trailing")
        .hasMessageNotContaining("_anything");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FlowMatchEulerDiscreteScheduler | use_dynamic_shifting | true",
        "FlowMatchEulerDiscreteScheduler | shift_terminal | 0.1",
        "FlowMatchEulerDiscreteScheduler | invert_sigmas | true",
        "FlowMatchEulerDiscreteScheduler | stochastic_sampling | true",
        "FlowMatchEulerDiscreteScheduler | shift | 0",
        "DPMSolverMultistepScheduler | use_exponential_sigmas | true",
        "DPMSolverMultistepScheduler | use_beta_sigmas | true",
        "DPMSolverMultistepScheduler | prediction_type | \"flow_prediction\"",
        "SASolverScheduler | beta_end | 1",
        "DPMSolverMultistepScheduler | beta_end | 1",
        "SASolverScheduler | algorithm_type | \"noise_prediction\"",
        "SASolverScheduler | corrector_order | 5",
        "SASolverScheduler | rescale_betas_zero_snr | true",
        "DDIMScheduler | prediction_type | \"flow_prediction\"",
        "DDIMScheduler | trained_betas | [0.1, 0.2]",
        "DDPMScheduler | variance_type | \"fixed\"",
        "DDPMScheduler | thresholding | 1",
      })
  void namesWhatIsNotSupported(String kind, String key, String value) {
    assertThatThrownBy(
            () -> read("{\"_class_name\": \"%s\", \"%s\": %s}".formatted(kind, key, value)))
        .isInstanceOf(SchedulerException.class)
        .hasMessageContaining(key + " is " + value.replace(" ", ""));
  }

  @ParameterizedTest
  @EnumSource(SamplerKind.class)
  void passesOverFalseFlagsAndKeysOfOtherSchedulers(SamplerKind kind) throws IOException {
    SchedulerConfig config =
        read(
            """
            {"_class_name": "%s", "skip_prk_steps": true, "interpolation_type": "linear",
             "use_dynamic_shifting": false, "use_beta_sigmas": false, "shift_terminal": null,
             "use_exponential_sigmas": false, "base_shift": 0.5, "max_shift": 1.15}
            """
                .formatted(kind.className()));
    assertThat(config.kind()).contains(kind);
    assertThat(config.scheduler(7).timesteps()).hasSize(7);
  }

  @Test
  void aSchedulerThatIsNotKnownCanOnlyBeReplaced() throws IOException {
    SchedulerConfig config = read(PNDM);
    assertThat(config.kind()).isEmpty();
    assertThatThrownBy(() -> config.scheduler(20))
        .isInstanceOf(SchedulerException.class)
        .hasMessageContaining("'PNDMScheduler'")
        .hasMessageContaining("DPMSolverMultistepScheduler")
        .hasMessageContaining("FlowMatchEulerDiscreteScheduler");
    SchedulerConfig replaced = config.with(SamplerKind.DPM_SOLVER_MULTISTEP);
    assertThat(replaced.kind()).contains(SamplerKind.DPM_SOLVER_MULTISTEP);
    assertThat(replaced.scheduler(20).timesteps()).hasSize(20);
  }

  @Test
  void flowMatchingAndNoiseSchedulesAreNotMixed() throws IOException {
    assertThatThrownBy(() -> read(PNDM).with(SamplerKind.FLOW_MATCH_EULER))
        .isInstanceOf(SchedulerException.class)
        .hasMessageContaining("FlowMatchEulerDiscreteScheduler can't sample its noise schedule");
    SchedulerConfig flow =
        read("{\"_class_name\": \"FlowMatchEulerDiscreteScheduler\", \"shift\": 3.0}");
    for (SamplerKind kind : new SamplerKind[] {SamplerKind.DDPM, SamplerKind.DDIM}) {
      assertThatThrownBy(() -> flow.with(kind)).isInstanceOf(SchedulerException.class);
      assertThatThrownBy(() -> flow.with(SamplerKind.DPM_SOLVER_MULTISTEP).with(kind))
          .isInstanceOf(SchedulerException.class)
          .hasMessageContaining("flow_prediction");
    }
    SchedulerConfig andBack =
        flow.with(SamplerKind.SA_SOLVER)
            .with(SamplerKind.DPM_SOLVER_MULTISTEP)
            .with(SamplerKind.FLOW_MATCH_EULER);
    assertThat(andBack.scheduler(9).timesteps()).isEqualTo(flow.scheduler(9).timesteps());
  }

  @Test
  void readsMinusInfinity() throws IOException {
    SchedulerConfig config =
        read("{\"_class_name\": \"SASolverScheduler\", \"lambda_min_clipped\": -Infinity}");
    assertThat(config.scheduler(10).timesteps()).hasSize(10);
  }

  @Test
  void saysWhatIsWrongWithTheFile() throws IOException {
    assertThatThrownBy(() -> SchedulerConfig.read(folder.resolve("none.json")))
        .isInstanceOf(SchedulerException.class)
        .hasMessageContaining("none.json is missing");
    assertThatThrownBy(() -> read("{"))
        .isInstanceOf(SchedulerException.class)
        .hasMessageContaining("is no JSON");
    assertThatThrownBy(() -> read("[1]"))
        .isInstanceOf(SchedulerException.class)
        .hasMessageContaining("is no JSON object");
    assertThatThrownBy(() -> read("{}").scheduler(3))
        .isInstanceOf(SchedulerException.class)
        .hasMessageContaining("''");
  }

  @ParameterizedTest
  @EnumSource(SamplerKind.class)
  void refusesImpossibleNumbersOfSteps(SamplerKind kind) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    SchedulerConfig config =
        SchedulerConfig.of(
            json.put("_class_name", kind.className()).put("num_train_timesteps", 50));
    for (int steps : new int[] {Integer.MIN_VALUE, 0, 51}) {
      assertThatThrownBy(() -> config.scheduler(steps))
          .isInstanceOf(SchedulerException.class)
          .hasMessageContaining(steps + " steps")
          .hasMessageContaining("1 to 50");
    }
  }

  @Test
  void refusesTimestepsThatTheModelDoesNotKnow() throws IOException {
    SchedulerConfig config = read("{\"_class_name\": \"DDIMScheduler\", \"steps_offset\": 1}");
    assertThatThrownBy(() -> config.scheduler(1000))
        .isInstanceOf(SchedulerException.class)
        .hasMessageContaining("timestep 1000 is not one of the 1000");
    SchedulerConfig solver = read("{\"_class_name\": \"DPMSolverMultistepScheduler\"}");
    assertThatThrownBy(() -> solver.scheduler(1000))
        .isInstanceOf(SchedulerException.class)
        .hasMessageContaining("would come twice");
  }

  @Test
  void refusesToTellTheImageFromNothingButNoise() throws IOException {
    SchedulerConfig config =
        read(
            """
            {"_class_name": "DDIMScheduler", "rescale_betas_zero_snr": true,
             "timestep_spacing": "trailing"}
            """);
    assertThatThrownBy(() -> config.scheduler(10))
        .isInstanceOf(SchedulerException.class)
        .hasMessageContaining("timestep 999")
        .hasMessageContaining("v_prediction");
  }

  @Test
  void etaIsForDdim() throws IOException {
    SchedulerConfig ddim = read("{\"_class_name\": \"DDIMScheduler\"}");
    assertThat(ddim.withEta(0.5)).hasToString("DDIMScheduler{} eta 0.5");
    assertThatIllegalArgumentException().isThrownBy(() -> ddim.withEta(1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> ddim.withEta(Double.NaN));
    assertThatThrownBy(() -> ddim.with(SamplerKind.DDPM).withEta(0.5))
        .isInstanceOf(SchedulerException.class)
        .hasMessageContaining("DDPMScheduler");
  }

  private SchedulerConfig read(String json) throws IOException {
    return SchedulerConfig.read(Files.writeString(folder.resolve("scheduler_config.json"), json));
  }
}
