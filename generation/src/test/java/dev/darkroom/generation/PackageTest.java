package dev.darkroom.generation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know of whom. */
class PackageTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.darkroom.generation");

  @Test
  void noiseKnowsOnlyJava() {
    classes()
        .that()
        .resideInAPackage("..generation.noise..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "..generation.noise..")
        .check(CLASSES);
  }

  @Test
  void schedulersKnowOnlyNoiseAndJson() {
    classes()
        .that()
        .resideInAPackage("..generation.scheduler..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "com.fasterxml.jackson..", "..generation.noise..", "..generation.scheduler..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.darkroom.generation.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
