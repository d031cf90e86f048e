package dev.darkroom.udfs.sql;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.DecodedImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageFileDecoder;
import dev.darkroom.compression.image.ImageFormat;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Tells what an image file is, by decoding all of it: damage shows wherever it is. */
final class ImageInspector {
  /** What {@link #inspect} returns. */
  static final StructType RESULT =
      new StructType()
          .add("format", DataTypes.StringType, true)
          .add("width", DataTypes.IntegerType, true)
          .add("height", DataTypes.IntegerType, true)
          .add("channels", DataTypes.IntegerType, true)
          .add("bit_depth", DataTypes.IntegerType, true)
          .add("error", DataTypes.StringType, true);

  private static final ImageFileDecoder DECODER = new ImageFileDecoder(DecodeLimits.DEFAULT);

  private ImageInspector() {}

  /** Inspects a file; what is wrong with it is in the last column. */
  static Row inspect(byte[] file) {
    String format = ImageFormat.sniff(file).map(ImageFormat::id).orElse(null);
    try {
      DecodedImage image = DECODER.decode(file);
      RasterImage raster = image.raster();
      int channels =
          image.form().map(form -> form.shownChannels(raster.channels())).orElse(raster.channels());
      return RowFactory.create(
          format, raster.width(), raster.height(), channels, raster.bitDepth(), null);
    } catch (ImageDecodeException e) {
      return RowFactory.create(
          format, null, null, null, null, e.type().name() + ": " + e.getMessage());
    }
  }
}
