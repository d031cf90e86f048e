package dev.darkroom.build;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;
import com.sun.tools.javac.api.BasicJavacTask;
import com.sun.tools.javac.util.Log;

/**
 * Takes "using incubating module(s)" out of javac's diagnostics.
 *
 * <p>javac gives that warning once per compilation, belongs it to no lint category and so can't be
 * told to leave it out; under {@code -Werror} it would forbid the Vector API. Every other warning
 * goes its usual way.
 */
public final class IncubatingModules implements Plugin {
  private static final String CODE = "compiler.warn.incubating.modules";

  @Override
  public String getName() {
    return "IncubatingModules";
  }

  @Override
  public void init(JavacTask task, String... args) {
    // Installs itself; what it defers is never reported, for nobody asks it to.
    Log.DiagnosticHandler unused =
        new Log.DeferredDiagnosticHandler(
            Log.instance(((BasicJavacTask) task).getContext()),
            diagnostic -> diagnostic.getCode().equals(CODE));
  }
}
