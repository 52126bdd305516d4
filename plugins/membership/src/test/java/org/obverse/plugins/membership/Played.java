package org.obverse.plugins.membership;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.defense.DataTransform.Batch;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.membership.MembershipScores;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Resources;
import org.obverse.engine.lend.MembershipLoan;
import org.obverse.engine.lend.MembershipLoan.Game;
import org.obverse.engine.lend.MembershipLoan.Reference;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.target.QueryLedger;
import org.obverse.engine.target.TargetModel;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.rule.Conformance;

/** A game whose target and reference models answer from tables, lent as in a run. Samples are pictures of a number, the judged first, then known members. */
final class Played {
    private static final int BATCH = 64;

    private final Workbench bench;
    private final TableModel target;
    private final int samples;
    private final int known;
    private final int[] labels;
    private final List<Reference> references = new ArrayList<>();

    /**
     * @param logits of the samples, of the known members and of as many known others
     * @param labels of all of them
     */
    Played(Workbench bench, List<List<Double>> logits, int known, int... labels) {
        this(bench, new TableModel(bench.parameters(1), logits), known, labels);
    }

    private Played(Workbench bench, TableModel target, int known, int... labels) {
        this.bench = bench;
        this.target = target;
        this.samples = target.logits().size() - 2 * known;
        this.known = known;
        this.labels = labels;
    }

    /** All of class 0. */
    static Played of(Workbench bench, int known, double... scaledLogits) {
        return new Played(bench, TableModel.confident(scaledLogits), known, new int[scaledLogits.length]);
    }

    /** All of class 0, and another table for mirrored pictures. */
    static Played mirrored(Workbench bench, int known, double[] scaledLogits, double[] mirrored) {
        TableModel target =
                new TableModel(bench.parameters(1), TableModel.confident(scaledLogits), TableModel.confident(mirrored));
        return new Played(bench, target, known, new int[scaledLogits.length]);
    }

    Played with(List<List<Double>> logits, IntPredicate trainedOn) {
        return with(logits, logits, trainedOn);
    }

    Played with(List<List<Double>> logits, List<List<Double>> mirrored, IntPredicate trainedOn) {
        references.add(new Reference(model(new TableModel(bench.parameters(1), logits, mirrored)), trainedOn));
        return this;
    }

    private TargetModel model(TableModel table) {
        return new TargetModel(table, List.of(), bench.gradients());
    }

    /** What an attack says, with the draws of a training that shows samples as they are and gives them their labels. */
    MembershipScores score(String name, Requirements requirements, MembershipAttack attack) {
        try (NDManager manager = bench.manager().newSubManager()) {
            return attack.attack(new MembershipLoan(
                    new MembershipLoan.Surroundings(
                            name,
                            requirements,
                            () -> model(target),
                            () -> references,
                            () -> (images, targets, random) -> new Batch(images, targets.oneHot(target.classes()))),
                    new Game(new Numbers(0, samples), new Numbers(samples, known), new Numbers(samples + known, known)),
                    new UnitLoan(bench.stream(1), manager, () -> BATCH, Conformance.unwatched()),
                    new QueryLedger(Long.MAX_VALUE)));
        }
    }

    /** Of a component with its default or another configuration. */
    <C extends Record> MembershipScores score(
            String name, C configuration, BiFunction<C, Resources, MembershipAttack> factory) {
        Requirements requirements = new MembershipPlugin()
                .components().stream()
                        .filter(component -> component.kind() == Kind.MEMBERSHIP_ATTACK)
                        .filter(component -> component.name().equals(name))
                        .map(component -> requirements(component, configuration))
                        .findFirst()
                        .orElseThrow();
        return score(name, requirements, factory.apply(configuration, bench));
    }

    @SuppressWarnings("unchecked")
    private static <C extends Record> Requirements requirements(Component<?, ?> component, C configuration) {
        return ((Component<C, ?>) component).requirements().apply(configuration);
    }

    private final class Numbers implements Images {
        private final int first;
        private final int size;

        Numbers(int first, int size) {
            this.first = first;
            this.size = size;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public Shape shape() {
            return new Shape(1, 1, 2);
        }

        @Override
        public int label(int index) {
            return labels[first + index];
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            float[] pixels = new float[2 * indices.length];
            Arrays.fill(pixels, -1);
            IntStream.range(0, indices.length).forEach(i -> pixels[2 * i] = first + indices[i]);
            return manager.create(pixels, new Shape(indices.length, 1, 1, 2));
        }
    }
}
