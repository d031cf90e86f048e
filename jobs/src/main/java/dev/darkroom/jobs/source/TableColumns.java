package dev.darkroom.jobs.source;

/**
 * Which columns of a table hold the images.
 *
 * @param path a string column: what the image is called
 * @param bytes a binary column: the image file's bytes
 */
public record TableColumns(String path, String bytes) {
  /** The names that Spark's {@code binaryFile} reader gives. */
  public static final TableColumns DEFAULT = new TableColumns("path", "content");
}
