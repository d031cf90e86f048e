package dev.darkroom.udfs.sql;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.IFlowCodec;
import dev.darkroom.compression.Profile;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageFormat;
import dev.darkroom.compression.image.ImageMetadata;
import dev.darkroom.compression.image.png.PngWriter;
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

  private static final IFlowCodec CODEC = new IFlowCodec(Profile.FAST);

  private PayloadDecoder() {}

  /**
   * Decodes.
   *
   * @param payload a container with one image, coded with any profile
   * @throws IllegalArgumentException where it is anything else, or damaged
   */
  static Row decode(byte[] payload) {
    try {
      RasterImage image = CODEC.decode(payload);
      return RowFactory.create(
          image.width(),
          image.height(),
          image.channels(),
          image.bitDepth(),
          PngWriter.write(image, ImageMetadata.NONE));
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
