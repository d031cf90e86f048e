/**
 * What a report says, as plain records: the fields of {@code report.json}, in snake case.
 *
 * <p>Nothing here may know of Spark, of tables or of HTML.
 */
package dev.darkroom.jobs.curation.figures;
