package dev.darkroom.generation.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.generation.noise.TorchNoise;
import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SchedulerProperties {

  @Property(tries = 300)
  void timestepsFall(
      @ForAll SamplerKind kind,
      @ForAll Timesteps spacing,
      @ForAll @IntRange(min = 1, max = 400) int steps,
      @ForAll @IntRange(max = 1) int offset,
      @ForAll @IntRange(min = 802, max = 1000) int training) {
    ObjectNode json =
        config(kind, spacing).put("steps_offset", offset).put("num_train_timesteps", training);
    double[] timesteps = SchedulerConfig.of(json).scheduler(steps).timesteps();
    assertThat(timesteps).hasSize(steps);
    for (int i = 0; i < steps; i++) {
      assertThat(timesteps[i]).isBetween(0.0, (double) training);
      assertThat(i == 0 || timesteps[i] < timesteps[i - 1]).isTrue();
      assertThat(timesteps[i] == Math.rint(timesteps[i]) || kind == SamplerKind.FLOW_MATCH_EULER)
          .isTrue();
    }
  }

  @Property(tries = 100)
  void stepsLeaveTheirInputsAloneAndRepeatThemselves(
      @ForAll SamplerKind kind,
      @ForAll Timesteps spacing,
      @ForAll @IntRange(min = 1, max = 30) int steps,
      @ForAll @IntRange(max = 1000) int seed,
      @ForAll @IntRange(min = 1, max = 70) int length) {
    Scheduler scheduler = SchedulerConfig.of(config(kind, spacing)).scheduler(steps);
    TorchNoise noise = new TorchNoise(seed);
    TorchNoise noiseAgain = new TorchNoise(seed);
    float[] sample = noise.next(length);
    assertThat(noiseAgain.next(length)).isEqualTo(sample);
    Stepper stepper = scheduler.start(noise);
    Stepper again = scheduler.start(noiseAgain);
    Stepper other = scheduler.start(new TorchNoise(seed + 1));
    for (int i = 0; i < steps; i++) {
      float[] output = sample.clone();
      Arrays.sort(output);
      float[] outputBefore = output.clone();
      float[] before = sample.clone();
      float[] next = stepper.step(output, sample);
      assertThat(sample).isEqualTo(before);
      assertThat(output).isEqualTo(outputBefore);
      // Another image in between changes nothing.
      other.step(new float[length], new float[length]);
      assertThat(again.step(output, sample)).isEqualTo(next);
      sample = next;
    }
  }

  private static ObjectNode config(SamplerKind kind, Timesteps spacing) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("_class_name", kind.className())
        .put("timestep_spacing", spacing.name().toLowerCase(Locale.ROOT));
  }
}
