/**
 * Reversible colour transforms in integers: they shrink the correlation between channels and lose
 * nothing. Nothing that models or codes may come in here.
 */
package dev.darkroom.compression.color;
