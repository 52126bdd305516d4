package org.obverse.testkit.subject;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Selector;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.LogitOracle;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Resources;

/** Keeps of each class the candidate that the target is surest of. */
record Selectors(Fault fault, double weight, Resources resources, List<ScoreOracle> kept, AtomicInteger calls)
        implements Selector {
    enum Fault implements Subjects.Fault {
        NONE(Subjects.HONEST),
        ASKS_FOR_MORE_THAN_DECLARED("works-at-its-access"),
        DRAWS_FROM_THE_GENERATOR("works-at-its-access-2"),
        KEEPS_THE_FIRST_ORACLE("queries-are-counted"),
        WANTS_PRIVATE_IMAGES("sees-only-filtered-answers"),
        LOOKS_UP_EVERY_OTHER_STEP("checkpoints-are-obeyed"),
        ASKS_ALL_AT_ONCE("batches-are-no-larger-than-asked"),
        TIRES("calls-are-not-counted"),
        LEAKS_PER_CALL("nothing-is-left-open"),
        WORKS_IN_PLACE("input-stays-untouched"),
        DROPS_A_CLASS("classes-and-counts-are-kept"),
        TIES_BY_ROW("order-of-classes-is-irrelevant"),
        TIES_BY_BATCH("batch-size-is-irrelevant"),
        LEAVES_NOTHING("a-spent-budget-gives-a-result"),
        OPENED_BY_NOBODY("results-can-be-stored");

        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }

        @Override
        public String rule() {
            return rule;
        }
    }

    static Subjects<Fault, Selector> subjects() {
        List<ScoreOracle> kept = new ArrayList<>();
        return new Subjects<>(
                Kind.SELECTOR,
                List.of(Fault.values()),
                fault -> Subjects.needing(fault == Fault.WANTS_PRIVATE_IMAGES).access(ScoreOracle.class),
                (fault, weight, resources) -> new Selectors(fault, weight, resources, kept, new AtomicInteger()));
    }

    @Override
    public Candidates select(Candidates found, StageContext context) {
        if (fault == Fault.LEAKS_PER_CALL) {
            NDScope.unregister(resources.manager().create(1f));
        }
        if (fault == Fault.WORKS_IN_PLACE) {
            ((LatentPoints) found.representation()).points().muli(0.5);
        }
        if (fault != Fault.LEAVES_NOTHING) {
            context.onBudgetSpent(() -> found);
        }
        if (fault == Fault.DRAWS_FROM_THE_GENERATOR) {
            context.generator();
        }
        calls.incrementAndGet();
        List<Double> scores = scores(found, oracle(context), context);
        Candidates judged = new Candidates(
                fault == Fault.OPENED_BY_NOBODY ? new Unopenable(found.representation()) : found.representation(),
                found.classes(),
                scores,
                List.of());
        return judged.rows(new LinkedHashSet<>(found.classes())
                .stream()
                        .filter(wanted -> fault != Fault.DROPS_A_CLASS || wanted != 0)
                        .mapToInt(wanted -> IntStream.of(found.of(wanted))
                                .boxed()
                                .max(Comparator.comparing(scores::get))
                                .orElseThrow())
                        .toArray());
    }

    private ScoreOracle oracle(StageContext context) {
        if (fault == Fault.ASKS_FOR_MORE_THAN_DECLARED) {
            return context.target(LogitOracle.class);
        }
        if (fault != Fault.KEEPS_THE_FIRST_ORACLE) {
            return context.target(ScoreOracle.class);
        }
        if (kept.isEmpty()) {
            kept.add(context.target(ScoreOracle.class));
        }
        return kept.get(0);
    }

    /** Judges one candidate after the other, so that it has several steps. */
    private List<Double> scores(Candidates found, ScoreOracle target, StageContext context) {
        List<Double> scores = new ArrayList<>();
        if (fault == Fault.ASKS_ALL_AT_ONCE) {
            context.checkpoint();
            int[] all = IntStream.range(0, found.size()).toArray();
            target.logScores(found.draw(1, context.random(), all));
        }
        for (int row = 0; row < found.size(); row++) {
            if (fault != Fault.LOOKS_UP_EVERY_OTHER_STEP || row % 2 == 0) {
                context.checkpoint();
            }
            try (NDScope scope = new NDScope()) {
                NDArray logs = target.logScores(found.draw(1, context.random(), row));
                scores.add(weight * logs.getDouble(0, found.classes().get(row)) + tie(found, row, context));
            }
            context.progress(row + 1L, found.size(), Map.of());
        }
        return scores;
    }

    private double tie(Candidates found, int row, StageContext context) {
        return switch (fault) {
            case TIES_BY_ROW -> context.random().child("row", row).gaussian();
            case TIES_BY_BATCH ->
                found.stream(context.random().child("batch", row / context.batch()), row)
                        .gaussian();
            case TIRES -> Labour.grown(calls.get());
            default -> 0;
        };
    }
}
