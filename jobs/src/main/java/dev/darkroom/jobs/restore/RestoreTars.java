package dev.darkroom.jobs.restore;

import dev.darkroom.jobs.table.ArchivedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Restores the rows of a partition as members of tars; one row out for each, that says what became
 * of it. All rows of a tar are in one partition, beside each other and in their order. A tar is
 * written on this machine, member by member, and then put into the folder as one file. A member
 * that is damaged is left out and told.
 */
final class RestoreTars implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final String output;
  private final boolean overwrite;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final LongAccumulator done;

  RestoreTars(
      String output,
      boolean overwrite,
      Broadcast<SerializableConfiguration> hadoop,
      LongAccumulator done) {
    this.output = output;
    this.overwrite = overwrite;
    this.hadoop = hadoop;
    this.done = done;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) throws IOException {
    return new Tars(rows, TargetFolder.open(output, hadoop.value().value()));
  }

  /** Makes one tar after the other, as outcomes are asked for. */
  private final class Tars implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final TargetFolder folder;
    private final Queue<Row> outcomes = new ArrayDeque<>();
    private Optional<Row> next;

    Tars(Iterator<Row> rows, TargetFolder folder) {
      this.rows = rows;
      this.folder = folder;
      this.next = take();
    }

    @Override
    public boolean hasNext() {
      if (outcomes.isEmpty() && next.isPresent()) {
        restore();
      }
      return !outcomes.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all members are told of");
      }
      return outcomes.remove();
    }

    private Optional<Row> take() {
      return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    }

    private Optional<Row> takeOf(String tar) {
      return next.filter(row -> tar.equals(name(row)));
    }

    private void restore() {
      String name = name(next.orElseThrow());
      Queue<Member> members = new ArrayDeque<>();
      Path spool = null;
      try {
        if (name.isEmpty()) {
          throw new IOException("every name that the tar could have is taken");
        }
        spool =
            SparkEnv.get().blockManager().diskBlockManager().createTempLocalBlock()._2().toPath();
        try (TarWriter tar = new TarWriter(spool, name)) {
          for (Optional<Row> row = takeOf(name); row.isPresent(); row = takeOf(name)) {
            add(row.get(), tar, members);
            next = take();
          }
        }
        TargetFolder.Outcome outcome = folder.put(name, FileContent.of(spool), overwrite);
        members.forEach(
            member ->
                outcomes.add(
                    RestoredOutcome.of(
                        member.sourcePath(), member.dataFile(), outcome, member.bytes())));
      } catch (IOException | RuntimeException e) {
        String message = "can't be written: " + e.getMessage();
        members.forEach(
            member ->
                outcomes.add(
                    RestoredOutcome.failed(member.sourcePath(), member.dataFile(), message)));
        for (Optional<Row> row = takeOf(name); row.isPresent(); row = takeOf(name)) {
          outcomes.add(RestoredOutcome.failed(row.get(), message));
          done.add(1);
          next = take();
        }
      } finally {
        delete(spool);
      }
    }

    private void add(Row row, TarWriter tar, Queue<Member> members) throws IOException {
      try {
        byte[] file = ArchivedImage.of(row).restore();
        tar.add(row, file);
        members.add(
            new Member(RestoredOutcome.source(row), RestoredOutcome.dataFile(row), file.length));
      } catch (ArchivedImage.DamagedException e) {
        outcomes.add(RestoredOutcome.failed(row, e.type() + ": " + e.getMessage()));
      } finally {
        done.add(1);
      }
    }

    private static String name(Row row) {
      String target = row.getAs(NameAssignment.TARGET);
      return target == null ? "" : target;
    }

    private static void delete(Path spool) {
      try {
        if (spool != null) {
          Files.deleteIfExists(spool);
        }
      } catch (IOException e) {
        // Spark deletes what is left in its own folder.
        return;
      }
    }
  }

  /** A member that is in the tar. */
  private record Member(String sourcePath, String dataFile, long bytes) {}
}
