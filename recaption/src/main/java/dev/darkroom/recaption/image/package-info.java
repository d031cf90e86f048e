/**
 * Image files in, RGB pixels out, the way Pillow's {@code Image.open(...).convert("RGB")} gives
 * them, and Pillow's resampling.
 *
 * <p>The pixels a model was trained on came from Pillow, so Pillow is what is matched here: alpha
 * is dropped and not blended, colour profiles and EXIF orientation are ignored. Limits hold before
 * memory is taken. Nothing of models may come in: what a checkpoint wants done to an image is the
 * business of {@code llava}.
 */
package dev.darkroom.recaption.image;
