package org.obverse.testkit.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.Stage;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements.Granularity;
import org.obverse.api.plugin.Use;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.testkit.bench.Bench;

/**
 * Calls one stage of an attack, after the stages before it. Which these are, the recipe says of an attack of the same
 * plugin that names the component; without one, two draws from the generator's prior per class.
 */
final class StageBench {
    private final Subject<?> subject;
    private final Bench bench;
    private final Stage stage;
    private final Recipe before;

    private StageBench(Subject<?> subject) {
        this.subject = subject;
        this.bench = subject.bench();
        this.stage = Recipe.KINDS.entrySet().stream()
                .filter(entry -> entry.getValue() == subject.kind())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        this.before = new Recipe(bench, subject.notes(), before());
    }

    static StageBench of(Subject<?> subject) {
        return subject.once(StageBench.class, () -> new StageBench(subject));
    }

    /** The stage, called once under the usual conditions as its author wants it tried. */
    static StageRun usual(Subject<?> subject) {
        StageRun run = subject.once(
                StageRun.class,
                () -> of(subject)
                        .run(subject.chosen(), StageConditions.usual(of(subject).classes())));
        if (run.failure().isPresent()) {
            throw new NotTried("the stage does not run; see the rule works-at-its-access");
        }
        return run;
    }

    List<Integer> classes() {
        return bench.classes();
    }

    Stage stage() {
        return stage;
    }

    /** Who prepares what the stage works on; nothing if nobody does. */
    Optional<Use> prepared() {
        return Optional.ofNullable(before().get(Stage.PREPARE))
                .map(use -> subject.notes().settled(Kind.PREPARER.name(), use));
    }

    private Map<Stage, Use> before() {
        Map<Stage, Use> before = new LinkedHashMap<>();
        for (Component<?, ?> component : subject.contribution().plugin().components()) {
            if (component.kind() == Kind.ATTACK && before.isEmpty()) {
                Attack recipe = bench.components()
                        .recipe(subject.notes().settled(Kind.ATTACK.name(), Use.of(component.name())));
                Optional<Use> own = Optional.ofNullable(recipe.stages().get(stage));
                if (own.isPresent()
                        && own.get()
                                .name()
                                .equals(subject.contribution().component().name())) {
                    before.putAll(recipe.stages());
                }
            }
        }
        if (before.isEmpty()) {
            before.put(Stage.SAMPLE, Use.of("bench-prior"));
        }
        before.keySet().removeIf(other -> other.compareTo(stage) >= 0);
        return before;
    }

    /** Calls the stage once, or once per class if it asks for that. */
    StageRun run(PlannedComponent<?> chosen, StageConditions conditions) {
        if (chosen.requirements().granularity() != Granularity.ONE_CLASS
                || conditions.classes().size() == 1
                || stage == Stage.PREPARE) {
            return call(chosen, conditions);
        }
        List<StageRun> runs = new ArrayList<>();
        for (int wanted : conditions.classes()) {
            StageRun run = call(chosen, conditions.ofClasses(List.of(wanted)));
            runs.add(run);
            if (run.failure().isPresent()) {
                return run;
            }
        }
        StageRun last = runs.get(runs.size() - 1);
        return new StageRun(
                Optional.of(Snapshot.joined(runs.stream().map(StageRun::result).toList())),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                last.trial(),
                last.seen(),
                last.passes(),
                last.before(),
                last.after(),
                runs.stream().mapToDouble(StageRun::seconds).max().orElseThrow(),
                runs.stream().allMatch(StageRun::untouched));
    }

    private StageRun call(PlannedComponent<?> chosen, StageConditions conditions) {
        try (NDManager own = bench.torch().manager().newSubManager()) {
            return call(chosen.create(bench.resources(chosen.plugin(), own)), own, chosen, conditions);
        }
    }

    /**
     * Makes the stage once and calls it again and again for one class.
     *
     * @return what it finds in each call
     */
    List<Snapshot> again(PlannedComponent<?> chosen, int calls) {
        StageConditions conditions = StageConditions.usual(List.of(classes().get(0)));
        try (NDManager own = bench.torch().manager().newSubManager()) {
            Object made = chosen.create(bench.resources(chosen.plugin(), own));
            return IntStream.range(0, calls)
                    .mapToObj(number -> call(made, own, chosen, conditions).result())
                    .toList();
        }
    }

