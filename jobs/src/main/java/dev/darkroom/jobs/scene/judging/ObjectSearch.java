package dev.darkroom.jobs.scene.judging;

import dev.darkroom.generation.evaluation.Box;
import dev.darkroom.jobs.scene.Hue;
import dev.darkroom.jobs.scene.Look;
import dev.darkroom.jobs.scene.Scene;
import dev.darkroom.jobs.scene.Style;
import dev.darkroom.jobs.scene.Texture;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for objects in one picture, the largest blob first. Not thread-safe. */
final class ObjectSearch {
  /** Fewer pixels of the canvas are a speck. */
  private static final int SPECK = 14;

  /** A fit that explains less is no object. */
  private static final double LEAST_QUALITY = 0.5;

  /** A fit to a whole blob that explains less is compared with fits to its parts. */
  private static final double GOOD_QUALITY = 0.8;

  /** By how many cells a blob and an object that it may be differ in width and height, at most. */
  private static final int SNUG = 8;

  /** A picture whose border is less like a ground is no scene. */
  private static final double LEAST_GROUND = 0.5;

  /** By how much a fit must be better for a texture to lie elsewhere than the renderer lays it. */
  private static final double CLEARLY = 1.005;

  private static final int MOST_BLOBS = 12;
  private static final int CANDIDATES = 6;
  private static final int HUES = 3;

  /** How far from the ground a pixel must be to stand out, squared. */
  private static final double CLEAR = 36 * 36;

  /** How much lighter or darker than the ground grain is, at most. */
  private static final double GRAIN = 32;

  private final Canvas canvas;
  private final GroundFit ground;
  private final Fitting fitting;
  private final List<Template> templates;
  private final List<SceneObject> objects = new ArrayList<>();
  private int unexplained;

  ObjectSearch(Canvas canvas, GroundFit ground, List<Template> templates) {
    this.canvas = canvas;
    this.ground = ground;
    this.fitting = new Fitting(canvas, ground.picture());
    this.templates = templates;
  }

  Detection run() {
    BitSet standing = ground.quality() < LEAST_GROUND ? new BitSet() : standing();
    BitSet taken = new BitSet(Canvas.PIXELS);
    for (int i = 0; i < MOST_BLOBS; i++) {
      Optional<Blob> largest = largest(standing);
      if (largest.isEmpty()) {
        break;
      }
      Optional<Fit> best = best(largest.get(), taken);
      if (best.isPresent() && fitting.quality(best.get(), taken) >= LEAST_QUALITY) {
        objects.add(object(best.get(), fitting.quality(best.get(), taken)));
        BitSet covered = Blob.grown(fitting.covered(best.get()));
        taken.or(covered);
        standing.andNot(covered);
      } else {
        unexplained += largest.get().pixels().cardinality();
        standing.andNot(largest.get().pixels());
      }
    }
    objects.sort(Comparator.comparingDouble(SceneObject::x).thenComparingDouble(SceneObject::y));
    return new Detection(
        ground.ground(),
        ground.style(),
        ground.quality(),
        objects,
        (double) unexplained / Canvas.PIXELS);
  }

  private static Optional<Blob> largest(BitSet standing) {
    return Blob.of(standing, SPECK).stream()
        .max(Comparator.comparingInt(blob -> blob.pixels().cardinality()));
  }

  /** The pixels that stand out from the ground. */
  private BitSet standing() {
    boolean grainy = ground.style() == Style.GRAINY;
    BitSet standing = new BitSet(Canvas.PIXELS);
    for (int pixel = 0; pixel < Canvas.PIXELS; pixel++) {
      double distance = fitting.distance(pixel);
      if (grainy) {
        double lightness = Math.abs(canvas.lightness(pixel) - ground.picture().lightness(pixel));
        double beyond = Math.max(0, lightness - GRAIN);
        distance += 3 * (beyond * beyond - lightness * lightness);
      }
      standing.set(pixel, distance > CLEAR);
    }
    return standing;
  }

  /** What a blob most likely is: one object, or else what its best part is. */
  private Optional<Fit> best(Blob blob, BitSet taken) {
    Optional<Fit> whole = best(blob, taken, SNUG);
    return whole.isPresent() && fitting.quality(whole.get(), taken) >= GOOD_QUALITY
        ? whole
        : best(blob, taken, Integer.MAX_VALUE);
  }

  private Optional<Fit> best(Blob blob, BitSet taken, int mostSlack) {
    List<Hue> hues = hues(blob);
    List<Fit> candidates = new ArrayList<>();
    for (Template template : templates) {
      coarse(template, blob, hues, taken, mostSlack).ifPresent(candidates::add);
    }
    candidates.sort(Comparator.comparingDouble(Fit::gain).reversed());
    return candidates.stream()
        .limit(CANDIDATES)
        .map(fit -> fine(fit, hues, taken))
        .max(Comparator.comparingDouble(Fit::gain));
  }

