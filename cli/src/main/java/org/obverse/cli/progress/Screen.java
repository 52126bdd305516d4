package org.obverse.cli.progress;

import java.io.Console;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.util.function.IntSupplier;

/** Where progress is shown: lines that stay, and a last line that changes. Used on the run's thread. */
public sealed interface Screen {
    /** Adds a line that stays. */
    void line(String text);

    /** Shows the state of the moment. */
    void state(String text);

    /** Takes the state of the moment away. */
    void clear();

    /** How often {@link #state} is worth calling, in nanoseconds. */
    long interval();

    /**
     * A terminal if the process has one, else a log.
     *
     * @param width of the terminal, in characters, asked before each state
     */
    static Screen of(PrintWriter out, IntSupplier width) {
        return isTerminal() ? new Terminal(out, width) : new Log(out);
    }

    /** How many characters a line of a table may have, also where it goes into a file or a pipe. */
    static int columns() {
        return isTerminal() ? width() : 100;
    }

    /** Before Java 22 there is no console without a terminal; from then on the console says whether it is one. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            Method isTerminal = Console.class.getMethod("isTerminal");
            return Boolean.TRUE.equals(isTerminal.invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Of the terminal when the process began; 80 if nobody said so. */
    static int width() {
        String columns = System.getenv().getOrDefault("COLUMNS", "");
        return columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : 80;
    }

    /** One line is redrawn in place. */
    record Terminal(PrintWriter out, IntSupplier width) implements Screen {
        private static final String ERASE = "\r\u001b[K";

        @Override
        public void line(String text) {
            out.print(ERASE);
            out.println(Printable.lines(text));
            out.flush();
        }

        @Override
        public void state(String text) {
            out.print(ERASE + Columns.cut(Printable.line(text), width.getAsInt() - 1));
            out.flush();
        }

        @Override
        public void clear() {
            out.print(ERASE);
            out.flush();
        }

        @Override
        public long interval() {
            return 100_000_000L;
        }
    }

    /** Every state is a line, but there are few. */
    record Log(PrintWriter out) implements Screen {
        @Override
        public void line(String text) {
            out.println(Printable.lines(text));
            out.flush();
        }

        @Override
        public void state(String text) {
            line(text);
        }

        @Override
        public void clear() {}

        @Override
        public long interval() {
            return 15_000_000_000L;
        }
    }
}
