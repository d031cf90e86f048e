package dev.darkroom.jobs.source;

import java.sql.Timestamp;
import java.util.Optional;

/**
 * What lies in a folder.
 *
 * @param name what it is called there, as people can read it
 * @param location its {@code source_path}
 * @param kind what it is, or what a link leads to
 * @param link whether it is a link
 * @param size bytes of a file; -1 of anything else
 * @param modified when it last changed, if that is known
 * @param problem why it is neither file nor folder
 */
record TreeEntry(
    String name,
    String location,
    Kind kind,
    boolean link,
    long size,
    Optional<Timestamp> modified,
    Optional<SourceProblem> problem) {

  /** What there may be in a folder. */
  enum Kind {
    FILE,
    FOLDER,
    /** A link to nowhere, a pipe, a socket, a device. */
    NEITHER
  }

  boolean isFolder() {
    return kind == Kind.FOLDER;
  }

  /** Whether shells would leave it out. */
  boolean isHidden() {
    return name.startsWith(".");
  }

  Candidate candidate(String relativePath) {
    return Candidate.file(location, relativePath, size, modified).withProblem(problem);
  }

  /** A row that stands for a folder whose files can't be told. */
  Candidate unlisted(String relativePath, Exception reason) {
    return Candidate.file(location, relativePath, -1, Optional.empty())
        .withProblem(
            Optional.of(
                new SourceProblem(
                    SourceProblem.Type.UNREADABLE,
                    "the folder can't be listed, and no file in it is archived: %s; check its permissions"
                        .formatted(Reason.of(reason)))));
  }
}
