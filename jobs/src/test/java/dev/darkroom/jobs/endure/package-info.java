/** Programs of the campaign that {@code bin/endure} runs: no tests, but built with them. */
package dev.darkroom.jobs.endure;
