package org.obverse.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.torch.NativeFacts;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.torch.TorchSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        header = "Look whether everything is there: Java, memory, native engine, device, plugins.",
        description = {"", "Ends with 4 if the native engine or the device is missing.", ""})
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu, gpu, gpu:1, … (default: ${DEFAULT-VALUE}).")
    private String device = "auto";

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Runtime java = Runtime.getRuntime();
        fact(out, "Java", System.getProperty("java.version") + " of " + System.getProperty("java.vendor"));
        fact(out, "system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        fact(out, "cores", String.valueOf(java.availableProcessors()));
        fact(out, "memory", megabytes(java.maxMemory()) + " for Java's heap at most; arrays lie outside of it");
        Registry registry = plugins.registry(spec.commandLine().getErr());
        fact(out, "plugins", registry.plugins().size() + " (obverse plugins lists them)");
        out.flush();
        engine(out);
        return Exit.DONE.code();
    }

    private void engine(PrintWriter out) {
        try (TorchRuntime torch = TorchRuntime.start(new TorchSettings(device, 1))) {
            NativeFacts facts = torch.facts();
            fact(out, "engine", "libtorch " + facts.version());
            fact(
                    out,
                    "device",
                    facts.device().replace("()", "") + ", of " + facts.gpus() + " GPUs that libtorch can use");
            GpuFindings.here().print(out, facts);
            fact(out, "threads", facts.threads() + " per operator (a plan's execution.threads)");
            fact(out, "natives", facts.library().toString());
            fact(out, "cache", facts.cache() + ", " + space(facts.cache()));
            out.flush();
        } catch (RuntimeException | LinkageError e) {
            throw new DeviceException(e);
        }
    }

    private static void fact(PrintWriter out, String name, String value) {
        out.printf("%-9s %s%n", name, Printable.line(value));
    }

    private static String space(Path folder) {
        try {
            FileStore store = Files.getFileStore(folder);
            return megabytes(store.getUsableSpace()) + " free";
        } catch (IOException e) {
            return "whose free space is unknown (" + e + ")";
        }
    }

    private static String megabytes(long bytes) {
        return bytes / 1_000_000 + " MB";
    }
}
