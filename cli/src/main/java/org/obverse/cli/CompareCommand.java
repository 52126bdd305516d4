package org.obverse.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.cli.compare.Comparison;
import org.obverse.cli.compare.NamedCells;
import org.obverse.cli.export.Export;
import org.obverse.cli.progress.Printable;
import org.obverse.cli.query.Database;
import org.obverse.cli.report.comparison.ComparisonReport;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.torch.TorchSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "compare",
        header = "Say which differences between finished cells are more than chance.",
        description = {
            "",
            "Every figure that metrics give per class is compared with that of the first cell, class by class: the"
                    + " difference, its 95 %% interval by a bootstrap over identities (and over seeds, where a study"
                    + " varies them), a p value corrected for the number of figures, the smallest difference that could"
                    + " have been found, and what can be concluded. Cells that were measured on other data, on other"
                    + " classes or by other judges are refused.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  obverse compare demo",
            "  obverse compare 'demo/alpha=0,loss=poincare' demo",
            "  obverse compare first second --json",
            "  obverse compare first second --report comparison.html --to tables",
        })
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN[/CELL]",
            description = "A run, which stands for all its cells, or one cell, as its file in @|bold cells|@ is called."
                    + " The first cell is the baseline. Cells of a run that differ in seeds alone count as one.")
    private List<String> cells = new ArrayList<>();

    @Mixin
    private RunsOption runs = new RunsOption();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Option(names = "--json", description = "Print JSON, with all digits.")
    private boolean json;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the comparison as one HTML file that needs no other, too.")
    private List<Path> report = new ArrayList<>();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description =
                    "Write it as CSV with all digits and as LaTeX with booktabs, too, into this folder; made if it is not"
                            + " there, and must be empty.")
    private List<Path> targets = new ArrayList<>();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() {
        report.forEach(file -> Destination.require(file, "--report"));
        targets.forEach(folder -> Export.requireFree(folder, "--to"));
        if (format.isGiven() && targets.isEmpty()) {
            throw new InvalidConfigurationException(
                    new Problem("--format", "there is no folder to write tables into", "add --to DIR"));
        }
        List<Database> databases = format.databases();
        PlanReader reader = new PlanReader(plugins.registry());
        try (TorchRuntime torch = TorchRuntime.start(new TorchSettings("cpu", 1))) {
            Comparison comparison = Comparison.of(NamedCells.read(cells, runs.folder(), reader, torch.manager()));
            spec.commandLine()
                    .getOut()
                    .print(json ? Printable.json(comparison.json()) + "\n" : Printable.lines(comparison.text()));
            spec.commandLine().getOut().flush();
            report.forEach(file -> write(file, ComparisonReport.of(comparison, command())));
            Export export = Export.of(comparison);
            targets.forEach(folder -> {
                export.write(folder);
                databases.forEach(database -> export.write(folder, database));
            });
            return Exit.DONE.code();
        }
    }

    private static void write(Path file, String page) {
        try {
            ArtifactStore.writeWhole(file.toAbsolutePath(), page.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** As a shell takes it. */
    private String command() {
        String folder = runs.folder().equals(Path.of("runs"))
                ? ""
                : " --runs " + quoted(runs.folder().toString());
        return cells.stream().map(CompareCommand::quoted).collect(Collectors.joining(" ", "obverse compare ", ""))
                + folder
                + plugins.written();
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
