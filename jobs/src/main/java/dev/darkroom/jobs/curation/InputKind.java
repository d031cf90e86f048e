package dev.darkroom.jobs.curation;

import dev.darkroom.jobs.table.ArchiveColumn;
import dev.darkroom.jobs.table.CaptionColumn;
import dev.darkroom.jobs.table.GeneratedColumn;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.StructType;

/** What a table is, as its columns tell. */
enum InputKind {
  /** A table of {@code darkroom recaption}. */
  CAPTIONS,
  /** An archive of {@code darkroom compress}. */
  ARCHIVE,
  /** A table of {@code darkroom generate}. */
  GENERATED,
  /** Any other table. */
  TEXTS;

  static InputKind of(StructType schema) {
    List<String> names = Arrays.asList(schema.fieldNames());
    if (names.containsAll(CaptionColumn.ids())) {
      return CAPTIONS;
    }
    if (names.containsAll(GeneratedColumn.ids())) {
      return GENERATED;
    }
    return names.containsAll(ArchiveColumn.ids()) ? ARCHIVE : TEXTS;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
