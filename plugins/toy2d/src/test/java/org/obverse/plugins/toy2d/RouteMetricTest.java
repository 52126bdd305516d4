package org.obverse.plugins.toy2d;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.network.Pass;
import org.obverse.testkit.Fixture;
import org.obverse.toy2d.Blobs;
import org.obverse.toy2d.Plane;

class RouteMetricTest {
    private static final Fixture REFERENCE = Reference.BENCH.fixture("toy2d.safetensors");
    private static final Blobs BLOBS = Blobs.draw(17, 500, 1.6);

    /** RdPu's darkest shade, 70 % of it over white. */
    private static final int[] SURE = {128, 77, 151};

    private static final int[] YELLOW = {0xff, 0xee, 0x20};
    private static final int[] CLASS_0 = {0x5c, 0xbf, 0x5c};

    @Test
    void steps_are_those_before_the_confidence_was_exceeded() throws MetricFailedException {
        assertEquals(
                2, first(RouteSettings.DEFAULT, new float[] {0.1f, 0.5f, 0.96f}).get(0));
        assertEquals(
                1,
                first(new RouteSettings(0.4, 100), new float[] {0.1f, 0.5f, 0.96f})
                        .get(0));
    }

    @Test
    void a_route_that_never_exceeds_it_counts_all_steps_and_is_not_there() throws MetricFailedException {
        List<Double> row = first(RouteSettings.DEFAULT, new float[] {0.1f, 0.5f, 0.95f});

        assertEquals(List.of(3.0, 0.0), row.subList(0, 2));
    }

    @Test
    void the_distance_is_that_from_the_end_to_the_closest_private_point_of_the_class() throws MetricFailedException {
        double closest = privatePoints(2).stream()
                .mapToDouble(point -> Math.hypot(point[0] - 3, point[1] - 1))
                .min()
                .orElseThrow();

        assertEquals(
                closest,
                first(RouteSettings.DEFAULT, new float[] {0.1f, 0.2f, 0.3f}).get(2),
                1e-6);
    }

    @Test
    void figures_are_means_over_the_routes() throws MetricFailedException {
        Candidates two = routes(List.of(1, 2), new float[] {0.1f, 0.99f, 0.99f}, new float[] {0.1f, 0.2f, 0.3f});
        Measurement measured = measure(RouteSettings.DEFAULT, two);
        List<Double> figures = measured.figures().stream().map(Figure::value).toList();
        double distances = measured.tables().get(0).rows().get(0).values().get(2)
                + measured.tables().get(0).rows().get(1).values().get(2);

        assertEquals(List.of((1 + 3) / 2.0, 0.5, distances / 2), figures);
    }

    @Test
    void the_picture_shows_the_route_the_private_points_and_dark_ground_where_the_target_is_sure() throws Exception {
        NDArray picture = picture();
        double[] alone = privatePoints(0).stream()
                .max(Comparator.comparingDouble(point -> point[1]))
                .orElseThrow();

        assertEquals(new Shape(3, 300, 300), picture.getShape());
        assertArrayEquals(YELLOW, color(picture, 1, 1), "between (0, 1) and (3, 1)");
        assertArrayEquals(YELLOW, color(picture, 3, 1), "the end");
        assertArrayEquals(CLASS_0, color(picture, alone[0], alone[1]), "a private point");
        assertArrayEquals(SURE, color(picture, -12.03, -12.03), "nothing but confidence");
    }

