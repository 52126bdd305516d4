package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        java("jdk");
    }

    private void java(String folder) throws IOException {
        Path bin = Files.createDirectories(house.resolve(folder).resolve("bin"));
        Path java =
                Files.writeString(bin.resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$0\" \"LC_ALL=$LC_ALL\" \"$@\"\n");
        assertTrue(java.toFile().setExecutable(true));
    }

    private String started(String locale) throws IOException {
        return started(house.resolve("cli/obverse"), locale);
    }

    private String started(Path launcher, String locale) throws IOException {
        return said(launcher(launcher, Map.of("LC_ALL", locale)));
    }

    private Process launcher(Path launcher, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", launcher.toString(), "run", "plän.yaml");
        builder.environment().put("HOME", "/home/of me");
        builder.environment().put("JAVA_HOME", house.resolve("jdk").toString());
        builder.environment().remove("OBVERSE_HEAP");
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).start();
    }

    private static String said(Process process) throws IOException {
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

    @ParameterizedTest
    @CsvSource({
        "'', 1g",
        "4g, 4g",
        "512M, 512M",
        "32m, 32m",
        "1t, 1t",
        "33554432, 33554432",
        "1099511627776, 1099511627776"
    })
    void the_heap_is_what_the_environment_says(String wanted, String heap) throws IOException {
        String started = said(launcher(house.resolve("cli/obverse"), Map.of("OBVERSE_HEAP", wanted)));

        assertTrue(started.contains("\n-Xmx" + heap + "\n"), started);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4gb",
                "4 g",
                "lots",
                "g",
                "-1g",
                "1.5g",
                "010g",
                "0",
                "31m",
                "16",
                "2t",
                "1025g",
                "1099511627777",
                "99999999999999999999t",
                "4g -version",
                "*"
            })
    void a_heap_that_java_cannot_have_is_refused_in_words_before_java_starts(String wanted)
            throws IOException, InterruptedException {
        Process refused = launcher(house.resolve("cli/obverse"), Map.of("OBVERSE_HEAP", wanted));
        String said = said(refused);

        assertEquals(2, refused.waitFor(), said);
        assertEquals(
                "obverse: OBVERSE_HEAP is '" + wanted + "'; give Java's heap between 32m and 1t, such as 512m or 4g\n",
                said);
    }

    @Test
    void what_java_calls_home_is_home() throws IOException {
        String started = started("C.UTF-8");

        assertTrue(started.contains("\n-Duser.home=/home/of me\n"), started);
    }

    @Test
    void an_image_starts_its_own_java_with_its_own_jars_and_builds_nothing() throws IOException {
        java("image/runtime");
        Path launcher = Files.createDirectories(house.resolve("image/bin")).resolve("obverse");
        Files.copy(Path.of("obverse"), launcher);
        String image = house.resolve("image").toRealPath().toString();
        String started = started(launcher, "C.UTF-8");

        assertTrue(started.startsWith(image + "/runtime/bin/java\n"), started);
        assertTrue(started.contains("\n-Dobverse.home=" + image + "\n-cp\n" + image + "/lib/*:"), started);
        assertTrue(started.endsWith("\nrun\nplän.yaml\n"), started);
    }
}
