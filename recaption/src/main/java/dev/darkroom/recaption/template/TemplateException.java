package dev.darkroom.recaption.template;

/** A template can't be parsed or rendered. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TemplateException(String message) {
    super(message);
  }
}
