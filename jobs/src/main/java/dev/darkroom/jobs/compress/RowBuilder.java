package dev.darkroom.jobs.compress;

import dev.darkroom.compression.archive.ArchiveStatus;
import dev.darkroom.jobs.source.Candidate;
import dev.darkroom.jobs.source.Member;
import dev.darkroom.jobs.table.ArchiveColumn;
import dev.darkroom.jobs.table.RowAction;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Builds one row of {@link DevelopImages#SCHEMA}; columns that are not set stay empty. */
final class RowBuilder {
  private final Map<ArchiveColumn, Object> values = new EnumMap<>(ArchiveColumn.class);

  /** A row about an image, made now. */
  RowBuilder(Candidate candidate) {
    set(ArchiveColumn.SOURCE_PATH, candidate.sourcePath());
    set(ArchiveColumn.RELATIVE_PATH, candidate.relativePath());
    set(ArchiveColumn.CONTAINER, candidate.member().map(Member::container));
    set(ArchiveColumn.MEMBER, candidate.member().map(Member::name));
    set(ArchiveColumn.POSITION, candidate.member().map(Member::position));
    set(ArchiveColumn.FILE_SIZE, candidate.size());
    set(ArchiveColumn.MODIFICATION_TIME, candidate.modified());
    set(ArchiveColumn.ARCHIVED_AT, Timestamp.from(Instant.now()));
  }

  RowBuilder set(ArchiveColumn column, Object value) {
    values.put(column, value);
    return this;
  }

  RowBuilder set(ArchiveColumn column, Optional<?> value) {
    value.ifPresent(present -> set(column, present));
    return this;
  }

  Row build(ArchiveStatus status, RowAction action) {
    set(ArchiveColumn.STATUS, status.id());
    Stream<Object> columns = Arrays.stream(ArchiveColumn.values()).map(values::get);
    return RowFactory.create(Stream.concat(columns, Stream.of(action.id())).toArray());
  }
}
