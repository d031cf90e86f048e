package dev.darkroom.compression.flow;

import dev.darkroom.compression.RasterImage;
import java.util.List;

/** Moves pixels between interleaved 8-bit images and planar tensors. */
final class PixelCopy {
  private PixelCopy() {}

  /** The samples of equally large patches. */
  static FixedPointTensor gather(List<Patch> patches, List<RasterImage> images) {
    Patch first = patches.get(0);
    int channels = images.get(first.image()).channels();
    FixedPointTensor tensor =
        FixedPointTensor.zeros(channels, patches.size(), first.rows(), first.columns());
    int next = 0;
    for (int c = 0; c < channels; c++) {
      for (Patch patch : patches) {
        RasterImage image = images.get(patch.image());
        for (int row = 0; row < patch.rows(); row++) {
          int source = index(patch, row, image.width(), channels) + c;
          for (int column = 0; column < patch.columns(); column++, source += channels) {
            tensor.values()[next++] = image.samples()[source] & 0xFF;
          }
        }
      }
    }
    return tensor;
  }

  /** Writes a tensor of samples back to the places of its patches. */
  static void scatter(FixedPointTensor tensor, List<Patch> patches, List<RasterImage> images) {
    int channels = tensor.channels();
    int next = 0;
    for (int c = 0; c < channels; c++) {
      for (Patch patch : patches) {
        RasterImage image = images.get(patch.image());
        for (int row = 0; row < patch.rows(); row++) {
          int target = index(patch, row, image.width(), channels) + c;
          for (int column = 0; column < patch.columns(); column++, target += channels) {
            image.samples()[target] = (byte) tensor.values()[next++];
          }
        }
      }
    }
  }

  /** A copy of a part of an image. */
  static RasterImage crop(RasterImage image, int top, int left, int rows, int columns) {
    int channels = image.channels();
    byte[] samples = new byte[rows * columns * channels];
    for (int row = 0; row < rows; row++) {
      int source = ((top + row) * image.width() + left) * channels;
      System.arraycopy(
          image.samples(), source, samples, row * columns * channels, columns * channels);
    }
    return new RasterImage(columns, rows, channels, image.bitDepth(), samples);
  }

  /** Writes a part of an image. */
  static void paste(RasterImage part, RasterImage image, int top, int left) {
    int length = part.width() * part.channels();
    for (int row = 0; row < part.height(); row++) {
      int target = ((top + row) * image.width() + left) * image.channels();
      System.arraycopy(part.samples(), row * length, image.samples(), target, length);
    }
  }

  private static int index(Patch patch, int row, int width, int channels) {
    return ((patch.top() + row) * width + patch.left()) * channels;
  }
}
