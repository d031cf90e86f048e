package dev.darkroom.jobs.source;

import java.sql.Timestamp;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * One image that may have to be archived.
 *
 * @param sourcePath where it is, and what it is called in the archive
 * @param relativePath the path below the common root of the input, with {@code /} between names
 * @param size bytes of the file; -1 where the source does not tell
 * @param modified when the file last changed, if the source tells
 * @param knownSha256 the hash, in lower-case hex, under which the archive already holds this path
 * @param content the file's bytes, where the source has them at hand; others are read by whoever
 *     needs them
 * @param caption the caption that the image came with
 * @param member where it lies in a container, if it does
 * @param problem why the source can't give the bytes, where it knows already
 */
public record Candidate(
    String sourcePath,
    String relativePath,
    long size,
    Optional<Timestamp> modified,
    Optional<String> knownSha256,
    Optional<byte[]> content,
    Optional<String> caption,
    Optional<Member> member,
    Optional<SourceProblem> problem) {

  /** The columns of {@link #toRow}. */
  public static final StructType SCHEMA =
      new StructType()
          .add("source_path", DataTypes.StringType, false)
          .add("relative_path", DataTypes.StringType, false)
          .add("file_size", DataTypes.LongType, false)
          .add("modification_time", DataTypes.TimestampType, true)
          .add("known_sha256", DataTypes.StringType, true)
          .add("content", DataTypes.BinaryType, true)
          .add("raw_caption", DataTypes.StringType, true)
          .add("container", DataTypes.StringType, true)
          .add("member", DataTypes.StringType, true)
          .add("position", DataTypes.LongType, true)
          .add("problem_type", DataTypes.StringType, true)
          .add("problem_message", DataTypes.StringType, true);

  /** A file that has yet to be read. */
  static Candidate file(
      String sourcePath, String relativePath, long size, Optional<Timestamp> modified) {
    return new Candidate(
        sourcePath,
        relativePath,
        size,
        modified,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Reads a row with the columns of {@link #SCHEMA}, in their order. */
  public static Candidate of(Row row) {
    return new Candidate(
        row.getString(0),
        row.getString(1),
        row.getLong(2),
        Optional.ofNullable(row.getTimestamp(3)),
        Optional.ofNullable(row.getString(4)),
        Optional.ofNullable(row.<byte[]>getAs(5)),
        Optional.ofNullable(row.getString(6)),
        Optional.ofNullable(row.getString(7))
            .map(container -> new Member(container, row.getString(8), row.getLong(9))),
        Optional.ofNullable(row.getString(10))
            .map(type -> new SourceProblem(SourceProblem.Type.valueOf(type), row.getString(11))));
  }

  /** The row with the columns of {@link #SCHEMA}. */
  public Row toRow() {
    return RowFactory.create(
        sourcePath,
        relativePath,
        size,
        modified.orElse(null),
        knownSha256.orElse(null),
        content.orElse(null),
        caption.orElse(null),
        member.map(Member::container).orElse(null),
        member.map(Member::name).orElse(null),
        member.map(Member::position).orElse(null),
        problem.map(p -> p.type().name()).orElse(null),
        problem.map(SourceProblem::message).orElse(null));
  }

  /** The same without its bytes. */
  public Candidate withoutContent() {
    return new Candidate(
        sourcePath,
        relativePath,
        size,
        modified,
        knownSha256,
        Optional.empty(),
        caption,
        member,
        problem);
  }

  /** The same with the size that it was found to have. */
  public Candidate withSize(long bytes) {
    return new Candidate(
        sourcePath, relativePath, bytes, modified, knownSha256, content, caption, member, problem);
  }

  /** The same, whatever hash the archive has for this path. */
  Candidate unknown() {
    return new Candidate(
        sourcePath,
        relativePath,
        size,
        modified,
        Optional.empty(),
        content,
        caption,
        member,
        problem);
  }

  /** The same with its bytes. */
  Candidate withContent(byte[] bytes) {
    return new Candidate(
        sourcePath,
        relativePath,
        size,
        modified,
        knownSha256,
        Optional.of(bytes),
        caption,
        member,
        problem);
  }

  /** The same, with what keeps its bytes from being had. */
  Candidate withProblem(Optional<SourceProblem> reason) {
    return new Candidate(
        sourcePath, relativePath, size, modified, knownSha256, content, caption, member, reason);
  }
}
