package dev.darkroom.udfs.caption;

import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.recaption.endpoint.OpenAiCaptioner;
import dev.darkroom.udfs.gpu.GpuAssignment;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * An endpoint that runs somewhere else, and is asked by all executors.
 *
 * @param url the base of its API, such as {@code http://host:8000/v1}
 * @param settings how to ask it
 */
public record EndpointSource(URI url, EndpointSettings settings) implements CaptionerSource {
  @Override
  public CaptionerLease open(GpuAssignment gpus, Configuration hadoop) {
    return CaptionerPool.lease(
        toString(), url.getAuthority(), () -> new OpenAiCaptioner(url, settings.options()));
  }

  @Override
  public List<String> problems(DecodingParameters parameters) {
    List<String> problems = new ArrayList<>(EndpointSettings.problems(parameters));
    OpenAiCaptioner.keyProblem(url, settings.options(), System.getenv()).ifPresent(problems::add);
    return problems;
  }
}
