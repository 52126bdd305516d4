package org.obverse.testkit.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.obverse.api.metric.MembershipEvidence.Attacked;

/**
 * What two membership attacks said of as many members as others, whose worth is known. The one decides, at 0, the other only ranks.
 *
 * @param memberClasses in the order of the members' scores
 * @param otherClasses likewise
 */
public record KnownScores(List<Attacked> attacks, List<Integer> memberClasses, List<Integer> otherClasses) {
    private static final int EACH = 200;

    /** Members score above all others. */
    public static KnownScores best(int classes) {
        return of(classes, EACH, i -> 1 + draw("members", i), i -> draw("others", i) - 2);
    }

    /** Members score below all others. */
    public static KnownScores worst(int classes) {
        return of(classes, EACH, i -> draw("members", i) - 2, i -> 1 + draw("others", i));
    }

    /** Most members score above most others. */
    public static KnownScores mixed(int classes) {
        return of(classes, EACH, i -> 2 * draw("members", i) - 0.7, i -> 2 * draw("others", i) - 1.3);
    }

    /** Nobody scores above anybody. */
    public static KnownScores equal(int classes) {
        return of(classes, EACH, i -> 0.5, i -> 0.5);
    }

    /** One member above one other. */
    public static KnownScores one(int classes) {
        return of(classes, 1, i -> 0.5, i -> -0.5);
    }

    private static double draw(String side, int sample) {
        return Bench.stream("scores").child(side, sample).uniform();
    }

    private static KnownScores of(int classes, int each, IntToDoubleFunction members, IntToDoubleFunction others) {
        List<Double> ofMembers =
                IntStream.range(0, each).mapToDouble(members).boxed().toList();
        List<Double> ofOthers =
                IntStream.range(0, each).mapToDouble(others).boxed().toList();
        List<Integer> labels =
                IntStream.range(0, each).mapToObj(i -> i % classes).toList();
        return new KnownScores(
                List.of(
                        new Attacked("decides", ofMembers, ofOthers, Optional.of(0.0)),
                        new Attacked("ranks", ofMembers, ofOthers, Optional.empty())),
                labels,
                labels);
    }

    /** The same samples in the other order. */
    public KnownScores reversed() {
        return new KnownScores(
                attacks.stream()
                        .map(attack -> new Attacked(
                                attack.attack(),
                                reversed(attack.members()),
                                reversed(attack.others()),
                                attack.threshold()))
                        .toList(),
                reversed(memberClasses),
                reversed(otherClasses));
    }

    private static <E> List<E> reversed(List<E> values) {
        List<E> reversed = new ArrayList<>(values);
        Collections.reverse(reversed);
        return reversed;
    }
}
