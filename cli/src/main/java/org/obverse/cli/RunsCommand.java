package org.obverse.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.obverse.cli.progress.Printable;
import org.obverse.cli.progress.Screen;
import org.obverse.cli.runs.RunList;
import org.obverse.cli.runs.RunPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "runs",
        header = "List what was run, the latest last.",
        description = {
            "",
            "Shows of each run when it was changed last, how it stands, how many cells it has, its first figure (from the"
                    + " lowest to the highest cell), how large its artifacts are, and how much of that no other run has."
                    + " Below it stands what its plan says otherwise than that of the run above it, as overrides, and what"
                    + " is wrong with its folder, if anything is. Nothing is changed.",
            ""
        },
        subcommands = RunsGcCommand.class)
final class RunsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunsOption runs = new RunsOption();

    @Option(
            names = "--json",
            description = "Print a JSON list with an object for each run, with every difference and all digits.")
    private boolean json;

    /** The folder of all runs. */
    Path folder() {
        return runs.folder();
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        RunList list = RunList.of(runs.folder());
        if (json) {
            Json.print(list.plain(), out);
        } else if (list.entries().isEmpty()) {
            out.println(Printable.line(
                    "There are no runs in " + runs.folder().toAbsolutePath().normalize()));
        } else {
            out.print(new RunPage(list, Screen.columns(), ZoneId.systemDefault()).text());
        }
        out.flush();
        return Exit.DONE.code();
    }
}
