package dev.darkroom.compression.deflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.compression.DrawnImages;
import dev.darkroom.compression.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateTest {
  /** What zlib 1.2.13 writes for {@link #sample} at each level, strategies 0 to 2. */
  private static final String GOLDEN =
      "cda4cc8e83691f96d9985e7294b8d97a01c1aac131ab060aeb9f750e512f81b0";

  @Test
  void writesWhatZlibWrote() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int level = 1; level <= 9; level++) {
      for (int strategy = 0; strategy <= 2; strategy++) {
        all.writeBytes(Deflate.compress(sample(), new DeflateSettings(level, strategy, 8, 15)));
      }
    }
    assertThat(Sha256.of(all.toByteArray()).toHex()).isEqualTo(GOLDEN);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void writesWhatThePlatformWritesWhereThatIsZlib(int level) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int l = 1; l <= 9; l++) {
      for (int strategy = 0; strategy <= 2; strategy++) {
        all.writeBytes(platform(sample(), l, strategy));
      }
    }
    assumeTrue(
        Sha256.of(all.toByteArray()).toHex().equals(GOLDEN), "this platform has another zlib");
    for (int kind = 0; kind < 6; kind++) {
      for (int size : new int[] {0, 1, 2, 3, 4, 257, 5000, 60_000}) {
        byte[] content = content(kind, size, kind * 31L + size);
        for (int strategy = 0; strategy <= 2; strategy++) {
          DeflateSettings settings = new DeflateSettings(level, strategy, 8, 15);
          byte[] expected = platform(content, level, strategy);
          assertThat(Arrays.mismatch(Deflate.compress(content, settings), expected))
              .as("kind %d, %d bytes, %s", kind, size, settings)
              .isEqualTo(-1);
          assertThat(Deflate.makes(expected, 0, expected.length, content, settings)).isTrue();
        }
      }
    }
  }

  @Property(tries = 300)
  void writesWhatInflatesToTheContent(
      @ForAll @IntRange(min = 0, max = 5) int kind,
      @ForAll @IntRange(min = 0, max = 70_000) int size,
      @ForAll @IntRange(min = 1, max = 9) int level,
      @ForAll @IntRange(min = 0, max = 3) int strategy,
      @ForAll @IntRange(min = 1, max = 9) int memoryLevel,
      @ForAll @IntRange(min = 9, max = 15) int windowBits,
      @ForAll long seed)
      throws DataFormatException {
    byte[] content = content(kind, size, seed);
    DeflateSettings settings = new DeflateSettings(level, strategy, memoryLevel, windowBits);

    byte[] stream = Deflate.compress(content, settings);

    Inflater inflater = new Inflater(true);
    inflater.setInput(stream);
    byte[] inflated = new byte[size + 1];
    int length = 0;
    while (!inflater.finished() && !inflater.needsInput()) {
      length += inflater.inflate(inflated, length, inflated.length - length);
    }
    assertThat(inflater.finished()).isTrue();
    assertThat(inflater.getRemaining()).isZero();
    inflater.end();
    assertThat(length).isEqualTo(size);
    assertThat(Arrays.equals(inflated, 0, size, content, 0, size)).isTrue();
    assertThat(Deflate.makes(stream, 0, stream.length, content, settings)).isTrue();
  }

  @Test
  void tellsOtherStreamsApart() {
    byte[] stream = Deflate.compress(sample(), new DeflateSettings(6, 0, 8, 15));

    assertThat(Deflate.makes(stream, 0, stream.length, sample(), new DeflateSettings(5, 0, 8, 15)))
        .isFalse();
    assertThat(
            Deflate.makes(stream, 0, stream.length - 1, sample(), new DeflateSettings(6, 0, 8, 15)))
        .isFalse();
    byte[] longer = Arrays.copyOf(stream, stream.length + 1);
    assertThat(Deflate.makes(longer, 0, longer.length, sample(), new DeflateSettings(6, 0, 8, 15)))
        .isFalse();
  }

  @Test
  void refusesSettingsThatZlibDoesNotHave() {
    assertThatThrownBy(() -> new DeflateSettings(0, 0, 8, 15))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DeflateSettings(6, 4, 8, 15))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DeflateSettings(6, 0, 8, 8))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] sample() {
    return DrawnImages.smooth(200, 150, 3, 8).samples();
  }

  private static byte[] content(int kind, int size, long seed) {
    Random random = new Random(seed);
    byte[] content = new byte[size];
    for (int i = 0; i < size; i++) {
      content[i] =
          switch (kind) {
            case 0 -> (byte) random.nextInt(256);
            case 1 -> (byte) random.nextInt(3);
            case 2 -> (byte) (random.nextGaussian() * 6);
            case 3 -> (byte) (i / 1000);
            case 4 ->
                i > 5000 && random.nextInt(50) > 0
                    ? content[i - 1 - random.nextInt(3) * 1237]
                    : (byte) random.nextInt(256);
            default -> (byte) (random.nextInt(20) == 0 ? random.nextInt(256) : 0);
          };
    }
    return content;
  }

  private static byte[] platform(byte[] content, int level, int strategy) {
    Deflater deflater = new Deflater(level, true);
    deflater.setStrategy(strategy);
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 14];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }
}
