package dev.darkroom.jobs.source;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * The members of a tar, each a candidate: files with their content, links with the content of the
 * member before them that they link to.
 *
 * <p>The second member of one name is called {@code name#2} in its source path. A tar that is
 * damaged gives the members before, and then one candidate of its own that tells the problem.
 */
final class TarMembers implements TarReader {
  /** As many links from one to the next as Linux follows. */
  private static final int MOST_LINKS = 40;

  private final TarShard shard;
  private final InputFiles files;
  private final long maxBytes;
  private final Set<String> names = new HashSet<>();
  private final Map<String, TarEntryInfo> contents = new HashMap<>();
  private Optional<Map<String, TarEntryInfo>> all = Optional.empty();
  private Optional<TarWalk> walk = Optional.empty();
  private Optional<Candidate> next = Optional.empty();
  private boolean ended;

  TarMembers(TarShard shard, InputFiles files, long maxBytes) {
    this.shard = shard;
    this.files = files;
    this.maxBytes = maxBytes;
    try {
      walk = Optional.of(new TarWalk(shard, files));
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty() && !ended) {
      try {
        advance();
      } catch (IOException | RuntimeException e) {
        fail(e);
      }
    }
    return next.isPresent();
  }

  @Override
  public Candidate next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the tar has no more members");
    }
    Candidate candidate = next.orElseThrow();
    next = Optional.empty();
    return candidate;
  }

  private void advance() throws IOException {
    Optional<TarEntryInfo> found = walk.orElseThrow().next();
    if (found.isEmpty()) {
      close();
      return;
    }
    TarEntryInfo member = found.get();
    String name = unused(member.name());
    Optional<TarEntryInfo> content = member.link().isEmpty() ? found : target(member.link().get());
    content.ifPresent(place -> contents.put(TarWalk.key(member.name()), place));
    if (member.position() >= shard.from()) {
      next = Optional.of(candidate(member, name, content));
    }
    if (member.position() + 1 >= shard.to()) {
      close();
    }
  }

  /** The name, with a number where another member has it already. */
  private String unused(String name) {
    String own = name;
    for (int copy = 2; !names.add(own); copy++) {
      own = name + "#" + copy;
    }
    return own;
  }

  /** What a link leads to: the last member of that name before it, else the last one after it. */
  private Optional<TarEntryInfo> target(String link) {
    TarEntryInfo before = contents.get(TarWalk.key(link));
    return before == null ? comingTarget(link) : Optional.of(before);
  }

  private Optional<TarEntryInfo> comingTarget(String link) {
    if (all.isEmpty()) {
      all = Optional.of(index());
    }
    String key = TarWalk.key(link);
    for (int links = 0; links < MOST_LINKS; links++) {
      TarEntryInfo found = all.get().get(key);
      if (found == null || found.link().isEmpty()) {
        return Optional.ofNullable(found);
      }
      key = TarWalk.key(found.link().get());
    }
    return Optional.empty();
  }

  /** The last member of each name, up to where the tar is damaged. */
  private Map<String, TarEntryInfo> index() {
    Map<String, TarEntryInfo> index = new HashMap<>();
    try (TarWalk ahead = new TarWalk(shard, files)) {
      for (Optional<TarEntryInfo> found = ahead.next(); found.isPresent(); found = ahead.next()) {
        index.put(TarWalk.key(found.get().name()), found.get());
      }
    } catch (IOException | RuntimeException e) {
      // What is wrong with the tar is told when it has been read up to there.
      return index;
    }
    return index;
  }

  private Candidate candidate(TarEntryInfo member, String name, Optional<TarEntryInfo> content) {
    Candidate listed =
        new Candidate(
            shard.path() + "#" + name,
            shard.folder() + "/" + safe(member),
            content.map(TarEntryInfo::size).orElse(-1L),
            member.modified(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Member(shard.relativePath(), member.name(), member.position())),
            Optional.empty());
    if (content.isEmpty()) {
      return problem(
          listed,
          SourceProblem.Type.MISSING,
          "link to '%s', which is no file of the tar; add the file itself"
              .formatted(member.link().orElseThrow()));
    }
    if (content.get().size() > maxBytes) {
      return problem(
          listed,
          SourceProblem.Type.TOO_LARGE,
          "the member has %d bytes, over the limit of %d; raise --max-bytes to read it"
              .formatted(content.get().size(), maxBytes));
    }
    try {
      return listed.withContent(
          member.link().isEmpty() ? walk.orElseThrow().content() : read(content.get()));
    } catch (IOException | RuntimeException e) {
      return problem(
          listed,
          SourceProblem.Type.UNREADABLE,
          "the member can't be read to its end: %s; copy the tar anew".formatted(Reason.ofTar(e)));
    }
  }

  private static Candidate problem(Candidate listed, SourceProblem.Type type, String message) {
    return listed.withProblem(Optional.of(new SourceProblem(type, message)));
  }

  /** The content of a member that has been passed. */
  private byte[] read(TarEntryInfo member) throws IOException {
    if (member.offset().isPresent()) {
      try (InputFiles.Opened tar = files.open(shard.path())) {
        tar.stream().skip(member.offset().get());
        return InputFiles.content(tar.stream(), (int) member.size());
      }
    }
    try (TarWalk again = new TarWalk(shard, files)) {
      Optional<TarEntryInfo> found = again.next();
      while (found.isPresent() && found.get().position() < member.position()) {
        found = again.next();
      }
      return again.content();
    }
  }

  /** A member's name as a path that leads out of no folder. */
  private static String safe(TarEntryInfo member) {
    String readable = RawName.readable(RawName.bytes(member.name()));
    String path = TarWalk.normalized(readable.replaceAll("(?<=^|/)\\.\\.(?=/|$)", "__"));
    return path.isEmpty() ? "member-" + member.position() : path;
  }

  private void fail(Exception e) {
    close();
    next = Optional.of(shard.damaged(e, "members"));
  }

  @Override
  public void close() {
    ended = true;
    try {
      if (walk.isPresent()) {
        walk.get().close();
      }
    } catch (IOException e) {
      // All that was wanted has been read.
      walk = Optional.empty();
    }
  }
}
