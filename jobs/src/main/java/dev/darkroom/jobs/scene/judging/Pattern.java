package dev.darkroom.jobs.scene.judging;

import dev.darkroom.jobs.scene.Texture;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A texture as it may lie on an object. The renderer lays each from the object's middle; whoever
 * draws by other means may lay it elsewhere, and it is the same texture still.
 *
 * @param texture which
 * @param right cells that it is moved to the right
 * @param down cells that it is moved down
 */
record Pattern(Texture texture, int right, int down) {
  /** A pixel of the canvas. */
  private static final int STEP = 2;

  private static final Map<Texture, List<Pattern>> ALL = all();
  private static final Map<Texture, List<Pattern>> APART = ends();

  /** The texture where the renderer lays it. */
  static Pattern of(Texture texture) {
    return ALL.get(texture).get(0);
  }

  /** The texture in all places that differ, the renderer's first. */
  static List<Pattern> everywhere(Texture texture) {
    return ALL.get(texture);
  }

  /** The texture where the renderer lays it, and as far from there as can be. */
  static List<Pattern> apart(Texture texture) {
    return APART.get(texture);
  }

  private static Map<Texture, List<Pattern>> ends() {
    Map<Texture, List<Pattern>> ends = new EnumMap<>(Texture.class);
    // Half a period off is in the middle of all.
    ALL.forEach(
        (texture, all) ->
            ends.put(texture, Stream.of(all.get(0), all.get(all.size() / 2)).distinct().toList()));
    return ends;
  }

  private static Map<Texture, List<Pattern>> all() {
    Map<Texture, List<Pattern>> all = new EnumMap<>(Texture.class);
    all.put(Texture.SOLID, within(Texture.SOLID, 1, 1));
    all.put(Texture.STRIPED, within(Texture.STRIPED, 1, 8));
    all.put(Texture.DOTTED, within(Texture.DOTTED, 10, 10));
    // A chessboard moved by a field across is one moved by a field down.
    all.put(Texture.CHECKERED, within(Texture.CHECKERED, 6, 12));
    return all;
  }

  private static List<Pattern> within(Texture texture, int right, int down) {
    List<Pattern> patterns = new ArrayList<>();
    for (int y = 0; y < down; y += STEP) {
      for (int x = 0; x < right; x += STEP) {
        patterns.add(new Pattern(texture, x, y));
      }
    }
    return List.copyOf(patterns);
  }
}
