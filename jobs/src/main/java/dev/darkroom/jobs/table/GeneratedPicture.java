package dev.darkroom.jobs.table;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.InstalledCoders;
import dev.darkroom.compression.archive.PayloadPicture;
import dev.darkroom.compression.image.DecodeLimits;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;

/** The picture of a row of a table of generated images, however it is kept. */
public final class GeneratedPicture {
  private GeneratedPicture() {}

  /**
   * The picture as a PNG file; out of a payload, without the texts in it.
   *
   * @param row with the columns {@code image} and {@code payload}, one of which is there
   * @throws IllegalStateException where neither is, or what is there is damaged
   */
  public static byte[] file(Row row) {
    byte[] png = row.getAs(GeneratedColumn.IMAGE.id());
    byte[] payload = row.getAs(GeneratedColumn.PAYLOAD.id());
    if (png == null && payload == null) {
      throw new IllegalStateException("the row has no image; take rows alone whose status is ok");
    }
    return png == null ? decoded(payload) : png;
  }

  /**
   * The picture.
   *
   * @param row with the columns {@code image} and {@code payload}, one of which is there
   * @throws IllegalStateException where neither is, or what is there is damaged
   */
  public static BufferedImage of(Row row) {
    try {
      return ImageIO.read(new ByteArrayInputStream(file(row)));
    } catch (IOException e) {
      throw new UncheckedIOException("the row's image is damaged; generate it again", e);
    }
  }

  private static byte[] decoded(byte[] payload) {
    try {
      return PayloadPicture.of(payload, InstalledCoders.all(), DecodeLimits.DEFAULT).toPng();
    } catch (CodecException e) {
      throw new IllegalStateException("the row's payload is damaged; generate it again", e);
    }
  }
}
