package dev.darkroom.recaption.nouns;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;

/**
 * A census as bytes, big endian. Equal censuses have equal bytes.
 *
 * <pre>
 * byte   version, 1
 * long   rows without a caption
 * long   captions of white space
 * byte   forms, and for each, in their order:
 *   byte   code of the form: 0 noun, 1 cased, 2 lemma, 3 verb
 *   int    length of its counts
 *   bytes  its counts, as {@link NounCountsFormat} has them
 * </pre>
 */
public final class CaptionCensusFormat {
  private static final byte VERSION = 1;

  private CaptionCensusFormat() {}

  /** The bytes of a census. */
  public static byte[] write(CaptionCensus census) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(census.missing());
      out.writeLong(census.blank());
      out.writeByte(census.words().size());
      for (Map.Entry<WordForm, NounCounts> each : census.words().entrySet()) {
        byte[] counts = NounCountsFormat.write(each.getValue());
        out.writeByte(each.getKey().code());
        out.writeInt(counts.length);
        out.write(counts);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The census that some bytes hold.
   *
   * @throws IllegalArgumentException where they hold none
   */
  public static CaptionCensus read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      byte version = in.get();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "a caption census of version %d; this program reads version %d"
                .formatted(version, VERSION));
      }
      long missing = in.getLong();
      long blank = in.getLong();
      Map<WordForm, NounCounts> words = new EnumMap<>(WordForm.class);
      for (int forms = in.get(); forms > 0; forms--) {
        WordForm form = WordForm.ofCode(in.get());
        byte[] counts = new byte[Math.min(in.getInt(), in.remaining())];
        in.get(counts);
        words.put(form, NounCountsFormat.read(counts));
      }
      return new CaptionCensus(missing, blank, words);
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new IllegalArgumentException(
          "a caption census is damaged; count the captions again", e);
    }
  }
}
