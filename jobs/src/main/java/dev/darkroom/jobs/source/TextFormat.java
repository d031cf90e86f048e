package dev.darkroom.jobs.source;

/** How a table of texts is kept. */
enum TextFormat {
  /** A Delta table. */
  DELTA,

  /** Parquet files. */
  PARQUET,

  /** JSON files with an object a line. */
  JSON_LINES,

  /** JSON files that are one array of objects each. */
  JSON_ARRAY,

  /** CSV files with a header. */
  CSV,

  /** Text files with a text a line. */
  TEXT_LINES
}
