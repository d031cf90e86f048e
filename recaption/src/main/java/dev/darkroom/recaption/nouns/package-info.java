/**
 * Nouns in captions: the measure of how much a caption tells (PixArt-alpha, table 1).
 *
 * <p>Texts come in and nouns go out. Nothing here may know of images, of captioners or of tables.
 */
package dev.darkroom.recaption.nouns;
