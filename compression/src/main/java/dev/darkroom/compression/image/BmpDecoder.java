package dev.darkroom.compression.image;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import dev.darkroom.compression.image.png.PngChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decodes Windows bitmaps. */
final class BmpDecoder {
  private static final int FILE_HEADER = 14;
  private static final int INFO_HEADER = 40;
  private static final int V5_HEADER = 124;
  private static final int EMBEDDED_PROFILE = 0x4D42_4544;

  private BmpDecoder() {}

  static DecodedImage decode(byte[] file, DecodeLimits limits)
      throws IOException, ImageDecodeException {
    return new DecodedImage(
        ImageIoRaster.read(new BMPImageReaderSpi(), file, limits),
        ImageFormat.BMP,
        false,
        metadata(file));
  }

  private static ImageMetadata metadata(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int size = file.length < FILE_HEADER + INFO_HEADER ? 0 : in.getInt(FILE_HEADER);
    List<PngChunk> chunks = new ArrayList<>();
    if (size >= V5_HEADER
        && file.length >= FILE_HEADER + V5_HEADER
        && in.getInt(FILE_HEADER + 56) == EMBEDDED_PROFILE) {
      long start = FILE_HEADER + (in.getInt(FILE_HEADER + 112) & 0xFFFF_FFFFL);
      long length = in.getInt(FILE_HEADER + 116) & 0xFFFF_FFFFL;
      if (length > 0 && start + length <= file.length) {
        chunks.add(
            ImageMetadata.iccProfile(
                Arrays.copyOfRange(file, (int) start, (int) (start + length))));
      }
    }
    if (size >= INFO_HEADER) {
      int horizontal = in.getInt(FILE_HEADER + 24);
      int vertical = in.getInt(FILE_HEADER + 28);
      if (horizontal > 0 && vertical > 0) {
        chunks.add(ImageMetadata.resolution(horizontal, vertical));
      }
    }
    return new ImageMetadata(chunks);
  }
}
