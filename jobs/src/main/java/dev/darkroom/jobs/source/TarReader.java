package dev.darkroom.jobs.source;

import java.util.Iterator;

/** The candidates of a tar, one after the other. */
interface TarReader extends Iterator<Candidate>, AutoCloseable {
  @Override
  void close();
}
