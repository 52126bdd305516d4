package org.obverse.engine.membership;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.event.Summary;
import org.obverse.api.membership.MembershipScores;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.artifact.Tensors;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Lifetime;
import org.obverse.engine.product.ProductForm;

/**
 * What a membership attack said.
 *
 * @param queries images that the target was asked about, by kind of question; empty if it is opened again
 */
public record Scored(MembershipScores scores, Map<String, Long> queries) {
    /**
     * Stores {@code scores [n]}, and {@code threshold [1]} of an attack that decides.
     *
     * @param manager that makes the arrays
     */
    record Form(NDManager manager) implements Codec<Scored> {
        private static final String SCORES = "scores";
        private static final String THRESHOLD = "threshold";

        @Override
        public Content encode(Scored product) {
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            tensors.put(
                    SCORES,
                    manager.create(product.scores().scores().stream()
                            .mapToDouble(score -> score)
                            .toArray()));
            product.scores()
                    .threshold()
                    .ifPresent(threshold -> tensors.put(THRESHOLD, manager.create(new double[] {threshold})));
            return new Tensors(tensors, ProductForm.metadata("membership scores", Map.of()));
        }

        @Override
        public Summary summary(Scored product) {
            return new Summary(
                    product.scores()
                            .threshold()
                            .map(at -> Map.of(THRESHOLD, at))
                            .orElse(Map.of()),
                    product.queries(),
                    List.of());
        }

        @Override
        public Scored decode(Artifact artifact, Inputs inputs, Lifetime lifetime) {
            TensorFile file = artifact.tensors();
            try (NDManager opened = manager.newSubManager()) {
                Optional<Double> threshold = file.names().contains(THRESHOLD)
                        ? Optional.of(file.tensor(opened, THRESHOLD).toDoubleArray()[0])
                        : Optional.empty();
                double[] scores = file.tensor(opened, SCORES).toDoubleArray();
                return new Scored(
                        new MembershipScores(Arrays.stream(scores).boxed().toList(), threshold), Map.of());
            }
        }
    }
}
