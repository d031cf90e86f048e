package dev.darkroom.jobs.score;

import dev.darkroom.jobs.scene.judging.SceneEvidence;
import dev.darkroom.jobs.scene.judging.SceneRequest;
import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.recaption.PromptTemplate;
import java.util.List;
import java.util.Optional;

/**
 * Has the image described, and compares what the description says with what was asked for. A
 * description that can't be read as a scene has seen nothing.
 */
final class DescribeInterview implements Interview {
  private static final DecodingParameters DECODING = DecodingParameters.greedy(256);

  @Override
  public DecodingParameters decoding() {
    return DECODING;
  }

  @Override
  public List<String> questions(Subject subject) {
    return subject.request().isPresent() ? List.of(PromptTemplate.DETAILED.text()) : List.of();
  }

  @Override
  public Judgement judgement(Subject subject, List<String> answers) {
    if (answers.isEmpty()) {
      return Judgement.without(
          subject,
          ScoreStatus.NOT_APPLICABLE,
          "NO_SCENE_PROMPT",
          "no scene prompt: a description can be compared with scene prompts alone; ask with"
              + " --questions yes_no");
    }
    Optional<SceneRequest> description = SceneRequest.read(answers.get(0));
    return Judgement.ofScene(
        subject,
        subject.request().orElseThrow(),
        description
            .map(SceneEvidence::of)
            .orElseGet(() -> new SceneEvidence(List.of(), Optional.empty())),
        answers.get(0));
  }
}
