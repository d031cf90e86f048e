package dev.darkroom.jobs.score;

import dev.darkroom.generation.evaluation.CompositionScores;
import dev.darkroom.jobs.scene.judging.GroupRequest;
import dev.darkroom.jobs.scene.judging.RelationRequest;
import dev.darkroom.jobs.scene.judging.SceneEvidence;
import dev.darkroom.jobs.scene.judging.SceneRequest;
import dev.darkroom.jobs.scene.judging.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The benchmark's scores of a scene's picture. What was seen counts as certain where the benchmark
 * asks BLIP, and by its confidence where the benchmark asks a detector.
 */
final class SceneScores {
  private final SceneRequest asked;
  private final SceneEvidence seen;

  SceneScores(SceneRequest asked, SceneEvidence seen) {
    this.asked = asked;
    this.seen = seen;
  }

  /** The score in a category, 0 to 1; none for what scenes do not have. */
  OptionalDouble of(Category category) {
    return switch (category) {
      case COLOR -> OptionalDouble.of(binding(EnumSet.of(Trait.COLOR)));
      case SHAPE -> OptionalDouble.of(binding(EnumSet.noneOf(Trait.class)));
      case TEXTURE -> OptionalDouble.of(binding(EnumSet.of(Trait.TEXTURE)));
      case SPATIAL -> spatial();
      case NUMERACY -> OptionalDouble.of(numeracy());
      case COMPLEX ->
          OptionalDouble.of(
              CompositionScores.complex(
                  binding(EnumSet.allOf(Trait.class)), spatial(), OptionalDouble.empty()));
      case NON_SPATIAL, SPATIAL_3D -> OptionalDouble.empty();
    };
  }

  private double binding(Set<Trait> traits) {
    return CompositionScores.binding(
        asked.groups().stream()
            .map(group -> seen.confidence(group, traits) > 0 ? 1.0 : 0.0)
            .toList());
  }

  private double numeracy() {
    return CompositionScores.numeracy(
        asked.groups().stream()
            .map(
                group ->
                    new CompositionScores.Count(
                        group.count(), seen.count(group, EnumSet.of(Trait.COLOR))))
            .toList());
  }

  /** The mean over what is said of where things are. */
  private OptionalDouble spatial() {
    List<Double> scores = new ArrayList<>();
    for (RelationRequest relation : asked.relations()) {
      scores.add(
          CompositionScores.spatial(
              confidence(relation.subjects()),
              confidence(relation.objects()),
              seen.position(asked, relation)));
    }
    for (GroupRequest group : asked.groups()) {
      if (group.ninth().isPresent()) {
        double confidence = seen.confidence(group, EnumSet.of(Trait.COLOR));
        scores.add(CompositionScores.spatial(confidence, confidence, seen.isPlaced(group) ? 1 : 0));
      }
    }
    return scores.stream().mapToDouble(Double::doubleValue).average();
  }

  private double confidence(List<Integer> members) {
    return members.stream()
        .mapToDouble(member -> seen.confidence(asked.groups().get(member), EnumSet.of(Trait.COLOR)))
        .min()
        .orElse(0);
  }
}
