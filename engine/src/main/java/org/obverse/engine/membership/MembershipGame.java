package org.obverse.engine.membership;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.event.Summary;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.artifact.Tensors;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Lifetime;
import org.obverse.engine.lend.MembershipLoan;
import org.obverse.engine.lend.PooledImages;
import org.obverse.engine.product.ProductForm;

/**
 * The samples that membership attacks are about. Rows count the training images, and behind them the test images.
 *
 * @param training how many training images there are: rows from here on are others
 * @param test how many test images there are
 * @param knownMembers rows
 * @param knownOthers as many
 * @param samples rows of those that are judged, as many members as others, mixed
 */
public record MembershipGame(
        int training, int test, List<Integer> knownMembers, List<Integer> knownOthers, List<Integer> samples) {
    public MembershipGame {
        knownMembers = List.copyOf(knownMembers);
        knownOthers = List.copyOf(knownOthers);
        samples = List.copyOf(samples);
    }

    /** Whether the target was trained on a sample. */
    boolean isMember(int sample) {
        return samples.get(sample) < training;
    }

    /** What attacks are shown. */
    MembershipLoan.Game images(Dataset data) {
        return new MembershipLoan.Game(rows(data, samples), rows(data, knownMembers), rows(data, knownOthers));
    }

    Images rows(Dataset data, List<Integer> rows) {
        return new PooledImages(data.images(Part.TRAINING), data.images(Part.TEST), rows);
    }

    /**
     * Stores the rows.
     *
     * @param manager that makes the arrays
     */
    record Form(NDManager manager) implements Codec<MembershipGame> {
        private static final String TRAINING = "training";
        private static final String TEST = "test";
        private static final String KNOWN_MEMBERS = "known-members";
        private static final String KNOWN_OTHERS = "known-others";
        private static final String SAMPLES = "samples";

        @Override
        public Content encode(MembershipGame product) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            tensors.put(KNOWN_MEMBERS, array(product.knownMembers()));
            tensors.put(KNOWN_OTHERS, array(product.knownOthers()));
            tensors.put(SAMPLES, array(product.samples()));
            return new Tensors(
                    tensors,
                    ProductForm.metadata(
                            "membership game",
                            Map.of(
                                    TRAINING,
                                    String.valueOf(product.training()),
                                    TEST,
                                    String.valueOf(product.test()))));
        }

        private NDArray array(List<Integer> rows) {
            return manager.create(rows.stream().mapToInt(row -> row).toArray());
        }

        @Override
        public Summary summary(MembershipGame product) {
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put(SAMPLES, (double) product.samples().size());
            figures.put(
                    "known",
                    (double) product.knownMembers().size()
                            + product.knownOthers().size());
            return new Summary(figures, Map.of(), List.of());
        }

        @Override
        public MembershipGame decode(Artifact artifact, Inputs inputs, Lifetime lifetime) {
            TensorFile file = artifact.tensors();
            try (NDManager opened = manager.newSubManager()) {
                return new MembershipGame(
                        Integer.parseInt(ProductForm.text(artifact, TRAINING)),
                        Integer.parseInt(ProductForm.text(artifact, TEST)),
                        rows(file.tensor(opened, KNOWN_MEMBERS)),
                        rows(file.tensor(opened, KNOWN_OTHERS)),
                        rows(file.tensor(opened, SAMPLES)));
            }
        }

        private static List<Integer> rows(NDArray stored) {
            return IntStream.of(stored.toIntArray()).boxed().toList();
        }
    }
}
