package dev.darkroom.jobs.source;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/** What an exception means, in words that can stand within a sentence. */
final class Reason {
  private static final String CUT = "it ended too early, as if it was cut";
  private static final String TAR_LIBRARY = "org.apache.commons.compress.";

  /** What is of no use to people: the class that told it, Spark's codes, a full stop. */
  private static final Pattern CODES =
      Pattern.compile(
          "^(([a-z]\\w*\\.)+[A-Z][\\w$]*(: |$)|\\[[A-Z0-9_.]+\\] )+|\\s*SQLSTATE: \\w+");

  private static final Pattern END = Pattern.compile("[\\s.,:;!]+$");

  private static final Map<Class<? extends IOException>, String> WORDS =
      Map.of(
          NoSuchFileException.class, "nothing is there",
          FileNotFoundException.class, "nothing is there",
          AccessDeniedException.class, "permission denied",
          NotDirectoryException.class, "it is no folder",
          FileSystemLoopException.class, "links lead round in a circle",
          EOFException.class, CUT,
          HttpTimeoutException.class, "there was no answer in time");

  private Reason() {}

  /** Why something can't be read. */
  static String of(Exception e) {
    if (e instanceof ConnectException) {
      return e.getCause() instanceof UnresolvedAddressException
          ? "nobody knows the server's name"
          : "the server takes no connections";
    }
    String said = e instanceof FileSystemException specific ? specific.getReason() : e.getMessage();
    String plain = plain(said);
    return plain.isEmpty() ? WORDS.getOrDefault(e.getClass(), "no reason is known") : plain;
  }

  /** Why a tar can't be read. */
  static String ofTar(Exception e) {
    return cut(e)
        .or(() -> packing(e))
        .orElseGet(() -> isOfLibrary(e) ? "a header in it is damaged" : of(e));
  }

  /** The same, of a tar whose headers have been read up to one. */
  static IOException atHeader(long number, Exception e) {
    boolean damaged = isOfLibrary(e) && cut(e).isEmpty();
    if (damaged || !(e instanceof IOException io)) {
      return new IOException("the header of entry %d is damaged".formatted(number), e);
    }
    return io;
  }

  /** The first line of a message that says anything, without codes; empty where there is none. */
  static String plain(String message) {
    Optional<String> line =
        Optional.ofNullable(message).stream()
            .flatMap(String::lines)
            .filter(text -> !text.isBlank())
            .findFirst();
    return line.map(text -> CODES.matcher(text.strip()).replaceAll(""))
        .map(text -> END.matcher(text).replaceAll(""))
        .orElse("");
  }

  private static Optional<String> cut(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      boolean early =
          cause instanceof EOFException
              || isOfLibrary(cause)
                  && plain(cause.getMessage())
                      .matches("(?i)(truncated|premature|unexpected eof).*");
      if (early) {
        return Optional.of(CUT);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> packing(Exception e) {
    return e instanceof ZipException
        ? Optional.of("it is damaged, or not packed with gzip as its name says")
        : Optional.empty();
  }

  /** Whether the library that takes tars apart, or Java on its behalf, threw it. */
  private static boolean isOfLibrary(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return e instanceof RuntimeException
        || trace.length > 0 && trace[0].getClassName().startsWith(TAR_LIBRARY);
  }
}
