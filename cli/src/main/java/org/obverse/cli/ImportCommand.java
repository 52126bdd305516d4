package org.obverse.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.weights.NetworkWeights;
import org.obverse.engine.weights.SafetensorsWriter;
import org.obverse.engine.weights.StoredTensor;
import org.obverse.engine.weights.WeightFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        header = "Write the network of a weights file to a safetensors file.",
        description = {
            "",
            "Tensors keep their types and bytes. Plans read the original as well: importing is for choosing a"
                    + " part or a prefix, and for leaving pickles behind.",
            ""
        })
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "What obverse inspect can read.")
    private Path file = Path.of("");

    @Option(names = "--to", paramLabel = "OUT", required = true, description = "The file to write; must not exist.")
    private Path target = Path.of("");

    @Option(
            names = "--part",
            paramLabel = "NAME",
            description = "Such as G_ema or model_state_dict (default: the only network).")
    private String part = "";

    @Option(
            names = "--prefix",
            paramLabel = "NAME",
            description =
                    "Take the tensors whose names begin with it, such as backbone, without it (default: the prefix"
                            + " under which they are a published architecture, or what wrappers put before them all).")
    private String prefix = "";

    @Override
    public Integer call() {
        WeightFile weights = WeightFile.open(file);
        NetworkWeights network = network(weights);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>(network.tensors());
        tensors.putAll(network.companions());
        SafetensorsWriter.write(target, tensors, metadata(weights, network));
        spec.commandLine()
                .getOut()
                .printf(
                        "%s: %,d tensors%s%s%n",
                        Printable.line(target.toString()),
                        tensors.size(),
                        network.companions().isEmpty() ? "" : ", the discriminator's under 'D.' among them",
                        leftOut(network));
        spec.commandLine().getOut().flush();
        return Exit.DONE.code();
    }

    private NetworkWeights network(WeightFile weights) {
        if (!prefix.isEmpty()) {
            return weights.network(part, prefix);
        }
        return part.isEmpty() ? weights.network() : weights.network(part);
    }

    private static String leftOut(NetworkWeights network) {
        return network.outside().stream()
                .findFirst()
                .map(first -> Printable.line("; left out: %,d outside of the prefix '%s', such as '%s'"
                        .formatted(network.outside().size(), network.prefix(), first)))
                .orElse("");
    }

    private Map<String, String> metadata(WeightFile weights, NetworkWeights network) {
        Map<String, String> metadata = new TreeMap<>(weights.metadata());
        metadata.putAll(weights.metadata(network));
        metadata.put("imported.format", weights.format().toString());
        metadata.put("imported.part", network.part());
        metadata.put("imported.prefix", network.prefix());
        try {
            metadata.put("imported.sha256", Sha256.of(file));
            for (Map.Entry<String, Path> shard : weights.shards().entrySet()) {
                metadata.put("imported.sha256." + shard.getKey(), Sha256.of(shard.getValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return metadata;
    }
}
