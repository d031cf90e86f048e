package dev.darkroom.jobs.demo;

import java.awt.Graphics2D;
import java.util.Map;

/**
 * A small alphabet of 5 x 7 dots, so that text looks alike on machines with other fonts, or none.
 */
final class Glyphs {
  private static final int COLUMNS = 5;
  private static final int ROWS = 7;

  /** Seven rows of five dots each, top row first, as base-32 digits. */
  private static final Map<Character, String> DOTS =
      Map.ofEntries(
          Map.entry('a', "00ega9f"),
          Map.entry('d', "11dhhhd"),
          Map.entry('e', "00ehvge"),
          Map.entry('g', "00fhf1e"),
          Map.entry('i', "40c444e"),
          Map.entry('k', "gghiohh"),
          Map.entry('l', "c44444e"),
          Map.entry('m', "00qllll"),
          Map.entry('n', "00uhhhh"),
          Map.entry('o', "00ehhhe"),
          Map.entry('r', "00mpggg"),
          Map.entry('s', "00fge1u"),
          Map.entry('t', "44e4443"),
          Map.entry(' ', "0000000"));

  private Glyphs() {}

  /**
   * Draws a line of text with dots of the given size; letters that are not there are left blank.
   */
  static void draw(Graphics2D graphics, String text, int x, int y, int dot) {
    for (int i = 0; i < text.length(); i++) {
      String rows = DOTS.getOrDefault(text.charAt(i), DOTS.get(' '));
      for (int row = 0; row < ROWS; row++) {
        int bits = Character.digit(rows.charAt(row), 32);
        for (int column = 0; column < COLUMNS; column++) {
          if ((bits >> (COLUMNS - 1 - column) & 1) == 1) {
            graphics.fillRect(x + (i * (COLUMNS + 1) + column) * dot, y + row * dot, dot, dot);
          }
        }
      }
    }
  }
}
