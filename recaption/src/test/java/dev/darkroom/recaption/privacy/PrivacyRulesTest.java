package dev.darkroom.recaption.privacy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PrivacyRulesTest {
  @Test
  void knowsNumbersAlone() {
    classes()
        .that()
        .resideInAPackage("dev.darkroom.recaption.privacy..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.darkroom.recaption.privacy..", "dev.darkroom.recaption.decoding", "java..")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.darkroom.recaption.privacy"));
  }
}
