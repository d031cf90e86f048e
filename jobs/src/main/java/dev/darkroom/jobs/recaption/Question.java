package dev.darkroom.jobs.recaption;

/**
 * One thing to ask about one image.
 *
 * @param key what was asked of which model about which image
 * @param promptName the prompt's name
 * @param prompt what is asked
 * @param ungrounded whether the prompt wanted a raw caption that is not there
 * @param sample the number of the answer, from 0
 * @param seed of the random choices
 */
record Question(
    String key, String promptName, String prompt, boolean ungrounded, int sample, long seed) {}
