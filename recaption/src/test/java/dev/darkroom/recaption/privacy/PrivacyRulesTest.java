package dev.darkroom.recaption.privacy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.darkroom.models.Sha256;
import dev.darkroom.models.SplitMix64;
import org.junit.jupiter.api.Test;

class PrivacyRulesTest {
  @Test
  void knowsNumbersAlone() {
    classes()
        .that()
        .resideInAPackage("dev.darkroom.recaption.privacy..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("dev.darkroom.recaption.privacy..", "java..")
                .or(belongToAnyOf(SplitMix64.class, Sha256.class)))
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.darkroom.recaption.privacy"));
  }
}
