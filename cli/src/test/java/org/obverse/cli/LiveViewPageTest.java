package org.obverse.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run in a real browser; skipped where there is none. */
@Timeout(180)
final class LiveViewPageTest {
    @TempDir
    private static Path folder = Path.of("");

    private static Optional<String> browser = Optional.empty();

    private record Seen(String page, String errors) {}

    @BeforeAll
    static void run() throws IOException {
        browser = Stream.of("chromium", "chromium-browser", "google-chrome")
                .filter(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, name))))
                .findFirst();
        assumeTrue(browser.isPresent(), "there is no chromium on the PATH, so the page is not looked at in a browser");
        ViewedRun.made(folder);
    }

    @Test
    void cells_units_curves_and_pictures_are_on_the_page_and_the_browser_complains_of_nothing()
            throws IOException, InterruptedException {
        try (ViewedRun viewed = ViewedRun.of(folder.resolve("runs"))) {
            viewed.followed().catchUp();

            Seen seen = look(viewed.server().address().toString(), "--dump-dom");

            assertEquals(List.of(), complaints(seen.errors()));
            assertTrue(seen.page().contains("<h1 id=\"name\">viewed</h1>"), seen.page());
            assertTrue(seen.page().contains("seeds.training: 2"), seen.page());
            assertEquals(1, count("<th scope=\"row\">target/1<", seen.page()));
            assertTrue(seen.page().contains("The run ended: done."), seen.page());
            assertTrue(count("<polyline points=\"\\d", seen.page()) >= 4, seen.page());
            assertTrue(
                    Pattern.compile("<svg [^>]*aria-label=\"loss of target/0 [^\"]*: from [\\d.]+ to [\\d.]+\"")
                            .matcher(seen.page())
                            .find(),
                    seen.page());
            assertTrue(
                    count("<img src=\"pictures/[0-9a-f]{64}.png\" [^>]*alt=\"[^\"]+\"", seen.page()) >= 2, seen.page());
            String shown = seen.page()
                    .substring(seen.page().indexOf("<header>"), seen.page().indexOf("</main>"));
            assertFalse(shown.contains("undefined") || shown.contains("NaN"), shown);
        }
    }

    /** So that the test above can fail: a page with an error is heard. */
    @Test
    void the_browser_complains_of_what_the_page_may_not_do() throws IOException, InterruptedException {
        Path page = Files.writeString(
                folder.resolve("page.html"),
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"><script>alert(1)</script>");

        assertEquals(
                1,
                complaints(look(page.toUri().toString(), "--dump-dom").errors()).size());
    }

    private static Seen look(String address, String how) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors.txt");
        Path page = folder.resolve("page.txt");
        List<String> command = new ArrayList<>(List.of(
                browser.orElseThrow(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--user-data-dir=" + folder.resolve("profile"),
                "--enable-logging=stderr",
                "--virtual-time-budget=4000",
                "--timeout=15000",
                how,
                address));
        Process process = new ProcessBuilder(command)
                .redirectOutput(page.toFile())
                .redirectError(errors.toFile())
                .start();
        assertTrue(process.waitFor(90, TimeUnit.SECONDS), "the browser does not end");
        return new Seen(Files.readString(page, UTF_8), Files.readString(errors, UTF_8));
    }

    private static List<String> complaints(String log) {
        return log.lines().filter(line -> line.contains(":CONSOLE")).toList();
    }

    private static long count(String pattern, String page) {
        return Pattern.compile(pattern).matcher(page).results().count();
    }
}
