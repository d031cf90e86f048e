package dev.darkroom.compression.container;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A sharing coder of 8-bit images that writes their samples one after the other. */
record ConcatenatingCoder(Sha256 model) implements StreamCoder {
  @Override
  public CodecId id() {
    return CodecId.FAST;
  }

  @Override
  public Optional<Sha256> modelSha256() {
    return Optional.of(model);
  }

  @Override
  public boolean sharesStreams() {
    return true;
  }

  @Override
  public boolean supports(RasterImage image) {
    return image.bitDepth() == 8;
  }

  @Override
  public byte[] encode(List<RasterImage> images) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    images.forEach(image -> out.writeBytes(image.samples()));
    return out.toByteArray();
  }

  @Override
  public RasterImage decode(byte[] stream, List<ImageShape> shapes, int index)
      throws CodecException {
    int start = 0;
    for (ImageShape before : shapes.subList(0, index)) {
      start += (int) before.rawBytes();
    }
    ImageShape shape = shapes.get(index);
    int end = start + (int) shape.rawBytes();
    if (end > stream.length) {
      throw new CodecException(CodecException.Kind.CORRUPT, "the stream is cut short");
    }
    return new RasterImage(
        shape.width(),
        shape.height(),
        shape.channels(),
        shape.bitDepth(),
        Arrays.copyOfRange(stream, start, end));
  }
}
