package org.obverse.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.obverse.cli.progress.Printable;
import org.obverse.cli.runs.Bytes;
import org.obverse.engine.keep.Unneeded;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "gc",
        header = "Free the artifacts that no run in the folder needs.",
        description = {
            "",
            "To be rid of a run, remove its folder; this frees what only that run needed, and what killed processes left"
                    + " behind. Everything that a run in the folder was made of stays, also what an unfinished one needs"
                    + " to go on. Without @|bold --delete|@ it says what it would free, by the stage or model that made"
                    + " it, and changes nothing. Runs that were moved to another folder are not counted.",
            ""
        })
final class RunsGcCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private RunsCommand runs = new RunsCommand();

    @Option(
            names = "--delete",
            description = "Free it. Refused while a run is under way in the folder; a run that begins meanwhile is"
                    + " refused.")
    private boolean delete;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = runs.folder();
        Unneeded unneeded = delete ? Unneeded.free(folder, file -> {}) : Unneeded.in(folder);
        unneeded.kinds()
                .forEach(kind -> out.printf(
                        "  %-16s %,7d  %10s%n", Printable.line(kind.name()), kind.count(), Bytes.text(kind.bytes())));
        if (unneeded.count() == 0 && unneeded.references().isEmpty()) {
            out.println("There is nothing to free.");
        } else {
            String files = "%,d files, %s".formatted(unneeded.count(), Bytes.text(unneeded.bytes()));
            out.println(delete ? files + ": freed." : files + ": not needed by any run. --delete frees them.");
        }
        List<String> underWay = delete ? List.of() : Unneeded.underWay(folder);
        if (!underWay.isEmpty()) {
            out.println(Printable.line(
                    "Under way, so that --delete is refused until they end: " + String.join(", ", underWay)));
        }
        out.flush();
        return Exit.DONE.code();
    }
}
