package dev.darkroom.generation;

import ai.onnxruntime.OrtException;
import dev.darkroom.generation.scheduler.Scheduler;
import dev.darkroom.generation.scheduler.SchedulerConfig;
import dev.darkroom.models.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws batches with one set of parameters. */
final class BatchSampler {
  private final PipelineParts parts;
  private final Scheduler scheduler;
  private final Optional<MinorityGuidance> minority;
  private final LatentShape shape;
  private final SamplingParameters parameters;

  /**
   * @param sampling the sampler that the parameters ask for
   */
  BatchSampler(
      PipelineParts parts,
      SchedulerConfig sampling,
      LatentShape shape,
      SamplingParameters parameters) {
    this.parts = parts;
    this.scheduler = sampling.scheduler(parameters.steps());
    this.minority =
        parameters.minority() > 0
            ? Optional.of(new MinorityGuidance(sampling.noising(), parameters.minority()))
            : Optional.empty();
    this.shape = shape;
    this.parameters = parameters;
  }

  /** One outcome for each request, in their order. */
  List<SampleOutcome> sample(List<SampleRequest> requests, SamplingProgress progress) {
    long start = System.nanoTime();
    List<Drawn> drawn = attempt(requests, progress);
    long millis = (System.nanoTime() - start) / 1_000_000 / requests.size();
    return drawn.stream().map(image -> outcome(image, millis)).toList();
  }

  private List<Drawn> attempt(List<SampleRequest> requests, SamplingProgress progress) {
    try {
      return draw(requests, progress);
    } catch (OrtException | IllegalArgumentException | ModelException e) {
      if (requests.size() == 1) {
        String message = "the model failed on this request: " + e.getMessage();
        return List.of(
            new Drawn(
                requests.get(0),
                Optional.empty(),
                new float[0],
                Optional.of(new Problem(SampleFailure.Type.MODEL_ERROR, message))));
      }
    }
    List<Drawn> drawn = new ArrayList<>();
    requests.forEach(request -> drawn.addAll(attempt(List.of(request), progress)));
    return drawn;
  }

  /**
   * Draws a batch.
   *
   * @return for each request 3 x height x width values around [-1, 1], or what went wrong
   */
  List<Drawn> draw(List<SampleRequest> requests, SamplingProgress progress) throws OrtException {
    List<ImageRow> rows = new ArrayList<>();
    for (SampleRequest request : requests) {
      TextEmbedding prompt = parts.text().encode(request.prompt());
      Optional<TextEmbedding> negative =
          parameters.isGuided()
              ? Optional.of(parts.text().encode(request.negativePrompt()))
              : Optional.empty();
      rows.add(new ImageRow(request, prompt, negative, scheduler, shape));
    }
    new DenoisingLoop(parts.denoiser(), scheduler, shape, parameters.guidanceScale(), minority)
        .run(rows, progress);
    List<Drawn> drawn = new ArrayList<>();
    for (ImageRow row : rows) {
      drawn.add(decode(row));
    }
    return drawn;
  }

  private Drawn decode(ImageRow row) throws OrtException {
    float[] pixels = row.latent();
    if (row.isSound() && parts.decoder().isPresent()) {
      pixels = parts.decoder().get().decode(row.latent(), shape);
      row.checkFinite(pixels, "the image", "after decoding");
    }
    return new Drawn(
        row.request(),
        Optional.of(row),
        pixels,
        row.failure().map(message -> new Problem(SampleFailure.Type.NOT_FINITE, message)));
  }

  private SampleOutcome outcome(Drawn image, long millis) {
    if (image.problem().isPresent()) {
      Problem problem = image.problem().get();
      return new SampleFailure(image.request(), problem.type(), problem.message(), millis);
    }
    ImageRow row = image.row().orElseThrow();
    return new Sample(
        image.request(),
        RgbConversion.bytes(image.pixels()),
        shape.imageWidth(),
        shape.imageHeight(),
        row.prompt().tokens().truncated(),
        row.negative().map(negative -> negative.tokens().truncated()).orElse(false),
        millis);
  }

  /**
   * What became of a request, before its pixels are bytes.
   *
   * @param row none where the model failed
   * @param pixels of no meaning where there is a problem
   */
  record Drawn(
      SampleRequest request, Optional<ImageRow> row, float[] pixels, Optional<Problem> problem) {}

  /** Why there is no image. */
  record Problem(SampleFailure.Type type, String message) {}
}
