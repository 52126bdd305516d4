package org.obverse.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.Registry;

/**
 * Turns Ctrl-C, and a polite kill, into a request to stop at the next checkpoint, and holds the process until then. A second one
 * ends it at once. A plugin that ends the process is named; nothing waits for it, because its thread never comes back.
 */
final class Interruption implements AutoCloseable {
    /** A step of a large network may take long; what is not written after that is computed again by resume. */
    private static final long PATIENCE_SECONDS = 60;

    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final PrintWriter err;
    private final Registry registry;
    private final boolean tells;
    private final Thread hook = new Thread(this::stop, "interruption");
    private volatile Supplier<List<String>> working = List::of;

    /**
     * @param registry whose plugins may end the process
     */
    Interruption(PrintWriter err, Registry registry) {
        this(err, registry, true);
    }

    private Interruption(PrintWriter err, Registry registry, boolean tells) {
        this.err = err;
        this.registry = registry;
        this.tells = tells;
        Runtime.getRuntime().addShutdownHook(hook);
        Signals.endInOrder();
    }

    /** In a process whose parent tells the user, but for the blame of a plugin that ends the process. */
    static Interruption silent(PrintWriter err, Registry registry) {
        return new Interruption(err, registry, false);
    }

    AtomicBoolean cancelled() {
        return cancelled;
    }

    /**
     * Names from now on what the process waits for.
     *
     * @param atWork what is being worked on, asked on another thread
     */
    void watch(Supplier<List<String>> atWork) {
        working = atWork;
    }

    private void stop() {
        cancelled.set(true);
        ended().ifPresent(this::blame);
        Signals.endAtOnce();
        List<String> work = working.get();
        tell("");
        tell(Printable.line("Stopping at the next checkpoint" + (work.isEmpty() ? "" : " of " + listed(work))
                + " …  (once more ends at once)"));
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                tell(Printable.line("No checkpoint was reached" + (work.isEmpty() ? "" : " by " + listed(work))
                        + "; resume computes the unfinished units again."));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(String line) {
        if (tells) {
            err.println(line);
            err.flush();
        }
    }

    private static String listed(List<String> work) {
        return String.join(", ", work);
    }

    /** The stack of a thread that called for the end; Java's own threads for signals do not take this way. */
    private static Optional<StackTraceElement[]> ended() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().equals(Runtime.class.getName())
                                && frame.getMethodName().equals("exit")))
                .findFirst();
    }

    private void blame(StackTraceElement[] stack) {
        Throwable call = new Throwable();
        call.setStackTrace(stack);
        Optional<LoadedPlugin> culprit = registry.culprit(call);
        String who = culprit.map(plugin -> "plugin '" + plugin.id() + "' [" + plugin.source() + "]")
                .orElse("the code of a plugin");
        List<String> work = working.get();
        err.println(Printable.line("obverse: " + who + " ended the process (System.exit)"
                + (work.isEmpty() ? "" : " while it worked on " + listed(work))
                + "; what is finished is kept, and once the plugin is mended, resume --accept-changed "
                + culprit.map(LoadedPlugin::id).orElse("PLUGIN") + " goes on"));
        err.flush();
        Runtime.getRuntime().halt(Exit.PLUGIN.code());
    }

    @Override
    public void close() {
        finished.countDown();
        // Not only after a signal is work cancelled: a run whose journal cannot be written stops its places, too.
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The signal came just now: the hook finds the work finished.
            cancelled.set(true);
        }
    }
}
