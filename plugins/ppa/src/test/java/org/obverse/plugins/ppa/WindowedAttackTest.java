package org.obverse.plugins.ppa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.obverse.plugins.ppa.Bench.settings;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.generator.Criticized;
import org.obverse.api.generator.Mapped;
import org.obverse.api.generator.Truncation;
import org.obverse.api.generator.Windowed;
import org.obverse.api.tensor.Box;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;

/** The attack on a generator that makes only what is seen, against the attack on the same generator's whole images. */
class WindowedAttackTest {
    private static final Workbench BENCH =
            Workbench.of(WindowedAttackTest.class).with(new IdentityLossesPlugin());
    private static final Mapped GENERATOR = PublishedGenerator.at(BENCH);
    private static final String FRAME = "center-crop: 50, resize: 14";

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void what_is_not_seen_changes_no_result() {
        List<Box> windows = new ArrayList<>();
        Mapped windowed = new Recorded((Windowed) GENERATOR, windows);
        Mapped whole = new Whole(GENERATOR);
        assertFalse(whole instanceof Windowed);

        Candidates start = sample(windowed);
        Candidates found = optimize(windowed, start, "");
        Candidates kept = select(windowed, found);

        Candidates wholeStart = sample(whole);
        Candidates wholeFound = optimize(whole, wholeStart, "");
        assertEquals(0, Bench.distance(Bench.points(wholeStart), Bench.points(start)), 1e-5);
        assertEquals(0, Bench.distance(Bench.points(wholeFound), Bench.points(found)), 1e-5);
        assertEquals(0, Bench.distance(Bench.points(select(whole, wholeFound)), Bench.points(kept)), 1e-5);
        assertEquals(List.of(new Box(7, 7, 50, 50)), windows.stream().distinct().toList());
        assertEquals(10 + 2 * 5 + 2, windows.size());
    }

    @Test
    void a_discriminator_sees_the_whole_image() {
        List<Box> windows = new ArrayList<>();
        Mapped watched = new Judged(new Recorded((Windowed) GENERATOR, windows), (Criticized) GENERATOR);
        assertInstanceOf(Criticized.class, watched);

        optimize(watched, sample(GENERATOR), "discriminator-weight: 0.3, ");

        assertEquals(List.of(), windows);
    }

    private static Candidates sample(Mapped generator) {
        String keys = "{%s, pool: 40, candidates: 4, batch: 7}".formatted(FRAME);
        return new RankedPool(settings(PoolSettings.DEFAULT, keys)).sample(unit(generator));
    }

    private static Candidates optimize(Mapped generator, Candidates start, String keys) {
        String all = "{%s, steps: 5, %s random-crop: {min-area: 0.9}}".formatted(FRAME, keys);
        Candidates own = new Candidates(
                new LatentPoints(generator, Bench.points(start)), start.classes(), start.scores(), List.of());
        return new LatentAdam(settings(DescentSettings.DEFAULT, all), BENCH).optimize(own, unit(generator));
    }

    private static Candidates select(Mapped generator, Candidates found) {
        String keys = "{%s, results: 2, iterations: 4}".formatted(FRAME);
        return new RobustConfidence(settings(SelectionSettings.DEFAULT, keys)).select(found, unit(generator));
    }

    private static StageUnit unit(Mapped generator) {
        return Bench.unit(BENCH, generator, Bench.smallNet(BENCH, 14), 4, 0, 5);
    }

    /** A generator without the facet. */
    private record Whole(Mapped generator) implements Delegated {}

    /** A generator with the facet, and which windows it was asked for. */
    private record Recorded(Windowed windowed, List<Box> windows) implements Delegated, Windowed {
        @Override
        public Mapped generator() {
            return (Mapped) windowed;
        }

        @Override
        public NDArray generate(NDArray points, Box window) {
            windows.add(window);
            return windowed.generate(points, window);
        }
    }

    private record Judged(Recorded recorded, Criticized criticized) implements Delegated, Windowed, Criticized {
        @Override
        public Mapped generator() {
            return recorded;
        }

        @Override
        public NDArray generate(NDArray points, Box window) {
            return recorded.generate(points, window);
        }

        @Override
        public NDArray realness(NDArray images) {
            return criticized.realness(images);
        }

        @Override
        public int groupSize() {
            return criticized.groupSize();
        }
    }

    private interface Delegated extends Mapped {
        Mapped generator();

        @Override
        default int latentSize() {
            return generator().latentSize();
        }

        @Override
        default Shape image() {
            return generator().image();
        }

        @Override
        default Shape searchSpace() {
            return generator().searchSpace();
        }

        @Override
        default int rows() {
            return generator().rows();
        }

        @Override
        default int styleSize() {
            return generator().styleSize();
        }

        @Override
        default NDArray locate(NDArray z) {
            return generator().locate(z);
        }

        @Override
        default NDArray map(NDArray z, Truncation truncation) {
            return generator().map(z, truncation);
        }

        @Override
        default NDArray generate(NDArray points) {
            return generator().generate(points);
        }
    }
}
