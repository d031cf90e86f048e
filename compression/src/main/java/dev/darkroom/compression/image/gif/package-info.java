/**
 * GIF (CompuServe, 87a and 89a): where things lie in a file, and its variant of LZW, decoded and
 * repeated code by code, so that a file can be rebuilt byte by byte.
 */
package dev.darkroom.compression.image.gif;
