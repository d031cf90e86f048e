/**
 * Gaussian noise that is the same on every machine.
 *
 * <p>Pure Java: no models, no schedulers, no JSON, and no arithmetic that a JVM may round in its
 * own way.
 */
package dev.darkroom.generation.noise;