  /** The best fit of a template, roughly; none where it is much larger or smaller than a blob. */
  private Optional<Fit> coarse(
      Template template, Blob blob, List<Hue> hues, BitSet taken, int mostSlack) {
    int[] bounds = blob.bounds();
    int acrossSlack = Math.abs(2 * (bounds[2] - bounds[0]) - template.bound(2) + template.bound(0));
    int downSlack = Math.abs(2 * (bounds[3] - bounds[1]) - template.bound(3) + template.bound(1));
    if (Math.max(acrossSlack, downSlack) > mostSlack) {
      return Optional.empty();
    }
    Optional<Fit> best = Optional.empty();
    for (int y : places(bounds[1], bounds[3], template.bound(1), template.bound(3))) {
      for (int x : places(bounds[0], bounds[2], template.bound(0), template.bound(2))) {
        for (Hue hue : hues) {
          for (Texture texture : Texture.values()) {
            for (Pattern pattern : Pattern.apart(texture)) {
              Fit fit = fitting.fit(template, hue, pattern, x, y, taken);
              if (best.isEmpty() || fit.isBetterThan(best.get())) {
                best = Optional.of(fit);
              }
            }
          }
        }
      }
    }
    return best;
  }

  /** Where along one side of a blob the middle of a template may be; few, where it fills it. */
  private static int[] places(int from, int to, int least, int greatest) {
    int first = 2 * from - least;
    int last = 2 * to - greatest;
    int middle = Math.floorDiv(first + last, 2);
    int slack = Math.abs(last - first) / 2;
    int step = slack > 8 ? 4 : 2;
    int reach = slack > 8 ? slack : 2;
    int[] places = new int[2 * (reach / step) + 1];
    for (int i = 0; i < places.length; i++) {
      places[i] = middle + (i - reach / step) * step;
    }
    return places;
  }

  /** The best fit near a rough one, with its texture wherever it lies. */
  private Fit fine(Fit rough, List<Hue> hues, BitSet taken) {
    Fit plain = climbed(rough, taken);
    Fit moved = plain;
    for (Hue hue : hues) {
      for (Texture texture : Texture.values()) {
        for (Pattern pattern : Pattern.everywhere(texture)) {
          Fit fit = fitting.fit(plain.template(), hue, pattern, plain.x(), plain.y(), taken);
          moved = fit.isBetterThan(moved) ? fit : moved;
        }
      }
    }
    return moved.gain() > CLEARLY * plain.gain() ? climbed(moved, taken) : plain;
  }

  /** Climbs from a fit, in all colours and textures, to where nothing near is better. */
  private Fit climbed(Fit start, BitSet taken) {
    Fit best = start;
    for (int round = 0; round < 4; round++) {
      Fit before = best;
      int reach = round == 0 ? 2 : 1;
      for (int dy = -reach; dy <= reach; dy++) {
        for (int dx = -reach; dx <= reach; dx++) {
          Fit moved =
              fitting.fit(
                  best.template(),
                  best.hue(),
                  best.pattern(),
                  before.x() + dx,
                  before.y() + dy,
                  taken);
          best = moved.isBetterThan(best) ? moved : best;
        }
      }
      for (Hue hue : Hue.values()) {
        for (Texture texture : Texture.values()) {
          Pattern pattern =
              texture == before.pattern().texture() ? before.pattern() : Pattern.of(texture);
          Fit dressed = fitting.fit(best.template(), hue, pattern, best.x(), best.y(), taken);
          best = dressed.isBetterThan(best) ? dressed : best;
        }
      }
      if (best.equals(before)) {
        break;
      }
    }
    return best;
  }

  /** The colours that most pixels of a blob are nearest to. */
  private List<Hue> hues(Blob blob) {
    Map<Hue, Integer> votes = new EnumMap<>(Hue.class);
    blob.pixels().stream().forEach(pixel -> votes.merge(nearest(pixel), 1, Integer::sum));
    return votes.entrySet().stream()
        .sorted(Map.Entry.<Hue, Integer>comparingByValue().reversed())
        .limit(HUES)
        .map(Map.Entry::getKey)
        .toList();
  }

  private Hue nearest(int pixel) {
    Hue best = Hue.RED;
    double least = Double.POSITIVE_INFINITY;
    for (Hue hue : Hue.values()) {
      double distance = distance(pixel, hue.rgb());
      if (distance < least) {
        least = distance;
        best = hue;
      }
    }
    return best;
  }

  private double distance(int pixel, int rgb) {
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double difference = canvas.samples()[3 * pixel + c] - (rgb >> 16 - 8 * c & 0xFF);
      sum += difference * difference;
    }
    return sum;
  }

  private static SceneObject object(Fit fit, double quality) {
    Template template = fit.template();
    Look look =
        new Look(template.magnitude(), fit.pattern().texture(), fit.hue(), template.silhouette());
    double grid = Scene.GRID;
    Box box =
        new Box(
            (fit.x() + template.bound(0)) / grid,
            (fit.y() + template.bound(1)) / grid,
            (fit.x() + template.bound(2)) / grid,
            (fit.y() + template.bound(3)) / grid);
    return new SceneObject(look, fit.x() / grid, fit.y() / grid, box, quality);
  }
}
