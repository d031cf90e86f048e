package dev.darkroom.jobs.recaption;

import dev.darkroom.jobs.source.Candidate;
import dev.darkroom.jobs.source.SourceProblem;
import java.util.List;
import java.util.Optional;

/**
 * An image that has been read, as far as it could be and had to be.
 *
 * @param candidate where it is from, without its bytes
 * @param hash SHA-256 of its bytes, where they were read or have not changed
 * @param bytes the file, where there is something to ask about it
 * @param questions what is left to ask
 * @param problem why there are no bytes
 */
record LoadedImage(
    Candidate candidate,
    Optional<String> hash,
    Optional<byte[]> bytes,
    List<Question> questions,
    Optional<SourceProblem> problem) {}
