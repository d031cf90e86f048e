/**
 * Counts of nouns as an aggregate of Spark.
 *
 * <p>What is counted, and how, is {@code dev.darkroom.recaption.nouns}; here it only learns to be
 * merged by Spark. Nothing here may read or write tables.
 */
package dev.darkroom.udfs.nouns;
