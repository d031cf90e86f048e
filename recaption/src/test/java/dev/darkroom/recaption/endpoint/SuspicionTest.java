package dev.darkroom.recaption.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class SuspicionTest {
  private static EndpointLocation.Place place(int run, int deaths) {
    return new EndpointLocation.Place(URI.create("http://127.0.0.1:1/v1"), run, deaths);
  }

  @Test
  void isProvenByThreeDeaths() {
    Suspicion suspicion = new Suspicion();
    for (int death = 1; death <= 3; death++) {
      assertThat(suspicion.isProven()).isFalse();
      suspicion.failedAt(place(death - 1, death - 1));
      suspicion.see(place(death, death));
      assertThat(suspicion.isStrong()).isEqualTo(death >= 2);
    }
    assertThat(suspicion.isProven()).isTrue();
  }

  @Test
  void isNeverProvenByServersThatWereEndedForBeingSilent() {
    Suspicion suspicion = new Suspicion();
    for (int run = 0; run < 9; run++) {
      suspicion.failedAt(place(run, 0));
      suspicion.see(place(run + 1, 0));
    }
    assertThat(suspicion.isStrong()).isTrue();
    assertThat(suspicion.isProven()).isFalse();
  }

  @Test
  void takesDeathsAndSilencesTogetherForAskingAlone() {
    Suspicion suspicion = new Suspicion();
    suspicion.failedAt(place(0, 0));
    suspicion.see(place(1, 0));
    suspicion.failedAt(place(1, 0));
    suspicion.see(place(2, 1));
    assertThat(suspicion.isStrong()).isTrue();
    suspicion.failedAt(place(2, 1));
    suspicion.see(place(3, 2));
    assertThat(suspicion.isProven()).isFalse();
  }

  @Test
  void isNotRaisedByDeathsThatTheRowWasNotAt() {
    Suspicion suspicion = new Suspicion();
    suspicion.see(place(1, 1));
    suspicion.failedAt(place(1, 1));
    suspicion.see(place(1, 1));
    for (int run = 2; run < 9; run++) {
      suspicion.see(place(run, run));
    }
    assertThat(suspicion.isStrong()).isFalse();
  }
}
