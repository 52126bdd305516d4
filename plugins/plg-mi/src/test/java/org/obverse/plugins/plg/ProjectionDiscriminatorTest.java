package org.obverse.plugins.plg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.tensor.Gradients;
import org.obverse.gans.ClassLayout;
import org.obverse.networks.Namespace;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.Float64;

class ProjectionDiscriminatorTest {
    private static final Workbench BENCH = Workbench.of(ProjectionDiscriminatorTest.class);
    private static final ClassLayout LAYOUT = new ClassLayout(3, 16, 6, 2, 5);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_gradient_of_the_score_with_respect_to_the_class_is_h() {
        ProjectionDiscriminator discriminator = discriminator(LAYOUT);
        NDArray h = Float64.gaussians(BENCH, 3, 2, 8);
        NDArray embedded = BENCH.gradients().variable(Float64.gaussians(BENCH, 4, 2, 8));
        NDArray gradient;
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray score = discriminator.score(h, embedded, evaluation());
            gradient = BENCH.gradients().of(score.sum(), new NDList(embedded)).head();
        }

        assertArrayEquals(h.toDoubleArray(), gradient.toDoubleArray(), 1e-12);
    }

    @Test
    void another_class_is_another_score() {
        ProjectionDiscriminator discriminator = discriminator(LAYOUT);
        NDArray images = Float64.gaussians(BENCH, 5, 1, 3, 16, 16).repeat(0, 2);

        double[] scores =
                discriminator.apply(images, condition(1, 2), evaluation()).toDoubleArray();

        assertTrue(Math.abs(scores[0] - scores[1]) > 1e-6);
    }

    @Test
    void the_head_of_64_pixels_is_the_published_one() {
        Parameters parameters = BENCH.parameters(1);
        ProjectionDiscriminator judge =
                ProjectionDiscriminator.of(root(parameters), BENCH.gradients(), new ClassLayout(3, 64, 128, 64, 5));
        NDArray images = BENCH.manager().zeros(new Shape(2, 3, 64, 64));

        NDArray scores = judge.apply(images, condition(1, 2).toType(DataType.FLOAT32, false), evaluation());

        assertEquals(new Shape(2), scores.getShape());
        assertEquals(new Shape(5, 1024), shape(parameters, "embedding.weight"));
        assertEquals(new Shape(1, 1024), shape(parameters, "linear.weight"));
    }

    private static Shape shape(Parameters parameters, String name) {
        return Objects.requireNonNull(parameters.all().get(name), name).getShape();
    }

    private static ProjectionDiscriminator discriminator(ClassLayout layout) {
        return ProjectionDiscriminator.of(root(Float64.parameters(BENCH, 1)), BENCH.gradients(), layout);
    }

    private static Namespace root(Parameters parameters) {
        return Namespace.root(parameters, BENCH.operators());
    }

    private static NDArray condition(long... classes) {
        return BENCH.manager().create(classes).oneHot(LAYOUT.classes(), DataType.FLOAT64);
    }

    private static Pass evaluation() {
        return Pass.evaluation(BENCH.stream(1));
    }
}
