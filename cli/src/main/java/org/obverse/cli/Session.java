package org.obverse.cli;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.event.RunListener;
import org.obverse.api.place.Place;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.store.ObjectStore;
import org.obverse.cli.progress.Printable;
import org.obverse.cli.progress.Screen;
import org.obverse.cli.progress.StudyProgress;
import org.obverse.engine.EngineModule;
import org.obverse.engine.finished.FinishedAttacks;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.plan.Execution;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.PluginFailedException;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.study.Audience;
import org.obverse.engine.study.DryRun;
import org.obverse.engine.study.Runs;
import org.obverse.engine.study.Setting;
import org.obverse.engine.study.StoredStudy;
import org.obverse.engine.study.StudyFolder;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.torch.TorchSettings;
import org.obverse.engine.trial.Trials;
import picocli.CommandLine.Model.CommandSpec;

/** Works on one study in this process: starts the engine, shows progress, heeds Ctrl-C, ends with a report. */
final class Session {
    private final Registry registry;
    private final CommandSpec command;
    private final PluginsOption plugins;
    private final DeviceOption device;
    private final ViewOption view;
    private final PrintWriter out;
    private final PrintWriter err;

    Session(Registry registry, CommandSpec command, PluginsOption plugins) {
        this(registry, command, plugins, new DeviceOption(), new ViewOption());
    }

    private Session(
            Registry registry, CommandSpec command, PluginsOption plugins, DeviceOption device, ViewOption view) {
        this.view = view;
        this.device = device;
        this.registry = registry;
        this.plugins = plugins;
        this.command = command;
        this.out = command.commandLine().getOut();
        this.err = command.commandLine().getErr();
    }

    /** The same on another device than the plan's; what is finished is kept, wherever it was computed. */
    Session on(DeviceOption other) {
        return new Session(registry, command, plugins, other, view);
    }

    /** The same, shown in a browser if that is wanted. */
    Session shown(ViewOption wanted) {
        return new Session(registry, command, plugins, device, wanted);
    }

    /** Checks a study and writes nothing. */
    Exit check(Study study, Setting setting) {
        return with(study, engine -> check(study, setting, engine.runs(), engine.torch(), engine.interruption()));
    }

    /**
     * Only looks for problems, and shows nothing.
     *
     * @throws InvalidConfigurationException with every problem
     * @throws CancelledException if it was interrupted
     */
    void rehearse(Study study, Setting setting) {
        with(study, engine -> {
            engine.runs()
                    .rehearse(
                            study,
                            setting,
                            new Audience(new RunListener() {}),
                            engine.interruption().cancelled());
            return Exit.DONE;
        });
    }

    /** The engine while it is at work for one study. */
    record Engine(Runs runs, Trials trials, FinishedAttacks attacks, TorchRuntime torch, Interruption interruption) {}

    /** Starts the engine for a study, of which nothing is run by this. */
    Exit with(Study study, Function<Engine, Exit> work) {
        Injector injector = injector(study);
        try (Interruption interruption = new Interruption(err, registry);
                TorchRuntime torch = start(injector)) {
            return work.apply(new Engine(
                    injector.getInstance(Runs.class),
                    injector.getInstance(Trials.class),
                    injector.getInstance(FinishedAttacks.class),
                    torch,
                    interruption));
        }
    }

    /** Says everything before the interruption lets the process end. */
    private Exit check(Study study, Setting setting, Runs runs, TorchRuntime torch, Interruption interruption) {
        DryRun dryRun;
        try (StudyProgress progress = new StudyProgress(Screen.of(out, TerminalWidth.watched()))) {
            interruption.watch(progress::working);
            dryRun = runs.rehearse(study, setting, new Audience(progress), interruption.cancelled());
        } catch (CancelledException e) {
            err.println("Interrupted.");
            err.flush();
            return Exit.INTERRUPTED;
        }
        new DryRunPage(study, dryRun, torch.device().toString().replace("()", "")).print(out);
        return dryRun.missing().isEmpty() ? Exit.DONE : Exit.PLAN;
    }

    /** Runs what is not done yet of a study. */
    Exit run(Study study, Setting setting) {
        Injector injector = injector(study);
        try (Interruption interruption = new Interruption(err, registry);
                TorchRuntime torch = start(injector);
                ViewOption.Opened page = view.open(study.name(), out)) {
            Runs.StudyResult result;
            Reporter reporter = new Reporter(study, setting, torch, written());
            try (StudyProgress progress = new StudyProgress(Screen.of(out, TerminalWidth.watched()))) {
                interruption.watch(progress::working);
                result = injector.getInstance(Runs.class)
                        .run(
                                study,
                                setting.with(worker(study, setting)),
                                new Audience(reporter, page.beside(progress)),
                                interruption.cancelled());
            }
            return finish(study, setting, result, reporter);
        } catch (PluginFailedException e) {
            Exit exit = Failures.tell(e, command);
            goOn(study, setting, List.of(e));
            return exit;
        } catch (UncheckedIOException e) {
            Exit exit = Failures.tell(e, command);
            if (StoredStudy.isIn(StudyFolder.of(setting.runs(), study.name()).path())) {
                goOn(study, setting, List.of(e));
            }
            return exit;
        }
    }

