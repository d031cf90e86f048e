/**
 * zlib's deflate, bit for bit: what zlib 1.2 and 1.3 by Jean-loup Gailly and Mark Adler write for
 * given settings, on every Java platform whatever library that brings.
 *
 * <p>Files are rebuilt by compressing their content again, for decades, so the compressor is part
 * of the archive format and stays as it is. Nothing may be improved here: another choice of match
 * is another stream. Decompression needs no such care and is the platform's business.
 */
package dev.darkroom.compression.deflate;
