package dev.darkroom.jobs.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The samples of a tar file in the layout of WebDataset: members whose names are the same up to the
 * first dot stand beside each other and make a sample. Its image is the first member with an
 * image's extension; its caption is a member {@code .txt}, or the field {@code caption} of one
 * {@code .json}. Groups without an image are passed over.
 *
 * <p>A tar that ends too early, or is damaged, gives the samples before, and then one candidate of
 * its own that tells the problem.
 */
final class TarSamples implements TarReader {
  private static final Set<String> IMAGES =
      Set.of("jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff");
  private static final List<String> CAPTION_FIELDS = List.of("caption", "text", "TEXT", "alt");
  private static final int MAX_CAPTION_BYTES = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TarShard shard;
  private final long maxBytes;
  private Optional<TarArchiveInputStream> tar = Optional.empty();
  private Optional<TarArchiveEntry> entry = Optional.empty();
  private Optional<Candidate> next = Optional.empty();
  private long samples;
  private boolean ended;

  TarSamples(TarShard shard, InputFiles files, long maxBytes) {
    this.shard = shard;
    this.maxBytes = maxBytes;
    try {
      tar = Optional.of(new TarArchiveInputStream(TarStream.open(shard, files)));
      entry = nextFile();
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  /** Counts the samples of a tar, at most up to the shard's end. */
  static long count(TarShard shard, InputFiles files) {
    TarShard nothing = shard.slice(shard.to(), shard.to());
    try (TarSamples samples = new TarSamples(nothing, files, 0)) {
      while (samples.samples < shard.to() && samples.entry.isPresent()) {
        samples.group(false);
      }
      return samples.samples;
    } catch (IOException | RuntimeException e) {
      // What is wrong with it shows when it is read.
      return 0;
    }
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty() && !ended) {
      if (entry.isEmpty() || samples >= shard.to()) {
        close();
        break;
      }
      try {
        next = group(samples >= shard.from());
      } catch (IOException | RuntimeException e) {
        fail(e);
      }
    }
    return next.isPresent();
  }

  @Override
  public Candidate next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the tar has no more samples");
    }
    Candidate candidate = next.orElseThrow();
    next = Optional.empty();
    return candidate;
  }

  /** Passes over the members of a sample; returns it where it is wanted and has an image. */
  private Optional<Candidate> group(boolean wanted) throws IOException {
    String key = key(name());
    boolean image = false;
    Sample sample = new Sample();
    do {
      String extension = extension(name());
      if (IMAGES.contains(extension) && !image) {
        image = true;
        if (wanted) {
          sample.image(entry.orElseThrow(), in());
        }
      } else if (wanted && (extension.equals("txt") || extension.equals("json"))) {
        sample.caption(extension, in().readNBytes(MAX_CAPTION_BYTES));
      }
      entry = nextFile();
    } while (entry.isPresent() && key(name()).equals(key));
    if (image) {
      samples++;
    }
    return image && wanted ? Optional.of(sample.candidate()) : Optional.empty();
  }

  private Optional<TarArchiveEntry> nextFile() throws IOException {
    TarArchiveEntry file = in().getNextEntry();
    while (file != null && (!file.isFile() || baseName(file.getName()).startsWith("."))) {
      file = in().getNextEntry();
    }
    return Optional.ofNullable(file);
  }

  private TarArchiveInputStream in() {
    return tar.orElseThrow();
  }

  private String name() {
    return entry.orElseThrow().getName();
  }

  private static String baseName(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static String key(String name) {
    int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static String extension(String name) {
    return name.substring(Math.min(name.length(), key(name).length() + 1)).toLowerCase(Locale.ROOT);
  }

  private void fail(Exception e) {
    close();
    next = Optional.of(shard.damaged(e, "samples"));
  }

  @Override
  public void close() {
    ended = true;
    entry = Optional.empty();
    try {
      if (tar.isPresent()) {
        tar.get().close();
      }
    } catch (IOException e) {
      // All that was wanted has been read.
      tar = Optional.empty();
    }
  }

  /** What is known of the sample so far. */
  private final class Sample {
    private String name = "";
    private long size;
    private Optional<byte[]> content = Optional.empty();
    private Optional<SourceProblem> problem = Optional.empty();
    private Optional<String> text = Optional.empty();
    private Optional<String> json = Optional.empty();

    void image(TarArchiveEntry member, TarArchiveInputStream in) throws IOException {
      name = member.getName();
      size = member.getSize();
      if (size > maxBytes) {
        problem =
            Optional.of(
                new SourceProblem(
                    SourceProblem.Type.TOO_LARGE,
                    "the member has %d bytes, over the limit of %d; raise --max-bytes to read it"
                        .formatted(size, maxBytes)));
      } else {
        content = Optional.of(in.readAllBytes());
      }
    }

    void caption(String extension, byte[] bytes) {
      String value = new String(bytes, StandardCharsets.UTF_8);
      if (extension.equals("txt")) {
        text = Optional.of(value.strip());
      } else {
        json = field(value);
      }
    }

    private static Optional<String> field(String value) {
      try {
        JsonNode tree = JSON.readTree(value);
        return CAPTION_FIELDS.stream()
            .map(tree::path)
            .filter(JsonNode::isTextual)
            .map(JsonNode::textValue)
            .findFirst();
      } catch (IOException e) {
        // A sample without a caption is a sample all the same.
        return Optional.empty();
      }
    }

    Candidate candidate() {
      return new Candidate(
          shard.path() + "#" + name,
          shard.folder() + "/" + name,
          size,
          shard.modified(),
          Optional.empty(),
          content,
          text.or(() -> json),
          Optional.empty(),
          problem);
    }
  }
}
