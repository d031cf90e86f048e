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
  /** What beginning with a member costs, in bytes that could have been worked on instead. */
  private static final long MEMBER_COST = 4096;

  /**
   * Members that stand beside each other.
   *
   * @param shard which ones
   * @param rows how many candidates they make: one each, and one more for damage
   * @param bytes how many bytes they hold together
   * @param continued whether they are of the chunk of the piece before, however much that holds
   */
  record Piece(TarShard shard, long rows, long bytes, boolean continued) implements Serializable {
    /** The first of its rows. */
    Piece first(long most) {
      return most >= rows
          ? this
          : new Piece(shard.slice(shard.from(), shard.from() + most), most, bytes, continued);
    }

    private static Piece of(List<Piece> neighbours, boolean continued) {
      TarShard first = neighbours.get(0).shard;
      TarShard last = neighbours.get(neighbours.size() - 1).shard;
      return new Piece(
          first.slice(first.from(), last.to()),
          neighbours.stream().mapToLong(Piece::rows).sum(),
          neighbours.stream().mapToLong(Piece::bytes).sum(),
          continued);
    }

    private long cost() {
      return bytes + MEMBER_COST * rows;
    }
  }

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
          pieces.add(new Piece(shard.slice(from, members), members - from, sum, false));
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
    pieces.add(new Piece(shard.slice(from, Long.MAX_VALUE), members - from + damage, sum, false));
    return new TarSurvey(withoutContent, List.copyOf(pieces));
  }

  /**
   * The same members in chunks of so many pieces, all of about the same cost. Pieces are made of
   * neighbours, so that there may be fewer.
   */
  TarSurvey dealt(int chunks, int piecesOfChunk) {
    long count = (long) chunks * piecesOfChunk;
    long cost = Math.max(1, pieces.stream().mapToLong(Piece::cost).sum());
    List<Piece> dealt = new ArrayList<>();
    List<Piece> open = new ArrayList<>();
    long current = 0;
    long chunk = -1;
    long before = 0;
    for (Piece piece : pieces) {
      long number =
          Math.min(count - 1, (long) (count * (before + piece.cost() / 2.0) / (double) cost));
      if (number > current && !open.isEmpty()) {
        dealt.add(Piece.of(open, chunks > 1 && chunk == current / piecesOfChunk));
        chunk = current / piecesOfChunk;
        open.clear();
      }
      current = number;
      open.add(piece);
      before += piece.cost();
    }
    dealt.add(Piece.of(open, chunks > 1 && chunk == current / piecesOfChunk));
    return new TarSurvey(withoutContent, List.copyOf(dealt));
  }

  long rows() {
    return pieces.stream().mapToLong(Piece::rows).sum();
  }

  long bytes() {
    return pieces.stream().mapToLong(Piece::bytes).sum();
  }
}
