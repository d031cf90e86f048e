/**
 * The subcommands: what can be said on the command line, and which job it starts.
 *
 * <p>A command checks its options, all of them before anything runs, turns them into the job's
 * options record and shows the summary. No work is done here.
 */
package dev.darkroom.jobs.cli;
