package dev.darkroom.jobs.compress;

import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.archive.ArchiveCodec;
import dev.darkroom.compression.archive.ArchiveFailure;
import dev.darkroom.compression.archive.ArchiveStatus;
import dev.darkroom.compression.archive.ArchivedFile;
import dev.darkroom.compression.archive.ArchivedPayload;
import dev.darkroom.compression.archive.Fidelity;
import dev.darkroom.compression.archive.FileArchiver;
import dev.darkroom.compression.image.ImageFormat;
import dev.darkroom.jobs.source.Candidate;
import dev.darkroom.jobs.source.CandidateReader;
import dev.darkroom.jobs.source.SourceProblem;
import dev.darkroom.jobs.table.ArchiveColumn;
import dev.darkroom.jobs.table.RowAction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;

/**
 * Develops one image after the other. A file that can't be read becomes a row that says so; any
 * other is kept, as its bytes where nothing better comes of it. Not thread-safe; one per task.
 */
final class ImageDeveloper implements AutoCloseable {
  private static final String TIMEOUT = "TIMEOUT";
  private static final String OUT_OF_MEMORY = "OUT_OF_MEMORY";

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
    long started = System.nanoTime();
    byte[] bytes;
    try {
      bytes = deadline.call(() -> reader.read(candidate));
    } catch (TimeoutException e) {
      return failed(
          row, TIMEOUT, "reading took longer than " + limit() + "; raise --timeout, or look why");
    } catch (ExecutionException e) {
      return unread(row, e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    String hash = Sha256.of(bytes).toHex();
    row.set(ArchiveColumn.FILE_SHA256, hash).set(ArchiveColumn.FILE_SIZE, (long) bytes.length);
    if (candidate.knownSha256().equals(Optional.of(hash))) {
      RowAction action = candidate.content().isPresent() ? RowAction.SKIP : RowAction.TOUCH;
      return row.build(ArchiveStatus.STORED, action);
    }
    return archived(
        row, archive(bytes, settings.limits().timeout().minusNanos(System.nanoTime() - started)));
  }

  /** Archives a file that was read: nothing that happens from here on makes it fail. */
  private ArchivedFile archive(byte[] bytes, Duration atMost) {
    try {
      return deadline.call(() -> archiver.archive(bytes), atMost);
    } catch (TimeoutException e) {
      return keep(
          bytes,
          TIMEOUT,
          "stored, because coding and checking took longer than "
              + limit()
              + "; raise --timeout and run with --no-resume to have it coded");
    } catch (ExecutionException e) {
      return e.getCause() instanceof OutOfMemoryError
          ? keep(
              bytes, OUT_OF_MEMORY, "stored, because coding it takes more memory; raise the heap")
          : keep(bytes, "INTERNAL", "stored, because coding failed: " + e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private ArchivedFile keep(byte[] bytes, String type, String message) {
    ArchiveFailure why = new ArchiveFailure(type, message);
    try {
      return archiver.keep(bytes, why);
    } catch (OutOfMemoryError e) {
      // The bytes that are there already can be kept in any case.
      return new ArchivedFile(
          bytes.length,
          Sha256.of(bytes),
          ArchiveStatus.STORED,
          settings.profile(),
          settings.fidelity(),
          ImageFormat.sniff(bytes),
          Optional.empty(),
          Optional.of(
              new ArchivedPayload(
                  ArchiveCodec.STORED, bytes, OptionalInt.empty(), Optional.empty())),
          0,
          0,
          Optional.of(why),
          List.of());
    }
  }

  private Row unread(RowBuilder row, Throwable cause) {
    if (cause instanceof CandidateReader.ProblemException e) {
      if (e.problem().type() == SourceProblem.Type.NOT_TRIED) {
        return row.build(ArchiveStatus.FAILED, RowAction.SKIP);
      }
      return failed(row, e.problem().type().name(), e.problem().message());
    }
    if (cause instanceof OutOfMemoryError) {
      return failed(row, OUT_OF_MEMORY, "the file does not fit into memory; raise the heap");
    }
    return failed(row, "UNREADABLE", "reading failed: " + cause + "; please report it");
  }

  private String limit() {
    return settings.limits().timeout().toSeconds() + " s";
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while an image was developed", e);
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
    if (file.status() == ArchiveStatus.OK && file.fidelity() == Fidelity.PIXELS) {
      row.set(ArchiveColumn.LEFT_BEHIND, file.leftBehind().toArray(String[]::new));
    }
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
