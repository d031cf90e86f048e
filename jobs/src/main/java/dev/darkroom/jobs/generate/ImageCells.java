package dev.darkroom.jobs.generate;

import dev.darkroom.compression.Profile;
import dev.darkroom.compression.archive.ArchiveCodec;
import dev.darkroom.compression.archive.ArchivedPayload;
import dev.darkroom.compression.archive.Fidelity;
import dev.darkroom.compression.archive.FileArchiver;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.generation.Sample;
import dev.darkroom.jobs.table.GeneratedColumn;
import dev.darkroom.models.ModelIdentity;
import dev.darkroom.models.Sha256;
import dev.darkroom.recaption.image.RgbImage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Puts an image into its row: as a PNG file that says how it was made, or that file coded. */
final class ImageCells {
  private final ModelIdentity model;
  private final Optional<FileArchiver> archiver;

  /** For images of a model, coded or not. */
  ImageCells(ModelIdentity model, boolean compressed) {
    this.model = model;
    this.archiver =
        compressed
            ? Optional.of(new FileArchiver(Profile.FAST, Fidelity.FILE, DecodeLimits.DEFAULT))
            : Optional.empty();
  }

  void fill(GeneratedRow row, PlannedSample planned, Sample sample) {
    String pixelHash = Sha256.of(sample.rgb());
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("parameters", ParameterText.of(planned, model));
    texts.put("provenance", Provenance.of(planned, model, pixelHash));
    byte[] png =
        PngFile.write(new RgbImage(sample.width(), sample.height(), sample.rgb()).picture(), texts);
    row.set(GeneratedColumn.IMAGE_SHA256, Sha256.of(png))
        .set(GeneratedColumn.PIXEL_SHA256, pixelHash)
        .set(GeneratedColumn.TRUNCATED, sample.promptTruncated());
    // A file that would not shrink stays as it is.
    Optional<byte[]> payload =
        archiver
            .flatMap(coder -> coder.archive(png).payload())
            .filter(coded -> coded.codec() == ArchiveCodec.IFLOW)
            .map(ArchivedPayload::bytes);
    if (payload.isPresent()) {
      row.set(GeneratedColumn.PAYLOAD, payload.get());
    } else {
      row.set(GeneratedColumn.IMAGE, png);
    }
  }
}
