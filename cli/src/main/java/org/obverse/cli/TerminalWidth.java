package org.obverse.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.obverse.cli.progress.Screen;

/** How many characters a line of the terminal has: what the launcher said, and after a change of size what the terminal says. */
final class TerminalWidth implements IntSupplier {
    /** Rows and columns. */
    private static final Pattern SIZE = Pattern.compile("\\d{1,5} ([1-9]\\d{1,3})\\s*");

    private volatile boolean changed;
    private int width = Screen.width();

    private TerminalWidth() {}

    /** Listens from now on; on a Java without such signals the width stays as it was. */
    static TerminalWidth watched() {
        TerminalWidth width = new TerminalWidth();
        Signals.handle("WINCH", () -> width.changed = true);
        return width;
    }

    @Override
    public int getAsInt() {
        if (changed) {
            changed = false;
            width = asked(width);
        }
        return width;
    }

    /** Java has no way to ask. */
    private static int asked(int before) {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroy();
                return before;
            }
            Matcher size = SIZE.matcher(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            return size.matches() ? Integer.parseInt(size.group(1)) : before;
        } catch (IOException e) {
            return before;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return before;
        }
    }
}
