package org.obverse.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.obverse.cli.compare.Comparison;
import org.obverse.cli.compare.NamedCells;
import org.obverse.cli.progress.Printable;
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

    @Override
    public Integer call() {
        PlanReader reader = new PlanReader(plugins.registry());
        try (TorchRuntime torch = TorchRuntime.start(new TorchSettings("cpu", 1))) {
            Comparison comparison = Comparison.of(NamedCells.read(cells, runs.folder(), reader, torch.manager()));
            spec.commandLine().getOut().print(Printable.lines(json ? comparison.json() + "\n" : comparison.text()));
            spec.commandLine().getOut().flush();
            return Exit.DONE.code();
        }
    }
}
