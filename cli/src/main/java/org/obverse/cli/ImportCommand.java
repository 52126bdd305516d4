package org.obverse.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
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
                    + " part, and for leaving pickles behind.",
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

    @Override
    public Integer call() {
        WeightFile weights = WeightFile.open(file);
        NetworkWeights network = part.isEmpty() ? weights.network() : weights.network(part);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>(network.tensors());
        tensors.putAll(network.companions());
        SafetensorsWriter.write(target, tensors, metadata(weights, network));
        spec.commandLine()
                .getOut()
                .printf(
                        "%s: %,d tensors%s%n",
                        target,
                        tensors.size(),
                        network.companions().isEmpty() ? "" : ", the discriminator's under 'D.' among them");
        spec.commandLine().getOut().flush();
        return Exit.DONE.code();
    }

    private Map<String, String> metadata(WeightFile weights, NetworkWeights network) {
        Map<String, String> metadata = new TreeMap<>(weights.metadata());
        metadata.putAll(weights.metadata(network));
        metadata.put("imported.format", weights.format().toString());
        metadata.put("imported.part", network.part());
        metadata.put("imported.prefix", network.prefix());
        try {
            metadata.put("imported.sha256", Sha256.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return metadata;
    }
}
