package dev.darkroom.compression.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BitStackTest {
  @Test
  void anEmptyStackIsItsSeedState() {
    BitStack stack = BitStack.forEncoding();

    assertThat(stack.isAtSeedState()).isTrue();
    assertThat(stack.netBits()).isZero();
    assertThat(HexFormat.of().formatHex(stack.toBytes())).isEqualTo("0000000080000000");
    BitStack.parse(stack.toBytes()).requireSeedState();
  }

  @Test
  void theBytesOfAKnownStreamNeverChange() {
    BitStack stack = BitStack.forEncoding();
    UniformCoder uniform = new UniformCoder(stack);
    RansCoder rans = new RansCoder(stack);
    assertThat(uniform.decode(1L << 31)).isEqualTo(1_646_307_385);
    uniform.encode(2_000_000_000, 2_147_483_647);
    rans.encode(5, 3, 4);
    uniform.encode(999_999, 1_000_003);
    rans.encode(70_000, 1, 24);
    uniform.encode(77, 78);

    assertThat(HexFormat.of().formatHex(stack.toBytes()))
        .isEqualTo("000c65d63c53506df73593ffaa72b7b1");
    assertThat(stack.auxiliaryWords()).isEqualTo(1);
  }

  @Test
  void wordsOfTheSeedSupplyNeverChange() {
    int[] first = {SeedWords.at(0), SeedWords.at(1), SeedWords.at(2)};

    // the upper halves of SplitMix64's first outputs for seed 0
    assertThat(first).containsExactly(0xE220A839, 0x6E789E6A, 0x06C45D18);
  }

  @Test
  void aStreamCutShortIsRefused() {
    BitStack stack = BitStack.forEncoding();
    UniformCoder coder = new UniformCoder(stack);
    int[] symbols = new int[1000];
    Arrays.fill(symbols, 12_345);
    coder.encodeAll(symbols, 0, symbols.length, 1 << 20);
    byte[] bytes = stack.toBytes();
    UniformCoder decoder = new UniformCoder(BitStack.parse(bytes, 0, bytes.length / 8 * 4));

    assertThatExceptionOfType(CorruptStreamException.class)
        .isThrownBy(() -> decoder.decodeAll(symbols, 0, symbols.length, 1 << 20))
        .withMessageContaining("cut short");
  }

  @Test
  void leftoverBitsAreRefused() {
    BitStack stack = BitStack.forEncoding();
    new UniformCoder(stack).encode(1, 100);

    assertThatExceptionOfType(CorruptStreamException.class)
        .isThrownBy(BitStack.parse(stack.toBytes())::requireSeedState)
        .withMessageContaining("damaged");
  }

  @Test
  void bytesThatCannotBeAStackAreRefused() {
    for (int length : new int[] {0, 4, 7, 9, 13}) {
      assertThatExceptionOfType(CorruptStreamException.class)
          .isThrownBy(() -> BitStack.parse(new byte[length]))
          .withMessageContaining("not " + length);
    }
    assertThatExceptionOfType(CorruptStreamException.class)
        .isThrownBy(() -> BitStack.parse(new byte[8]))
        .withMessageContaining("head");
    byte[] negative = {-1, 0, 0, 0, 0, 0, 0, 0};
    assertThatExceptionOfType(CorruptStreamException.class)
        .isThrownBy(() -> BitStack.parse(negative));
  }

  @Test
  void symbolsAndRangesOutOfBoundsAreRefusedAndChangeNothing() {
    BitStack stack = BitStack.forEncoding();
    UniformCoder uniform = new UniformCoder(stack);
    RansCoder rans = new RansCoder(stack);

    assertThatIllegalArgumentException().isThrownBy(() -> uniform.encode(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> uniform.encode(5, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> uniform.encode(-1, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> uniform.decode((1L << 31) + 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> uniform.encodeAll(new int[] {0, 9}, 0, 2, 9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> uniform.encodeAll(new int[] {0, 0}, new int[] {1, 0}, 0, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> rans.encode(0, 0, 8));
    assertThatIllegalArgumentException().isThrownBy(() -> rans.encode(200, 57, 8));
    assertThatIllegalArgumentException().isThrownBy(() -> rans.encode(0, 1, 32));
    assertThatIllegalArgumentException().isThrownBy(() -> rans.advance(1, 1, 8));
    assertThat(stack.isAtSeedState()).isTrue();
  }
}
