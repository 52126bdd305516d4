package org.obverse.testkit.subject;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Resources;
import org.obverse.api.tensor.Gradients;

/** Six steps of gradient ascent on the target's log-confidence. */
record Optimizers(Fault fault, double weight, Resources resources, List<WhiteBox> kept, AtomicInteger calls)
        implements Optimizer {
    private static final int STEPS = 6;
    private static final double RATE = 2e-3;
    private static final double USUAL_BATCH = 64;

    enum Fault implements Subjects.Fault {
        NONE(Subjects.HONEST),
        DIFFERENTIATES_SCORES("works-at-its-access"),
        KEEPS_THE_FIRST_ORACLE("queries-are-counted"),
        WANTS_PRIVATE_IMAGES("sees-only-filtered-answers"),
        CATCHES_TOO_MUCH("checkpoints-are-obeyed"),
        ASKS_ALL_AT_ONCE("batches-are-no-larger-than-asked"),
        TIRES("calls-are-not-counted"),
        LEAKS_PER_STEP("nothing-is-left-open"),
        WORKS_IN_PLACE("input-stays-untouched"),
        RETURNS_HALF("classes-and-counts-are-kept"),
        NOISE_BY_ROW("order-of-classes-is-irrelevant"),
        RATE_BY_BATCH("batch-size-is-irrelevant"),
        LEAVES_NOTHING("a-spent-budget-gives-a-result"),
        LEAVES_WHAT_A_STEP_RELEASES("a-spent-budget-gives-a-result-2"),
        STORES_SOMETHING_ELSE("results-can-be-stored"),
        GOES_DOWNHILL("search-pays");

        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }

        @Override
        public String rule() {
            return rule;
        }
    }

    static Subjects<Fault, Optimizer> subjects() {
        List<WhiteBox> kept = new ArrayList<>();
        return new Subjects<>(
                Kind.OPTIMIZER,
                List.of(Fault.values()),
                fault -> Subjects.needing(fault == Fault.WANTS_PRIVATE_IMAGES)
                        .generator(Generator.class)
                        .access(fault == Fault.DIFFERENTIATES_SCORES ? ScoreOracle.class : WhiteBox.class),
                (fault, weight, resources) -> new Optimizers(fault, weight, resources, kept, new AtomicInteger()));
    }

    @Override
    public Candidates optimize(Candidates start, StageContext context) {
        if (fault != Fault.LEAVES_NOTHING) {
            context.onBudgetSpent(() -> start);
        }
        NDArray points = ((LatentPoints) start.representation()).points();
        ScoreOracle target = oracle(context);
        NDList found = new NDList();
        calls.incrementAndGet();
        int batch = fault == Fault.ASKS_ALL_AT_ONCE ? start.size() : context.batch();
        for (int from = 0; from < start.size(); from += batch) {
            int to = Math.min(start.size(), from + batch);
            found.add(climb(
                    points.get(new NDIndex("{}:{}", from, to)), start.classes().subList(from, to), target, context));
        }
        return result(start, NDArrays.concat(found), context);
    }

    private Candidates result(Candidates start, NDArray found, StageContext context) {
        NDArray points = found;
        if (fault == Fault.WORKS_IN_PLACE) {
            NDArray given = ((LatentPoints) start.representation()).points();
            points = given.subi(given.sub(found));
        }
        if (fault == Fault.NOISE_BY_ROW) {
            for (int i = 0; i < start.size(); i++) {
                points.get(i).addi(0.01 * context.random().child("row", i).gaussian());
            }
        }
        Representation representation = new LatentPoints(context.generator(), points);
        Candidates all = new Candidates(
                fault == Fault.STORES_SOMETHING_ELSE ? new Forgetful(representation) : representation,
                start.classes(),
                start.scores(),
                List.of());
        return fault == Fault.RETURNS_HALF
                ? all.rows(IntStream.range(0, all.size())
                        .filter(row -> all.rank(row) == 0)
                        .toArray())
                : all;
    }

    private ScoreOracle oracle(StageContext context) {
        if (fault == Fault.DIFFERENTIATES_SCORES) {
            return context.target(ScoreOracle.class);
        }
        if (fault != Fault.KEEPS_THE_FIRST_ORACLE) {
            return context.target(WhiteBox.class);
        }
        if (kept.isEmpty()) {
            kept.add(context.target(WhiteBox.class));
        }
        return kept.get(0);
    }

    private NDArray climb(NDArray start, List<Integer> classes, ScoreOracle target, StageContext context) {
        NDArray at = start;
        if (fault == Fault.LEAVES_WHAT_A_STEP_RELEASES) {
            context.onBudgetSpent(() -> new Candidates(
                    new LatentPoints(context.generator(), start),
                    classes,
                    Collections.nCopies(classes.size(), Double.NaN),
                    List.of()));
        }
        for (int step = 0; step < STEPS; step++) {
            lookUp(context);
            if (fault == Fault.LEAKS_PER_STEP) {
                context.manager().create(1f);
            }
            try (NDScope scope = new NDScope()) {
                NDArray next = at.add(slope(at, classes, target, context).mul(rate(context)));
                NDScope.unregister(next);
                at.close();
                at = next;
            }
            context.progress(step + 1L, STEPS, Map.of());
        }
        return at;
    }

    private void lookUp(StageContext context) {
        if (fault != Fault.CATCHES_TOO_MUCH) {
            context.checkpoint();
            return;
        }
        try {
            context.checkpoint();
        } catch (RuntimeException e) {
            context.progress(0, STEPS, Map.of());
        }
    }

    private double rate(StageContext context) {
        double usual = weight * RATE;
        return switch (fault) {
            case RATE_BY_BATCH -> usual * context.batch() / USUAL_BATCH;
            case GOES_DOWNHILL -> -usual;
            case TIRES -> usual * Labour.grown(calls.get());
            default -> usual;
        };
    }

    private NDArray slope(NDArray at, List<Integer> classes, ScoreOracle target, StageContext context) {
        Gradients gradients = resources.gradients();
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray variable = gradients.variable(at);
            NDArray images = context.generator().generate(variable);
            NDArray logs = target instanceof WhiteBox box && fault != Fault.DIFFERENTIATES_SCORES
                    ? box.forward(images).logits().logSoftmax(1)
                    : target.logScores(images);
            NDArray wanted = at.getManager()
                    .create(classes.stream().mapToInt(Integer::intValue).toArray())
                    .oneHot(target.classes());
            return gradients.of(logs.mul(wanted).sum(), new NDList(variable)).head();
        }
    }

    /** Stores rounded points. */
    private record Forgetful(Representation inner) implements Representation {
        @Override
        public int size() {
            return inner.size();
        }

        @Override
        public NDArray draw(int draws, List<org.obverse.api.random.RandomStream> random) {
            return inner.draw(draws, random);
        }

        @Override
        public Representation rows(int... rows) {
            return new Forgetful(inner.rows(rows));
        }

        @Override
        public NDList variables() {
            NDArray rounded = inner.variables().head().round();
            rounded.setName("points");
            return new NDList(rounded);
        }

        @Override
        public String form() {
            return inner.form();
        }
    }
}