    private StageRun call(Object made, NDManager own, PlannedComponent<?> chosen, StageConditions conditions) {
        try (NDManager manager = bench.torch().manager().newSubManager()) {
            Open fresh = Open.now(bench, own);
            long seen = bench.target().images();
            long passes = bench.target().passes();
            StageTrial trial = StageTrial.of(bench, chosen, stage, conditions, manager, before.prepared());
            Optional<Snapshot> found = Optional.empty();
            Optional<Throwable> failure = Optional.empty();
            Optional<Snapshot> left = Optional.empty();
            Map<String, Snapshot.Values> tensors = new LinkedHashMap<>();
            double seconds = 0;
            boolean untouched = true;
            try (NDScope scope = new NDScope()) {
                Optional<Candidates> given = input().map(all -> ofClasses(all, conditions.classes()));
                Optional<Snapshot> start = given.map(Snapshot::of);
                try {
                    preflight(made, conditions);
                    if (made instanceof Preparer preparer) {
                        Preparer.Made prepared = preparer.prepare(trial.context());
                        prepared.tensors().forEach((name, tensor) -> tensors.put(name, Snapshot.Values.of(tensor)));
                        prepared.figures()
                                .forEach(figure -> tensors.put(
                                        "the figure " + figure.name(),
                                        Snapshot.Values.of(manager.create(figure.value()))));
                    } else {
                        found = Optional.of(Snapshot.of(Recipe.perform(made, given, trial.context())));
                    }
                } catch (Throwable e) {
                    failure = Optional.of(e);
                }
                seconds = trial.course().longestBetweenCheckpoints();
                if (failure.isPresent() && failure.get() instanceof BudgetSpentException) {
                    try {
                        left = trial.context().found().map(Snapshot::of);
                    } catch (Throwable e) {
                        failure = Optional.of(new IllegalStateException("asked for what it had, it threw " + e, e));
                    }
                }
                untouched = given.isEmpty() || start.orElseThrow().sameBytes(Snapshot.of(given.get()));
            }
            return new StageRun(
                    found,
                    failure,
                    left,
                    tensors,
                    trial,
                    bench.target().images() - seen,
                    bench.target().passes() - passes,
                    fresh,
                    Open.now(bench, own),
                    seconds,
                    untouched);
        }
    }

    private static Candidates ofClasses(Candidates all, List<Integer> classes) {
        return all.rows(classes.stream()
                .flatMapToInt(wanted -> Arrays.stream(all.of(wanted)))
                .toArray());
    }

    private void preflight(Object made, StageConditions conditions) {
        if (made instanceof Preflight preflight) {
            List<Problem> problems = preflight.check(new Preflight.Setting(
                    before.prepared().generator(), bench.image(), conditions.classes(), conditions.batch()));
            if (!problems.isEmpty()) {
                throw new InvalidConfigurationException(problems);
            }
        }
    }

    /**
     * Stores what the stage finds, opens it again and draws from both.
     *
     * @return the largest difference of two pixels; nothing if nobody opens the representation
     */
    Optional<Double> reopened(PlannedComponent<?> chosen) {
        return found(chosen, found -> {
            Representation first = found.representation();
            return open(first).map(again -> {
                int[] rows = IntStream.range(0, found.size()).toArray();
                List<RandomStream> streams = Arrays.stream(rows)
                        .mapToObj(row -> found.stream(Bench.stream("draw"), row))
                        .toList();
                return (double) first.draw(1, streams)
                        .sub(again.draw(1, streams))
                        .abs()
                        .max()
                        .getFloat();
            });
        });
    }

    private Optional<Representation> open(Representation made) {
        NDList variables = made.variables();
        if (made.form().equals(LatentPoints.FORM)) {
            return Optional.of(new LatentPoints(before.prepared().generator(), unnamed(variables.head())));
        }
        if (made.form().equals(FixedImages.FORM)) {
            return Optional.of(new FixedImages(unnamed(variables.head())));
        }
        return subject.contribution().plugin().components().stream()
                .filter(component -> component.name().equals(made.form()))
                .map(component -> bench.components()
                        .choose(
                                component.kind(),
                                subject.notes().settled(component.kind().name(), Use.of(component.name()))))
                .map(opener -> opener.create(bench.resources(opener.plugin(), bench.manager())))
                .filter(Representation.Opener.class::isInstance)
                .map(opener -> ((Representation.Opener) opener)
                        .open(variables, before.prepared().generator()))
                .findFirst();
    }

    private static NDArray unnamed(NDArray array) {
        array.setName(null);
        return array;
    }

    /** The mean logarithm of the target's confidence in each candidate's class. */
    double confidence(Candidates candidates) {
        try (NDScope scope = new NDScope()) {
            int[] rows = IntStream.range(0, candidates.size()).toArray();
            NDArray images = candidates.draw(1, Bench.stream("draw"), rows);
            NDArray logs = bench.target()
                    .forward(images, Pass.evaluation(Bench.stream("confidence")))
                    .logits()
                    .logSoftmax(1);
            double sum = 0;
            for (int row : rows) {
                sum += logs.getFloat(row, candidates.classes().get(row));
            }
            return sum / rows.length;
        }
    }

    /** The same of what the stage finds. */
    double confidenceAfter(PlannedComponent<?> chosen) {
        return found(chosen, found -> confidence(found));
    }

    private <R> R found(PlannedComponent<?> chosen, Function<Candidates, R> look) {
        try (NDManager own = bench.torch().manager().newSubManager();
                NDManager manager = bench.torch().manager().newSubManager();
                NDScope scope = new NDScope()) {
            Object made = chosen.create(bench.resources(chosen.plugin(), own));
            StageTrial trial =
                    StageTrial.of(bench, chosen, stage, StageConditions.usual(classes()), manager, before.prepared());
            return look.apply(Recipe.perform(made, input().map(all -> ofClasses(all, classes())), trial.context()));
        }
    }

    /** What came from the stage before, for all classes. */
    Optional<Candidates> input() {
        return before.found();
    }
}
