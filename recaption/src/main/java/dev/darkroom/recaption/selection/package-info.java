/**
 * How well a text fits a set of target texts, by what a compressor finds they have in common.
 *
 * <p>Texts come in and numbers go out. Nothing here may know of captions' meaning, of models or of
 * tables.
 */
package dev.darkroom.recaption.selection;
