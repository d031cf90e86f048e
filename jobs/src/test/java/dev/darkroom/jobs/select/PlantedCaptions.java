package dev.darkroom.jobs.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Captions of five domains, a tenth of them about x-rays. */
final class PlantedCaptions {
  private static final List<String> PARTS =
      List.of("chest", "left hand", "knee", "pelvis", "skull", "lumbar spine", "right foot");
  private static final List<String> VIEWS =
      List.of("front view", "side view", "oblique view", "standing", "lying down");
  private static final List<String> SIGNS =
      List.of("no fracture is seen", "a small effusion", "mild degeneration", "normal findings");
  private static final List<String> THINGS =
      List.of("mug", "t-shirt", "phone case", "poster", "wedding dress", "alloy wheel", "sofa");
  private static final List<String> COLOURS =
      List.of("black", "navy blue", "rose gold", "white", "olive", "grey", "red");
  private static final List<String> PLACES =
      List.of("Lisbon", "Kyoto", "the Alps", "Utah", "Cornwall", "Havana", "Prague");
  private static final List<String> DISHES =
      List.of("lasagne", "pumpkin soup", "banana bread", "pad thai", "apple pie", "tacos");
  private static final List<String> ANIMALS =
      List.of("horse", "tabby cat", "puppy", "red fox", "barn owl", "goldfish", "elephant");

  private PlantedCaptions() {}

  /** Rows of id, domain and caption. */
  static List<Row> mixed(int count, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      String domain =
          id % 10 == 0
              ? "x-ray"
              : List.of("shop", "travel", "food", "animal").get(random.nextInt(4));
      rows.add(RowFactory.create(id, domain, caption(domain, random)));
    }
    return rows;
  }

  /** Captions of x-rays alone. */
  static List<String> ofTarget(int count, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count).mapToObj(i -> caption("x-ray", random)).toList();
  }

  private static String caption(String domain, Random random) {
    int year = 1990 + random.nextInt(34);
    return switch (domain) {
      case "x-ray" ->
          "X-ray of the %s of a patient aged %d, %s, %s"
              .formatted(
                  one(PARTS, random),
                  20 + random.nextInt(60),
                  one(VIEWS, random),
                  one(SIGNS, random));
      case "shop" ->
          "%s %s, size %d, free shipping - buy online"
              .formatted(one(COLOURS, random), one(THINGS, random), random.nextInt(50));
      case "travel" ->
          "The view over %s in the evening, %d, photo by a friend"
              .formatted(one(PLACES, random), year);
      case "food" ->
          "How to make %s with %s plates | recipe no. %d"
              .formatted(one(DISHES, random), one(COLOURS, random), random.nextInt(1000));
      default ->
          "A %s %s running in %s (%d)"
              .formatted(one(COLOURS, random), one(ANIMALS, random), one(PLACES, random), year);
    };
  }

  private static String one(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }
}
