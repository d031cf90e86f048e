package dev.darkroom.compression.image.png;

import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import dev.darkroom.compression.image.SampleForm;
import java.util.Optional;

/** What the samples of a sound PNG file stand for. */
final class PngForm {
  private static final byte[] NONE = {};

  private PngForm() {}

  /**
   * The form that header, palette and transparency tell, or empty where samples are the picture.
   *
   * @throws ImageDecodeException of type {@code CORRUPT} where the transparency is malformed
   */
  static Optional<SampleForm> of(PngFile file) throws ImageDecodeException {
    PngHeader header = file.header();
    boolean indexed = header.colorType() == PngHeader.PALETTE;
    byte[] palette = indexed ? file.find("PLTE").map(PngChunk::data).orElse(NONE) : NONE;
    Optional<PngChunk> transparency = file.find("tRNS");
    if (transparency.isPresent()) {
      int length = transparency.get().data().length;
      boolean valid =
          switch (header.colorType()) {
            case PngHeader.GREY -> length == 2;
            case PngHeader.RGB -> length == 6;
            case PngHeader.PALETTE -> length >= 1 && length <= palette.length / 3;
            default -> false;
          };
      if (!valid) {
        throw new ImageDecodeException(ErrorType.CORRUPT, "not a valid PNG: tRNS is malformed");
      }
    }
    if (!indexed && transparency.isEmpty() && header.depth() >= 8) {
      return Optional.empty();
    }
    return Optional.of(
        new SampleForm(header.depth(), palette, transparency.map(PngChunk::data).orElse(NONE)));
  }
}
