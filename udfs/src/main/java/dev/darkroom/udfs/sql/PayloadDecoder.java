package dev.darkroom.udfs.sql;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.InstalledCoders;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.archive.PayloadPicture;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.ImageFormat;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Turns a payload into an image that everything can show. */
final class PayloadDecoder {
  /** What {@link #decode} returns. */
  static final StructType RESULT =
      new StructType()
          .add("width", DataTypes.IntegerType, false)
          .add("height", DataTypes.IntegerType, false)
          .add("channels", DataTypes.IntegerType, false)
          .add("bit_depth", DataTypes.IntegerType, false)
          .add("png", DataTypes.BinaryType, false);

  private static final DecodeLimits LIMITS = DecodeLimits.DEFAULT;

  private PayloadDecoder() {}

  /**
   * Decodes. Channels and bit depth are those of the samples: a palette's indices are one channel
   * of 8 bits, and the PNG file has the palette.
   *
   * @param payload a container with one image, coded with any profile
   * @throws IllegalArgumentException where it is anything else, or damaged
   */
  static Row decode(byte[] payload) {
    try {
      PayloadPicture picture = PayloadPicture.of(payload, InstalledCoders.all(), LIMITS);
      RasterImage samples = picture.samples();
      return RowFactory.create(
          samples.width(),
          samples.height(),
          samples.channels(),
          samples.bitDepth(),
          picture.toPng());
    } catch (CodecException e) {
      throw new IllegalArgumentException(
          ImageFormat.sniff(payload)
              .map(
                  format ->
                      "the payload is a %s file that was stored as it is; decode rows alone whose codec is 'iflow'"
                          .formatted(format.id()))
              .orElse("the payload can't be decoded: " + e.getMessage()),
          e);
    }
  }
}
