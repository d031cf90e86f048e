package dev.darkroom.jobs.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the headers of a tar say.
 *
 * @param withoutContent folders, devices and pipes
 * @param pieces runs of members, in their order; one at least
 */
record TarSurvey(long withoutContent, List<Piece> pieces) implements Serializable {

  /**
   * Members that stand beside each other.
   *
   * @param shard which ones
   * @param rows how many candidates they make: one each, and one more for damage
   * @param bytes how many bytes they hold together
   */
  record Piece(TarShard shard, long rows, long bytes) implements Serializable {}

  /**
   * Reads the headers.
   *
   * @param images the most members to a piece
   * @param bytes the most bytes to a piece of several members
   */
  static TarSurvey of(TarShard shard, InputFiles files, long images, long bytes) {
    List<Piece> pieces = new ArrayList<>();
    long from = 0;
    long members = 0;
    long sum = 0;
    long withoutContent = 0;
    long damage = 0;
    try (TarWalk walk = new TarWalk(shard, files)) {
      for (Optional<TarEntryInfo> next = walk.next(); next.isPresent(); next = walk.next()) {
        long size = next.get().size();
        if (members > from && (members - from >= images || sum + size > bytes)) {
          pieces.add(new Piece(shard.slice(from, members), members - from, sum));
          from = members;
          sum = 0;
        }
        members++;
        sum += size;
        withoutContent = walk.withoutContent();
      }
      withoutContent = walk.withoutContent();
    } catch (IOException | RuntimeException e) {
      // Whoever reads the tar comes to the same place and tells.
      damage = 1;
    }
    pieces.add(new Piece(shard.slice(from, Long.MAX_VALUE), members - from + damage, sum));
    return new TarSurvey(withoutContent, List.copyOf(pieces));
  }
}
