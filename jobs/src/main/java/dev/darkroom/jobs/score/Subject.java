package dev.darkroom.jobs.score;

import dev.darkroom.jobs.scene.judging.SceneRequest;
import java.util.List;
import java.util.Optional;

/**
 * An image that is to be judged.
 *
 * @param key the row's key
 * @param promptSet the set that the prompt is of; may be empty
 * @param prompt what was asked for
 * @param seed seed of the noise, where the table has one
 * @param model who drew it; may be empty
 * @param image the image as a file, where there is one
 * @param problem why there is none
 * @param request what the prompt asks of a scene, where it is about one
 * @param categories what is to be scored; empty where neither the set nor the prompt tells
 */
record Subject(
    String key,
    String promptSet,
    String prompt,
    Optional<Long> seed,
    String model,
    Optional<byte[]> image,
    Optional<Problem> problem,
    Optional<SceneRequest> request,
    List<Category> categories) {
  /** Takes a copy. */
  Subject {
    categories = List.copyOf(categories);
  }

  /** Why there is no image. */
  record Problem(ScoreStatus status, String type, String message) {}
}
