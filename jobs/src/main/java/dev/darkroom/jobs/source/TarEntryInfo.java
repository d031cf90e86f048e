package dev.darkroom.jobs.source;

import java.sql.Timestamp;
import java.util.Optional;

/**
 * A member of a tar.
 *
 * @param name what it is called, as {@link RawName} tells it
 * @param position its number among the members that are files or links, counted from 0
 * @param size bytes of its content; 0 of a link
 * @param modified when it last changed
 * @param link where it links to: the name of another member, as {@link RawName} tells it
 * @param offset where its content stands in the tar, if it stands there in one piece
 */
record TarEntryInfo(
    String name,
    long position,
    long size,
    Optional<Timestamp> modified,
    Optional<String> link,
    Optional<Long> offset) {}
