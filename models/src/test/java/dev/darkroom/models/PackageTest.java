package dev.darkroom.models;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know of whom. */
class PackageTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.darkroom.models");

  @Test
  void foldersKnowOnlyJson() {
    classes()
        .that()
        .resideInAPackage("dev.darkroom.models")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "com.fasterxml.jackson..", "dev.darkroom.models")
        .check(CLASSES);
  }

  @Test
  void graphsKnowOnlyOnnxRuntime() {
    classes()
        .that()
        .resideInAPackage("dev.darkroom.models.onnx")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "ai.onnxruntime..", "dev.darkroom.models", "dev.darkroom.models.onnx")
        .check(CLASSES);
  }
}