    @Test
    void the_picture_is_the_lighter_the_less_sure_the_target_is() throws MetricFailedException {
        NDArray line = Reference.BENCH.manager().linspace(-15, 15, 61).reshape(61, 1);
        NDArray points = line.concat(line.zerosLike().add(13), 1);
        float[] confidences = Reference.HARD
                .trained()
                .forward(Plane.images(points), Pass.evaluation(Reference.BENCH.stream(1)))
                .logits()
                .softmax(1)
                .max(new int[] {1})
                .toFloatArray();
        NDArray picture = picture();
        int least = 0;
        for (int i = 1; i < confidences.length; i++) {
            least = confidences[i] < confidences[least] ? i : least;
        }
        double x = -15 + 0.5 * least;

        assertTrue(confidences[least] < 0.6);
        assertTrue(green(picture, x) > green(picture, x + 0.8), "least and 0.8 beside");
        assertTrue(green(picture, x + 0.8) > green(picture, x + 4), "0.8 and 4 beside");
    }

    @Test
    void candidates_without_a_route_are_refused() {
        Candidates without = new Candidates(points(1), List.of(2), List.of(0.5), List.of());

        MetricFailedException refusal =
                assertThrows(MetricFailedException.class, () -> measure(RouteSettings.DEFAULT, without));
        assertTrue(String.valueOf(refusal.getMessage()).contains("toy2d-descent"));
    }

    @Test
    void a_class_without_private_points_is_refused() {
        assertThrows(
                MetricFailedException.class,
                () -> measure(RouteSettings.DEFAULT, routes(List.of(3), new float[] {0.1f, 0.2f, 0.3f})));
    }

    private static NDArray picture() throws MetricFailedException {
        return measure(new RouteSettings(0.95, 300), routes(List.of(2), new float[] {0.1f, 0.2f, 0.3f}))
                .pictures()
                .get(0)
                .pixels();
    }

    /** The mean over a small square around (x, 13), in which contours are thin. */
    private static double green(NDArray picture, double x) {
        double sum = 0;
        for (int i = 0; i < 25; i++) {
            sum += color(picture, x + (i % 5 - 2) * 0.1, 13 + (i / 5 - 2) * 0.1)[1];
        }
        return sum / 25;
    }

    private static List<double[]> privatePoints(long wanted) {
        double[] points = REFERENCE.get("x_train").toDoubleArray();
        long[] labels = REFERENCE.get("y_train").toLongArray();
        return IntStream.range(0, labels.length)
                .filter(i -> labels[i] == wanted)
                .mapToObj(i -> new double[] {points[2 * i], points[2 * i + 1]})
                .toList();
    }

    private static List<Double> first(RouteSettings settings, float[] confidences) throws MetricFailedException {
        return measure(settings, routes(List.of(2), confidences))
                .tables()
                .get(0)
                .rows()
                .get(0)
                .values();
    }

    private static Measurement measure(RouteSettings settings, Candidates candidates) throws MetricFailedException {
        return new RouteMetric(settings)
                .measure(new PlaneEvidence(Reference.BENCH, BLOBS, Reference.HARD.trained(), candidates));
    }

    /** Routes (0, 0) - (0, 1) - (1.5, 1) - (3, 1). */
    private static Candidates routes(List<Integer> classes, float[]... confidences) {
        List<Curve> curves = List.of(
                new Curve(
                        "x",
                        classes.stream().map(c -> new float[] {0, 0, 1.5f, 3}).toList()),
                new Curve(
                        "y", classes.stream().map(c -> new float[] {0, 1, 1, 1}).toList()),
                new Curve("confidence", List.of(confidences)));
        return new Candidates(
                points(classes.size()), classes, classes.stream().map(c -> 0.5).toList(), curves);
    }

    private static LatentPoints points(int count) {
        return new LatentPoints(new PlaneGenerator(), Reference.BENCH.manager().zeros(new Shape(count, 2)));
    }

    private static int[] color(NDArray picture, double x, double y) {
        int size = Math.toIntExact(picture.getShape().get(1));
        int column = (int) ((x + 15) / 30 * size);
        int row = (int) ((15 - y) / 30 * size);
        int[] color = new int[3];
        for (int channel = 0; channel < 3; channel++) {
            color[channel] = Math.round((picture.getFloat(channel, row, column) + 1) * 127.5f);
        }
        return color;
    }
}