    /** Looks at what runs left; nothing is computed, so that the processor is enough. */
    <T> T look(Function<NDManager, T> look) {
        EngineModule engine =
                new EngineModule(registry, TorchSettings.defaults().on("cpu"));
        try (TorchRuntime torch = start(Guice.createInjector(engine))) {
            return look.apply(torch.manager());
        }
    }

    /**
     * Performs what another process orders.
     *
     * @param answers what that process reads
     */
    void work(Study study, Setting setting, InputStream orders, PrintStream answers) {
        Injector injector = injector(study);
        try (Interruption interruption = Interruption.silent(err, registry);
                TorchRuntime torch = start(injector)) {
            injector.getInstance(Runs.class).work(study, setting, orders, answers, interruption.cancelled());
        }
    }

    private List<String> worker(Study study, Setting setting) {
        List<String> options = new ArrayList<>(plugins.arguments());
        if (device.isGiven()) {
            options.add("--device=" + device.name());
        }
        return new WorkerCommand(setting.runs(), study.name()).with(options);
    }

    private Exit finish(Study study, Setting setting, Runs.StudyResult result, Reporter reporter) {
        if (result.outcome() == Outcome.INTERRUPTED) {
            err.println(
                    result.begun()
                            ? "Interrupted. Go on with: " + resume(study, setting)
                            : "Interrupted before anything was written.");
            err.flush();
            return Exit.INTERRUPTED;
        }
        Optional<Throwable> unreported = reporter.print(out);
        Exit exit = result.outcome() == Outcome.DONE ? Exit.DONE : Exit.FAILED;
        for (Throwable reason : result.reasons()) {
            exit = afterwards(Failures.tell(reason, command));
        }
        if (result.outcome() != Outcome.DONE) {
            goOn(study, setting, result.reasons());
        }
        if (unreported.isEmpty()) {
            return exit;
        }
        err.println("The results are stored, but their report failed:");
        Exit told = afterwards(Failures.tell(unreported.get(), command));
        err.println("Once the cause is mended, make it with: " + resume(study, setting));
        err.flush();
        return exit == Exit.DONE ? told : exit;
    }

    /** Code 2 promises that nothing was run. */
    private static Exit afterwards(Exit told) {
        return told == Exit.PLAN ? Exit.FAILED : told;
    }

    /** A mended plugin is another one, which the user has to accept. */
    private void goOn(Study study, Setting setting, List<Throwable> reasons) {
        Set<String> sources = new LinkedHashSet<>();
        reasons.forEach(reason -> sources.addAll(Failures.sources(reason)));
        String accepted = registry.plugins().stream()
                .filter(plugin -> sources.contains(plugin.source().toString()))
                .map(plugin -> " --accept-changed " + plugin.id())
                .collect(Collectors.joining());
        err.println(
                "Finished units are kept. Once the cause is mended, go on with: " + resume(study, setting) + accepted);
        err.flush();
    }

    /** The command as a shell takes it. */
    private String written() {
        return Stream.concat(
                        Stream.of("obverse"), command.root().commandLine().getParseResult().originalArgs().stream())
                .map(word -> word.matches("[\\w./:=,@+-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    private String resume(Study study, Setting setting) {
        String runs = setting.runs().equals(Path.of("runs")) ? "" : " --runs '" + setting.runs() + "'";
        return Printable.line("obverse resume " + study.name() + runs + plugins.written());
    }

    private Injector injector(Study study) {
        TorchSettings planned = settings(study);
        return Guice.createInjector(new EngineModule(registry, device.isGiven() ? planned.on(device.name()) : planned));
    }

    /** They hold for the process, hence for all cells. */
    private static TorchSettings settings(Study study) {
        TorchSettings first = study.cells().get(0).plan().execution().torch();
        Execution shared = study.cells().get(0).plan().execution().shared();
        List<PlannedComponent<Place>> places = study.cells().get(0).plan().places();
        List<PlannedComponent<ObjectStore>> store = study.cells().get(0).plan().store();
        boolean agree = study.cells().stream()
                .allMatch(cell -> cell.plan().execution().shared().equals(shared)
                        && cell.plan().places().equals(places)
                        && cell.plan().store().equals(store));
        if (!agree) {
            throw new InvalidConfigurationException(new Problem(
                    "study.axes",
                    "cells of one study run in one process, with the same keys of execution but the batch",
                    "drop the axis of that key, and begin a run for each with -o and --name"));
        }
        return first;
    }

    private static TorchRuntime start(Injector injector) {
        try {
            return injector.getInstance(TorchRuntime.class);
        } catch (ProvisionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof EngineException
                    || cause instanceof IllegalArgumentException
                    || cause instanceof LinkageError) {
                throw new DeviceException(cause);
            }
            throw e;
        }
    }
}
