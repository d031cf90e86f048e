/**
 * TIFF files (revision 6.0, with Adobe's deflate): directories, what accounts for each byte, how
 * segments (strips and tiles) lie and are compressed, and exact samples out of them.
 *
 * <p>Read here are unsigned samples under lossless compressions that are known exactly, and nothing
 * else: whatever else a TIFF may hold is an {@link
 * dev.darkroom.compression.image.ImageDecodeException}, so that its file is kept. Nothing of the
 * codec or its container may come in here.
 */
package dev.darkroom.compression.image.tiff;
