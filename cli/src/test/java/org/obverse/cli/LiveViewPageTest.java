package org.obverse.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.cli.report.SeenPage;

/** The page of a run in a real browser; skipped where there is none. */
@Timeout(180)
final class LiveViewPageTest {
    @TempDir
    private static Path folder = Path.of("");

    private static Optional<Path> browser = Optional.empty();

    private record Seen(String page, String errors) {}

    @BeforeAll
    static void run() throws IOException {
        browser = SeenPage.installed();
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

    @Test
    void the_page_follows_a_run_that_goes_on_and_tells_the_time_left() throws IOException {
        try (ViewedRun viewed = ViewedRun.of(folder.resolve("runs"));
                Playwright driver = SeenPage.driver();
                Browser chromium = SeenPage.browser(driver, browser.orElseThrow())) {
            List<String> journal = Files.readAllLines(viewed.journal());
            int trained = firstTrained(journal);
            goesOn(viewed, journal.subList(0, trained));
            Page page = chromium.newPage();
            page.navigate(viewed.server().address().toString());
            Locator left = page.locator("#left");
            Locator counts = page.locator("#counts");
            follows(left, "Time left: not known yet\\.");
            follows(counts, ".*, " + finished(journal.subList(0, trained)) + " done");

            goesOn(viewed, journal.subList(0, trained + 1));
            follows(left, "Time left: about \\d+:\\d\\d, and \\d+ units? of kinds that have not been timed yet\\.");
            follows(counts, ".*, " + finished(journal.subList(0, trained + 1)) + " done");

            goesOn(viewed, journal);
            follows(page.locator("#end"), "The run ended: done\\.");
            follows(left, "");
            follows(counts, "2 cells, %1$d units: %1$d done".formatted(finished(journal)));
        }
    }

    /** The line of the first target that is finished. */
    private static int firstTrained(List<String> journal) {
        for (int i = 0; i < journal.size(); i++) {
            if (journal.get(i).startsWith("{\"event\":\"completed\",\"unit\":{\"slot\":\"target\"")) {
                return i;
            }
        }
        throw new IllegalStateException("no target is finished");
    }

    private static long finished(List<String> journal) {
        return journal.stream()
                .filter(line -> line.startsWith("{\"event\":\"completed\""))
                .count();
    }

    private static void goesOn(ViewedRun viewed, List<String> journal) throws IOException {
        viewed.says(journal);
        viewed.followed().catchUp();
    }

    /** Shows it sooner or later, though nobody loads the page again. */
    private static void follows(Locator place, String pattern) {
        assertThat(place)
                .hasText(
                        Pattern.compile("^" + pattern + "$"),
                        new LocatorAssertions.HasTextOptions().setTimeout(60_000));
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
                browser.orElseThrow().toString(),
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
