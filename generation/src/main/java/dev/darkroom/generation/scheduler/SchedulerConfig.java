package dev.darkroom.generation.scheduler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A {@code scheduler_config.json} as diffusers 0.35 reads it.
 *
 * <p>Keys that start with {@code _} and keys of diffusers' other schedulers are passed over, as
 * diffusers passes them over; any other unknown key, and any value that is not supported here, is
 * an error that names all of them. A configuration of a scheduler that is not known here can be
 * read, and used {@linkplain #with with another sampler}.
 */
public final class SchedulerConfig {
  // Python writes infinities, as lambda_min_clipped is by default.
  private static final ObjectReader READER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build().reader();

  private final String source;
  private final String className;
  private final Map<String, JsonNode> values;
  private final double eta;
  private final Optional<SamplerKind> kind;
  private final Optional<SamplerSettings> settings;

  private SchedulerConfig(
      String source, String className, Map<String, JsonNode> values, double eta) {
    this.source = source;
    this.className = className;
    this.values = values;
    this.eta = eta;
    this.kind = SamplerKind.ofClassName(className);
    ConfigValues checked = new ConfigValues(values);
    this.settings = kind.map(known -> settings(known, checked, eta));
    List<String> problems = new ArrayList<>(KnownKeys.unknown(values.keySet()));
    problems.addAll(checked.problems());
    if (!problems.isEmpty()) {
      throw new SchedulerException(
          "%s can't be used: %s".formatted(source, String.join("; ", problems)));
    }
  }

  /**
   * Reads a file.
   *
   * @throws SchedulerException if it is missing or no JSON object, or has keys or values that are
   *     not supported
   */
  public static SchedulerConfig read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new SchedulerException(
          "%s is missing; give the folder of a model in the layout of diffusers".formatted(file));
    }
    try {
      return of(file.toString(), READER.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      throw new SchedulerException(
          "%s is no JSON: %s; fetch or export the model again"
              .formatted(file, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the content of a file.
   *
   * @throws SchedulerException if it is no object or has keys or values that are not supported
   */
  public static SchedulerConfig of(JsonNode config) {
    return of("the scheduler's configuration", config);
  }

  private static SchedulerConfig of(String source, JsonNode config) {
    if (!config.isObject()) {
      throw new SchedulerException(source + " is no JSON object; fetch or export the model again");
    }
    Map<String, JsonNode> values = new TreeMap<>();
    config
        .properties()
        .forEach(
            property -> {
              if (!property.getKey().startsWith("_")) {
                values.put(property.getKey(), property.getValue());
              }
            });
    return new SchedulerConfig(source, config.path("_class_name").asText(""), values, 0);
  }

  /** The sampler that the configuration names, where it is known here. */
  public Optional<SamplerKind> kind() {
    return kind;
  }

  /**
   * The same noise schedule for another sampler, as diffusers' {@code from_config} makes it: keys
   * that both have keep their values, and the others take the new sampler's defaults.
   *
   * <p>From flow matching to DPM-Solver and SA-Solver, and back, the shift is carried over.
   *
   * @throws SchedulerException if the sampler does not support this schedule
   */
  public SchedulerConfig with(SamplerKind sampler) {
    if (className.equals(sampler.className())) {
      return this;
    }
    return new SchedulerConfig(
        source, sampler.className(), Conversion.convert(source, className, values, sampler), 0);
  }

  /**
   * The same configuration with noise in the steps of DDIM: {@code eta} of its equation 16, which
   * diffusers takes with each call.
   *
   * @param value from 0, no noise, to 1, that of DDPM
   * @throws SchedulerException if the sampler is not DDIM
   * @throws IllegalArgumentException if the value is outside that range
   */
  public SchedulerConfig withEta(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("eta is %s; expected 0 to 1".formatted(value));
    }
    if (!kind.equals(Optional.of(SamplerKind.DDIM))) {
      throw new SchedulerException(
          "eta is for DDIMScheduler, and %s is for %s; leave eta out or choose DDIM"
              .formatted(source, className));
    }
    return new SchedulerConfig(source, className, values, value);
  }

  /**
   * Makes the sampler.
   *
   * @param steps how often the model is asked, from 1 to the number of training timesteps
   * @throws SchedulerException if the number of steps or the scheduler of the configuration is not
   *     supported
   */
  public Scheduler scheduler(int steps) {
    SamplerSettings known =
        settings.orElseThrow(
            () ->
                new SchedulerException(
                    "%s is for '%s', which is not supported; choose one of %s instead"
                        .formatted(source, className, SamplerKind.classNames())));
    if (steps < 1 || steps > known.trainingTimesteps()) {
      throw new SchedulerException(
          "%d steps can't be taken; %s allows 1 to %d"
              .formatted(steps, source, known.trainingTimesteps()));
    }
    return known.scheduler(steps);
  }

  /** The sampler's class name and every key, in order: equal where samples are equal. */
  @Override
  public String toString() {
    return className + values + (eta == 0 ? "" : " eta " + eta);
  }

  private static SamplerSettings settings(SamplerKind kind, ConfigValues values, double eta) {
    return switch (kind) {
      case DDPM, DDIM, DPM_SOLVER_MULTISTEP, SA_SOLVER ->
          throw new SchedulerException(kind.className() + " comes later; eta " + eta);
      case FLOW_MATCH_EULER -> FlowMatchEuler.read(values);
    };
  }
}
