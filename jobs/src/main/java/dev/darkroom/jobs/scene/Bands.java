package dev.darkroom.jobs.scene;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Finds places for objects in bands that share no pixel, with chance in what room is left. */
final class Bands {
  private static final int MARGIN = 4;
  private static final int GAP = 6;
  private static final int ROOM = Scene.GRID - 2 * MARGIN;

  private final Random random;

  Bands(Random random) {
    this.random = random;
  }

  /**
   * Places for objects in bands from left to right, bands from top to bottom.
   *
   * @param bands the objects' radii, band by band
   * @return the places, band by band, or nothing where there is not room enough
   */
  Optional<List<List<Place>>> place(List<List<Integer>> bands) {
    List<Integer> heights =
        bands.stream()
            .map(radii -> radii.stream().mapToInt(r -> 2 * r).max().orElseThrow())
            .toList();
    Optional<int[]> tops = starts(heights);
    if (tops.isEmpty()) {
      return Optional.empty();
    }
    List<List<Place>> places = new ArrayList<>();
    for (int i = 0; i < bands.size(); i++) {
      List<Integer> radii = bands.get(i);
      Optional<int[]> lefts = starts(radii.stream().map(radius -> 2 * radius).toList());
      if (lefts.isEmpty()) {
        return Optional.empty();
      }
      List<Place> band = new ArrayList<>();
      for (int j = 0; j < radii.size(); j++) {
        int radius = radii.get(j);
        int above = random.nextInt(heights.get(i) - 2 * radius + 1);
        band.add(new Place(lefts.get()[j] + radius, tops.get()[i] + above + radius));
      }
      places.add(band);
    }
    return Optional.of(places);
  }

  /** A place anywhere in the picture. */
  Place anywhere(int radius) {
    int room = ROOM - 2 * radius + 1;
    return new Place(
        MARGIN + radius + random.nextInt(room), MARGIN + radius + random.nextInt(room));
  }

  /** Whether the squares around two objects of this radius keep their distance. */
  static boolean apart(Place one, Place other, int radius) {
    int least = 2 * radius + GAP;
    return Math.abs(one.x() - other.x()) >= least || Math.abs(one.y() - other.y()) >= least;
  }

  /** Where things of these lengths begin, one after the other. */
  private Optional<int[]> starts(List<Integer> lengths) {
    int slack = ROOM - GAP * (lengths.size() - 1);
    for (int length : lengths) {
      slack -= length;
    }
    if (slack < 0) {
      return Optional.empty();
    }
    int[] starts = new int[lengths.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = random.nextInt(slack + 1);
    }
    Arrays.sort(starts);
    int used = MARGIN;
    for (int i = 0; i < starts.length; i++) {
      starts[i] += used;
      used += lengths.get(i) + GAP;
    }
    return Optional.of(starts);
  }
}
