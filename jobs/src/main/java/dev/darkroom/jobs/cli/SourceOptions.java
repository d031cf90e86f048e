package dev.darkroom.jobs.cli;

import dev.darkroom.jobs.source.Slice;
import dev.darkroom.jobs.source.SourceFormat;
import dev.darkroom.jobs.source.TableColumns;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which images a job reads, and how. */
final class SourceOptions {
  @Option(
      names = "--input-format",
      paramLabel = "<format>",
      converter = SourceFormats.class,
      description = "auto, files, webdataset, parquet or delta. Default: auto, by what is there.")
  private SourceFormat inputFormat = SourceFormat.AUTO;

  @Option(
      names = "--path-column",
      paramLabel = "<name>",
      description =
          "Column of a table with the images' paths or URLs. Where it is named and --bytes-column "
              + "is not, images are read from there. Default: by its usual names (path, url, ...).")
  private Optional<String> pathColumn = Optional.empty();

  @Option(
      names = "--bytes-column",
      paramLabel = "<name>",
      description =
          "Column of a table with the images' bytes. Default: by its usual names (content, image, "
              + "image.bytes, jpg, ...).")
  private Optional<String> bytesColumn = Optional.empty();

  @Option(
      names = "--caption-column",
      paramLabel = "<name>",
      description =
          "Column of a table with the raw captions. Default: by its usual names (caption, text, "
              + "...).")
  private Optional<String> captionColumn = Optional.empty();

  @Mixin private final AllowOptions allow = new AllowOptions();

  @Option(
      names = "--where",
      paramLabel = "<sql>",
      description =
          "Take images alone for which this SQL condition holds: on a table's columns, else on "
              + "source_path, relative_path, file_size, modification_time. Default: all.")
  private Optional<String> where = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "<images>",
      description = "Take at most so many images. Default: all.")
  private Optional<Long> limit = Optional.empty();

  @Option(
      names = "--max-bytes",
      paramLabel = "<bytes>",
      converter = ByteSize.class,
      description = "Refuse files of more bytes, without reading them. Default: 64MiB.")
  private Long maxBytes = 64L << 20;

  SourceFormat inputFormat() {
    return inputFormat;
  }

  TableColumns columns() {
    return new TableColumns(pathColumn, bytesColumn, captionColumn, true, allow.roots());
  }

  Slice slice() {
    return new Slice(where, limit.map(OptionalLong::of).orElse(OptionalLong.empty()));
  }

  long maxBytes() {
    return maxBytes;
  }

  /** What is wrong with the roots that may be read. */
  List<String> rootProblems() {
    return allow.problems();
  }

  Limits check(Limits limits) {
    return limits
        .filled("--path-column", pathColumn.orElse("-"))
        .filled("--bytes-column", bytesColumn.orElse("-"))
        .filled("--caption-column", captionColumn.orElse("-"))
        .condition(where)
        .range("--limit", limit.orElse(1L), 1, Long.MAX_VALUE)
        .range("--max-bytes", maxBytes, 1, Integer.MAX_VALUE - 16);
  }

  private static final class SourceFormats extends LowerCaseEnums<SourceFormat> {
    SourceFormats() {
      super(SourceFormat.class);
    }
  }
}
