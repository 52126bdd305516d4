package org.obverse.plugins.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.testkit.Workbench;

class SplitTest {
    private static final Workbench BENCH = Workbench.of(SplitTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 42, 51})
    void the_reference_trains_on_the_first_nine_tenths_of_numpys_shuffle(int seed) {
        List<Integer> shuffled = Arrays.stream(BENCH.fixture("rng.safetensors")
                        .get("numpy.seed" + seed + ".shuffle1000")
                        .toLongArray())
                .mapToObj(Math::toIntExact)
                .toList();

        Split split = Split.reference(roll(1000), Shares.DEFAULT, seed);

        assertEquals(shuffled.subList(0, 900), split.training());
        assertEquals(shuffled.subList(0, 900), split.pool());
        assertEquals(shuffled.subList(900, 1000), split.test());
    }

    @Test
    void the_reference_rounds_its_share_down() {
        assertEquals(8, Split.reference(roll(9), Shares.DEFAULT, 42).training().size());
    }

    @Test
    void a_limit_takes_the_first_of_each_class_in_shuffled_order() {
        List<Integer> labels = IntStream.range(0, 100).mapToObj(i -> i % 2).toList();
        Roll roll = new Roll(roll(100).sources(), labels, List.of("even", "odd"));
        Split all = Split.reference(roll, Shares.DEFAULT, 42);

        Split few = Split.reference(roll, new Shares(0.9, 3), 42);

        for (int label = 0; label < 2; label++) {
            int odd = label;
            assertEquals(
                    all.pool().stream().filter(i -> i % 2 == odd).limit(3).toList(),
                    few.training().stream().filter(i -> i % 2 == odd).toList());
        }
        assertEquals(all.test(), few.test());
    }

    private static Roll roll(int size) {
        List<Source> sources = IntStream.range(0, size)
                .mapToObj(i -> new Source(Path.of(String.valueOf(i)), String.valueOf(i)))
                .toList();
        return new Roll(sources, Collections.nCopies(size, 0), List.of("one"));
    }
}
