package dev.darkroom.generation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.generation.scheduler.SamplerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The tiny pipelines and what diffusers drew with them. */
final class Pipelines {
  static final PipelineOptions OPTIONS = PipelineOptions.DEFAULT.withThreads(1);

  private Pipelines() {}

  /**
   * What diffusers drew in one call.
   *
   * @param images for each request height x width x 3 values from 0 to 1
   */
  record Golden(List<SampleRequest> requests, SamplingParameters parameters, float[][] images) {}

  static Path model(String name) {
    return resource(name).resolve("model");
  }

  private static Path resource(String name) {
    try {
      return Path.of(Pipelines.class.getResource("pipelines/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static DiffusionPipeline load(String name) {
    return DiffusionPipeline.load(model(name), OPTIONS);
  }

  static List<Golden> goldens(String name) {
    try {
      List<Golden> goldens = new ArrayList<>();
      Path folder = resource(name);
      for (JsonNode node : new ObjectMapper().readTree(folder.resolve("cases.json").toFile())) {
        byte[] bytes =
            Files.readAllBytes(folder.resolve("images-%d.f32".formatted(goldens.size())));
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        goldens.add(golden(node, values));
      }
      return goldens;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Golden golden(JsonNode node, float[] values) {
    List<SampleRequest> requests = new ArrayList<>();
    int count = node.get("prompts").size();
    float[][] images = new float[count][];
    for (int i = 0; i < count; i++) {
      requests.add(
          new SampleRequest(
              node.get("prompts").get(i).textValue(),
              node.get("negatives").get(i).textValue(),
              node.get("seeds").get(i).longValue()));
      int size = values.length / count;
      images[i] = Arrays.copyOfRange(values, i * size, (i + 1) * size);
    }
    Optional<SamplerKind> sampler =
        Arrays.stream(SamplerKind.values())
            .filter(kind -> kind.className().equals(node.path("sampler").asText()))
            .findFirst();
    return new Golden(
        requests,
        new SamplingParameters(
            node.get("steps").intValue(),
            node.get("guidance").doubleValue(),
            node.get("width").intValue(),
            node.get("height").intValue(),
            sampler,
            node.path("eta").asDouble(0),
            0),
        images);
  }

  static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }
}
