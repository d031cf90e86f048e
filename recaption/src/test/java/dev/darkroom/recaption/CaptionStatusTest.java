package dev.darkroom.recaption;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CaptionStatusTest {
  @Test
  void anOutcomeIsJudgedByItsTextAndItsEnd() {
    assertThat(status("A dog.", FinishReason.STOP)).isEqualTo(CaptionStatus.OK);
    assertThat(status("A dog.", FinishReason.OTHER)).isEqualTo(CaptionStatus.OK);
    assertThat(status("A dog on a", FinishReason.LENGTH)).isEqualTo(CaptionStatus.CUT);
    assertThat(status(" \n", FinishReason.STOP)).isEqualTo(CaptionStatus.EMPTY);
    assertThat(status("a dog ".repeat(20), FinishReason.LENGTH)).isEqualTo(CaptionStatus.LOOPING);
    assertThat(
            CaptionStatus.of(
                new CaptionFailure(CaptionFailure.Type.TIMEOUT, "no answer came in time", 5, 2)))
        .isEqualTo(CaptionStatus.FAILED);
  }

  private static CaptionStatus status(String text, FinishReason reason) {
    return CaptionStatus.of(new Caption(text, reason, 10, 3, 5, 1));
  }
}
