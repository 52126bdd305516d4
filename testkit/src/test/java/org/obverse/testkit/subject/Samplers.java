package org.obverse.testkit.subject;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;

/** Draws two points per class from the prior and ranks them by the target's confidence. */
record Samplers(Fault fault, double spread, Resources resources, List<ScoreOracle> kept, AtomicInteger calls)
        implements Sampler {
    private static final int PER_CLASS = 2;

    enum Fault implements Subjects.Fault {
        NONE(Subjects.HONEST),
        ASKS_FOR_MORE_THAN_DECLARED("works-at-its-access"),
        DECLARES_LESS_TO_A_PLAN("works-at-its-access-2"),
        DECLARES_NO_GENERATOR("works-at-its-access-3"),
        KEEPS_THE_FIRST_ORACLE("queries-are-counted"),
        WANTS_PRIVATE_IMAGES("sees-only-filtered-answers"),
        NEVER_LOOKS_UP("checkpoints-are-obeyed"),
        WORKS_FOR_SECONDS("checkpoints-are-obeyed-2"),
        ASKS_ALL_AT_ONCE("batches-are-no-larger-than-asked"),
        TIRES("calls-are-not-counted"),
        LEAKS_PER_CALL("nothing-is-left-open"),
        PROMISES_MORE("classes-and-counts-are-kept"),
        DRAWS_BY_ROW("order-of-classes-is-irrelevant"),
        DRAWS_BY_BATCH("batch-size-is-irrelevant"),
        LEAVES_NOTHING("a-spent-budget-gives-a-result"),
        ASKS_WHEN_SPENT("a-spent-budget-gives-a-result-2"),
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

    private static Requirements drawing(Fault fault, Requirements needs) {
        return fault == Fault.DECLARES_NO_GENERATOR ? needs : needs.generator(Generator.class);
    }

    static Subjects<Fault, Sampler> subjects() {
        List<ScoreOracle> kept = new ArrayList<>();
        return new Subjects<>(
                Kind.SAMPLER,
                List.of(Fault.values()),
                fault -> drawing(fault, Subjects.needing(fault == Fault.WANTS_PRIVATE_IMAGES))
                        .access(
                                fault == Fault.DECLARES_LESS_TO_A_PLAN && aPlanIsRead()
                                        ? LabelOracle.class
                                        : ScoreOracle.class)
                        .candidates(fault == Fault.PROMISES_MORE ? PER_CLASS + 1 : PER_CLASS),
                (fault, weight, resources) -> new Samplers(fault, weight, resources, kept, new AtomicInteger()));
    }

    static boolean aPlanIsRead() {
        return Arrays.stream(new IllegalStateException().getStackTrace())
                .anyMatch(frame -> frame.getClassName().endsWith(".PlanReader"));
    }

    @Override
    public Candidates sample(StageContext context) {
        if (fault == Fault.LEAKS_PER_CALL) {
            NDScope.unregister(resources.manager().create(1f));
        }
        calls.incrementAndGet();
        Candidates drawn = draw(context);
        if (fault != Fault.LEAVES_NOTHING) {
            context.onBudgetSpent(() -> fault == Fault.ASKS_WHEN_SPENT ? ranked(drawn, context) : drawn);
        }
        return ranked(drawn, context);
    }

    private Candidates ranked(Candidates drawn, StageContext context) {
        List<Double> scores = scores(drawn, oracle(context), context);
        int[] order = IntStream.range(0, drawn.size())
                .boxed()
                .sorted(Comparator.comparing((Integer row) ->
                                context.classes().indexOf(drawn.classes().get(row)))
                        .thenComparing(scores::get, Comparator.reverseOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        return new Candidates(drawn.representation(), drawn.classes(), scores, List.of()).rows(order);
    }

    private ScoreOracle oracle(StageContext context) {
        if (fault == Fault.ASKS_FOR_MORE_THAN_DECLARED) {
            return context.target(WhiteBox.class);
        }
        if (fault != Fault.KEEPS_THE_FIRST_ORACLE) {
            return context.target(ScoreOracle.class);
        }
        if (kept.isEmpty()) {
            kept.add(context.target(ScoreOracle.class));
        }
        return kept.get(0);
    }

    private Candidates draw(StageContext context) {
        int length = context.generator().latentSize();
        List<Integer> classes = new ArrayList<>();
        List<RandomStream> streams = new ArrayList<>();
        for (int wanted : context.classes()) {
            for (int rank = 0; rank < PER_CLASS; rank++) {
                streams.add(stream(context, classes.size(), wanted).child("candidate", rank));
                classes.add(wanted);
            }
        }
        float[] z = new float[classes.size() * length];
        for (int i = 0; i < z.length; i++) {
            z[i] = (float) (spread
                    * Labour.grown(fault == Fault.TIRES ? calls.get() : 0)
                    * streams.get(i / length).gaussian());
        }
        NDArray latents = context.manager().create(z, new Shape(classes.size(), length));
        Representation points =
                new LatentPoints(context.generator(), context.generator().locate(latents));
        return new Candidates(
                fault == Fault.OPENED_BY_NOBODY ? new Unopenable(points) : points,
                classes,
                Collections.nCopies(classes.size(), Double.NaN),
                List.of());
    }

    private RandomStream stream(StageContext context, int row, int wanted) {
        return switch (fault) {
            case DRAWS_BY_ROW -> context.random().child("row", row);
            case DRAWS_BY_BATCH ->
                context.random().child("batch", row / context.batch()).child("class", wanted);
            default -> context.random().child("class", wanted);
        };
    }

    private List<Double> scores(Candidates drawn, ScoreOracle target, StageContext context) {
        List<Double> scores = new ArrayList<>();
        int batch = fault == Fault.ASKS_ALL_AT_ONCE ? drawn.size() : context.batch();
        if (fault == Fault.WORKS_FOR_SECONDS && context.batch() == 2) {
            Labour.forASecond();
        }
        for (int from = 0; from < drawn.size(); from += batch) {
            if (fault != Fault.NEVER_LOOKS_UP) {
                context.checkpoint();
            }
            int[] rows =
                    IntStream.range(from, Math.min(drawn.size(), from + batch)).toArray();
            try (NDScope scope = new NDScope()) {
                NDArray logs = target.logScores(drawn.draw(1, context.random(), rows));
                for (int i = 0; i < rows.length; i++) {
                    scores.add(logs.getDouble(i, drawn.classes().get(rows[i])));
                }
            }
        }
        return scores;
    }
}
