package dev.darkroom.recaption.template;

/**
 * A part of a template that has a value: a string, boolean, long, list, map, {@link Values#NONE} or
 * {@link Values#UNDEFINED}.
 */
@FunctionalInterface
interface Expression {
  Object evaluate(Scope scope);
}
