package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that starts Java, in a house of its own that is built already, with a Java that only says how it was started. */
final class LauncherTest {
    @TempDir
    private Path house = Path.of("");

    @BeforeEach
    void build() throws IOException {
        Files.createDirectories(house.resolve("cli/target/lib"));
        Files.copy(Path.of("obverse"), house.resolve("cli/obverse"));
        Files.createFile(house.resolve("cli/target/built"));
        Path java = house.resolve("jdk/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"LC_ALL=$LC_ALL\" \"$@\"\n");
        assertTrue(java.toFile().setExecutable(true));
    }

    private String started(String locale) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("sh", house.resolve("cli/obverse").toString(), "run", "plän.yaml");
        builder.environment().put("LC_ALL", locale);
        builder.environment().put("JAVA_HOME", house.resolve("jdk").toString());
        Process process = builder.redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "C.UTF-8", "tr_TR.UTF-8", "de_DE.ISO-8859-1", ""})
    void java_reads_names_as_utf_8_under_every_locale(String locale) throws IOException {
        String started = started(locale);

        assertTrue(started.contains("LC_ALL=C.UTF-8\n"), started);
        assertTrue(started.contains("\n-Dfile.encoding=UTF-8\n"), started);
        assertTrue(started.endsWith("\nrun\nplän.yaml\n"), started);
    }

    @Test
    void all_locales_start_java_alike() throws IOException {
        assertEquals(started("C.UTF-8"), started("C"));
    }
}
