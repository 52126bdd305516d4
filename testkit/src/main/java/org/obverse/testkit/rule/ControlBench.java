package org.obverse.testkit.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.Stage;
import org.obverse.api.control.Control;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.lend.ControlLoan;
import org.obverse.engine.lend.DataImages;
import org.obverse.engine.lend.StageLoan;
import org.obverse.engine.lend.UndeclaredGenerator;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.Needs;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.target.QueryLedger;
import org.obverse.engine.target.TargetModel;
import org.obverse.testkit.bench.Bench;

/** Calls controls of an attack that delivered two draws from the prior of each class, and asked the target about a few images for each. */
final class ControlBench {
    /** Images that the attack asked about for each class. */
    static final int QUESTIONS = 5;

    private final Bench bench;
    private final Recipe attack;

    private ControlBench(Subject<?> subject) {
        this.bench = subject.bench();
        this.attack = new Recipe(bench, subject.notes(), Map.of(Stage.SAMPLE, Use.of("bench-prior")));
    }

    static ControlBench of(Subject<?> subject) {
        return subject.once(ControlBench.class, () -> new ControlBench(subject));
    }

    List<Integer> classes() {
        return bench.classes();
    }

    /** Of a class by the attack. */
    int delivered(int targetClass) {
        return delivered().of(targetClass).length;
    }

    private Candidates delivered() {
        return attack.found().orElseThrow();
    }

    /** Calls a control that is made for this once. */
    ControlRun run(PlannedComponent<Control> chosen, ControlConditions conditions) {
        try (NDManager own = bench.torch().manager().newSubManager()) {
            return call(chosen.create(bench.resources(chosen.plugin(), own)), own, chosen, conditions);
        }
    }

    /** Makes the control once and calls it again and again. */
    List<Snapshot> again(PlannedComponent<Control> chosen, int calls) {
        try (NDManager own = bench.torch().manager().newSubManager()) {
            Control made = chosen.create(bench.resources(chosen.plugin(), own));
            return IntStream.range(0, calls)
                    .mapToObj(number -> call(made, own, chosen, ControlConditions.usual(classes()))
                            .result())
                    .toList();
        }
    }

    private ControlRun call(
            Control made, NDManager own, PlannedComponent<Control> chosen, ControlConditions conditions) {
        try (NDManager manager = bench.torch().manager().newSubManager()) {
            Open fresh = Open.now(bench, own);
            Course course = new Course(bench, conditions.patience(), List.of(manager, bench.manager()));
            QueryLedger ledger = new QueryLedger(Long.MAX_VALUE);
            long seen = bench.target().images();
            bench.target().largestSince();
            Optional<Snapshot> found = Optional.empty();
            Optional<Throwable> failure = Optional.empty();
            Optional<Double> reopened = Optional.empty();
            boolean untouched = true;
            try (NDScope scope = new NDScope()) {
                Candidates given =
                        delivered().rows(IntStream.range(0, delivered().size()).toArray());
                Snapshot attacked = Snapshot.of(given);
                ControlLoan loan = loan(chosen, conditions, given, new Lent(manager, course, ledger));
                try {
                    preflight(made, loan);
                    Candidates candidates = made.candidates(loan);
                    found = Optional.of(Snapshot.of(candidates));
                    reopened = reopened(candidates, made, chosen.name());
                } catch (Throwable e) {
                    failure = Optional.of(e);
                }
                untouched = attacked.sameBytes(Snapshot.of(given));
            }
            return new ControlRun(
                    found,
                    failure,
                    course,
                    ledger.counts(),
                    bench.target().images() - seen,
                    bench.target().largestSince(),
                    reopened,
                    untouched,
                    fresh,
                    Open.now(bench, own));
        }
    }

    /** What one call is lent. */
    private record Lent(NDManager manager, Course course, QueryLedger ledger) {}

    private ControlLoan loan(
            PlannedComponent<Control> chosen, ControlConditions conditions, Candidates given, Lent lent) {
        Needs needs = Needs.of(chosen, bench.components());
        StageLoan.Surroundings surroundings = new StageLoan.Surroundings(
                chosen.name(),
                needs,
                conditions.classes(),
                () -> new TargetModel(bench.target(), List.of(), bench.torch().gradients()),
                needs.generator().isEmpty()
                        ? new UndeclaredGenerator(chosen.name())
                        : attack.prepared().generator(),
                Map.of(),
                () -> bench.data().images(Part.PUBLIC));
        UnitLoan unit = new UnitLoan(Bench.stream("control"), lent.manager(), conditions::batch, lent.course());
        return new ControlLoan(
                new StageLoan(surroundings, unit, conditions.classes(), lent.ledger()),
                new ControlLoan.Reads(
                        chosen.name(), needs.data(), chosen.requirements().reads()),
                () -> new DataImages(bench.data()),
                new ControlLoan.Attacked(
                        given::classes,
                        () -> given,
                        () -> (long) QUESTIONS * conditions.classes().size(),
                        0));
    }

    private void preflight(Control made, ControlLoan loan) {
        if (made instanceof Preflight preflight) {
            List<Problem> problems = preflight.check(
                    new Preflight.Setting(attack.prepared().generator(), bench.image(), loan.classes(), loan.batch()));
            if (!problems.isEmpty()) {
                throw new InvalidConfigurationException(problems);
            }
        }
    }

    private Optional<Double> reopened(Candidates found, Control made, String name) {
        Representation first = found.representation();
        return open(first, made, name).map(again -> {
            List<RandomStream> streams = IntStream.range(0, found.size())
                    .mapToObj(row -> found.stream(Bench.stream("draw"), row))
                    .toList();
            return (double) first.draw(1, streams)
                    .sub(again.draw(1, streams))
                    .abs()
                    .max()
                    .getFloat();
        });
    }

    private Optional<Representation> open(Representation found, Control made, String name) {
        NDList variables = found.variables();
        if (found.form().equals(LatentPoints.FORM)) {
            return Optional.of(new LatentPoints(attack.prepared().generator(), unnamed(variables.head())));
        }
        if (found.form().equals(FixedImages.FORM)) {
            return Optional.of(new FixedImages(unnamed(variables.head())));
        }
        return found.form().equals(name) && made instanceof Representation.Opener opener
                ? Optional.of(opener.open(variables, attack.prepared().generator()))
                : Optional.empty();
    }

    private static NDArray unnamed(NDArray array) {
        array.setName(null);
        return array;
    }

    /** How many candidates of each class came back, in the order in which the classes did. */
    static int[] counts(Snapshot found, List<Integer> classes) {
        return classes.stream()
                .mapToInt(wanted ->
                        (int) found.classes().stream().filter(wanted::equals).count())
                .toArray();
    }

    /** Whether candidates of one class stand behind one another, and classes in this order. */
    static boolean isInOrder(Snapshot found, List<Integer> classes) {
        int[] counts = counts(found, classes);
        List<Integer> expected = IntStream.range(0, counts.length)
                .boxed()
                .flatMap(i -> IntStream.generate(() -> classes.get(i))
                        .limit(counts[i])
                        .boxed())
                .toList();
        return Arrays.equals(
                expected.stream().mapToInt(Integer::intValue).toArray(),
                found.classes().stream().mapToInt(Integer::intValue).toArray());
    }
}
