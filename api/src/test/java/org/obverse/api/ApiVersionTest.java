package org.obverse.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.obverse.api.plugin.ApiVersion;

/** What plugins may have been built against changes with the version, or not at all. */
final class ApiVersionTest {
    private static final Path BASELINE = Path.of("baseline/obverse-api.jar");
    private static final String RENEW = "mvn -f api/pom.xml test -Dapi.baseline=renew";

    @Test
    void the_api_is_that_of_the_baseline_or_has_a_later_version() throws Exception {
        byte[] now = ApiChanges.jar(Path.of(ApiVersion.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()));
        boolean renew = "renew".equals(System.getProperty("api.baseline"));
        if (Files.exists(BASELINE)) {
            ApiVersion published = version(BASELINE);
            ApiChanges changes = ApiChanges.between(Files.readAllBytes(BASELINE), now);
            assertTrue(
                    suffices(ApiVersion.CURRENT, published, changes),
                    () -> "the API is not that of api/" + BASELINE + ", version " + published
                            + ", which plugins may have been built against (! breaks their jars, * their sources):\n"
                            + changes.lines() + "Its version is " + ApiVersion.CURRENT + ". Put it back; or raise"
                            + " ApiVersion.CURRENT (before 1.0 minor; from 1.0 on major if anything breaks, else minor)"
                            + " and obverse.api in the root pom.xml. When a version has been published, its API becomes"
                            + " the baseline with " + RENEW);
        } else {
            assertTrue(renew, () -> "there is no api/" + BASELINE + "; get it back, or write it with " + RENEW);
        }
        if (renew) {
            Files.createDirectories(BASELINE.getParent());
            Files.write(BASELINE, now);
        }
    }

    private static ApiVersion version(Path jar) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass(ApiVersion.class.getName());
            return ApiVersion.of(String.valueOf(type.getField("CURRENT").get(null)));
        }
    }

    private static boolean suffices(ApiVersion now, ApiVersion published, ApiChanges changes) {
        boolean later = Comparator.comparingInt(ApiVersion::major)
                        .thenComparingInt(ApiVersion::minor)
                        .compare(now, published)
                > 0;
        return changes.lines().isEmpty() || (later && (changes.compatible() || !now.admits(published)));
    }

    @Test
    void a_change_raises_minor_and_from_1_0_on_major_if_it_breaks_something() {
        ApiChanges none = new ApiChanges("", true);
        ApiChanges addition = new ApiChanges("a method", true);
        ApiChanges removal = new ApiChanges("no method", false);

        assertTrue(suffices(new ApiVersion(0, 3), new ApiVersion(0, 3), none));
        assertFalse(suffices(new ApiVersion(0, 3), new ApiVersion(0, 3), addition));
        assertFalse(suffices(new ApiVersion(0, 2), new ApiVersion(0, 3), removal));
        assertTrue(suffices(new ApiVersion(0, 4), new ApiVersion(0, 3), removal));
        assertTrue(suffices(new ApiVersion(1, 4), new ApiVersion(1, 3), addition));
        assertFalse(suffices(new ApiVersion(1, 4), new ApiVersion(1, 3), removal));
        assertTrue(suffices(new ApiVersion(2, 0), new ApiVersion(1, 3), removal));
    }

    @Test
    void the_build_writes_this_version_into_manifests() throws IOException {
        String pom = Files.readString(Path.of("../pom.xml"));

        assertTrue(pom.contains("<obverse.api>" + ApiVersion.CURRENT + "</obverse.api>"), "obverse.api of pom.xml");
    }

    @Test
    void a_plugin_with_a_version_of_its_own_still_finds_the_api() throws IOException {
        String pom = Files.readString(Path.of("../pom.xml"));
        Matcher own = Pattern.compile("<artifactId>obverse</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(pom);

        assertTrue(own.find(), "the version of pom.xml");
        assertTrue(
                pom.contains("<obverse.version>" + own.group(1) + "</obverse.version>"), "obverse.version of pom.xml");
        assertFalse(
                Files.readString(Path.of("../plugins/example/pom.xml")).contains("${project.version}"),
                "in a copy that is the plugin's own");
        assertTrue(
                Files.readString(Path.of("bom/pom.xml"))
                        .contains("<artifactId>obverse-bom</artifactId>\n  <version>" + own.group(1) + "</version>"),
                "the version of api/bom/pom.xml");
    }

    @Test
    void the_bom_manages_what_plugins_are_written_with_and_no_plugin() throws IOException {
        Set<String> expected = new TreeSet<>(Set.of("obverse-api", "obverse-engine", "obverse-testkit"));
        try (Stream<Path> modules = Files.list(Path.of("../plugins"))) {
            modules.filter(module -> Files.exists(module.resolve("pom.xml")))
                    .filter(module -> !Files.exists(
                            module.resolve("src/main/resources/META-INF/services/org.obverse.api.plugin.Plugin")))
                    .forEach(module -> expected.add("obverse-" + module.getFileName()));
        }
        Set<String> managed = new TreeSet<>();
        Matcher artifact = Pattern.compile(
                        "<artifactId>(obverse-[^<]+)</artifactId>\\s*<version>\\$\\{project.version}<")
                .matcher(Files.readString(Path.of("bom/pom.xml")));
        while (artifact.find()) {
            managed.add(artifact.group(1));
        }

        assertEquals(expected, managed);
    }

    @Test
    void a_plugin_runs_with_the_same_major_version_and_a_minor_that_is_no_earlier_than_its_own() {
        ApiVersion engine = new ApiVersion(2, 3);

        assertTrue(engine.admits(new ApiVersion(2, 3)));
        assertTrue(engine.admits(new ApiVersion(2, 0)));
        assertFalse(engine.admits(new ApiVersion(2, 4)));
        assertFalse(engine.admits(new ApiVersion(1, 9)));
        assertFalse(engine.admits(new ApiVersion(3, 0)));
    }

    @Test
    void before_1_0_a_plugin_runs_with_the_version_that_it_was_built_against() {
        ApiVersion engine = new ApiVersion(0, 3);

        assertTrue(engine.admits(new ApiVersion(0, 3)));
        assertFalse(engine.admits(new ApiVersion(0, 2)));
        assertFalse(engine.admits(new ApiVersion(0, 4)));
    }

    @Test
    void a_version_is_two_numbers_around_a_dot() {
        assertEquals(new ApiVersion(1, 12), ApiVersion.of("1.12"));
        for (String text : new String[] {"", "1", "1.", "1.0.0", "-1.0", "one", "1.99999999999"}) {
            assertThrows(IllegalArgumentException.class, () -> ApiVersion.of(text), text);
        }
    }
}
