package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters.Requirement;
import org.obverse.api.network.Pass;
import org.obverse.api.network.WeightUse;
import org.obverse.api.tensor.Gradients;
import org.obverse.engine.torch.SampleNorms;
import org.obverse.testkit.bench.Bench;

/** Whether what layers tell of their weights gives the gradients of single samples. */
final class WeightUses {
    private static final double TOLERANCE = 1e-3;

    private WeightUses() {}

    /** In evaluation mode, where samples do not act on each other whatever normalises them. */
    static void giveTheGradientsOfSamples(Classifier classifier, NDArray images, Bench bench) {
        classifier.parameters().requireGradients(Requirement.TRAINABLE);
        try (Gradients.Recording recording = bench.torch().gradients().recording()) {
            List<WeightUse> heard = new ArrayList<>();
            NDArray logits = classifier
                    .forward(
                            images,
                            Pass.evaluation(Bench.stream("pass")).heardBy(use -> heard.add(SampleNorms.kept(use))))
                    .logits();
            NDArray losses = logits.logSoftmax(1).get(":, 0");
            Map<String, WeightUse> uses = once(classifier, heard);
            if (uses.isEmpty()) {
                throw new BesideThePoint("its layers tell of no weight");
            }
            compare(uses, losses, bench);
        } finally {
            classifier.parameters().requireGradients(Requirement.NONE);
        }
    }

    /** Weights that are told of once; those of two uses have the gradients of both together, which the engine knows. */
    private static Map<String, WeightUse> once(Classifier classifier, List<WeightUse> heard) {
        IdentityHashMap<NDArray, List<WeightUse>> all = new IdentityHashMap<>();
        heard.forEach(use ->
                all.computeIfAbsent(use.weight(), weight -> new ArrayList<>()).add(use));
        Map<String, WeightUse> uses = new LinkedHashMap<>();
        classifier.parameters().trainable().forEach((name, weight) -> {
            List<WeightUse> found = all.getOrDefault(weight, List.of());
            if (found.size() == 1) {
                unless(SampleNorms.understands(found.get(0)), "the shapes told of '%s' do not fit each other", name);
                uses.put(name, found.get(0));
            }
        });
        return Collections.unmodifiableMap(uses);
    }

    private static void compare(Map<String, WeightUse> uses, NDArray losses, Bench bench) {
        NDList outputs = new NDList();
        NDList weights = new NDList();
        uses.values().forEach(use -> {
            outputs.add(use.output());
            weights.add(use.weight());
        });
        Gradients gradients = bench.torch().gradients();
        NDList slopes = gradients.of(losses.sum(), outputs);
        Map<String, float[]> told = new LinkedHashMap<>();
        uses.forEach((name, use) -> told.put(
                name,
                bench.torch()
                        .sampleNorms()
                        .squared(use, slopes.get(told.size()))
                        .sqrt()
                        .toFloatArray()));
        for (int i = 0; i < losses.size(); i++) {
            NDList own = gradients.of(losses.get(i), weights);
            int number = 0;
            for (var entry : told.entrySet()) {
                double norm = own.get(number++).square().sum().sqrt().getFloat();
                double gap = Math.abs(norm - entry.getValue()[i]);
                unless(
                        gap <= TOLERANCE * Math.max(norm, 1e-3),
                        "the gradient of '%s' for one sample has the norm %.4g, and by what is told %.4g",
                        entry.getKey(),
                        norm,
                        entry.getValue()[i]);
            }
        }
    }
}
