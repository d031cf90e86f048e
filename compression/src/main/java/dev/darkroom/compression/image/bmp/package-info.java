/**
 * Windows and OS/2 bitmaps: where their samples lie, and reading those that 8 bits hold exactly.
 *
 * <p>Bits that viewers ignore are looked at: what they hold must not be lost unsaid.
 */
package dev.darkroom.compression.image.bmp;
