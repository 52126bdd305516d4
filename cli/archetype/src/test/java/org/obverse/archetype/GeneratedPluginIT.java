package org.obverse.archetype;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The project that this module's build has generated and built, tests included, as a stranger does. */
final class GeneratedPluginIT {
    private static final Path PROJECT = Path.of("target/it/generate/quiet-start");
    private static final Path REPOSITORY = Path.of("target/repository/org/obverse");

    @Test
    void check_is_green() throws Exception {
        String check = obverse("check", PROJECT.resolve("target/plugin").toString());

        assertTrue(check.contains("sampler/quiet-start"), check);
        assertTrue(check.contains(" 0 broken, 0 that should be kept and are not, 0 not tried"), check);
    }

    @Test
    void its_tests_ran_and_the_rules_are_among_them() throws IOException {
        Path reports = PROJECT.resolve("target/surefire-reports");
        String rules = Files.readString(reports.resolve("com.example.quiet.ConformanceTest.txt"));

        assertTrue(rules.matches("(?s).*Tests run: [1-9][0-9]+, Failures: 0, Errors: 0, .*"), rules);
        assertTrue(Files.exists(reports.resolve("com.example.quiet.PriorSamplerTest.txt")));
    }

    /** What an editor shows of them: the README's build makes it with the profile {@code sources}. */
    @ParameterizedTest
    @CsvSource({
        "obverse-api, sources, org/obverse/api/plugin/Plugin.java",
        "obverse-api, javadoc, org/obverse/api/plugin/Plugin.html",
        "obverse-testkit, sources, org/obverse/testkit/junit/ConformanceTests.java",
        "obverse-testkit, javadoc, org/obverse/testkit/junit/ConformanceTests.html"
    })
    @EnabledIfSystemProperty(named = "obverse.sources", matches = "true")
    void sources_and_documentation_lie_beside_the_jars_that_it_was_built_with(
            String artifact, String classifier, String entry) throws IOException {
        String version = System.getProperty("obverse.version", "");
        Path jar = REPOSITORY
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + "-" + classifier + ".jar");

        try (ZipFile contents = new ZipFile(jar.toFile())) {
            assertNotNull(contents.getEntry(entry), entry + " is missing in " + jar);
        }
    }

    @Test
    void nothing_of_it_has_our_names_or_our_rules_for_compilers() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(PROJECT.resolve("target")))
                    .toList()) {
                String text = Files.readString(file);
                assertFalse(text.contains("org.obverse.plugins"), file.toString());
                assertFalse(
                        text.contains("errorprone") || text.contains("Werror") || text.contains("spotless"),
                        file.toString());
                assertFalse(text.contains("<parent>"), file.toString());
            }
        }
    }

    private static String obverse(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "org.obverse.cli.Main"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), text);
        return text;
    }
}
