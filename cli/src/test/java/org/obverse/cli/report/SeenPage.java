package org.obverse.cli.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
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
 * @param secondsToLoad processor time of the page's thread until it was loaded
 */
public record SeenPage(
        BrowserContext context, Page page, List<String> complaints, List<String> requests, double secondsToLoad)
        implements AutoCloseable {
    private static final int HEIGHT = 900;
    /** In milliseconds, on a machine that has other work. */
    private static final double PATIENCE = 120_000;

    /** Where a browser is installed; empty if it is not. */
    public static Optional<Path> installed() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(path -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Playwright driver() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    public static Browser browser(Playwright driver, Path executable) {
        return driver.chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    }

    static SeenPage open(Browser browser, Path file, int width, ColorScheme scheme) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, HEIGHT).setColorScheme(scheme));
        Page page = context.newPage();
        page.setDefaultTimeout(PATIENCE);
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
        CDPSession session = context.newCDPSession(page);
        JsonObject threadTime = new JsonObject();
        threadTime.addProperty("timeDomain", "threadTicks");
        session.send("Performance.enable", threadTime);
        page.navigate(file.toUri().toString());
        double seconds = 0;
        for (JsonElement metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            if (metric.getAsJsonObject().get("name").getAsString().equals("TaskDuration")) {
                seconds = metric.getAsJsonObject().get("value").getAsDouble();
            }
        }
        return new SeenPage(context, page, complaints, requests, seconds);
    }

    /** Waits for every chart, seen or not. */
    void drawn() {
        page.waitForFunction("[...document.querySelectorAll('.plot')].every(plot => plot.querySelector('svg'))");
    }

    /** Texts, with their contrast, that stand out from their background by less than WCAG 2.1 asks for at level AA. */
    @SuppressWarnings("unchecked")
    List<String> illegible() {
        return (List<String>) page.evaluate(CONTRAST);
    }

    private static final String CONTRAST = """
            () => {
              const channels = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
              const light = c => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
              const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
              const behind = element => {
                for (let e = element; e; e = e.parentElement) {
                  const colour = channels(getComputedStyle(e).backgroundColor);
                  if (colour.length === 3 || colour[3] > 0.99) return colour;
                }
                return [255, 255, 255];
              };
              const found = [];
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) {
                const element = walker.currentNode.parentElement;
                const style = getComputedStyle(element);
                if (!walker.currentNode.data.trim() || element.closest('script') || style.visibility === 'hidden' || !element.getClientRects().length) continue;
                const isSvg = element instanceof SVGElement;
                const text = channels(isSvg ? style.fill : style.color);
                const [a, b] = [luminance(text), luminance(behind(element))].sort((x, y) => y - x);
                const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
                const contrast = (a + 0.05) / (b + 0.05);
                if (contrast < (large ? 3 : 4.5)) found.push(contrast.toFixed(2) + ' ' + element.tagName + '.' + element.getAttribute('class') + ': ' + walker.currentNode.data.trim());
              }
              return found;
            }
            """;

    /** How many pixels the page is wider than its window. */
    int excess() {
        return ((Number) page.evaluate("() => document.documentElement.scrollWidth - innerWidth")).intValue();
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
