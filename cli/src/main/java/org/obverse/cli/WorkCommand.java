package org.obverse.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Callable;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.study.Setting;
import org.obverse.engine.study.StoredStudy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--lasting",
            description =
                    "Perform what was ordered before the input ends to its end, instead of ending with the input.")
    private boolean lasting;

    @Override
    public Integer call() throws IOException {
        InputStream orders = lasting ? System.in : readAhead();
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        // What plugins print is for people.
        System.setOut(System.err);
        Registry registry = plugins.registry();
        StoredStudy stored = StoredStudy.read(runs.folder(), run, new PlanReader(registry));
        new Session(registry, spec, plugins)
                .on(device)
                .work(stored.study(), new Setting(runs.folder(), stored.base(), Set.of()), orders, answers);
        return Exit.DONE.code();
    }

    /** From the beginning, so that no process is left whose run is gone before it can work: it ends with its input, at once. */
    private static InputStream readAhead() throws IOException {
        PipedOutputStream ahead = new PipedOutputStream();
        PipedInputStream orders = new PipedInputStream(ahead);
        Thread reader = new Thread(
                () -> {
                    try {
                        System.in.transferTo(ahead);
                    } catch (IOException e) {
                        System.err.println("obverse: the orders cannot be read (" + e.getMessage() + ")");
                    }
                    Runtime.getRuntime().halt(Exit.DONE.code());
                },
                "orders");
        reader.setDaemon(true);
        reader.start();
        return orders;
    }
}
