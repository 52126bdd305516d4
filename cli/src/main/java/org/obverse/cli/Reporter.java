package org.obverse.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.obverse.cli.progress.Printable;
import org.obverse.cli.progress.Screen;
import org.obverse.cli.report.Attempt;
import org.obverse.cli.report.ReportWriter;
import org.obverse.engine.plan.Study;
import org.obverse.engine.study.Setting;
import org.obverse.engine.torch.TorchRuntime;

/** Writes the report of a run at its end, unless it was interrupted. A failure must not hide how the run itself ended. */
final class Reporter implements RunListener {
    private final Study study;
    private final Setting setting;
    private final TorchRuntime torch;
    private final String command;
    private Instant began = Instant.now();
    private int performed;
    private Optional<Path> page = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();

    /**
     * @param command by which the run was begun
     */
    Reporter(Study study, Setting setting, TorchRuntime torch, String command) {
        this.study = study;
        this.setting = setting;
        this.torch = torch;
        this.command = command;
    }

    @Override
    public void planned(RunFact.Planned fact, RunView run) {
        began = Instant.now();
    }

    /** A unit that was not offered was finished before. */
    @Override
    public void offered(RunFact.Offered fact, RunView run) {
        performed++;
    }

    @Override
    public void ended(RunFact.Ended fact, RunView run) {
        try {
            if (performed > 0) {
                attempt(fact.outcome()).addTo(run.folder());
            }
        } catch (RuntimeException e) {
            failure = Optional.of(e);
            return;
        }
        if (fact.outcome() == Outcome.INTERRUPTED || run.cells().isEmpty()) {
            return;
        }
        try {
            page = Optional.of(ReportWriter.write(study, setting.runs(), setting.artifacts(), torch.manager()));
        } catch (RuntimeException | OutOfMemoryError e) {
            failure = Optional.of(e);
        }
    }

    private Attempt attempt(Outcome outcome) {
        Duration took = Duration.between(began, Instant.now());
        return new Attempt(
                began.truncatedTo(ChronoUnit.SECONDS).toString(),
                took.toMillis() / 1e3,
                outcome.name().toLowerCase(Locale.ROOT),
                performed,
                command,
                Machine.words(torch));
    }

    /**
     * Prints the figures, and where the report is.
     *
     * @return what kept it from being written
     */
    Optional<Throwable> print(PrintWriter out) {
        try {
            if (page.isPresent()) {
                out.println();
                out.print(Printable.lines(ReportWriter.summary(
                        study, setting.runs(), setting.artifacts(), torch.manager(), Screen.columns())));
                SwapComparisons.of(study, setting.runs(), torch.manager()).print(out);
                out.println(
                        Printable.line("report: " + page.get().toAbsolutePath().normalize()));
                out.flush();
            }
            return failure;
        } catch (RuntimeException | OutOfMemoryError e) {
            return Optional.of(e);
        }
    }
}
