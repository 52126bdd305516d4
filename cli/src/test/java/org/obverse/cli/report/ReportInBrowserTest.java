package org.obverse.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.engine.torch.TorchRuntime;

/** The report in a real browser; skipped where there is none. */
@Timeout(240)
final class ReportInBrowserTest {
    @TempDir
    private static Path folder = Path.of("");

    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static Optional<Browser> browser = Optional.empty();

    @BeforeAll
    static void write_a_report() {
        Optional<Path> installed = SeenPage.installed();
        assumeTrue(
                installed.isPresent(), "there is no chromium on the PATH, so the report is not looked at in a browser");
        Playwright driver = SeenPage.driver();
        OPEN.add(driver);
        browser = Optional.of(SeenPage.browser(driver, installed.orElseThrow()));
        try (NDManager manager = TorchRuntime.start().manager().newSubManager()) {
            WrittenStudy study = WrittenStudy.of(WrittenStudy.TWO_ALPHAS, folder, manager);
            study.whole(0, 1);
            study.whole(1, 0.5f);
            study.page();
        }
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable open : OPEN) {
            open.close();
        }
    }

    private static SeenPage open(int width, ColorScheme scheme) {
        return SeenPage.open(browser.orElseThrow(), folder.resolve("sample/report.html"), width, scheme);
    }

    @Test
    void every_chart_is_drawn_and_the_browser_complains_of_nothing_and_asks_for_nothing() {
        try (SeenPage seen = open(1400, ColorScheme.LIGHT)) {
            seen.drawn();
            assertEquals(List.of(), seen.complaints());
            assertEquals(List.of(), seen.requests());
            assertEquals(15, seen.count(".plot svg"));
            assertEquals(
                    0,
                    seen.page()
                            .locator(".plot")
                            .filter(new Locator.FilterOptions()
                                    .setHasNot(
                                            seen.page().locator("[stroke^='var(--series-'], [fill^='var(--series-']")))
                            .count(),
                    "a plot without a mark");
            if (System.getenv("SHOTS") != null) {
                seen.page()
                        .screenshot(new Page.ScreenshotOptions()
                                .setFullPage(true)
                                .setPath(Path.of(System.getenv("SHOTS"), "wide.png")));
            }
        }
    }

    /** So that the test above can fail. */
    @Test
    void errors_and_requests_of_a_page_are_seen() throws IOException {
        Path page = Files.writeString(
                folder.resolve("page.html"),
                "<img src='nothing.png'><script>console.error('no'); undefined.no</script>");
        try (SeenPage seen = SeenPage.open(browser.orElseThrow(), page, 400, ColorScheme.DARK)) {
            assertTrue(seen.complaints().size() >= 2, seen.complaints().toString());
            assertEquals(List.of(folder.resolve("nothing.png").toUri().toString()), seen.requests());
        }
    }
}
