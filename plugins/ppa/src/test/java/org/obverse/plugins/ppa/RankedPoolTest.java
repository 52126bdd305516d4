package org.obverse.plugins.ppa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.obverse.plugins.ppa.Bench.points;
import static org.obverse.plugins.ppa.Bench.unit;
import static org.obverse.plugins.ppa.Bench.values;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.generator.Truncation;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.inversion.Confidence;
import org.obverse.testkit.Workbench;

class RankedPoolTest {
    private static final Workbench BENCH = Workbench.of(RankedPoolTest.class);
    private static final LinearGenerator GENERATOR = LinearGenerator.at(BENCH, 16, 1);
    private static final SmallNet TARGET = Bench.smallNet(BENCH, 8);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void each_class_takes_the_points_whose_image_and_mirror_image_it_is_most_confident_of() {
        PoolSettings settings = settings(20, 3, Views.IMAGE_AND_MIRROR, 7);

        Candidates chosen = new RankedPool(settings).sample(unit(BENCH, GENERATOR, TARGET, 100, 4, 1));

        NDArray pool = GENERATOR.map(latents(20), new Truncation(0.5, 2));
        NDArray images = GENERATOR.generate(pool).clip(-1, 1).get(":,:,2:14,2:14");
        NDArray small = images.getNDArrayInternal() == null ? images : images;
        assertEquals(List.of(4, 4, 4, 1, 1, 1), chosen.classes());
    }

    private static PoolSettings settings(int pool, int candidates, Views views, int batch) {
        return new PoolSettings(
                Mode.DEFAULT, 42, pool, candidates, 0.5, 2, Range.CLAMPED, 12, 0, views, batch);
    }

    private static NDArray latents(int count) {
        return BENCH.manager().create(1);
    }
}
