package org.obverse.testkit.subject;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Representation;
import org.obverse.api.control.Control;
import org.obverse.api.control.ControlContext;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.oracle.LogitOracle;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;

/** The attack's own points, moved at random, with what the target says of them. */
record Controls(Fault fault, double weight, Resources resources, List<ScoreOracle> kept, AtomicInteger calls)
        implements Control {
    enum Fault implements Subjects.Fault {
        NONE(Subjects.HONEST),
        ASKS_FOR_MORE_THAN_DECLARED("works-at-its-access"),
        DECLARES_LESS_TO_A_PLAN("works-at-its-access-2"),
        READS_WHAT_IT_DOES_NOT_DECLARE("works-at-its-access-3"),
        READS_PRIVATE_IMAGES_UNDECLARED("works-at-its-access-4"),
        DELIVERS_MORE("classes-and-counts-are-kept"),
        SORTS_ITS_CLASSES("classes-and-counts-are-kept-2"),
        DRAWS_BY_ROW("order-of-classes-is-irrelevant"),
        DRAWS_BY_BATCH("batch-size-is-irrelevant"),
        ASKS_ALL_AT_ONCE("batches-are-no-larger-than-asked"),
        KEEPS_THE_FIRST_ORACLE("queries-are-counted"),
        ASKS_AGAIN_AND_AGAIN("keeps-to-the-attacks-budget"),
        WORKS_IN_PLACE("input-stays-untouched"),
        TIRES("calls-are-not-counted"),
        OPENED_BY_NOBODY("results-can-be-stored"),
        NEVER_LOOKS_UP("checkpoints-are-obeyed"),
        WORKS_FOR_SECONDS("checkpoints-are-obeyed-2"),
        CATCHES_TOO_MUCH("checkpoints-are-obeyed-3"),
        LEAKS_PER_CALL("nothing-is-left-open");

        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }

        @Override
        public String rule() {
            return rule;
        }
    }

    static Subjects<Fault, Control> subjects() {
        List<ScoreOracle> kept = new ArrayList<>();
        return new Subjects<>(
                Kind.CONTROL,
                List.of(Fault.values()),
                Controls::needs,
                (fault, weight, resources) -> new Controls(fault, weight, resources, kept, new AtomicInteger()));
    }

    private static Requirements needs(Fault fault) {
        boolean less = fault == Fault.DECLARES_LESS_TO_A_PLAN && Samplers.aPlanIsRead();
        Requirements needs = Requirements.none()
                .access(less ? LabelOracle.class : ScoreOracle.class)
                .generator(Generator.class)
                .data(Part.PUBLIC)
                .reads(Reading.CANDIDATES);
        return fault == Fault.READS_WHAT_IT_DOES_NOT_DECLARE ? needs : needs.reads(Reading.QUERIES);
    }

    @Override
    public Role role() {
        return Role.NULL;
    }

    @Override
    public Candidates candidates(ControlContext context) {
        if (fault == Fault.LEAKS_PER_CALL) {
            NDScope.unregister(resources.manager().create(1f));
        }
        calls.incrementAndGet();
        if (context.questions() < 1) {
            throw new IllegalStateException("the attack of the bench asked the target");
        }
        if (fault == Fault.READS_PRIVATE_IMAGES_UNDECLARED) {
            context.data().images(Part.TEST);
        }
        Candidates attacked = context.attacked();
        List<Integer> order = fault == Fault.SORTS_ITS_CLASSES
                ? context.classes().stream().sorted(Comparator.reverseOrder()).toList()
                : context.classes();
        int[] rows = order.stream()
                .flatMapToInt(wanted -> IntStream.concat(
                        IntStream.of(attacked.of(wanted)),
                        IntStream.of(attacked.of(wanted)).limit(fault == Fault.DELIVERS_MORE && wanted == 0 ? 1 : 0)))
                .toArray();
        Candidates chosen = attacked.rows(rows);
        NDArray given = chosen.representation().variables().head();
        if (fault == Fault.WORKS_IN_PLACE) {
            attacked.representation().variables().head().muli(1.001f);
        }
        Representation moved =
                new LatentPoints(context.generator(), given.add(noise(given.getShape(), chosen, context)));
        Candidates all = new Candidates(
                fault == Fault.OPENED_BY_NOBODY ? new Unopenable(moved) : moved,
                chosen.classes(),
                chosen.scores(),
                List.of());
        return new Candidates(all.representation(), all.classes(), scores(all, context), List.of());
    }

    private NDArray noise(Shape shape, Candidates chosen, ControlContext context) {
        int length = Math.toIntExact(shape.size() / chosen.size());
        float[] noise = new float[Math.toIntExact(shape.size())];
        for (int row = 0; row < chosen.size(); row++) {
            RandomStream random = switch (fault) {
                case DRAWS_BY_ROW -> context.random().child("row", row);
                case DRAWS_BY_BATCH -> chosen.stream(context.random().child("batch", row / context.batch()), row);
                default -> chosen.stream(context.random(), row);
            };
            for (int i = 0; i < length; i++) {
                noise[row * length + i] = (float)
                        (0.1 * weight * Labour.grown(fault == Fault.TIRES ? calls.get() : 0) * random.gaussian());
            }
        }
        return context.manager().create(noise, shape);
    }

    private List<Double> scores(Candidates all, ControlContext context) {
        ScoreOracle target = oracle(context);
        List<Double> scores = new ArrayList<>();
        int batch = fault == Fault.ASKS_ALL_AT_ONCE ? all.size() : context.batch();
        if (fault == Fault.WORKS_FOR_SECONDS && context.batch() == 2) {
            Labour.forASecond();
        }
        for (int from = 0; from < all.size(); from += batch) {
            lookUp(context);
            int[] rows =
                    IntStream.range(from, Math.min(all.size(), from + batch)).toArray();
            try (NDScope scope = new NDScope()) {
                NDArray images = all.draw(1, context.random(), rows);
                NDArray logs = target.logScores(images);
                for (int again = 0; again < (fault == Fault.ASKS_AGAIN_AND_AGAIN ? 3 : 0); again++) {
                    logs = target.logScores(images);
                }
                for (int i = 0; i < rows.length; i++) {
                    scores.add(logs.getDouble(i, all.classes().get(rows[i])));
                }
            }
        }
        return scores;
    }

    private ScoreOracle oracle(ControlContext context) {
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

    private void lookUp(ControlContext context) {
        if (fault == Fault.NEVER_LOOKS_UP) {
            return;
        }
        if (fault != Fault.CATCHES_TOO_MUCH) {
            context.checkpoint();
            return;
        }
        try {
            context.checkpoint();
        } catch (RuntimeException e) {
            context.progress(0, 1, Map.of());
        }
    }
}
