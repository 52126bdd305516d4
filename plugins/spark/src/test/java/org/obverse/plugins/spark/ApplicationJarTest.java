package org.obverse.plugins.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApplicationJarTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void its_classes_need_no_others_but_sparks() throws IOException {
        JavaClasses classes;
        try (JarFile jar = new JarFile(ApplicationJar.write(folder).toFile())) {
            classes = new ClassFileImporter().importJar(jar);
        }

        assertTrue(classes.contain(App.class));
        List<String> missing = classes.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(Dependency::getTargetClass)
                .map(JavaClass::getBaseComponentType)
                .filter(used -> !used.isPrimitive() && !classes.contain(used.getName()))
                .map(JavaClass::getName)
                .filter(name -> !name.matches("(java|scala|org\\.apache\\.spark)\\..*"))
                .distinct()
                .toList();
        assertEquals(List.of(), missing);
    }
}
