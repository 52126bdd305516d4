package org.obverse.plugins.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.plugins.spark.Lines.Asked;
import org.obverse.plugins.spark.Lines.Told;

/** Orders as tasks of an application, which is begun with the first of them, and again after it was lost. */
final class Spark implements Place {
    private static final String LOG = "spark.log";
    /** Of what a worker wrote, in messages. */
    private static final int SHOWN = 80;

    private final Tasks tasks;
    private final Map<Long, Ear> open = new LinkedHashMap<>();
    private Optional<Lent> lent = Optional.empty();
    private Optional<Application> application = Optional.empty();
    private long asked;
    private boolean cancelled;

    /** What the place works with. */
    private record Lent(PlaceContext context, SparkSubmit submit, Path folder) {}

    /** Who asked for an order, and hears of it. */
    private record Ear(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {
        void lose(String reason) {
            answers.accept(new Answer.Lost(order.unit(), reason));
        }
    }

    Spark(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public List<Problem> check() {
        try {
            SparkSubmit.find(new ProcessBuilder().environment());
            return List.of();
        } catch (InvalidConfigurationException e) {
            return e.problems();
        }
    }

    @Override
    public void open(PlaceContext context) {
        SparkSubmit submit = SparkSubmit.find(new ProcessBuilder().environment());
        lent = Optional.of(new Lent(context, submit, context.folder()));
    }

    @Override
    public synchronized void consider(Offer offer) {
        if (!cancelled
                && open.size() < tasks.count()
                && tasks.takes(offer.unit().slot())) {
            offer.claim(this);
        }
    }

    @Override
    public void perform(Order order, Consumer<Answer> answers, Consumer<Progress> progress) {
        Ear ear = new Ear(order, answers, progress);
        String refusal = ask(lent.orElseThrow(), ear);
        if (!refusal.isEmpty()) {
            ear.lose(refusal);
        }
    }

    /** Says why the order cannot be given; nothing if it is. */
    private synchronized String ask(Lent with, Ear ear) {
        Order order = ear.order();
        if (cancelled) {
            return "the run ended before it was begun";
        }
        try {
            Application there = application.isPresent() ? application.get() : begin(with, order.study());
            asked++;
            open.put(asked, ear);
            there.ask(new Asked(asked, order.unit().toString(), with.context().line(order)));
            return "";
        } catch (IOException e) {
            return "spark-submit cannot be begun (" + e.getMessage() + ")";
        }
    }

    private Application begin(Lent with, String study) throws IOException {
        Path log = with.folder().resolve(LOG);
        List<String> command = with.submit()
                .command(
                        ApplicationJar.write(with.folder()),
                        study,
                        tasks.submit(),
                        with.context().lastingWorker(""));
        Application begun = Application.begin(command, log, told -> hear(with.context(), told), () -> lose(log));
        application = Optional.of(begun);
        return begun;
    }

    private void hear(PlaceContext context, Told told) {
        if (told instanceof Told.Said said) {
            ear(said.number()).ifPresent(ear -> progress(context, said.line(), ear));
        } else if (told instanceof Told.Ended ended) {
            take(ended.number()).ifPresent(ear -> ear.answers().accept(answer(context, ended.line(), ear)));
        } else if (told instanceof Told.Failed failed) {
            take(failed.number()).ifPresent(ear -> ear.lose(failed.reason()));
        }
    }

    private synchronized Optional<Ear> ear(long number) {
        return Optional.ofNullable(open.get(number));
    }

    private synchronized Optional<Ear> take(long number) {
        return Optional.ofNullable(open.remove(number));
    }

    private static void progress(PlaceContext context, String line, Ear ear) {
        try {
            if (context.read(line) instanceof Word.Underway underway) {
                ear.progress().accept(underway.progress());
            }
        } catch (IllegalArgumentException e) {
            // What counts is what it says last.
        }
    }

    private static Answer answer(PlaceContext context, String line, Ear ear) {
        UnitName unit = ear.order().unit();
        try {
            if (context.read(line) instanceof Word.Answered answered
                    && answered.answer().unit().equals(unit)) {
                return answered.answer();
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        return new Answer.Lost(
                unit,
                "its worker said last what is no answer ('" + line.substring(0, Math.min(SHOWN, line.length())) + "')");
    }

    /** The application has ended. */
    private void lose(Path log) {
        String reason;
        List<Ear> lost;
        synchronized (this) {
            reason = "spark-submit ended"
                    + application
                            .map(ended -> " with exit code " + ended.code())
                            .orElse("") + "; see " + log;
            application = Optional.empty();
            lost = List.copyOf(open.values());
            open.clear();
        }
        lost.forEach(ear -> ear.lose(reason));
    }

    /** A task performs one order; nothing stays open. */
    @Override
    public void forget(UnitName unit) {}

    @Override
    public void cancel() {
        List<Ear> unheard;
        synchronized (this) {
            cancelled = true;
            application.ifPresent(Application::end);
            unheard = List.copyOf(open.values());
            open.clear();
        }
        unheard.forEach(ear -> ear.lose("the run ended before it was done"));
    }

    /** When the application has ended, no worker is at work, as far as executors could be told. */
    @Override
    public void close() {
        Optional<Application> last;
        synchronized (this) {
            cancelled = true;
            last = application;
        }
        last.ifPresent(there -> {
            there.end();
            there.awaitEnd();
        });
    }
}
