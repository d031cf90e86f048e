package dev.darkroom.compression.archive;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodecException.Kind;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageMetadata;
import dev.darkroom.compression.image.SampleForm;
import dev.darkroom.compression.image.png.PngChunk;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The metadata block that an archive puts beside an image in its container.
 *
 * <pre>
 * kind      1   01 metadata, 02 recipe of a PNG from the picture as it is seen, 03 sample recipe,
 *               04 form and metadata, 05 PNG recipe, 06 GIF recipe, 07 recipe of packed samples,
 *               08 TIFF recipe
 * content   n
 *   kind 01: for each chunk, to the end: type 4 (ASCII), length 4 (big endian), data
 *   kind 02: see {@link ExpandedPngRecipe}
 *   kind 03: see {@link SampleRecipe}
 *   kind 04: one zstd frame of bit depth 1; length 4, palette; length 4, transparency; then as kind
 *            01
 *   kind 05: see {@link PngRecipe}
 *   kind 06: see {@link GifRecipe}
 *   kind 07: see {@link PackedSampleRecipe}
 *   kind 08: see {@link TiffRecipe}
 * </pre>
 *
 * <p>An image without metadata, whose samples are the picture as it is seen and that is kept for
 * its pixels, has no block.
 */
final class ArchiveBlock {
  static final int METADATA = 1;
  static final int EXPANDED_PNG_RECIPE = 2;
  static final int SAMPLE_RECIPE = 3;
  static final int FORM = 4;
  static final int PNG_RECIPE = 5;
  static final int GIF_RECIPE = 6;
  static final int PACKED_SAMPLE_RECIPE = 7;
  static final int TIFF_RECIPE = 8;

  /** The chunks that kind 01 has always had; others would stop releases that know no kind 04. */
  private static final Set<String> FIRST_CHUNKS =
      Set.of(
          "iCCP", "sRGB", "gAMA", "cHRM", "cICP", "mDCV", "cLLI", "eXIf", "pHYs", "tEXt", "zTXt",
          "iTXt", "tIME");

  private ArchiveBlock() {}

  /** The block of an image kept for its pixels, or empty where nothing is to be said of it. */
  static Optional<byte[]> of(
      RasterImage raster, Optional<SampleForm> form, ImageMetadata metadata) {
    List<PngChunk> chunks = metadata.chunks();
    boolean first = chunks.stream().allMatch(chunk -> FIRST_CHUNKS.contains(chunk.type()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (form.isEmpty() && first) {
      if (chunks.isEmpty()) {
        return Optional.empty();
      }
      out.write(METADATA);
      writeChunks(out, chunks);
      return Optional.of(out.toByteArray());
    }
    SampleForm written =
        form.orElseGet(() -> new SampleForm(raster.bitDepth(), new byte[0], new byte[0]));
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(written.bitDepth());
    write(content, written.palette());
    write(content, written.transparency());
    writeChunks(content, chunks);
    out.write(FORM);
    out.writeBytes(ZstdFrame.compress(content.toByteArray()));
    return Optional.of(out.toByteArray());
  }

  private static void writeChunks(ByteArrayOutputStream out, List<PngChunk> chunks) {
    for (PngChunk chunk : chunks) {
      out.writeBytes(chunk.type().getBytes(StandardCharsets.US_ASCII));
      write(out, chunk.data());
    }
  }

  /** The block of an image kept for its file. */
  static byte[] of(WritableRecipe recipe) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(recipe.kind());
    recipe.writeTo(out);
    return out.toByteArray();
  }

  /** The recipe in a block, or empty where the image was kept for its pixels. */
  static Optional<FileRecipe> recipe(byte[] block) throws CodecException {
    ByteBuffer in = ByteBuffer.wrap(block);
    try {
      return switch (in.get()) {
        case METADATA, FORM -> Optional.empty();
        case EXPANDED_PNG_RECIPE -> Optional.of(ExpandedPngRecipe.readFrom(in));
        case SAMPLE_RECIPE -> Optional.of(SampleRecipe.readFrom(in));
        case PNG_RECIPE -> Optional.of(PngRecipe.readFrom(in));
        case GIF_RECIPE -> Optional.of(GifRecipe.readFrom(in));
        case PACKED_SAMPLE_RECIPE -> Optional.of(PackedSampleRecipe.readFrom(in));
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
      int kind = in.get();
      if (kind != METADATA && kind != FORM) {
        return ImageMetadata.NONE;
      }
      if (kind == FORM) {
        in = ByteBuffer.wrap(ZstdFrame.decompressRest(in));
        readForm(in);
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

  /** What a block says of an image's samples; nothing in that of an image kept for its file. */
  static Optional<SampleForm> form(byte[] block, RasterImage raster) throws CodecException {
    ByteBuffer in = ByteBuffer.wrap(block);
    try {
      if (in.get() != FORM) {
        return Optional.empty();
      }
      SampleForm form = readForm(ByteBuffer.wrap(ZstdFrame.decompressRest(in)));
      if (form.fits(raster)) {
        return Optional.of(form);
      }
    } catch (RuntimeException e) {
      throw damaged(e);
    }
    throw new CodecException(
        Kind.CORRUPT, "the form of the samples does not fit them; restore it from another copy");
  }

  private static SampleForm readForm(ByteBuffer in) {
    return new SampleForm(in.get(), read(in), read(in));
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
