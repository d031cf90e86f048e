package dev.darkroom.jobs.generate;

import java.io.Serializable;

/**
 * A prompt as the input has it.
 *
 * @param set what the input calls the prompts that it is one of
 * @param text may be empty, which is an error of this prompt alone
 */
record Prompt(String set, String text) implements Serializable {}
