package dev.darkroom.jobs.score;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.InstalledCoders;
import dev.darkroom.compression.archive.PayloadPicture;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.jobs.scene.judging.SceneRequest;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** Makes subjects of rows with the columns of {@link ScoreInput}. */
final class SubjectReader implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, Category> categoriesOfSets;

  /** With categories of prompt sets whose names do not tell them. */
  SubjectReader(Map<String, Category> categoriesOfSets) {
    this.categoriesOfSets = new TreeMap<>(categoriesOfSets);
  }

  Subject read(Row row) {
    String prompt = text(row, "prompt");
    String set = text(row, "prompt_set");
    Optional<SceneRequest> request = SceneRequest.read(prompt);
    Optional<Long> seed = Optional.ofNullable(row.<Long>getAs("seed"));
    String error = text(row, "error_message");
    Optional<byte[]> image = Optional.ofNullable(row.<byte[]>getAs("image"));
    Optional<byte[]> payload = Optional.ofNullable(row.<byte[]>getAs("payload"));
    Optional<Subject.Problem> problem = Optional.empty();
    if (image.isEmpty() && payload.isPresent()) {
      try {
        image =
            Optional.of(
                PayloadPicture.of(payload.get(), InstalledCoders.all(), DecodeLimits.DEFAULT)
                    .toPng());
      } catch (CodecException e) {
        problem =
            Optional.of(
                new Subject.Problem(
                    ScoreStatus.UNREADABLE,
                    "UNREADABLE_PAYLOAD",
                    "the payload can't be decoded: " + e.getMessage()));
      }
    } else if (image.isEmpty()) {
      problem =
          Optional.of(
              new Subject.Problem(
                  ScoreStatus.NO_IMAGE,
                  "NO_IMAGE",
                  "there is no image to score: "
                      + (error.isEmpty() ? "the row has neither image nor payload" : error)));
    }
    return new Subject(
        text(row, "key"),
        set,
        prompt,
        seed,
        text(row, "model_id"),
        image,
        problem,
        request,
        categories(set, request));
  }

  private List<Category> categories(String set, Optional<SceneRequest> request) {
    return Optional.ofNullable(categoriesOfSets.get(set))
        .or(() -> Category.ofSet(set))
        .map(List::of)
        .or(() -> request.map(Category::of))
        .orElse(Collections.emptyList());
  }

  private static String text(Row row, String column) {
    return Optional.ofNullable(row.<String>getAs(column)).orElse("");
  }
}
