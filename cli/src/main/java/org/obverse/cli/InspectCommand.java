package org.obverse.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.weights.Architecture;
import org.obverse.engine.weights.NetworkWeights;
import org.obverse.engine.weights.StoredTensor;
import org.obverse.engine.weights.StyleGan2Sizes;
import org.obverse.engine.weights.WeightFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "inspect",
        header = "Show what a weights file holds: format, networks, tensors, metadata.",
        description = {
            "",
            "Reads StyleGAN2-ADA network pickles, files of torch.save, safetensors and npz. Nothing in the file is"
                    + " executed; a file that names what weights do not need is refused.",
            ""
        })
final class InspectCommand implements Callable<Integer> {
    private static final String LICENCE =
            "stored by NVIDIA's torch_utils.persistence. The networks that NVIDIA published in this form with StyleGAN2-ADA"
                    + " are under the NVIDIA Source Code License: non-commercial use (research or evaluation) only. Networks"
                    + " that others trained with that code have their authors' terms. This is told from the file's structure"
                    + " and is no legal advice.";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "Its contents tell the format, not its name.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        WeightFile weights = WeightFile.open(file);
        PrintWriter out = spec.commandLine().getOut();
        fact(out, "file", Printable.line(file.toString()) + ", " + length(size()));
        fact(out, "format", weights.format().toString());
        if (!weights.shards().isEmpty()) {
            fact(
                    out,
                    "shards",
                    Printable.line(String.join(", ", weights.shards().keySet())));
        }
        network(out, weights);
        if (!weights.objects().isEmpty()) {
            String classes = weights.objects().values().stream().distinct().collect(Collectors.joining(", "));
            fact(
                    out,
                    "objects",
                    Printable.line(classes) + ": what was stored of them is below; nothing was looked up or"
                            + " executed");
        }
        Map<String, StoredTensor> tensors = weights.tensors();
        long values =
                tensors.values().stream().mapToLong(StoredTensor::elements).sum();
        long bytes =
                tensors.values().stream().mapToLong(StoredTensor::byteLength).sum();
        fact(out, "tensors", "%,d, of %,d values, %s".formatted(tensors.size(), values, length(bytes)));
        if (weights.persistence() == WeightFile.Persistence.PRESENT) {
            fact(out, "licence", LICENCE);
        }
        out.println();
        weights.metadata()
                .forEach((name, value) -> out.printf("  %s = %s%n", Printable.line(name), Printable.line(value)));
        if (!weights.metadata().isEmpty()) {
            out.println();
        }
        tensors.forEach((name, tensor) -> out.printf(
                "  %-4s %s %s%n",
                tensor.type(),
                Printable.line(name),
                Arrays.toString(tensor.shape().getShape())));
        out.flush();
        return Exit.DONE.code();
    }

    /** What a component would be given of the file. */
    private void network(PrintWriter out, WeightFile weights) {
        if (!weights.parts().equals(Set.of(""))) {
            List<String> named =
                    weights.parts().stream().filter(part -> !part.isEmpty()).toList();
            fact(out, "parts", Printable.line(String.join(", ", named)));
        }
        try {
            NetworkWeights network = weights.network();
            String architecture = Architecture.of(network.tensors());
            fact(out, "network", architecture.isEmpty() ? "not recognised" : Printable.line(architecture));
            String begin = architecture.isEmpty() ? Printable.line(network.beginnings()) : "";
            fact(out, "names", names(network) + (begin.isEmpty() ? "" : "; they begin with " + begin));
            for (StyleGan2Sizes sizes : weights.generator()) {
                fact(
                        out,
                        "plan",
                        "generator: { use: stylegan2, weights: \"" + Printable.line(file.toString()) + "\", " + sizes
                                + " }");
            }
        } catch (InvalidConfigurationException e) {
            fact(
                    out,
                    "network",
                    Printable.line(e.problems().get(0).message() + "; "
                            + e.problems().get(0).wayOut()));
        }
    }

    private static String names(NetworkWeights network) {
        String part = network.part().isEmpty() ? "as in the file" : "those in '" + Printable.line(network.part()) + "'";
        String prefix = network.prefix().isEmpty()
                ? ""
                : ", without the prefix '" + Printable.line(network.prefix()) + "'"
                        + (network.outside().isEmpty()
                                ? " of them all"
                                : "; " + network.outside().size() + " have another one");
        return part + prefix + (network.companions().isEmpty() ? "" : ", and a discriminator under 'D.'");
    }

    private void fact(PrintWriter out, String name, String value) {
        out.printf("%-8s %s%n", name, value);
    }

    private long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String length(long bytes) {
        return bytes < 1_000_000 ? "%,.1f kB".formatted(bytes / 1e3) : "%,.1f MB".formatted(bytes / 1e6);
    }
}
