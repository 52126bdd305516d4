package org.obverse.plugins.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Order;
import org.obverse.api.place.PlaceContext;
import org.obverse.api.place.PlaceContext.Word;

/** A worker process, which is begun when it is first needed, and again after it was lost. */
final class Child {
    /** What an idle process needs to end once its input has ended. */
    private static final long FAREWELL_SECONDS = 10;
    /** Of what a process wrote, in messages. */
    private static final int SHOWN = 80;

    private final List<String> command;
    private final PlaceContext context;
    private final Duration patience;
    private Optional<Running> running = Optional.empty();
    private Optional<Job> job = Optional.empty();

    /** A process and its standard input. */
    private record Running(Process process, Writer orders) {}

    /** An order without an answer. */
    private static final class Job {
        private final Order order;
        private final Consumer<Answer> answers;
        private final Consumer<Progress> progress;
        private long heard = System.nanoTime();
        private boolean silent;
        private boolean cancelled;

        Job(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {
            this.order = order;
            this.answers = answers;
            this.progress = progress;
        }
    }

    Child(List<String> command, PlaceContext context, Duration patience) {
        this.command = command;
        this.context = context;
        this.patience = patience;
    }

    synchronized boolean isFree() {
        return job.isEmpty();
    }

    synchronized void perform(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {
        job = Optional.of(new Job(order, answers, progress));
        try {
            if (running.isEmpty()) {
                running = Optional.of(start());
            }
            write(running.get(), context.line(order));
        } catch (IOException e) {
            running.ifPresent(there -> there.process().destroyForcibly());
            lose("its process cannot be begun or written to (" + e.getMessage() + ")");
        }
    }

    private Running start() throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Running begun = new Running(process, process.outputWriter(StandardCharsets.UTF_8));
        Thread reader = new Thread(() -> listen(begun), "process-" + process.pid());
        reader.setDaemon(true);
        reader.start();
        return begun;
    }

    private static void write(Running to, String line) throws IOException {
        to.orders().write(line + "\n");
        to.orders().flush();
    }

    /** Until the process ends, or writes what no worker writes. */
    private void listen(Running from) {
        String reason = "";
        try (BufferedReader lines = from.process().inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null && reason.isEmpty(); line = lines.readLine()) {
                reason = hear(from, line);
            }
        } catch (IOException e) {
            reason = "its process cannot be read (" + e.getMessage() + ")";
        }
        from.process().destroyForcibly();
        try {
            int code = from.process().waitFor();
            end(from, reason.isEmpty() ? "its process ended with exit code " + code : reason);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says what is wrong with the line; nothing if nothing is. */
    private String hear(Running from, String line) {
        Word word;
        try {
            word = context.read(line);
        } catch (IllegalArgumentException e) {
            return "its process wrote what no worker writes ('" + line.substring(0, Math.min(SHOWN, line.length()))
                    + "')";
        }
        Optional<Job> current = heardOf(from);
        if (word instanceof Word.Underway underway) {
            current.ifPresent(known -> known.progress.accept(underway.progress()));
        } else if (word instanceof Word.Answered answered) {
            return settle(answered.answer());
        }
        return "";
    }

    private synchronized Optional<Job> heardOf(Running from) {
        if (running.filter(from::equals).isEmpty()) {
            return Optional.empty();
        }
        job.ifPresent(known -> known.heard = System.nanoTime());
        return job;
    }

    private String settle(Answer answer) {
        Optional<Job> done;
        synchronized (this) {
            done = job.filter(known -> known.order.unit().equals(answer.unit()));
            if (done.isPresent()) {
                job = Optional.empty();
            }
        }
        done.ifPresent(known -> known.answers.accept(answer));
        return done.isPresent()
                ? ""
                : "its process answered for unit " + answer.unit() + ", which it was not asked for";
    }

    private synchronized void end(Running ended, String reason) {
        if (running.filter(ended::equals).isPresent()) {
            running = Optional.empty();
            boolean silent = job.filter(known -> known.silent).isPresent();
            lose(silent ? "its process said nothing for " + patience.toSeconds() + " s and was ended" : reason);
        }
    }

    private synchronized void lose(String reason) {
        Optional<Job> lost = job;
        job = Optional.empty();
        lost.ifPresent(known -> known.answers.accept(new Answer.Lost(known.order.unit(), reason)));
    }

    synchronized void endIfSilent() {
        job.filter(known -> System.nanoTime() - known.heard > patience.toNanos())
                .ifPresent(known -> {
                    known.silent = true;
                    running.ifPresent(there -> there.process().destroyForcibly());
                });
    }

    synchronized void forget(UnitName unit) {
        tell(context.line(unit));
    }

    synchronized void cancel() {
        job.filter(known -> !known.cancelled).ifPresent(known -> {
            known.cancelled = true;
            tell(context.cancellation());
        });
    }

    /** A process that does not hear it any more is seen by who listens to it. */
    private void tell(String line) {
        if (running.isPresent()) {
            try {
                write(running.get(), line);
            } catch (IOException e) {
                running.get().process().destroyForcibly();
            }
        }
    }

    /** Ends its input, and with it the process. */
    synchronized void close() {
        running.ifPresent(there -> {
            try {
                there.orders().close();
            } catch (IOException e) {
                there.process().destroyForcibly();
            }
        });
    }

    void awaitEnd() {
        Optional<Running> last;
        synchronized (this) {
            last = running;
        }
        last.ifPresent(there -> {
            try {
                if (!there.process().waitFor(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                    there.process().destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                there.process().destroyForcibly();
                Thread.currentThread().interrupt();
            }
        });
    }
}
