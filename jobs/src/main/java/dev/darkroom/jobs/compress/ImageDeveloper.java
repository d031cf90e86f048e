package dev.darkroom.jobs.compress;

import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.archive.ArchiveFailure;
import dev.darkroom.compression.archive.ArchiveStatus;
import dev.darkroom.compression.archive.ArchivedFile;
import dev.darkroom.compression.archive.ArchivedPayload;
import dev.darkroom.compression.archive.FileArchiver;
import dev.darkroom.compression.image.ImageFormat;
import dev.darkroom.jobs.source.Candidate;
import dev.darkroom.jobs.source.CandidateReader;
import dev.darkroom.jobs.table.ArchiveColumn;
import dev.darkroom.jobs.table.RowAction;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;

/**
 * Develops one image after the other. Whatever goes wrong with an image becomes a row that says so.
 * Not thread-safe; one per task.
 */
final class ImageDeveloper implements AutoCloseable {
  private final DevelopSettings settings;
  private final CandidateReader reader;
  private final FileArchiver archiver;
  private final Deadline deadline;

  ImageDeveloper(DevelopSettings settings, Configuration hadoop) {
    this.settings = settings;
    ImageLimits limits = settings.limits();
    this.reader = new CandidateReader(hadoop, limits.maxBytes());
    this.archiver = new FileArchiver(settings.profile(), settings.fidelity(), limits.decoding());
    this.deadline = new Deadline(limits.timeout());
  }

  /** Develops an image, and returns its row of {@link DevelopImages#SCHEMA}. */
  Row develop(Candidate candidate) {
    RowBuilder row =
        new RowBuilder(candidate)
            .set(ArchiveColumn.FIDELITY, settings.fidelity().id())
            .set(ArchiveColumn.PROFILE, settings.profile().id());
    byte[] bytes;
    try {
      bytes = reader.read(candidate);
    } catch (CandidateReader.ProblemException e) {
      return failed(row, e.problem().type().name(), e.problem().message());
    } catch (OutOfMemoryError e) {
      return failed(row, "OUT_OF_MEMORY", "the file does not fit into memory; raise the heap");
    }
    String hash = Sha256.of(bytes).toHex();
    row.set(ArchiveColumn.FILE_SHA256, hash).set(ArchiveColumn.FILE_SIZE, (long) bytes.length);
    if (candidate.knownSha256().equals(Optional.of(hash))) {
      RowAction action = candidate.content().isPresent() ? RowAction.SKIP : RowAction.TOUCH;
      return row.build(ArchiveStatus.STORED, action);
    }
    try {
      return archived(row, deadline.call(() -> archiver.archive(bytes)));
    } catch (TimeoutException e) {
      return failed(
          row,
          "TIMEOUT",
          "coding and checking took longer than %d s; raise --timeout if the image is sound"
              .formatted(settings.limits().timeout().toSeconds()));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      String type = cause instanceof OutOfMemoryError ? "OUT_OF_MEMORY" : "INTERNAL";
      return failed(row, type, "coding failed: " + cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while an image was developed", e);
    }
  }

  private Row archived(RowBuilder row, ArchivedFile file) {
    file.image()
        .ifPresent(
            image ->
                row.set(ArchiveColumn.PIXEL_SHA256, image.pixelSha256().map(Sha256::toHex))
                    .set(ArchiveColumn.WIDTH, image.shape().width())
                    .set(ArchiveColumn.HEIGHT, image.shape().height())
                    .set(ArchiveColumn.CHANNELS, image.shape().channels())
                    .set(ArchiveColumn.BIT_DEPTH, image.shape().bitDepth()));
    file.payload().ifPresent(payload -> set(row, payload));
    file.bpsp().ifPresent(bpsp -> row.set(ArchiveColumn.BPSP, bpsp));
    return row.set(ArchiveColumn.SOURCE_FORMAT, file.sourceFormat().map(ImageFormat::id))
        .set(ArchiveColumn.ENCODE_MILLIS, file.encodeNanos() / 1e6)
        .set(ArchiveColumn.VERIFY_MILLIS, file.verifyNanos() / 1e6)
        .set(ArchiveColumn.ERROR_TYPE, file.failure().map(ArchiveFailure::type))
        .set(ArchiveColumn.ERROR_MESSAGE, file.failure().map(ArchiveFailure::message))
        .build(file.status(), settings.action());
  }

  private static void set(RowBuilder row, ArchivedPayload payload) {
    row.set(ArchiveColumn.CODEC, payload.codec().id())
        .set(ArchiveColumn.MODEL_SHA256, payload.modelSha256().map(Sha256::toHex))
        .set(ArchiveColumn.PAYLOAD_SIZE, (long) payload.bytes().length)
        .set(ArchiveColumn.PAYLOAD, payload.bytes());
    payload.formatVersion().ifPresent(v -> row.set(ArchiveColumn.FORMAT_VERSION, v));
  }

  private Row failed(RowBuilder row, String type, String message) {
    return row.set(ArchiveColumn.ERROR_TYPE, type)
        .set(ArchiveColumn.ERROR_MESSAGE, message)
        .build(ArchiveStatus.FAILED, settings.action());
  }

  @Override
  public void close() {
    deadline.close();
  }
}
