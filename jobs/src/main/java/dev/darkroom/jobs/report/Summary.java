package dev.darkroom.jobs.report;

import java.util.List;

/** What a job did: a record whose components are the fields of its JSON, in snake case. */
public interface Summary {
  /** The lines to show on a screen. */
  List<String> lines();
}
