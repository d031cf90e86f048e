package dev.darkroom.recaption.llava;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.models.JsonFile;
import dev.darkroom.recaption.image.ResamplingFilter;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code preprocessor_config.json} says, as transformers' image processors read it.
 *
 * @param padding the colour, three bytes, that first makes the image a square, where anything does
 * @param resize what it is resized to, where it is
 * @param filter for resizing
 * @param crop what is cut out of the middle, where anything is; smaller images get a black border
 * @param rescaleFactor that samples are multiplied by; 1 where they are not
 * @param mean subtracted per channel, three values; 0 where samples are not normalised
 * @param deviation divided by per channel, three values; 1 where samples are not normalised
 */
record ImageProcessorConfig(
    Optional<byte[]> padding,
    Optional<Resize> resize,
    ResamplingFilter filter,
    Optional<Size> crop,
    double rescaleFactor,
    double[] mean,
    double[] deviation) {

  private static final double[] CLIP_MEAN = {0.48145466, 0.4578275, 0.40821073};
  private static final double[] CLIP_DEVIATION = {0.26862954, 0.26130258, 0.27577711};
  private static final double[] HALF = {0.5, 0.5, 0.5};
  private static final int CLIP_SIZE = 224;
  private static final int ONEVISION_SIZE = 384;

  /** Rows and columns. */
  record Size(int height, int width) {}

  /** What an image is resized to. */
  sealed interface Resize {
    /** Exactly this size, whatever becomes of the proportions. */
    record Exact(Size size) implements Resize {}

    /** The shorter side becomes this long, and the proportions stay. */
    record ShortestEdge(int length) implements Resize {}
  }

  /** The image processors whose arithmetic is known here. */
  private enum Kind {
    CLIP,
    LLAVA,
    SIGLIP,
    ONEVISION
  }

  /** The size of every processed image, where there is one for all. */
  Optional<Size> outputSize() {
    if (crop.isPresent()) {
      return crop;
    }
    return resize.flatMap(
        target -> {
          if (target instanceof Resize.Exact exact) {
            return Optional.of(exact.size());
          }
          int edge = ((Resize.ShortestEdge) target).length();
          return padding.isPresent() ? Optional.of(new Size(edge, edge)) : Optional.empty();
        });
  }

  /** Reads the configuration of a model folder. */
  static ImageProcessorConfig read(Path folder) {
    return parse(file(folder));
  }

  private static JsonFile file(Path folder) {
    Optional<JsonFile> own = JsonFile.readIfPresent(folder.resolve("preprocessor_config.json"));
    if (own.isPresent()) {
      return own.get();
    }
    Optional<JsonFile> joint =
        JsonFile.readIfPresent(folder.resolve("processor_config.json"))
            .map(file -> file.part("image_processor"))
            .filter(part -> part.root().isObject());
    return joint.orElseGet(() -> ModelFiles.description(folder, "preprocessor_config.json"));
  }

  static ImageProcessorConfig parse(JsonFile file) {
    Kind kind = kind(file);
    boolean cropped =
        (kind == Kind.CLIP || kind == Kind.LLAVA) && flag(file, "do_center_crop", true);
    boolean normalized = flag(file, "do_normalize", true);
    boolean rescaled = flag(file, "do_rescale", true);
    double[] mean = triple(file, "image_mean", clipLike(kind) ? CLIP_MEAN : HALF);
    return new ImageProcessorConfig(
        kind == Kind.LLAVA && flag(file, "do_pad", false)
            ? Optional.of(color(mean))
            : Optional.empty(),
        flag(file, "do_resize", true) ? Optional.of(resize(file, kind)) : Optional.empty(),
        filter(file),
        cropped ? Optional.of(crop(file)) : Optional.empty(),
        rescaled ? file.at("rescale_factor").asDouble(1 / 255.0) : 1,
        normalized ? mean : new double[3],
        normalized
            ? triple(file, "image_std", clipLike(kind) ? CLIP_DEVIATION : HALF)
            : new double[] {1, 1, 1});
  }

  private static byte[] color(double[] mean) {
    byte[] color = new byte[mean.length];
    for (int i = 0; i < color.length; i++) {
      color[i] = (byte) (int) (mean[i] * 255);
    }
    return color;
  }

  private static boolean clipLike(Kind kind) {
    return kind != Kind.SIGLIP;
  }

  private static Kind kind(JsonFile file) {
    String name =
        file.text("image_processor_type").or(() -> file.text("feature_extractor_type")).orElse("");
    return switch (name) {
      case "CLIPImageProcessor", "CLIPImageProcessorFast", "CLIPFeatureExtractor" -> Kind.CLIP;
      case "LlavaImageProcessor", "LlavaImageProcessorFast" -> Kind.LLAVA;
      case "SiglipImageProcessor", "SiglipImageProcessorFast" -> Kind.SIGLIP;
      case "LlavaOnevisionImageProcessor", "LlavaOnevisionImageProcessorFast" -> Kind.ONEVISION;
      default ->
          throw file.fault(
              "image_processor_type",
              "is '%s', and only CLIP's, SigLIP's, LLaVA's and LLaVA-OneVision's image processors are known"
                  .formatted(name));
    };
  }

  private static boolean flag(JsonFile file, String field, boolean absent) {
    return file.at(field).asBoolean(absent);
  }

  private static ResamplingFilter filter(JsonFile file) {
    int code = file.integer("resample").orElse(3);
    return ResamplingFilter.ofCode(code)
        .orElseThrow(
            () ->
                file.fault(
                    "resample",
                    "is %d; known are 1 (Lanczos), 2 (bilinear), 3 (bicubic) and 4 (box)"
                        .formatted(code)));
  }

  private static Resize resize(JsonFile file, Kind kind) {
    JsonNode size = file.at("size");
    if (size.isMissingNode()) {
      return switch (kind) {
        case CLIP, LLAVA -> new Resize.ShortestEdge(CLIP_SIZE);
        case SIGLIP -> new Resize.Exact(new Size(CLIP_SIZE, CLIP_SIZE));
        case ONEVISION -> new Resize.Exact(new Size(ONEVISION_SIZE, ONEVISION_SIZE));
      };
    }
    if (size.isInt()) {
      return new Resize.ShortestEdge(positive(file, "size", size));
    }
    if (size.has("shortest_edge")) {
      int edge = positive(file, "size", size.get("shortest_edge"));
      return kind == Kind.ONEVISION
          ? new Resize.Exact(new Size(edge, edge))
          : new Resize.ShortestEdge(edge);
    }
    return new Resize.Exact(sides(file, "size", size));
  }

  private static Size crop(JsonFile file) {
    JsonNode size = file.at("crop_size");
    if (size.isMissingNode()) {
      return new Size(CLIP_SIZE, CLIP_SIZE);
    }
    if (size.isInt()) {
      int side = positive(file, "crop_size", size);
      return new Size(side, side);
    }
    return sides(file, "crop_size", size);
  }

  private static Size sides(JsonFile file, String field, JsonNode size) {
    return new Size(
        positive(file, field, size.path("height")), positive(file, field, size.path("width")));
  }

  private static int positive(JsonFile file, String field, JsonNode value) {
    if (!value.isInt() || value.intValue() < 1) {
      throw file.fault(
          field,
          "is %s; expected a positive number, or height and width".formatted(file.at(field)));
    }
    return value.intValue();
  }

  private static double[] triple(JsonFile file, String field, double[] absent) {
    JsonNode value = file.at(field);
    if (value.isMissingNode()) {
      return absent.clone();
    }
    double[] result = new double[3];
    for (int i = 0; i < result.length; i++) {
      JsonNode element = value.isArray() ? value.path(i) : value;
      if (!element.isNumber()) {
        throw file.fault(field, "is %s; expected three numbers".formatted(value));
      }
      result[i] = element.doubleValue();
    }
    return result;
  }
}
