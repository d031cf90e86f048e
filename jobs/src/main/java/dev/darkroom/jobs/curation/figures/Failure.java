package dev.darkroom.jobs.curation.figures;

/**
 * Rows that failed, or fell short, for the same reason.
 *
 * @param input the input
 * @param status what the rows say: {@code failed}, {@code cut}, {@code looping}, {@code stored} ...
 * @param type the type of error; empty where the status says it all
 * @param rows how many
 * @param example the message of one of them; empty where there is none
 */
public record Failure(String input, String status, String type, long rows, String example) {}
