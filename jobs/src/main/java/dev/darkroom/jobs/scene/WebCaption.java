package dev.darkroom.jobs.scene;

import java.util.List;
import java.util.Random;

/**
 * A poor text beside a scene, such as pictures on the web have: words of shops and archives,
 * numbers, at most one thing that is true of the picture, and now and then one that is not.
 */
public final class WebCaption {
  private static final List<String> SUBJECTS =
      List.of(
          "abstract",
          "geometric",
          "icon",
          "clipart",
          "pattern",
          "wallpaper",
          "logo",
          "banner",
          "poster",
          "print",
          "sticker",
          "template",
          "card",
          "cover",
          "shape",
          "design");
  private static final List<String> TRADE =
      List.of(
          "stock photo",
          "royalty free",
          "free download",
          "vector",
          "for sale",
          "buy online",
          "high resolution",
          "illustration",
          "stock image",
          "best price",
          "free shipping",
          "pack",
          "set",
          "new",
          "vintage",
          "premium");
  private static final List<String> FORMATS = List.of("jpg", "png", "eps", "psd", "svg");

  private final Scene scene;
  private final Random random;

  private WebCaption(Scene scene) {
    this.scene = scene;
    this.random = new Random(scene.grain());
  }

  /** The text of a scene, always the same. */
  public static String of(Scene scene) {
    return new WebCaption(scene).text();
  }

  private String text() {
    return switch (random.nextInt(8)) {
      case 0 -> "IMG_%04d.%s".formatted(random.nextInt(10_000), any(FORMATS));
      case 1 -> "%s %s %s - %d".formatted(hint(), any(SUBJECTS), any(TRADE), number());
      case 2 -> "%s-%s-%d.%s".formatted(hint(), any(SUBJECTS), number(), any(FORMATS));
      case 3 -> "%s %s | %s".formatted(capital(any(TRADE)), any(SUBJECTS), any(TRADE));
      case 4 ->
          "%s %s %d x %d %s"
              .formatted(
                  capital(hint()),
                  any(SUBJECTS),
                  100 * (1 + random.nextInt(40)),
                  100 * (1 + random.nextInt(40)),
                  any(FORMATS));
      case 5 -> "%s (%d) %s".formatted(capital(any(SUBJECTS)), random.nextInt(100), any(TRADE));
      case 6 -> "%s, %s, %s".formatted(hint(), any(SUBJECTS), any(TRADE));
      default -> "%s %s %s #%d".formatted(capital(any(SUBJECTS)), hint(), any(TRADE), number());
    };
  }

  /** One word about the picture: a colour or a shape; in one of five captions of any other. */
  private String hint() {
    Look look = scene.groups().get(random.nextInt(scene.groups().size())).look();
    if (random.nextInt(5) == 0) {
      return random.nextBoolean()
          ? any(List.of(Hue.values())).word()
          : any(List.of(Silhouette.values())).word(1);
    }
    return random.nextBoolean() ? look.hue().word() : look.silhouette().word(1);
  }

  private int number() {
    return 1000 + random.nextInt(9_999_000);
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
