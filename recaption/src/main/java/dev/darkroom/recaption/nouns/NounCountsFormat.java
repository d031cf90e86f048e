package dev.darkroom.recaption.nouns;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Counts as bytes. Equal counts have equal bytes.
 *
 * <pre>
 * byte    version, 1
 * varint  captions
 * varint  distinct nouns, and for each, in the order of their UTF-8 bytes taken as unsigned:
 *   varint  bytes that it shares with the noun before, from its beginning
 *   varint  bytes that follow
 *   bytes   these, UTF-8
 *   varint  occurrences
 *   varint  occurrences less captions
 * </pre>
 *
 * A varint holds 7 bits in each byte, the lowest first; the highest bit of a byte tells that
 * another follows. Half of a surrogate pair, which is no text, is written as a question mark.
 */
public final class NounCountsFormat {
  private static final byte VERSION = 1;

  private NounCountsFormat() {}

  private record Coded(byte[] noun, NounCounts.Entry entry) {}

  /** The bytes of some counts. */
  public static byte[] write(NounCounts counts) {
    List<Coded> nouns =
        counts
            .entries()
            .map(entry -> new Coded(entry.noun().getBytes(StandardCharsets.UTF_8), entry))
            .sorted(Comparator.comparing(Coded::noun, Arrays::compareUnsigned))
            .toList();
    ByteArrayOutputStream out = new ByteArrayOutputStream(16 + 8 * nouns.size());
    out.write(VERSION);
    writeVarint(out, counts.captions());
    writeVarint(out, nouns.size());
    byte[] before = new byte[0];
    for (Coded each : nouns) {
      byte[] noun = each.noun();
      int mismatch = Arrays.mismatch(before, noun);
      int shared = mismatch < 0 ? noun.length : mismatch;
      writeVarint(out, shared);
      writeVarint(out, noun.length - shared);
      out.write(noun, shared, noun.length - shared);
      writeVarint(out, each.entry().occurrences());
      writeVarint(out, each.entry().occurrences() - each.entry().captions());
      before = noun;
    }
    return out.toByteArray();
  }

  /**
   * The counts that some bytes hold.
   *
   * @throws IllegalArgumentException where they hold none
   */
  public static NounCounts read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      byte version = in.get();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "noun counts of version %d; this program reads version %d; use the version that wrote them"
                .formatted(version, VERSION));
      }
      long captions = readVarint(in);
      int distinct = Math.toIntExact(readVarint(in));
      NounCounts counts = new NounCounts(captions, Math.min(distinct, in.remaining()));
      byte[] noun = new byte[0];
      for (int i = 0; i < distinct; i++) {
        noun = readNoun(in, noun);
        long occurrences = readVarint(in);
        counts.put(
            new NounCounts.Entry(
                new String(noun, StandardCharsets.UTF_8),
                occurrences,
                occurrences - readVarint(in)));
      }
      if (in.hasRemaining()) {
        throw damaged("%d bytes follow the last noun".formatted(in.remaining()), null);
      }
      return counts;
    } catch (BufferUnderflowException | ArithmeticException e) {
      throw damaged("they end too early", e);
    }
  }

  private static byte[] readNoun(ByteBuffer in, byte[] before) {
    int shared = Math.toIntExact(readVarint(in));
    int more = Math.toIntExact(readVarint(in));
    if (shared > before.length || more > in.remaining()) {
      throw damaged("a noun is longer than its bytes", null);
    }
    byte[] noun = Arrays.copyOf(before, shared + more);
    in.get(noun, shared, more);
    return noun;
  }

  private static IllegalArgumentException damaged(String why, Exception cause) {
    return new IllegalArgumentException(
        "noun counts are damaged: " + why + "; count the captions again", cause);
  }

  private static void writeVarint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest > 127) {
      out.write((int) (rest & 127 | 128));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static long readVarint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 127) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw damaged("a number is too long", null);
  }
}
