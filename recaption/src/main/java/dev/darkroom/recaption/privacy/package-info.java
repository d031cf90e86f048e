/**
 * Counting without seeing: how often items of a fixed vocabulary occur among users whose items
 * never leave them (local differential privacy).
 *
 * <p>A {@link dev.darkroom.recaption.privacy.FrequencyOracle} turns one item of one user into a
 * {@link dev.darkroom.recaption.privacy.PrivateReport}, on the user's side. Reports are added up in
 * {@link dev.darkroom.recaption.privacy.PrivateCounts}, in any order and in any number of parts,
 * and the oracle estimates frequencies from them.
 *
 * <p>What is promised: whatever the item, each report is at most e^epsilon times as probable as
 * with any other item. That holds for one report. Who sends several about the same user spends
 * their sum; from a text with many nouns, draw one.
 *
 * <p>Items are numbers from 0. Nothing here may know of nouns, captions, images or tables.
 */
package dev.darkroom.recaption.privacy;
