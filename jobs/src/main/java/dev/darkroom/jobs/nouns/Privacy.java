package dev.darkroom.jobs.nouns;

/**
 * How captions are guarded while they are counted.
 *
 * @param epsilon the privacy that each caption spends, 1e-6 to 20
 * @param vocabulary where the nouns are that are counted: a text file, a noun a line
 */
public record Privacy(double epsilon, String vocabulary) {}
