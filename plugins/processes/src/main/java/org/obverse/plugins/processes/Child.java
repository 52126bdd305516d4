package org.obverse.plugins.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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
    /** What is left to read of a process that ended. */
    private static final long REST_MILLIS = 2000;
    /** Of what a process wrote, in messages. */
    private static final int SHOWN = 80;

    private final List<String> command;
    private final PlaceContext context;
    private final Duration patience;
    private final List<UnitName> forgotten = new ArrayList<>();
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
        private String fault = "";
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
            } else {
                forgotten.forEach(unit -> tell(context.line(unit)));
            }
            forgotten.clear();
            write(running.get(), context.line(order));
        } catch (IOException e) {
            running.ifPresent(there -> kill(there, ""));
            running = Optional.empty();
            lose("its process cannot be begun or written to (" + e.getMessage() + ")");
        }
    }

    private Running start() throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Running begun = new Running(process, process.outputWriter(StandardCharsets.UTF_8));
        Thread listener = new Thread(() -> listen(begun), "process-" + process.pid());
        listener.setDaemon(true);
        listener.start();
        Thread watcher = new Thread(() -> awaitEnd(begun, listener), "process-" + process.pid() + "-end");
        watcher.setDaemon(true);
        watcher.start();
        return begun;
    }

    private static void write(Running to, String line) throws IOException {
        to.orders().write(line + "\n");
        to.orders().flush();
    }

    /** Until the process ends, or writes what no worker writes. */
    private void listen(Running from) {
        try {
            BufferedReader lines = from.process().inputReader(StandardCharsets.UTF_8);
            LastWords last = new LastWords();
            String wrong = "";
            for (String line = lines.readLine(); line != null && wrong.isEmpty(); line = lines.readLine()) {
                wrong = last.hear(line) ? "" : hear(from, line);
            }
            if (wrong.isEmpty()) {
                blame(from, last.reason());
            } else {
                kill(from, wrong);
            }
        } catch (IOException e) {
            kill(from, "its process cannot be read (" + e.getMessage() + ")");
        }
    }

    /** What it wrote last may be an answer; what it began may live on and hold its output open. */
    private void awaitEnd(Running from, Thread listener) {
        try {
            int code = from.process().waitFor();
            listener.join(REST_MILLIS);
            end(from, "its process ended with exit code " + code);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void blame(Running lost, String reason) {
        if (running.filter(lost::equals).isPresent() && !reason.isEmpty()) {
            job.ifPresent(known -> known.fault = reason);
        }
    }

    /** Ends the process with all that it began. */
    private synchronized void kill(Running doomed, String reason) {
        blame(doomed, reason);
        doomed.process().descendants().forEach(ProcessHandle::destroyForcibly);
        doomed.process().destroyForcibly();
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
            lose(job.map(known -> known.fault).filter(fault -> !fault.isEmpty()).orElse(reason));
        }
    }

    private synchronized void lose(String reason) {
        Optional<Job> lost = job;
        job = Optional.empty();
        lost.ifPresent(known -> known.answers.accept(new Answer.Lost(known.order.unit(), reason)));
    }

    synchronized void endIfSilent() {
        if (job.filter(known -> System.nanoTime() - known.heard > patience.toNanos())
                .isPresent()) {
            running.ifPresent(
                    there -> kill(there, "its process said nothing for " + patience.toSeconds() + " s and was ended"));
        }
    }

    /** A process at work is told with its next order: one that hangs reads nothing, and must not make the run wait. */
    synchronized void forget(UnitName unit) {
        if (job.isPresent()) {
            forgotten.add(unit);
        } else {
            tell(context.line(unit));
        }
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
                kill(running.get(), "its process cannot be written to (" + e.getMessage() + ")");
            }
        }
    }

    /** Ends its input, and with it the process. */
    synchronized void close() {
        running.ifPresent(there -> {
            try {
                there.orders().close();
            } catch (IOException e) {
                kill(there, "");
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
                    kill(there, "");
                    there.process().waitFor();
                }
            } catch (InterruptedException e) {
                kill(there, "");
                Thread.currentThread().interrupt();
            }
        });
    }
}
