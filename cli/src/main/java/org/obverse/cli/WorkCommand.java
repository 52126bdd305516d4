package org.obverse.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Callable;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.study.Runs;
import org.obverse.engine.study.StoredStudy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "work",
        hidden = true,
        header = "Perform units of a run that goes on in another process.",
        description = {
            "",
            "Started by places such as @|bold processes|@: reads orders from the standard input, line by line, and answers on"
                    + " the standard output.",
            ""
        })
final class WorkCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "RUN", description = "The name of a run, as its folder is called.")
    private String run = "";

    @Mixin
    private RunsOption runs = new RunsOption();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Override
    public Integer call() {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        // What plugins print is for people.
        System.setOut(System.err);
        Registry registry = plugins.registry();
        StoredStudy stored = StoredStudy.read(runs.folder(), run, new PlanReader(registry));
        new Session(registry, spec, plugins)
                .on(device)
                .work(stored.study(), new Runs.Setting(runs.folder(), stored.base(), Set.of()), System.in, answers);
        return Exit.DONE.code();
    }
}
