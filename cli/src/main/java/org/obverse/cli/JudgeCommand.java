package org.obverse.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.obverse.cli.panel.Judgement;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.study.StoredStudy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "judge",
        header = "Say what answers to panels mean: whom people or other models recognise.",
        description = {
            "",
            "Holds a file of answers, with the columns panel and answer (yes, no or refused), against the key of"
                    + " @|bold obverse panels|@. From the controls come the judge's own rates, with exact intervals; by them the"
                    + " share of reconstructions that show the right person is corrected. For each evaluation model that the"
                    + " run's metrics asked, it says how much of what the model takes for a success is none for the judge. A"
                    + " judge that tells nobody apart proves nothing, and gets no figure.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  obverse judge demo answers.csv --key panels",
            "  obverse judge demo panels/answers.csv --json",
        })
final class JudgeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "RUN", description = "The name of the run that the panels were made of.")
    private String run = "";

    @Parameters(index = "1", paramLabel = "ANSWERS", description = "A file of comma-separated values.")
    private Path answers = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The panels' key.csv, or the folder that it lies in (default: that of the answers).")
    private List<Path> key = new ArrayList<>();

    @Mixin
    private RunsOption runs = new RunsOption();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Option(names = "--json", description = "Print JSON, with all digits.")
    private boolean json;

    @Override
    public Integer call() {
        StoredStudy stored = StoredStudy.read(runs.folder(), run, new PlanReader(plugins.registry()));
        Path place = key.isEmpty() ? answers.toAbsolutePath().resolveSibling("") : key.get(key.size() - 1);
        Judgement judgement = Judgement.of(stored.study(), runs.folder(), answers, place);
        spec.commandLine()
                .getOut()
                .print(json ? Printable.json(judgement.json()) + "\n" : Printable.lines(judgement.text()));
        spec.commandLine().getOut().flush();
        return Exit.DONE.code();
    }
}
