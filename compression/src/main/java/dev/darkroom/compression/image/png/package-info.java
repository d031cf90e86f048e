/**
 * PNG (ISO/IEC 15948, third edition): a strict reader, a writer, and the steps between file and
 * samples, each of which can be undone, so that a file can be rebuilt byte by byte.
 *
 * <p>Knows neither other formats nor the codec.
 */
package dev.darkroom.compression.image.png;
