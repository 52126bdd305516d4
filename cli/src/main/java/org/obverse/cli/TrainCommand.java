package org.obverse.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.study.Setting;
import org.obverse.engine.study.StudyFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "train",
        header = "Train what a plan trains, without attack and metrics.",
        description = {
            "",
            "Trains the target, the evaluation models and the generator of a plan, or one of them, and says where their"
                    + " weights lie. A run of the same plan in the same folder finds them there and does not train"
                    + " again. The run's name is that of the plan with '-train' behind it.",
            ""
        })
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "PLAN", description = "A plan file (YAML).")
    private Path plan = Path.of("");

    @Mixin
    private RunsOption runs = new RunsOption();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Mixin
    private StudyOptions options = new StudyOptions();

    @Option(
            names = "--only",
            paramLabel = "PART",
            description = "Train one part: target, evaluation or generator (default: all that the plan has).")
    private List<TrainedPart> only = new ArrayList<>();

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "Also write the weights as a safetensors file, which the key @|bold weights|@ of a plan can"
                    + " name; for one network; must not exist.")
    private List<Path> to = new ArrayList<>();

    @Override
    public Integer call() {
        Registry registry = plugins.registry();
        PlanReader reader = new PlanReader(registry);
        Study whole = options.read(plan, registry, spec);
        String name = options.isNamed() ? whole.name() : whole.name() + "-train";
        Study study = reader.read(TrainedPart.only(whole.source(), only).with("name", Node.of(name)), name);
        requireOneNetwork(study);
        to.forEach(TrainCommand::requireNew);
        Setting setting = new Setting(runs.folder(), StudyOptions.base(plan), Set.of());
        Exit exit = new Session(registry, spec, plugins).run(study, setting);
        if (exit == Exit.DONE) {
            study.cells().forEach(cell -> show(study, cell, setting));
            spec.commandLine().getOut().flush();
        }
        return exit.code();
    }

    private void requireOneNetwork(Study study) {
        long networks = study.cells().stream()
                .map(Cell::plan)
                .mapToLong(trained -> trained.targets().size()
                        + trained.evaluation().size()
                        + trained.generator().size())
                .sum();
        if (!to.isEmpty() && networks != 1) {
            throw new InvalidConfigurationException(new Problem(
                    "--to",
                    "one file holds one network, and this plan has " + networks,
                    "choose one with --only, and one cell of a study with -o"));
        }
    }

    /** Before the training, which may take hours. */
    private static void requireNew(Path file) {
        try {
            ArtifactStore.requireNew(file);
            Destination.require(file, "--to");
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the weights cannot be written to " + file, e);
        }
    }

    private static InvalidConfigurationException exists(Path file) {
        return new InvalidConfigurationException(new Problem(
                "--to", file + " exists already, and is not overwritten", "choose another name, or delete it"));
    }

    private void show(Study study, Cell cell, Setting setting) {
        RunRecord.artifacts(StudyFolder.of(setting.runs(), study.name()), cell.name())
                .forEach((unit, artifact) -> {
                    if (TrainedPart.ofUnit(unit).isPresent()) {
                        Path file = setting.runs().resolve("objects").resolve(artifact);
                        spec.commandLine()
                                .getOut()
                                .println(Printable.line(cell.name() + ", weights of " + unit + ": " + file));
                        to.forEach(copy -> export(file, copy));
                    }
                });
    }

    private void export(Path file, Path copy) {
        try {
            ArtifactStore.writeNew(copy, channel -> Files.copy(file, Channels.newOutputStream(channel)));
        } catch (FileAlreadyExistsException e) {
            throw exists(copy);
        } catch (IOException e) {
            throw new UncheckedIOException("the weights cannot be written to " + copy, e);
        }
        spec.commandLine().getOut().println(Printable.line("written to " + copy));
    }
}
