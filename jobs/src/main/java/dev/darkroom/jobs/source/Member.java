package dev.darkroom.jobs.source;

import java.util.Objects;

/**
 * Where a file lies in the container that holds it.
 *
 * @param container the container's path below the root of the input: {@code shards/0001.tar}
 * @param name what the file is called there
 * @param position its number among the container's members, counted from 0
 */
public record Member(String container, String name, long position) {
  /** Refuses missing parts. */
  public Member {
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(name, "name");
  }
}
