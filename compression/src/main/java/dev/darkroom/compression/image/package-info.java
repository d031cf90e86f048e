/**
 * Image files in, exact samples out: PNG, BMP, TIFF, GIF, WebP and JPEG.
 *
 * <p>Samples are what the file stores: no colour management, no gamma, no EXIF orientation. Limits
 * hold before memory is taken, and a bad file is an {@link
 * dev.darkroom.compression.image.ImageDecodeException}, never anything else. Nothing of the codec
 * or its container may come in here.
 */
package dev.darkroom.compression.image;
