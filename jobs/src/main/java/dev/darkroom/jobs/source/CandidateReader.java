package dev.darkroom.jobs.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads the bytes of candidates: from the row itself, from a file of any Hadoop file system, or
 * from an {@code http} or {@code https} URL. What may be better a moment later is tried again; a
 * file that grows or shrinks while it is read is one that failed. Threads may share one.
 */
public final class CandidateReader {
  private final InputFiles files;
  private final long maxBytes;
  private final HttpFetcher http;

  /**
   * A reader.
   *
   * @param hadoop which file systems there are
   * @param maxBytes the most bytes of an image, at most {@code Integer.MAX_VALUE - 16}
   */
  public CandidateReader(Configuration hadoop, long maxBytes) {
    this.files = new InputFiles(hadoop);
    this.maxBytes = maxBytes;
    this.http = new HttpFetcher(maxBytes);
  }

  /** Bytes that can't be had. */
  public static final class ProblemException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient SourceProblem problem;

    ProblemException(SourceProblem.Type type, String message) {
      this(new SourceProblem(type, message));
    }

    ProblemException(SourceProblem problem) {
      super(problem.message());
      this.problem = problem;
    }

    /** Why not. */
    public SourceProblem problem() {
      return problem;
    }
  }

  /**
   * The bytes of an image file.
   *
   * @throws ProblemException where they can't be had
   */
  public byte[] read(Candidate candidate) throws ProblemException {
    if (candidate.problem().isPresent()) {
      throw new ProblemException(candidate.problem().get());
    }
    if (candidate.content().isPresent()) {
      byte[] content = candidate.content().get();
      checkSize(content.length);
      return content;
    }
    String scheme = candidate.sourcePath().toLowerCase(Locale.ROOT);
    return scheme.startsWith("http://") || scheme.startsWith("https://")
        ? http.fetch(candidate.sourcePath())
        : readFile(candidate.sourcePath());
  }

  private byte[] readFile(String location) throws ProblemException {
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          return readOnce(location);
        } catch (IOException e) {
          Attempts.giveUpOrPause(e, attempt);
        }
      }
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new ProblemException(
          SourceProblem.Type.MISSING,
          "there is no file '%s' that can be read; check the path".formatted(location));
    } catch (IOException | RuntimeException e) {
      throw new ProblemException(
          SourceProblem.Type.UNREADABLE,
          "the file can't be read: " + Reason.of(e) + "; check its permissions and the disk");
    }
  }

  private byte[] readOnce(String location) throws IOException, ProblemException {
    try (InputFiles.Opened file = files.open(location)) {
      checkSize(file.length());
      byte[] bytes = InputFiles.content(file.stream(), (int) file.length());
      if (file.stream().read() >= 0) {
        throw new IOException(
            "it grew over its %d bytes while it was read".formatted(file.length()));
      }
      return bytes;
    }
  }

  private void checkSize(long bytes) throws ProblemException {
    if (bytes > maxBytes) {
      throw new ProblemException(
          SourceProblem.Type.TOO_LARGE,
          "the file has %d bytes, over the limit of %d; raise --max-bytes to read it"
              .formatted(bytes, maxBytes));
    }
  }
}
