package dev.darkroom.jobs.recaption;

import dev.darkroom.compression.Sha256;
import dev.darkroom.jobs.source.Candidate;
import dev.darkroom.jobs.source.CandidateReader;
import dev.darkroom.jobs.source.CandidateReader.ProblemException;
import java.util.List;
import java.util.Optional;

/**
 * Reads images and finds what is left to ask about them. A file that has not changed since it was
 * captioned is read only where something is. Threads may share one.
 */
final class ImageLoader {
  private final CandidateReader reader;
  private final Questions questions;
  private final Known known;

  ImageLoader(CandidateReader reader, Questions questions, Known known) {
    this.reader = reader;
    this.questions = questions;
    this.known = known;
  }

  LoadedImage load(Candidate candidate) {
    Candidate bare = candidate.withoutContent();
    Optional<String> unchanged = known.unchangedHash(candidate);
    if (unchanged.isPresent() && open(candidate, unchanged.get()).isEmpty()) {
      return new LoadedImage(bare, unchanged, Optional.empty(), List.of(), Optional.empty());
    }
    try {
      byte[] bytes = reader.read(candidate);
      String hash = Sha256.of(bytes).toHex();
      return new LoadedImage(
          bare.withSize(bytes.length),
          Optional.of(hash),
          Optional.of(bytes),
          open(candidate, hash),
          Optional.empty());
    } catch (ProblemException e) {
      return new LoadedImage(
          bare,
          Optional.empty(),
          Optional.empty(),
          questions.about(Questions.withoutBytes(candidate.sourcePath()), candidate.caption()),
          Optional.of(e.problem()));
    }
  }

  private List<Question> open(Candidate candidate, String hash) {
    return questions.about(hash, candidate.caption()).stream()
        .filter(question -> !known.isAnswered(candidate, question.key()))
        .toList();
  }
}
