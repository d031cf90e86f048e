package dev.darkroom.compression.archive;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodecException.Kind;
import dev.darkroom.compression.image.ImageMetadata;
import dev.darkroom.compression.image.png.PngChunk;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The metadata block that an archive puts beside an image in its container.
 *
 * <pre>
 * kind      1   01 metadata, 02 PNG recipe, 03 sample recipe, 08 TIFF recipe
 * content   n
 *   kind 01: for each chunk, to the end: type 4 (ASCII), length 4 (big endian), data
 *   kind 02: see {@link PngRecipe}
 *   kind 03: see {@link SampleRecipe}
 *   kind 08: see {@link TiffRecipe}
 * </pre>
 *
 * <p>An image without metadata that is kept for its pixels has no block.
 */
final class ArchiveBlock {
  private static final int METADATA = 1;
  private static final int PNG_RECIPE = 2;
  private static final int SAMPLE_RECIPE = 3;
  private static final int TIFF_RECIPE = 8;

  private ArchiveBlock() {}

  /** The block of an image kept for its pixels, or empty where nothing is to be said of it. */
  static Optional<byte[]> of(ImageMetadata metadata) {
    if (metadata.chunks().isEmpty()) {
      return Optional.empty();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(METADATA);
    for (PngChunk chunk : metadata.chunks()) {
      out.writeBytes(chunk.type().getBytes(StandardCharsets.US_ASCII));
      out.writeBytes(ByteBuffer.allocate(4).putInt(chunk.data().length).array());
      out.writeBytes(chunk.data());
    }
    return Optional.of(out.toByteArray());
  }

  /** The block of an image kept for its file. */
  static byte[] of(FileRecipe recipe) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(kind(recipe));
    recipe.writeTo(out);
    return out.toByteArray();
  }

  private static int kind(FileRecipe recipe) {
    if (recipe instanceof TiffRecipe) {
      return TIFF_RECIPE;
    }
    return recipe instanceof PngRecipe ? PNG_RECIPE : SAMPLE_RECIPE;
  }

  /** The recipe in a block, or empty where the image was kept for its pixels. */
  static Optional<FileRecipe> recipe(byte[] block) throws CodecException {
    ByteBuffer in = ByteBuffer.wrap(block);
    try {
      return switch (in.get()) {
        case METADATA -> Optional.empty();
        case PNG_RECIPE -> Optional.of(PngRecipe.readFrom(in));
        case SAMPLE_RECIPE -> Optional.of(SampleRecipe.readFrom(in));
        case TIFF_RECIPE -> Optional.of(TiffRecipe.readFrom(in));
        default ->
            throw new CodecException(
                Kind.NEWER_VERSION,
                "the payload has an unknown kind of metadata; install a newer release");
      };
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  /** The metadata in a block; none in that of an image kept for its file. */
  static ImageMetadata metadata(byte[] block) throws CodecException {
    ByteBuffer in = ByteBuffer.wrap(block);
    try {
      if (in.get() != METADATA) {
        return ImageMetadata.NONE;
      }
      List<PngChunk> chunks = new ArrayList<>();
      while (in.hasRemaining()) {
        byte[] type = new byte[4];
        in.get(type);
        chunks.add(new PngChunk(new String(type, StandardCharsets.US_ASCII), read(in)));
      }
      return new ImageMetadata(chunks);
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  /** Bytes after their length in four bytes. */
  static byte[] read(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("a block is cut short");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  static void write(ByteArrayOutputStream out, byte[] bytes) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }

  private static CodecException damaged(RuntimeException cause) {
    return new CodecException(
        Kind.CORRUPT, "the payload's metadata are damaged; restore it from another copy", cause);
  }
}
