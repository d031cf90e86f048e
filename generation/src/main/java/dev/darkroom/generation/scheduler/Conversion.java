package dev.darkroom.generation.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.TreeMap;

/** Turns the configuration of one scheduler into that of another over the same noise schedule. */
final class Conversion {
  private static final String FLOW_CLASSES = "FlowMatch";
  private static final String FLOW_PREDICTION = "flow_prediction";

  private Conversion() {}

  static Map<String, JsonNode> convert(
      String source, String className, Map<String, JsonNode> from, SamplerKind sampler) {
    Map<String, JsonNode> values = new TreeMap<>(from);
    if (sampler == SamplerKind.SA_SOLVER || className.equals(SamplerKind.SA_SOLVER.className())) {
      // The same key with other names: diffusers would stop at them.
      values.remove("algorithm_type");
    }
    boolean flow = className.startsWith(FLOW_CLASSES);
    return switch (sampler) {
      case FLOW_MATCH_EULER -> flow ? values : toFlow(source, className, values);
      case DDPM, DDIM -> {
        if (flow) {
          throw mismatch(source, className, sampler);
        }
        yield values;
      }
      case DPM_SOLVER_MULTISTEP, SA_SOLVER -> flow ? fromFlow(values) : values;
    };
  }

  private static Map<String, JsonNode> toFlow(
      String source, String className, Map<String, JsonNode> values) {
    ConfigValues read = new ConfigValues(values);
    if (!read.at("use_flow_sigmas").asBoolean()
        || !read.at("prediction_type").asText().equals(FLOW_PREDICTION)) {
      throw mismatch(source, className, SamplerKind.FLOW_MATCH_EULER);
    }
    JsonNode shift = read.at("flow_shift");
    values.put("shift", shift.isMissingNode() ? IntNode.valueOf(1) : shift);
    return values;
  }

  private static Map<String, JsonNode> fromFlow(Map<String, JsonNode> values) {
    JsonNode shift = new ConfigValues(values).at("shift");
    values.put("flow_shift", shift.isMissingNode() ? IntNode.valueOf(1) : shift);
    values.put("use_flow_sigmas", BooleanNode.TRUE);
    values.put("prediction_type", TextNode.valueOf(FLOW_PREDICTION));
    return values;
  }

  private static SchedulerException mismatch(String source, String className, SamplerKind sampler) {
    return new SchedulerException(
        "%s is for '%s', and %s can't sample its noise schedule: one is for flow matching and the other is not"
            .formatted(source, className, sampler.className()));
  }
}
