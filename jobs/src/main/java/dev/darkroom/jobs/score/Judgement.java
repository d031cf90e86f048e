package dev.darkroom.jobs.score;

import dev.darkroom.jobs.scene.judging.SceneEvidence;
import dev.darkroom.jobs.scene.judging.SceneRequest;
import dev.darkroom.jobs.scene.judging.SceneVerdict;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a judge says of an image.
 *
 * @param subject the image
 * @param scores by category, 0 to 1
 * @param asked what the judge looked for
 * @param seen what it saw
 * @param verdict thing by thing, of scenes
 * @param status whether there is a score
 * @param errorType why there is none, as a type; empty where there is
 * @param errorMessage why there is none, in words; empty where there is
 */
record Judgement(
    Subject subject,
    Map<Category, Double> scores,
    String asked,
    String seen,
    Optional<SceneVerdict> verdict,
    ScoreStatus status,
    String errorType,
    String errorMessage) {
  /** Takes a copy. */
  Judgement {
    scores = Collections.unmodifiableMap(new TreeMap<>(scores));
  }

  /** A scene's scores, where the prompt is about one. */
  static Judgement ofScene(Subject subject, SceneRequest request, SceneEvidence seen, String text) {
    SceneScores scores = new SceneScores(request, seen);
    Map<Category, Double> found = new TreeMap<>();
    for (Category category : subject.categories()) {
      OptionalDouble score = scores.of(category);
      score.ifPresent(value -> found.put(category, value));
    }
    return new Judgement(
        subject,
        found,
        request.toString(),
        text,
        Optional.of(SceneVerdict.of(request, seen)),
        found.isEmpty() ? ScoreStatus.NOT_APPLICABLE : ScoreStatus.SCORED,
        "",
        found.isEmpty() ? "scenes have nothing to score in these categories" : "");
  }

  /** Why there is no score. */
  static Judgement without(Subject subject, ScoreStatus status, String errorType, String message) {
    return new Judgement(subject, Map.of(), "", "", Optional.empty(), status, errorType, message);
  }

  /** Why there is no image. */
  static Judgement without(Subject subject, Subject.Problem problem) {
    return without(subject, problem.status(), problem.type(), problem.message());
  }
}
