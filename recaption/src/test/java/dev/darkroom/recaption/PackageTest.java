package dev.darkroom.recaption;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may know of whom. */
class PackageTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.darkroom.recaption");

  @ParameterizedTest
  @ValueSource(strings = {"image", "decoding", "template"})
  void partsKnowNothingOfModelsAndServers(String part) {
    noClasses()
        .that()
        .resideInAPackage("dev.darkroom.recaption." + part)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..recaption.llava..", "..recaption.endpoint..", "..models.onnx..", "ai..")
        .check(CLASSES);
  }

  @Test
  void modelsHereAndServersElsewhereKnowNothingOfEachOther() {
    noClasses()
        .that()
        .resideInAPackage("..recaption.llava..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..recaption.endpoint..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("..recaption.endpoint..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..recaption.llava..")
        .check(CLASSES);
  }

  /** Texts and numbers: what is made of captions stands without what makes them. */
  @Test
  void nounsSelectionAndPrivacyKnowNothingOfCaptioning() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..recaption.nouns..", "..recaption.selection..", "..recaption.privacy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.darkroom.recaption",
            "..recaption.llava..",
            "..recaption.endpoint..",
            "..recaption.decoding..",
            "..recaption.template..",
            "..recaption.image..",
            "..models.onnx..",
            "ai..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.darkroom.recaption.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
