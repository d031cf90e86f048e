package dev.darkroom.recaption.llava;

import dev.darkroom.models.ModelException;
import dev.darkroom.recaption.image.Resampler;
import dev.darkroom.recaption.image.RgbImage;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/**
 * Turns an RGB image into what a vision tower takes, with the very values that transformers' image
 * processors over Pillow give. Immutable and thread-safe.
 *
 * <p>Follows CLIPImageProcessor, SiglipImageProcessor, LlavaImageProcessor, and of
 * LlavaOnevisionImageProcessor the base view. Images are taken as height x width x channels, also
 * where transformers would guess otherwise (one or three pixels high).
 */
public final class ImageProcessor {
  private static final int LEVELS = 256;

  private final ImageProcessorConfig config;
  private final ImageProcessorConfig.Size size;
  private final float[][] values;

  private ImageProcessor(ImageProcessorConfig config, ImageProcessorConfig.Size size) {
    this.config = config;
    this.size = size;
    this.values = values(config);
  }

  /**
   * The processor that the {@code preprocessor_config.json} of a model folder describes.
   *
   * @throws ModelException where the file is missing or asks for what is not known here
   */
  public static ImageProcessor read(Path folder) {
    return of(ImageProcessorConfig.read(folder));
  }

  static ImageProcessor of(ImageProcessorConfig config) {
    ImageProcessorConfig.Size size =
        config
            .outputSize()
            .orElseThrow(
                () ->
                    new ModelException(
                        "the image processor neither crops nor resizes to one size, so that images"
                            + " could not share a batch; set do_center_crop or a height and"
                            + " width"));
    return new ImageProcessor(config, size);
  }

  /** Rows of a processed image. */
  public int height() {
    return size.height();
  }

  /** Columns of a processed image. */
  public int width() {
    return size.width();
  }

  /** Floats of a processed image. */
  public int length() {
    return RgbImage.CHANNELS * height() * width();
  }

  /**
   * Processes an image.
   *
   * @param image of any size
   * @param target takes {@link #length()} floats, channel by channel and row by row; its position
   *     moves on by as many
   */
  public void process(RgbImage image, FloatBuffer target) {
    RgbImage shaped = shape(image);
    int plane = shaped.width() * shaped.height();
    byte[] samples = shaped.samples();
    float[] channelValues = new float[plane];
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      float[] lookup = values[channel];
      int in = channel;
      for (int i = 0; i < plane; i++) {
        channelValues[i] = lookup[samples[in] & 0xFF];
        in += RgbImage.CHANNELS;
      }
      target.put(channelValues);
    }
  }

  private RgbImage shape(RgbImage image) {
    RgbImage shaped = image;
    if (config.padding().isPresent()) {
      shaped = padToSquare(shaped, config.padding().get());
    }
    if (config.resize().isPresent()) {
      ImageProcessorConfig.Size target = resized(shaped, config.resize().get());
      shaped = Resampler.resize(shaped, target.width(), target.height(), config.filter());
    }
    return config.crop().isPresent() ? crop(shaped) : shaped;
  }

  private static ImageProcessorConfig.Size resized(
      RgbImage image, ImageProcessorConfig.Resize target) {
    if (target instanceof ImageProcessorConfig.Resize.Exact exact) {
      return exact.size();
    }
    int edge = ((ImageProcessorConfig.Resize.ShortestEdge) target).length();
    int shorter = Math.min(image.width(), image.height());
    int longer = (int) ((double) ((long) edge * Math.max(image.width(), image.height())) / shorter);
    return image.width() <= image.height()
        ? new ImageProcessorConfig.Size(longer, edge)
        : new ImageProcessorConfig.Size(edge, longer);
  }

  private static RgbImage padToSquare(RgbImage image, byte[] color) {
    if (image.width() == image.height()) {
      return image;
    }
    int side = Math.max(image.width(), image.height());
    RgbImage square = filled(side, color);
    copy(
        image,
        0,
        0,
        square,
        (side - image.width()) / 2,
        (side - image.height()) / 2,
        image.width(),
        image.height());
    return square;
  }

  private static RgbImage filled(int side, byte[] color) {
    byte[] samples = new byte[side * side * RgbImage.CHANNELS];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = color[i % RgbImage.CHANNELS];
    }
    return new RgbImage(side, side, samples);
  }

  private RgbImage crop(RgbImage image) {
    Span across = Span.of(image.width(), size.width());
    Span down = Span.of(image.height(), size.height());
    RgbImage cut =
        new RgbImage(
            size.width(),
            size.height(),
            new byte[size.width() * size.height() * RgbImage.CHANNELS]);
    copy(
        image,
        across.source(),
        down.source(),
        cut,
        across.target(),
        down.target(),
        across.length(),
        down.length());
    return cut;
  }

  private static void copy(
      RgbImage source,
      int sourceX,
      int sourceY,
      RgbImage target,
      int targetX,
      int targetY,
      int width,
      int height) {
    for (int y = 0; y < height; y++) {
      System.arraycopy(
          source.samples(),
          ((sourceY + y) * source.width() + sourceX) * RgbImage.CHANNELS,
          target.samples(),
          ((targetY + y) * target.width() + targetX) * RgbImage.CHANNELS,
          width * RgbImage.CHANNELS);
    }
  }

  /**
   * The part of a line that a crop around its middle takes.
   *
   * @param source where it begins in the line
   * @param target where it begins in the crop
   * @param length how long it is
   */
  private record Span(int source, int target, int length) {
    /**
     * Follows transformers' {@code center_crop}: the surplus in front is rounded down, and where
     * the line is too short the border in front is rounded up.
     */
    static Span of(int line, int crop) {
      if (line >= crop) {
        return new Span((line - crop) / 2, 0, crop);
      }
      return new Span(0, (crop - line + 1) / 2, line);
    }
  }

  private static float[][] values(ImageProcessorConfig config) {
    float[][] values = new float[RgbImage.CHANNELS][LEVELS];
    for (int channel = 0; channel < values.length; channel++) {
      float mean = (float) config.mean()[channel];
      float deviation = (float) config.deviation()[channel];
      for (int level = 0; level < LEVELS; level++) {
        float scaled = (float) (level * config.rescaleFactor());
        values[channel][level] = (scaled - mean) / deviation;
      }
    }
    return values;
  }
}
