package org.obverse.testkit.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Optional;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Offer;
import org.obverse.api.place.Order;
import org.obverse.api.place.Place;
import org.obverse.api.place.PlaceContext;
import org.obverse.api.place.PlaceContext.Word;

/** A small place with a worker, which is begun anew after it died. */
final class OneProcess implements Place {
    private Optional<PlaceContext> opened = Optional.empty();
    private Optional<Running> running = Optional.empty();
    private Optional<Job> job = Optional.empty();

    private record Running(Process process, Writer lines, Thread reader) {}

    private record Job(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {}

    @Override
    public void open(PlaceContext context) {
        opened = Optional.of(context);
    }

    @Override
    public synchronized void consider(Offer offer) {
        if (job.isEmpty()) {
            offer.claim(this);
        }
    }

    @Override
    public synchronized void perform(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {
        job = Optional.of(new Job(order, answers, progress));
        if (running.isEmpty()) {
            start(opened.orElseThrow());
        }
        tell(opened.orElseThrow().line(order));
    }

    private void start(PlaceContext context) {
        try {
            Process process = new ProcessBuilder(context.worker("")).start();
            Thread reader = context.threads().newThread(() -> listen(context, process));
            running = Optional.of(new Running(process, process.outputWriter(), reader));
            reader.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen(PlaceContext context, Process process) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Word word = context.read(line);
                if (word instanceof Word.Answered answered) {
                    settle(answered.answer());
                } else if (word instanceof Word.Underway underway) {
                    current().ifPresent(known -> known.progress().accept(underway.progress()));
                }
            }
        } catch (IOException e) {
            process.destroyForcibly();
        }
        lose();
    }

    private synchronized Optional<Job> current() {
        return job;
    }

    private void settle(Answer answer) {
        Optional<Job> done = current();
        synchronized (this) {
            job = Optional.empty();
        }
        done.ifPresent(known -> known.answers().accept(answer));
    }

    private void lose() {
        synchronized (this) {
            running = Optional.empty();
        }
        current().ifPresent(known -> settle(new Answer.Lost(known.order().unit(), "its process ended")));
    }

    @Override
    public synchronized void forget(UnitName unit) {
        tell(opened.orElseThrow().line(unit));
    }

    @Override
    public synchronized void cancel() {
        tell(opened.orElseThrow().cancellation());
    }

    /** Who is gone does not hear it, and is seen to be gone by whoever listens. */
    private void tell(String line) {
        running.ifPresent(there -> {
            try {
                there.lines().write(line + "\n");
                there.lines().flush();
            } catch (IOException e) {
                there.process().destroyForcibly();
            }
        });
    }

    @Override
    public void close() {
        Optional<Running> last;
        synchronized (this) {
            last = running;
        }
        last.ifPresent(there -> {
            there.process().destroyForcibly();
            try {
                there.process().waitFor();
                there.reader().join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
