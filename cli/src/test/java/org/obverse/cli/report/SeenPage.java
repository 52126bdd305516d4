package org.obverse.cli.report;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A page in a browser window of a size, what the browser had to complain of, and what it asked for beside the file.
 *
 * @param complaints of the console, and errors that nobody caught
 * @param requests but for the page itself and what is in it
 */
record SeenPage(BrowserContext context, Page page, List<String> complaints, List<String> requests)
        implements AutoCloseable {
    private static final int HEIGHT = 900;

    /** Where a browser is installed; empty if it is not. */
    static Optional<Path> installed() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(path -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Playwright driver() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    static Browser browser(Playwright driver, Path executable) {
        return driver.chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    }

    static SeenPage open(Browser browser, Path file, int width, ColorScheme scheme) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, HEIGHT).setColorScheme(scheme));
        Page page = context.newPage();
        List<String> complaints = new ArrayList<>();
        List<String> requests = new ArrayList<>();
        page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (!request.url().startsWith("data:")
                    && !request.url().equals(file.toUri().toString())) {
                requests.add(request.url());
            }
        });
        page.navigate(file.toUri().toString());
        return new SeenPage(context, page, complaints, requests);
    }

    /** Waits for every chart, seen or not. */
    void drawn() {
        page.waitForFunction("[...document.querySelectorAll('.plot')].every(plot => plot.querySelector('svg'))");
    }

    int count(String selector) {
        return page.locator(selector).count();
    }

    Object ask(String expression) {
        return page.evaluate(expression);
    }

    @Override
    public void close() {
        context.close();
    }
}
