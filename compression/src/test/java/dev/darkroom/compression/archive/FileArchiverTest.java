package dev.darkroom.compression.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.DrawnImages;
import dev.darkroom.compression.Profile;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.container.CodecId;
import dev.darkroom.compression.container.ImageShape;
import dev.darkroom.compression.container.StreamCoder;
import dev.darkroom.compression.container.StreamCoders;
import dev.darkroom.compression.deflate.DeflateSettings;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.DecodedImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageFileDecoder;
import dev.darkroom.compression.image.ImageFormat;
import dev.darkroom.compression.image.ImageMetadata;
import dev.darkroom.compression.image.SharedData;
import dev.darkroom.compression.image.png.PngChunk;
import dev.darkroom.compression.image.png.PngFile;
import dev.darkroom.compression.image.png.PngLines;
import dev.darkroom.compression.image.png.PngWriter;
import dev.darkroom.compression.plain.PlainCoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FileArchiverTest {
  private static final DecodeLimits LIMITS =
      new DecodeLimits(1 << 22, 1 << 24, Duration.ofSeconds(30));
  private static final StreamCoders PLAIN = StreamCoders.of(List.of(new PlainCoder()));

  private final FileRestorer restorer = new FileRestorer(LIMITS, PLAIN);

  @Test
  void givesBackPixelsAndMetadata() throws Exception {
    RasterImage raster = DrawnImages.smooth(120, 90, 3, 8);
    ImageMetadata metadata =
        new ImageMetadata(
            List.of(
                new PngChunk("gAMA", new byte[] {0, 0, (byte) 0xB1, (byte) 0x8F}),
                new PngChunk("eXIf", "II*\0 made up".getBytes(StandardCharsets.US_ASCII))));
    byte[] file = PngWriter.write(raster, metadata);

    ArchivedFile row = archiver(Fidelity.PIXELS).archive(file);

    assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
    assertThat(row.size()).isEqualTo(file.length);
    assertThat(row.fileSha256()).isEqualTo(Sha256.of(file));
    assertThat(row.sourceFormat()).hasValue(ImageFormat.PNG);
    assertThat(row.image())
        .hasValue(new ImageProperties(ImageShape.of(raster), Optional.of(Sha256.ofPixels(raster))));
    assertThat(row.failure()).isEmpty();
    assertThat(row.encodeNanos()).isPositive();
    assertThat(row.verifyNanos()).isPositive();
    ArchivedPayload payload = row.payload().orElseThrow();
    assertThat(payload.codec()).isEqualTo(ArchiveCodec.IFLOW);
    assertThat(payload.formatVersion()).hasValue(1);
    assertThat(payload.bytes().length).isLessThan(file.length);
    assertThat(row.bpsp().orElseThrow())
        .isEqualTo(8.0 * payload.bytes().length / raster.subpixels());

    RestoredFile restored = restorer.restore(RestoreRequest.of(row));
    DecodedImage decoded = new ImageFileDecoder(LIMITS).decode(restored.bytes());
    assertThat(restored.original()).isFalse();
    assertThat(restored.extension()).isEqualTo("png");
    assertThat(decoded.raster()).isEqualTo(raster);
    assertThat(decoded.metadata()).isEqualTo(metadata);
    assertThat(restorer.pixels(RestoreRequest.of(row))).hasValue(raster);
  }

  @ParameterizedTest
  @CsvSource({"1,8", "2,8", "3,8", "4,8", "1,16", "2,16", "3,16", "4,16"})
  void givesBackPngFilesByteForByte(int channels, int depth) throws CodecException {
    RasterImage raster = DrawnImages.smooth(100, 80, channels, depth);
    byte[] file = PngWriter.write(raster, ImageMetadata.NONE);

    ArchivedFile row = archiver(Fidelity.FILE).archive(file);

    assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
    RestoredFile restored = restorer.restore(RestoreRequest.of(row));
    assertThat(restored.bytes()).isEqualTo(file);
    assertThat(restored.original()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "bmp,5", "bmp,10", "tiff,5", "tiff,10", "tiff,11", "png,5", "png,10", "png,11", "png,12",
    "png,13"
  })
  void givesBackFilesOfImageIoByteForByte(String format, int imageType) throws Exception {
    byte[] file = encode(draw(imageType), format);

    ArchivedFile row = archiver(Fidelity.FILE).archive(file);

    assertThat(row.payload().orElseThrow().bytes().length).isLessThanOrEqualTo(file.length);
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(file);
    if (!format.equals("tiff") && imageType != 12) {
      assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
    }
  }

  @Test
  void keepsTrailingBytesAndChunkLayoutOfPngFiles() throws CodecException {
    byte[] plain = PngWriter.write(DrawnImages.smooth(100, 80, 3, 8), ImageMetadata.NONE);
    byte[] trailing = Arrays.copyOf(plain, plain.length + 33);
    Arrays.fill(trailing, plain.length, trailing.length, (byte) 'x');

    ArchivedFile row = archiver(Fidelity.FILE).archive(trailing);

    assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(trailing);
  }

  /** As Pillow, libpng and other writers set zlib. */
  @ParameterizedTest
  @CsvSource({"6,1,9", "9,0,9", "1,0,8", "3,1,8", "6,2,8", "6,3,8", "4,3,9"})
  void givesBackPngFilesOfOtherWriters(int level, int strategy, int memoryLevel) throws Exception {
    byte[] file = PngWriter.write(DrawnImages.smooth(200, 150, 3, 8), ImageMetadata.NONE);
    PngFile png = PngFile.parse(file);
    byte[] lines = PngLines.inflate(png);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, PngFile.SIGNATURE_BYTES);
    PngWriter.writeChunk(out, png.chunks().get(0));
    byte[] data =
        new ZlibSettings(new DeflateSettings(level, strategy, memoryLevel, 15), 0x7801)
            .compress(lines);
    for (int i = 0; i < data.length; i += 8192) {
      byte[] part = Arrays.copyOfRange(data, i, Math.min(data.length, i + 8192));
      PngWriter.writeChunk(out, new PngChunk("IDAT", part));
    }
    PngWriter.writeChunk(out, new PngChunk("tEXt", "Made\0up".getBytes(StandardCharsets.US_ASCII)));
    PngWriter.writeChunk(out, new PngChunk("IEND", new byte[0]));

    ArchivedFile row = archiver(Fidelity.FILE).archive(out.toByteArray());

    assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(out.toByteArray());
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void storesJpegAsItIs(Fidelity fidelity) throws Exception {
    byte[] file = encode(draw(BufferedImage.TYPE_3BYTE_BGR), "jpg");

    ArchivedFile row = archiver(fidelity).archive(file);

    assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
    assertThat(row.failure()).isEmpty();
    // the header's facts, and no hash of what another decoder may round otherwise
    assertThat(row.image())
        .hasValue(new ImageProperties(new ImageShape(150, 110, 3, 8), Optional.empty()));
    assertThat(row.payload().orElseThrow().bytes().length).isLessThanOrEqualTo(file.length);
    RestoredFile restored = restorer.restore(RestoreRequest.of(row));
    assertThat(restored.bytes()).isEqualTo(file);
    assertThat(restored.extension()).isEqualTo("jpg");
  }

  @Test
  void storesWhatWouldNotShrink() throws Exception {
    byte[] file = encode(new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_BINARY), "gif");

    ArchivedFile row = archiver(Fidelity.PIXELS).archive(file);

    assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
    assertThat(row.payload().orElseThrow().codec()).isEqualTo(ArchiveCodec.STORED);
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(file);
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void keepsAFileThatNoDecoderOpens(Fidelity fidelity) throws Exception {
    byte[] png = PngWriter.write(DrawnImages.smooth(20, 10, 3, 8), ImageMetadata.NONE);
    byte[] flipped = png.clone();
    flipped[60] ^= 1;
    byte[] jpeg = encode(draw(BufferedImage.TYPE_3BYTE_BGR), "jpg");
    assertKept(fidelity, new byte[0], "NOT_AN_IMAGE", "the file is empty");
    assertKept(fidelity, ascii("no image at all"), "NOT_AN_IMAGE", "the file is text, no image");
    assertKept(
        fidelity,
        ascii("\0\0\0\30ftypheic\0\0\0\0mif1heic"),
        "UNSUPPORTED",
        "HEIC is not read; its bytes are kept");
    assertKept(fidelity, flipped, "CORRUPT", "checksum");
    assertKept(fidelity, Arrays.copyOf(png, 100), "TRUNCATED", "cut short");
    assertKept(fidelity, Arrays.copyOf(jpeg, jpeg.length / 2), "TRUNCATED", "ends before");
  }

  @Test
  void saysWhichFormatAnUnreadFileHas() {
    ArchivedFile row =
        archiver(Fidelity.FILE).archive(ascii("\0\0\0\34ftypavif\0\0\0\0avifmif1miaf"));

    assertThat(row.sourceFormat()).hasValue(ImageFormat.AVIF);
    assertThat(row.image()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void keepsAFileOverTheLimits(Fidelity fidelity) throws Exception {
    byte[] png = PngWriter.write(DrawnImages.smooth(20, 10, 3, 8), ImageMetadata.NONE);
    byte[] wide = PngWriter.write(DrawnImages.constant(70_000 / 2, 1, 1, 8, 3), ImageMetadata.NONE);
    wide = withWidth(wide, 70_000);
    assertKept(strict(fidelity, 199, 1 << 20), png, "TOO_LARGE", "--max-pixels");
    assertKept(strict(fidelity, 1 << 20, png.length - 1), png, "TOO_LARGE", "--max-bytes");
    assertKept(archiver(fidelity), wide, "TOO_LARGE", "more than 65535 a side");
  }

  @Test
  void keepsTheHeadersFactsOfADamagedJpeg() throws Exception {
    byte[] jpeg = encode(draw(BufferedImage.TYPE_3BYTE_BGR), "jpg");

    ArchivedFile row = archiver(Fidelity.FILE).archive(Arrays.copyOf(jpeg, jpeg.length / 2));

    assertThat(row.failure().orElseThrow().type()).isEqualTo("TRUNCATED");
    assertThat(row.image())
        .hasValue(new ImageProperties(new ImageShape(150, 110, 3, 8), Optional.empty()));
  }

  @Test
  void keepsAFileWithoutLookingAtIt() throws Exception {
    byte[] png = PngWriter.write(DrawnImages.smooth(20, 10, 3, 8), ImageMetadata.NONE);
    ArchiveFailure late = new ArchiveFailure("TIMEOUT", "too slow");

    ArchivedFile row = archiver(Fidelity.PIXELS).keep(png, late);

    assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
    assertThat(row.failure()).hasValue(late);
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(png);
  }

  @Test
  void keepsAFileWhoseTimeIsUp() throws Exception {
    byte[] png = PngWriter.write(DrawnImages.smooth(60, 60, 3, 8), ImageMetadata.NONE);
    FileArchiver archiver =
        new FileArchiver(
            Profile.FAST,
            Fidelity.PIXELS,
            LIMITS,
            StreamCoders.of(List.of(new InterruptedCoder())),
            PLAIN);
    FutureTask<ArchivedFile> task = new FutureTask<>(() -> archiver.archive(png));
    new Thread(task).start();

    ArchivedFile row = task.get();
    assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
    assertThat(row.failure().orElseThrow().type()).isEqualTo("TIMEOUT");
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(png);
  }

  @Test
  void storesAFileThatDoesNotDecodeToWhatWasEncoded() throws CodecException {
    byte[] file = PngWriter.write(DrawnImages.smooth(60, 60, 3, 8), ImageMetadata.NONE);
    FileArchiver archiver =
        new FileArchiver(
            Profile.FAST,
            Fidelity.PIXELS,
            LIMITS,
            PLAIN,
            StreamCoders.of(List.of(new ForgetfulCoder())));

    ArchivedFile row = archiver.archive(file);

    assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
    assertThat(row.failure().orElseThrow().type()).isEqualTo(ArchiveFailure.VERIFICATION);
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(file);
  }

  @Test
  void storesAFileWhoseCoderFails() {
    byte[] file = PngWriter.write(DrawnImages.smooth(60, 60, 3, 8), ImageMetadata.NONE);
    FileArchiver archiver =
        new FileArchiver(
            Profile.FAST,
            Fidelity.PIXELS,
            LIMITS,
            StreamCoders.of(List.of(new FailingCoder())),
            PLAIN);

    ArchivedFile row = archiver.archive(file);

    assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
    assertThat(row.failure().orElseThrow().type()).isEqualTo(ArchiveFailure.ENCODING);
  }

  @Test
  void storesAFileThatMemoryIsTooSmallFor() throws CodecException {
    byte[] file = PngWriter.write(DrawnImages.smooth(60, 60, 3, 8), ImageMetadata.NONE);
    FileArchiver archiver =
        new FileArchiver(
            Profile.FAST,
            Fidelity.FILE,
            LIMITS,
            StreamCoders.of(List.of(new GreedyCoder())),
            PLAIN);

    ArchivedFile row = archiver.archive(file);

    assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
    assertThat(row.failure().orElseThrow().type()).isEqualTo("OUT_OF_MEMORY");
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(file);
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void refusesADamagedPayload(Fidelity fidelity) {
    byte[] file = PngWriter.write(DrawnImages.smooth(40, 40, 3, 8), ImageMetadata.NONE);
    RestoreRequest sound = RestoreRequest.of(archiver(fidelity).archive(file));
    assertThat(sound.codec()).isEqualTo(ArchiveCodec.IFLOW);
    for (int i = 0; i < sound.payload().length; i++) {
      byte[] payload = sound.payload().clone();
      payload[i] ^= (byte) (1 << i % 8);
      assertThatThrownBy(() -> restorer.restore(with(sound, payload)))
          .isInstanceOf(CodecException.class);
      byte[] cut = Arrays.copyOf(payload, i);
      assertThatThrownBy(() -> restorer.restore(with(sound, cut)))
          .isInstanceOf(CodecException.class);
    }
  }

  @Test
  void refusesADamagedStoredFile() throws IOException {
    byte[] file = encode(draw(BufferedImage.TYPE_3BYTE_BGR), "jpg");
    RestoreRequest sound = RestoreRequest.of(archiver(Fidelity.FILE).archive(file));
    byte[] payload = sound.payload().clone();
    payload[payload.length / 2] ^= 1;

    assertThatThrownBy(() -> restorer.restore(with(sound, payload)))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void refusesAPayloadOfAnotherRow() {
    RestoreRequest first =
        RestoreRequest.of(
            archiver(Fidelity.PIXELS)
                .archive(PngWriter.write(DrawnImages.smooth(40, 40, 3, 8), ImageMetadata.NONE)));
    RestoreRequest second =
        RestoreRequest.of(
            archiver(Fidelity.PIXELS)
                .archive(PngWriter.write(DrawnImages.smooth(41, 40, 3, 8), ImageMetadata.NONE)));

    assertThatThrownBy(() -> restorer.restore(with(first, second.payload())))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("another image");
  }

  /** Whatever lies there: damaged files, photographs, files of no image. */
  @ParameterizedTest
  @CsvSource({"data/broken", "data/coco-mini/images", "cases"})
  void givesBackEveryFile(String folder) throws Exception {
    for (Path path : SharedData.tree(folder)) {
      byte[] file = Files.readAllBytes(path);
      for (Fidelity fidelity : Fidelity.values()) {
        ArchivedFile row = archiver(fidelity).archive(file);
        assertThat(row.status()).as(path.toString()).isNotEqualTo(ArchiveStatus.FAILED);
        assertThat(row.failure().map(ArchiveFailure::type))
            .as(path.toString())
            .isNotIn(
                Optional.of(ArchiveFailure.ENCODING), Optional.of(ArchiveFailure.VERIFICATION));
        assertRestores(row, file, path);
      }
    }
  }

  private void assertRestores(ArchivedFile row, byte[] file, Path path)
      throws CodecException, ImageDecodeException {
    RestoredFile restored = restorer.restore(RestoreRequest.of(row));
    if (restored.original()) {
      assertThat(Arrays.equals(restored.bytes(), file)).as(path.toString()).isTrue();
    } else {
      assertThat(row.fidelity()).isEqualTo(Fidelity.PIXELS);
      ImageFileDecoder decoder = new ImageFileDecoder(LIMITS);
      assertThat(decoder.decode(restored.bytes()).shown())
          .as(path.toString())
          .isEqualTo(decoder.decode(file).shown());
    }
  }

  private void assertKept(Fidelity fidelity, byte[] file, String type, String message)
      throws CodecException {
    assertKept(archiver(fidelity), file, type, message);
  }

  private void assertKept(FileArchiver archiver, byte[] file, String type, String message)
      throws CodecException {
    ArchivedFile row = archiver.archive(file);
    assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
    assertThat(row.failure().orElseThrow().type()).isEqualTo(type);
    assertThat(row.failure().orElseThrow().message()).contains(message);
    assertThat(row.leftBehind()).isEmpty();
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(file);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A PNG with another width in its header, whose rows are then too short. */
  private static byte[] withWidth(byte[] png, int width) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, PngFile.SIGNATURE_BYTES);
    ByteBuffer header = ByteBuffer.wrap(png, PngFile.SIGNATURE_BYTES + 8, 13).slice();
    byte[] content = new byte[header.remaining()];
    header.get(content);
    ByteBuffer.wrap(content).putInt(width);
    PngWriter.writeChunk(out, new PngChunk("IHDR", content));
    out.write(png, PngFile.SIGNATURE_BYTES + 25, png.length - PngFile.SIGNATURE_BYTES - 25);
    return out.toByteArray();
  }

  private static FileArchiver strict(Fidelity fidelity, long pixels, long bytes) {
    return new FileArchiver(
        Profile.FAST,
        fidelity,
        new DecodeLimits(pixels, bytes, Duration.ofSeconds(5)),
        PLAIN,
        PLAIN);
  }

  private static FileArchiver archiver(Fidelity fidelity) {
    return new FileArchiver(Profile.FAST, fidelity, LIMITS, PLAIN, PLAIN);
  }

  private static RestoreRequest with(RestoreRequest request, byte[] payload) {
    return new RestoreRequest(
        request.codec(),
        payload,
        request.sourceFormat(),
        request.fileSha256(),
        request.pixelSha256());
  }

  private static BufferedImage draw(int imageType) {
    BufferedImage image = new BufferedImage(150, 110, imageType);
    RasterImage smooth = DrawnImages.smooth(150, 110, 1, 8);
    for (int y = 0; y < 110; y++) {
      for (int x = 0; x < 150; x++) {
        int value = smooth.samples()[y * 150 + x] & 0xFF;
        image.setRGB(x, y, 0xFF000000 | value << 16 | value / 2 << 8 | 255 - value);
      }
    }
    return image;
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  /** Decodes to black, whatever was encoded. */
  private static final class ForgetfulCoder extends DelegatingCoder {
    @Override
    public RasterImage decode(byte[] stream, List<ImageShape> shapes, int index) {
      ImageShape shape = shapes.get(index);
      return DrawnImages.constant(
          shape.width(), shape.height(), shape.channels(), shape.bitDepth(), 0);
    }
  }

  private static final class FailingCoder extends DelegatingCoder {
    @Override
    public byte[] encode(List<RasterImage> images) {
      throw new IllegalStateException("out of order");
    }
  }

  private static final class GreedyCoder extends DelegatingCoder {
    @Override
    public byte[] encode(List<RasterImage> images) {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  private static final class InterruptedCoder extends DelegatingCoder {
    @Override
    public byte[] encode(List<RasterImage> images) {
      Thread.currentThread().interrupt();
      return super.encode(images);
    }
  }

  private static class DelegatingCoder implements StreamCoder {
    private final PlainCoder plain = new PlainCoder();

    @Override
    public CodecId id() {
      return CodecId.PLAIN;
    }

    @Override
    public Optional<Sha256> modelSha256() {
      return Optional.empty();
    }

    @Override
    public boolean sharesStreams() {
      return false;
    }

    @Override
    public boolean supports(RasterImage image) {
      return true;
    }

    @Override
    public byte[] encode(List<RasterImage> images) {
      return plain.encode(images);
    }

    @Override
    public RasterImage decode(byte[] stream, List<ImageShape> shapes, int index)
        throws CodecException {
      return plain.decode(stream, shapes, index);
    }
  }
}
