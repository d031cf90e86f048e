package dev.darkroom.compression.archive;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.deflate.Deflate;
import dev.darkroom.compression.deflate.DeflateSettings;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a deflate stream (RFC 1951) was made of its content.
 *
 * <pre>
 * method   1   0 compressed as zlib does, 1 stored in blocks
 *   method 0: level 1, strategy 1, memory level 1, window bits 1, as {@link DeflateSettings} has them
 *   method 1: length 4, then the length of each block (2)
 * </pre>
 */
sealed interface DeflateRecipe {
  /** The most content of a stored block. */
  int MOST_STORED = 65_535;

  /** The stream of some content. */
  byte[] compress(byte[] content) throws CodecException;

  /** Appends the recipe. */
  void writeTo(ByteArrayOutputStream out);

  /**
   * The recipe of a stream, or empty where none is known.
   *
   * @param content what the stream holds
   * @param stream an array with the stream in {@code [from, to)}
   * @param zlibHeader the two bytes before it, which hint at level and window
   */
  static Optional<DeflateRecipe> find(
      byte[] content, byte[] stream, int from, int to, int zlibHeader) {
    Optional<Stored> stored = Stored.find(content, stream, from, to);
    if (stored.isPresent()) {
      return Optional.of(stored.get());
    }
    int window = Math.min(15, Math.max(9, (zlibHeader >> 12 & 0xF) + 8));
    // libpng writes a smaller window into the header than it has used, where that is enough
    return IntStream.of(window, window + 1, 15)
        .filter(bits -> bits <= 15)
        .distinct()
        .boxed()
        .flatMap(bits -> ZlibSettings.candidates(zlibHeader, bits))
        .filter(settings -> Deflate.makes(stream, from, to, content, settings))
        .findFirst()
        .map(Compressed::new);
  }

  static DeflateRecipe readFrom(ByteBuffer in) throws CodecException {
    int method = in.get();
    return switch (method) {
      case 0 -> new Compressed(new DeflateSettings(in.get(), in.get(), in.get(), in.get()));
      case 1 -> Stored.readFrom(in);
      default -> throw new IllegalArgumentException("unknown method of deflate: " + method);
    };
  }

  /** As zlib does. */
  record Compressed(DeflateSettings settings) implements DeflateRecipe {
    @Override
    public byte[] compress(byte[] content) {
      return Deflate.compress(content, settings);
    }

    @Override
    public void writeTo(ByteArrayOutputStream out) {
      out.write(0);
      out.write(settings.level());
      out.write(settings.strategy());
      out.write(settings.memoryLevel());
      out.write(settings.windowBits());
    }
  }

  /** In stored blocks of some lengths. */
  record Stored(List<Integer> lengths) implements DeflateRecipe {
    private static final int BLOCK_START = 5;

    static Optional<Stored> find(byte[] content, byte[] stream, int from, int to) {
      List<Integer> lengths = new ArrayList<>();
      int position = from;
      boolean last = false;
      while (!last) {
        if (to - position < BLOCK_START || (stream[position] & 0xFE) != 0) {
          return Optional.empty();
        }
        last = stream[position] == 1;
        int length = stream[position + 1] & 0xFF | (stream[position + 2] & 0xFF) << 8;
        lengths.add(length);
        position += BLOCK_START + length;
      }
      long total = lengths.stream().mapToLong(Integer::longValue).sum();
      return position == to && total == content.length
          ? Optional.of(new Stored(lengths))
          : Optional.empty();
    }

    static Stored readFrom(ByteBuffer in) throws CodecException {
      ByteBuffer values = ByteBuffer.wrap(ArchiveBlock.read(in));
      List<Integer> lengths = new ArrayList<>();
      while (values.hasRemaining()) {
        lengths.add(values.getShort() & 0xFFFF);
      }
      return new Stored(lengths);
    }

    @Override
    public byte[] compress(byte[] content) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      int position = 0;
      for (int i = 0; i < lengths.size(); i++) {
        int length = lengths.get(i);
        if (length > content.length - position) {
          throw new IllegalArgumentException("stored blocks hold more than there is");
        }
        out.write(i == lengths.size() - 1 ? 1 : 0);
        out.write(length);
        out.write(length >> 8);
        out.write(~length);
        out.write(~length >> 8);
        out.write(content, position, length);
        position += length;
      }
      return out.toByteArray();
    }

    @Override
    public void writeTo(ByteArrayOutputStream out) {
      out.write(1);
      ByteBuffer values = ByteBuffer.allocate(2 * lengths.size());
      lengths.forEach(length -> values.putShort((short) (int) length));
      ArchiveBlock.write(out, values.array());
    }
  }
}
