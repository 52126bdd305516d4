package org.obverse.plugins.ppa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Sampler;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.LinearNet;

class StoredPointsTest {
    private static final Workbench BENCH = Workbench.of(StoredPointsTest.class);
    private static final LinearGenerator GENERATOR = LinearGenerator.at(BENCH, 16, 1);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void the_file_holds_the_candidates_of_each_class_in_the_order_of_the_request(@TempDir Path folder)
            throws IOException {
        NDArray points = BENCH.manager().create(BENCH.stream(1).gaussians(72), new Shape(4, 3, 6));

        Candidates candidates = sample(stored(points, folder), 2, 7, 3);

        assertEquals(List.of(7, 7, 3, 3), candidates.classes());
        assertArrayEquals(points.toFloatArray(), Bench.values(candidates));
        assertTrue(candidates.scores().stream().allMatch(score -> score.isNaN()));
    }

    /** With all that a search leaves beside its points. */
    @Test
    void an_artifact_of_a_run_is_read_also_where_a_point_has_one_style_for_all_rows(@TempDir Path folder)
            throws IOException {
        NDArray points = BENCH.manager().create(BENCH.stream(1).gaussians(24), new Shape(4, 1, 6));

        String file = stored(
                folder,
                Map.of(
                        "variable.points",
                        points,
                        "snapshot.5.points",
                        points.add(1),
                        "classes",
                        BENCH.manager().create(new long[] {7, 7, 3, 3}),
                        "scores",
                        BENCH.manager().create(new double[] {-0.1, -0.2, -0.3, -0.4}),
                        "curve.loss",
                        BENCH.manager().ones(new Shape(4, 2)),
                        "curve-lengths.loss",
                        BENCH.manager().create(new long[] {2, 2, 2, 1})));

        assertEquals(List.of(), problems(file, 7, 3));
        assertArrayEquals(points.toFloatArray(), Bench.values(sample(file, 2, 7, 3)));
    }

    @Test
    void a_file_of_another_number_of_points_is_refused(@TempDir Path folder) throws IOException {
        String file = stored(BENCH.manager().zeros(new Shape(3, 3, 6)), folder);

        assertThrows(InvalidConfigurationException.class, () -> sample(file, 2, 7, 3));
    }

    @Test
    void a_file_of_another_number_of_points_or_without_them_is_refused_before_the_run(@TempDir Path folder)
            throws IOException {
        NDArray points = BENCH.manager().zeros(new Shape(4, 3, 6));

        assertEquals(List.of(), problems(stored(points, folder), 7, 3));
        List<Problem> another = problems(stored(points, folder), 7, 3, 5);
        assertEquals("file", another.get(0).path());
        assertTrue(another.get(0).message().contains("points"), another::toString);
        assertEquals(
                "file", problems(stored(points, "dots", folder), 7, 3).get(0).path());
    }

    private static List<Problem> problems(String file, Integer... classes) {
        Sampler sampler = PpaPlugin.STORED_POINTS.factory().create(new StoredPointsSettings(file, 2), BENCH);
        return ((Preflight) sampler).check(new Preflight.Setting(GENERATOR, new Shape(3, 8, 8), List.of(classes), 9));
    }

    private static Candidates sample(String file, int perClass, Integer... classes) {
        StoredPointsSettings settings = new StoredPointsSettings(file, perClass);
        return PpaPlugin.STORED_POINTS
                .factory()
                .create(settings, BENCH)
                .sample(Bench.unit(BENCH, GENERATOR, LinearNet.at(BENCH, 8, 31, 1), 9, classes));
    }

    private static String stored(NDArray points, Path folder) throws IOException {
        return stored(points, "points", folder);
    }

    private static String stored(NDArray points, String name, Path folder) throws IOException {
        return stored(folder, Map.of(name, points));
    }

    private static String stored(Path folder, Map<String, NDArray> tensors) throws IOException {
        NDList named = new NDList();
        tensors.forEach((name, tensor) -> {
            tensor.setName(name);
            named.add(tensor);
        });
        Path file = folder.resolve("points.safetensors");
        try (OutputStream stream = Files.newOutputStream(file)) {
            named.encode(stream, NDList.Encoding.SAFETENSORS);
        }
        return file.toString();
    }
}
