package dev.darkroom.udfs.model;

import java.nio.file.Path;
import java.util.Optional;

/** Fetches a model in a JVM of its own: store, journal, URI. */
public final class FetchModel {
  private FetchModel() {}

  /** Prints the folder. */
  public static void main(String[] args) {
    System.out.println(
        new ModelStore(Path.of(args[0]), RemoteFolders.settings(Path.of(args[1])))
            .fetch(args[2], Optional.empty()));
  }
}
