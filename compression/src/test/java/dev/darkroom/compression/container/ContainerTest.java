package dev.darkroom.compression.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodecException.Kind;
import dev.darkroom.compression.DrawnImages;
import dev.darkroom.compression.Profile;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.plain.PlainCoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerTest {
  private static final StreamCoders PLAIN = StreamCoders.of(List.of(new PlainCoder()));
  private static final StreamCoders SHARED =
      StreamCoders.of(List.of(new PlainCoder(), new ConcatenatingCoder(Sha256.of(new byte[1]))));

  private final List<RasterImage> images =
      List.of(
          DrawnImages.smooth(13, 9, 3, 8),
          DrawnImages.noise(5, 4, 4, 16, 1),
          DrawnImages.smooth(8, 8, 1, 8),
          DrawnImages.constant(1, 1, 2, 16, 40_000));

  @Test
  void returnsAnyImageByItsIndex() throws CodecException {
    ContainerReader reader = open(write(PLAIN, images), PLAIN);

    assertThat(reader.imageCount()).isEqualTo(4);
    assertThat(reader.profile()).isEqualTo(Profile.FAST);
    for (int i : new int[] {2, 0, 3, 1}) {
      assertThat(reader.decode(i)).isEqualTo(images.get(i));
      assertThat(reader.info(i).shape()).isEqualTo(ImageShape.of(images.get(i)));
      assertThat(reader.info(i).pixelSha256()).isEqualTo(Sha256.ofPixels(images.get(i)));
      assertThat(reader.info(i).streamIndex()).isEqualTo(i);
    }
  }

  @Test
  void letsSharingCodersShareAStreamAndFallsBackOnPlain() throws CodecException {
    ContainerReader reader = open(write(SHARED, images), SHARED);

    assertThat(reader.info(0).codec()).isEqualTo(CodecId.FAST);
    assertThat(reader.info(1).codec()).as("16 bits").isEqualTo(CodecId.PLAIN);
    assertThat(reader.info(2).streamIndex()).isEqualTo(reader.info(0).streamIndex());
    assertThat(reader.info(2).positionInStream()).isEqualTo(1);
    for (int i = 0; i < images.size(); i++) {
      assertThat(reader.decode(i)).isEqualTo(images.get(i));
    }
  }

  @Test
  void keepsMetadata() throws CodecException {
    ContainerWriter writer = new ContainerWriter(Profile.FAST, PLAIN);
    writer.add(images.get(0), new byte[] {1, 2, 3});
    writer.add(images.get(1));
    writer.add(images.get(2), new byte[0]);

    ContainerReader reader = open(writer.toBytes(), PLAIN);

    assertThat(reader.metadata(0)).hasValue(new byte[] {1, 2, 3});
    assertThat(reader.metadata(1)).isEmpty();
    assertThat(reader.metadata(2)).hasValue(new byte[0]);
    assertThat(reader.info(0).hasMetadata()).isTrue();
    assertThat(reader.decode(2)).isEqualTo(images.get(2));
  }

  @Test
  void costsLessThanHundredBytesForOneImage() {
    RasterImage image = images.get(0);

    int plain = new PlainCoder().encode(List.of(image)).length;
    assertThat(write(PLAIN, List.of(image))).hasSizeLessThanOrEqualTo(plain + 64);
    assertThat(write(SHARED, List.of(image))).hasSizeLessThanOrEqualTo(image.samples().length + 96);
  }

  @Test
  void noticesEveryFlippedBit() throws CodecException {
    ContainerWriter writer = new ContainerWriter(Profile.FAST, SHARED);
    writer.add(images.get(2), new byte[] {1, 2, 3});
    writer.add(images.get(3));
    byte[] container = writer.toBytes();
    for (int i = 0; i < container.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = container.clone();
        flipped[i] ^= (byte) (1 << bit);
        assertThatThrownBy(() -> readAll(flipped))
            .as("bit %d of byte %d", bit, i)
            .isInstanceOf(CodecException.class);
      }
    }
  }

  @Test
  void noticesEveryTruncationAndAppendedBytes() {
    byte[] container = write(PLAIN, images);
    for (int length = 0; length < container.length; length++) {
      byte[] cut = Arrays.copyOf(container, length);
      assertThatThrownBy(() -> readAll(cut)).isInstanceOf(CodecException.class);
    }
    assertThatThrownBy(() -> readAll(Arrays.copyOf(container, container.length + 1)))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void refusesADamagedDirectoryWhoseChecksumWasMadeToFit() {
    byte[] container = write(PLAIN, images);
    int end = headerEnd(container);
    for (int i = 4; i < end; i++) {
      for (int value : new int[] {0, 1, 0x7F, 0x80, 0xFF}) {
        byte[] forged = container.clone();
        forged[i] = (byte) value;
        if (!Arrays.equals(forged, container)) {
          putChecksum(forged, end);
          assertThatThrownBy(() -> readAll(forged)).isInstanceOf(CodecException.class);
        }
      }
    }
  }

  @Test
  void refusesANewerVersion() {
    byte[] container = write(PLAIN, images);
    container[4] = 2;

    assertThatThrownBy(() -> open(container, PLAIN))
        .asInstanceOf(type(CodecException.class))
        .returns(Kind.NEWER_VERSION, CodecException::kind)
        .satisfies(e -> assertThat(e).hasMessageContaining("install a newer release"));
  }

  @Test
  void refusesAnotherModel() throws CodecException {
    byte[] container = write(SHARED, images);
    StreamCoders other =
        StreamCoders.of(List.of(new PlainCoder(), new ConcatenatingCoder(Sha256.of(new byte[2]))));

    assertThatThrownBy(() -> open(container, other).decode(0))
        .asInstanceOf(type(CodecException.class))
        .returns(Kind.UNKNOWN_MODEL, CodecException::kind)
        .satisfies(
            e ->
                assertThat(e)
                    .hasMessageContaining(Sha256.of(new byte[1]).toHex())
                    .hasMessageContaining("install the model"));
    assertThat(open(container, other).decode(1)).as("plain").isEqualTo(images.get(1));
    assertThatThrownBy(() -> open(container, PLAIN).decode(0))
        .asInstanceOf(type(CodecException.class))
        .returns(Kind.UNKNOWN_MODEL, CodecException::kind);
  }

  @Test
  void refusesMoreThanTheLimitsBeforeDecoding() {
    byte[] container = write(PLAIN, images);

    assertThatThrownBy(() -> ContainerReader.open(container, PLAIN, ContainerLimits.ofPixels(116)))
        .asInstanceOf(type(CodecException.class))
        .returns(Kind.LIMIT_EXCEEDED, CodecException::kind);
    assertThatThrownBy(() -> ContainerReader.open(container, PLAIN, new ContainerLimits(117, 3)))
        .asInstanceOf(type(CodecException.class))
        .returns(Kind.LIMIT_EXCEEDED, CodecException::kind);
  }

  @Test
  void refusesToWriteNothing() {
    assertThatThrownBy(() -> new ContainerWriter(Profile.FAST, PLAIN).toBytes())
        .isInstanceOf(IllegalStateException.class);
  }

  private static byte[] write(StreamCoders coders, List<RasterImage> images) {
    ContainerWriter writer = new ContainerWriter(Profile.FAST, coders);
    images.forEach(writer::add);
    return writer.toBytes();
  }

  private static ContainerReader open(byte[] container, StreamCoders coders) throws CodecException {
    return ContainerReader.open(container, coders, ContainerLimits.DEFAULT);
  }

  private static List<RasterImage> readAll(byte[] container) throws CodecException {
    ContainerReader reader =
        ContainerReader.open(container, SHARED, ContainerLimits.ofPixels(9999));
    List<RasterImage> decoded = new ArrayList<>();
    for (int i = 0; i < reader.imageCount(); i++) {
      decoded.add(reader.decode(i));
      assertThat(reader.metadata(i).isPresent()).isEqualTo(reader.info(i).hasMetadata());
    }
    return decoded;
  }

  private static int headerEnd(byte[] container) {
    int length = container[5] & 0x7F | (container[6] & 0x7F) << 7;
    return 7 + length;
  }

  private static void putChecksum(byte[] container, int end) {
    int crc = ContainerFormat.crc(container, 0, end);
    for (int i = 0; i < 4; i++) {
      container[end + i] = (byte) (crc >>> 24 - 8 * i);
    }
  }
}
