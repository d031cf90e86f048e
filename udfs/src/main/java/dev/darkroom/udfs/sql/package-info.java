/**
 * Darkroom's SQL functions: each takes one column and needs neither a model nor a GPU.
 *
 * <p>A NULL gives NULL. What needs a model is no SQL function but a function from Dataset to
 * Dataset, because a model is loaded once for many rows.
 */
package dev.darkroom.udfs.sql;
