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
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.cli.compare.ComparedCell;
import org.obverse.cli.compare.Comparison;
import org.obverse.cli.compare.MeasuredCells;
import org.obverse.cli.report.comparison.ComparisonReport;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
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

    /** For whoever wants to look himself: where the environment variable says. */
    private static void keep(SeenPage seen, String name) {
        String folder = System.getenv("REPORT_SCREENSHOTS");
        if (folder != null) {
            seen.page()
                    .screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of(folder, name + ".png")));
        }
    }

    @ParameterizedTest
    @CsvSource({"400, LIGHT", "400, DARK", "1400, LIGHT", "1400, DARK"})
    void every_figure_is_there_and_legible_and_nothing_is_asked_for(int width, ColorScheme scheme) {
        try (SeenPage seen = open(width, scheme)) {
            seen.drawn();
            keep(seen, width + "-" + scheme);

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
            assertEquals(
                    true,
                    seen.ask("() => [...document.images].every(image => image.complete && image.naturalWidth > 0)"),
                    "every picture");
            assertEquals(List.of(), seen.illegible());
            assertTrue(seen.excess() <= 0, "the page is " + seen.excess() + " pixels wider than its window");
            assertEquals(
                    true,
                    seen.ask("() => [...document.querySelectorAll('.plot svg')].every(svg =>"
                            + " svg.getBoundingClientRect().width <= svg.parentElement.clientWidth + 1)"),
                    "every chart lies within its place");
        }
    }

    @Test
    void on_paper_it_is_black_on_white_with_every_chart_although_nobody_scrolled() throws IOException {
        try (SeenPage seen = open(1400, ColorScheme.DARK)) {
            seen.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertEquals("rgb(255, 255, 255)", seen.ask("() => getComputedStyle(document.body).backgroundColor"));
            assertEquals(List.of(), seen.illegible());
            Path paper = folder.resolve("report.pdf");
            seen.page().pdf(new Page.PdfOptions().setPath(paper).setFormat("A4").setPrintBackground(true));
            assertEquals(15, seen.count(".plot svg"));
            assertTrue(Files.size(paper) > 10_000);
            if (System.getenv("REPORT_SCREENSHOTS") != null) {
                Files.copy(
                        paper,
                        Path.of(System.getenv("REPORT_SCREENSHOTS"), "report.pdf"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            seen.page().setViewportSize(794, 1123);
            assertEquals(
                    List.of(),
                    seen.ask("() => [...document.querySelectorAll('main table, main .plot svg, main pre, main p')]"
                            + ".filter(e => e.getClientRects().length && e.getBoundingClientRect().right > innerWidth + 1)"
                            + ".map(e => e.tagName + ' ' + e.getBoundingClientRect().right)"),
                    "what does not fit on A4");
        }
    }

    @Test
    void a_table_of_fifteen_figures_fits_on_a4() throws IOException {
        Path runs = folder.resolve("wide");
        try (NDManager manager = TorchRuntime.start().manager().newSubManager()) {
            WrittenStudy study = WrittenStudy.of(WrittenStudy.TWO_ALPHAS, runs, manager);
            for (int cell = 0; cell < 2; cell++) {
                study.run(cell)
                        .measured(
                                "wide-metric",
                                IntStream.range(0, 15)
                                        .mapToObj(i -> new Figure(
                                                "figure with a name " + i + "(judge)", i + .25, Better.HIGHER, ""))
                                        .toList(),
                                List.of())
                        .done();
            }
            study.page();
        }
        try (SeenPage seen =
                SeenPage.open(browser.orElseThrow(), runs.resolve("sample/report.html"), 1400, ColorScheme.LIGHT)) {
            seen.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            seen.page().setViewportSize(718, 1000);
            keep(seen, "a4-wide");
            assertEquals(
                    List.of(),
                    seen.ask("() => [...document.querySelectorAll('#results td, #results th')]"
                            + ".filter(e => e.getBoundingClientRect().right > innerWidth + 1 || e.scrollWidth > e.clientWidth + 1)"
                            + ".map(e => e.textContent)"),
                    "what does not fit into 190 mm, or is wider than its column");
        }
    }

    @Test
    void everything_that_reacts_is_reached_by_tab_in_the_order_of_the_page_and_shows_it() {
        try (SeenPage seen = open(1400, ColorScheme.LIGHT)) {
            seen.ask(
                    "() => { window.reached = []; document.addEventListener('focusin', event => reached.push(event.target)); }");
            int reacting = ((Number) seen.ask(
                            "() => (window.reacting = [...document.querySelectorAll('a[href], input, summary, [tabindex]')]"
                                    + ".filter(e => e.checkVisibility())).length"))
                    .intValue();
            List<Object> hidden = new ArrayList<>();
            for (int i = 0; i < reacting; i++) {
                seen.page().keyboard().press("Tab");
                Object focus = seen.ask(
                        "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; }");
                if (!focus.equals(true)) {
                    hidden.add(seen.ask("() => document.activeElement.outerHTML.slice(0, 80)"));
                }
            }
            assertEquals(List.of(), hidden, "no visible focus");
            assertTrue(reacting > 15, "only " + reacting);
            assertEquals(
                    List.of(),
                    seen.ask("() => reacting.filter((e, i) => reached[i] !== e).map(e => e.outerHTML.slice(0, 80))"));
        }
    }

    @Test
    void the_gallery_and_what_is_collapsed_open_by_keyboard() {
        try (SeenPage seen = open(1400, ColorScheme.LIGHT)) {
            Locator window = seen.page().locator(".window").last();
            double before = window.boundingBox().height;
            seen.page().locator("#all-pictures").focus();
            seen.page().keyboard().press("Space");
            assertEquals(3 * before, window.boundingBox().height, 12, "three reconstructions of each class");
            seen.page().locator("summary").first().focus();
            seen.page().keyboard().press("Enter");
            assertEquals(true, seen.ask("() => document.activeElement.parentElement.open"));
        }
    }

    /** In processor time of the page, which other work on the machine does not lengthen; what is not yet seen is drawn later. */
    @Test
    void a_study_of_200_classes_and_30_cells_opens_in_less_than_two_seconds() throws IOException {
        Path runs = folder.resolve("large");
        try (NDManager manager = TorchRuntime.start().manager().newSubManager()) {
            LargeStudy.write(runs, manager);
        }
        try (SeenPage seen =
                SeenPage.open(browser.orElseThrow(), runs.resolve("sample/report.html"), 1400, ColorScheme.LIGHT)) {
            double seconds = seen.secondsToLoad();
            assertTrue(seconds > 0 && seconds < 2, "it took " + seconds + " s");
            assertEquals(2 * LargeStudy.CELLS, seen.count("#results table.figures tbody tr"), "figures, and intervals");
            seen.drawn();
            assertEquals(List.of(), seen.complaints());
            assertTrue(seen.excess() <= 0);
            assertEquals(
                    LargeStudy.CLASSES / 50 - 1,
                    seen.count("#reconstructions > details"),
                    "pages of 50 classes, the first of them open");
            int before = seen.requests().size();
            seen.page().locator("#reconstructions > details > summary").last().click();
            seen.page()
                    .waitForFunction(
                            "[...document.querySelectorAll('#reconstructions > details:last-of-type img')].slice(0, 3)"
                                    + ".every(image => image.complete && image.naturalWidth > 0)");
            assertTrue(seen.requests().size() > before, "a picture is read when its page is opened");
            assertTrue(
                    seen.requests().stream().allMatch(url -> url.contains("/sample/report-pictures/")),
                    () -> seen.requests().toString());
            long page = Files.size(runs.resolve("sample/report.html"));
            assertTrue(page < 3_000_000, "the page has " + page + " bytes, without its pictures");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void a_verdict_and_a_comparison_are_legible_on_a_small_screen(ColorScheme scheme) throws IOException {
        MeasuredCells cells = new MeasuredCells(MeasuredCells.TWO_ALPHAS, "study");
        List<ComparedCell> measured = List.of(
                cells.cell(0, MeasuredCells.accuracy(MeasuredCells.around(0.7))),
                cells.cell(1, MeasuredCells.accuracy(MeasuredCells.reversed(0.4))));
        ReportedStudy study = new ReportedStudy(
                "study",
                measured.stream()
                        .map(cell -> new ReportedCell(cell.cell(), cell.record()))
                        .toList(),
                "name: study");
        Path report = Files.writeString(folder.resolve("verdict.html"), new org.obverse.cli.report.Page(study).html());
        Path comparison = Files.writeString(
                folder.resolve("comparison.html"),
                ComparisonReport.of(Comparison.of(measured), "obverse compare 'study'"));
        for (Path page : List.of(report, comparison)) {
            try (SeenPage seen = SeenPage.open(browser.orElseThrow(), page, 400, scheme)) {
                keep(seen, page.getFileName() + "-" + scheme);
                assertEquals(List.of(), seen.complaints());
                assertEquals(List.of(), seen.requests());
                assertEquals(List.of(), seen.illegible());
                assertTrue(seen.excess() <= 0, page + " is " + seen.excess() + " pixels wider than its window");
                assertTrue(seen.count("#verdict p.verdict") > 0);
            }
        }
    }

    /** So that the first test can fail. */
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
