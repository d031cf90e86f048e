package dev.darkroom.jobs.demo;

import java.awt.image.BufferedImage;

/**
 * A picture of the demo.
 *
 * @param name the file's name without its ending
 * @param image the pixels
 */
record Drawing(String name, BufferedImage image) {}
