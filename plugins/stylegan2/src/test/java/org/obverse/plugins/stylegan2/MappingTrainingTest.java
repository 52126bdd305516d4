package org.obverse.plugins.stylegan2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.generator.Mapped;
import org.obverse.api.network.Parameters;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.TrainingContext;
import org.obverse.testkit.Workbench;

class MappingTrainingTest {
    private static final Workbench BENCH = Workbench.of(MappingTrainingTest.class);
    private static final int STYLE = 8;
    private static final int ROWS = 2_000;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** By hand: distances 5, 5, 0 and 10 between the samples, 5 within the first and 10 within the second; 0 counts as 0.001. */
    @Test
    void the_energy_distance_is_that_of_pairs_counted_by_hand() {
        NDArray rows = BENCH.manager().create(new float[] {0, 0, 3, 4}, new Shape(2, 2));
        NDArray others = BENCH.manager().create(new float[] {3, 4, -3, -4}, new Shape(2, 2));

        NDArray distance = MappingTraining.energyDistance(rows, others).toType(DataType.FLOAT64, false);

        assertEquals(2 * (5 + 5 + 0 + 10) / 4.0 - 5 - 10, distance.getDouble(), 0.003);
    }

    /** Two axes that move together, one of them far from 0, among smaller ones that do not. */
    @Test
    void what_is_mapped_is_spread_as_the_styles_are() {
        StyleGan2 settings = Settings.of(8)
                .weights("")
                .latent(STYLE)
                .style(STYLE)
                .mapping(3)
                .channels(64, 8)
                .training(TrainingSettings.inTwoStages(1, 1, 1_500))
                .settings();
        Parameters parameters = BENCH.parameters(5);
        StyleGan2Architecture architecture = new StyleGan2Architecture(settings, BENCH);
        architecture.build(parameters);

        new MappingTraining(BENCH, settings, new Quiet()).run(parameters, styles());

        Mapped generator = (Mapped) architecture.build(BENCH.parameters(TensorSources.copied(parameters)));
        NDArray z = BENCH.manager().create(BENCH.stream(9).gaussians(5_000 * STYLE), new Shape(5_000, STYLE));
        NDArray w = generator.locate(z).get(":,0");
        NDArray centered = w.sub(w.mean(new int[] {0}, true));
        NDArray covariance = centered.transpose().matMul(centered).div(5_000);
        assertEquals(2.0, w.mean(new int[] {0}).getFloat(0), 0.15);
        assertEquals(1.0, covariance.getFloat(0, 0), 0.2);
        assertEquals(0.8, covariance.getFloat(0, 1), 0.2);
        assertEquals(1.0, covariance.getFloat(1, 1), 0.2);
        assertEquals(0.0, covariance.getFloat(0, 2), 0.1);
        assertEquals(0.25, covariance.getFloat(2, 2), 0.1);
    }

    private static Encoder.Posterior styles() {
        float[] values = new float[ROWS * STYLE];
        RandomStream random = BENCH.stream(3);
        for (int row = 0; row < ROWS; row++) {
            double common = random.gaussian();
            values[row * STYLE] = (float) (2 + common);
            values[row * STYLE + 1] = (float) (0.8 * common + 0.6 * random.gaussian());
            for (int axis = 2; axis < STYLE; axis++) {
                values[row * STYLE + axis] = (float) (0.5 * random.gaussian());
            }
        }
        NDArray mean = BENCH.manager().create(values, new Shape(ROWS, STYLE));
        return new Encoder.Posterior(mean, mean.mul(0).sub(6));
    }

    /** Hears nothing. */
    private static final class Quiet implements TrainingContext {
        @Override
        public RandomStream random() {
            return BENCH.stream(12);
        }

        @Override
        public void checkpoint() {}

        @Override
        public void progress(long done, long total, Map<String, Double> figures) {}
    }
}
