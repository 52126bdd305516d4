package org.obverse.engine.product;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.generator.Generator;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.product.StoredCandidates.Way;
import org.obverse.engine.torch.TorchRuntime;

final class StoredCandidatesTest {
    private static final Generator NOBODY = new Generator() {
        @Override
        public int latentSize() {
            throw new IllegalStateException("finished images need no generator");
        }

        @Override
        public Shape image() {
            throw new IllegalStateException("finished images need no generator");
        }

        @Override
        public Shape searchSpace() {
            throw new IllegalStateException("finished images need no generator");
        }

        @Override
        public NDArray locate(NDArray z) {
            throw new IllegalStateException("finished images need no generator");
        }

        @Override
        public NDArray generate(NDArray points) {
            throw new IllegalStateException("finished images need no generator");
        }
    };

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final NDManager manager = TorchRuntime.start().manager().newSubManager();

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void the_candidates_of_several_units_are_read_as_one() {
        Candidates read = read(List.of(), unit(0, 3, 5, 5), unit(10, 7));

        assertEquals(List.of(3, 5, 5, 7), read.classes());
        assertEquals(List.of(0.5, 1.5, 2.5, 10.5), read.scores());
        assertArrayEquals(new float[] {0, 0, 1, 1, 2, 2, 10, 10}, images(read));
        assertEquals(List.of("[]", "[1.0]", "[2.0, 2.0]", "[]"), curve(read));
    }

    @Test
    void candidates_of_wanted_classes_are_read_in_the_wanted_order_with_all_that_belongs_to_them() {
        Candidates read = read(List.of(7, 5), unit(0, 3, 5, 5), unit(10, 7));

        assertEquals(List.of(7, 5, 5), read.classes());
        assertEquals(List.of(10.5, 1.5, 2.5), read.scores());
        assertArrayEquals(new float[] {10, 10, 1, 1, 2, 2}, images(read));
        assertEquals(List.of("[]", "[1.0]", "[2.0, 2.0]"), curve(read));
    }

    @Test
    void a_curve_that_diverged_ends_with_what_it_diverged_to() {
        Candidates diverged = new Candidates(
                new FixedImages(manager.zeros(new Shape(2, 3, 1, 1))),
                List.of(1, 1),
                List.of(0.0, 0.0),
                List.of(new Curve("loss", List.of(new float[] {1, Float.NaN, Float.NaN}, new float[] {2}))));

        assertEquals(List.of("[1.0, NaN, NaN]", "[2.0]"), curve(read(List.of(), diverged)));
        assertEquals(
                List.of("[1.0, NaN, NaN]", "[2.0]", "[]", "[1.0]"),
                texts(StoredCandidates.curves(stored(diverged, unit(0, 3, 5))).getOrDefault("loss", List.of())));
    }

    @Test
    void what_is_stored_of_finished_images_is_no_second_copy_of_them() {
        NDArray images = manager.zeros(new Shape(2, 3, 1, 1));

        NDArray stored = new FixedImages(images).variables().head();
        images.addi(1);

        assertEquals("images", stored.getName());
        assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1}, stored.toFloatArray());
    }

    @Test
    void snapshots_are_read_of_wanted_classes_by_those_who_want_them_if_all_units_have_them() {
        Candidates one = with(unit(0, 3, 5, 5), 0, 10);
        Candidates other = with(unit(10, 7), 0, 10, 20);

        Candidates read = read(List.of(7, 5), one, other);

        assertEquals(
                List.of(0, 10),
                read.snapshots().stream().map(Candidates.Snapshot::step).toList());
        assertArrayEquals(
                new float[] {20, 20, 11, 11, 12, 12},
                read.snapshots().get(1).representation().variables().head().toFloatArray());
        assertEquals(
                List.of(),
                StoredCandidates.read(stored(one), List.of(), manager, NOBODY, Map.of(), Way.LEFT_OUT)
                        .snapshots());
    }

    /** Which showed as much more as they had steps before them. */
    private static Candidates with(Candidates unit, int... steps) {
        return new Candidates(
                unit.representation(),
                unit.classes(),
                unit.scores(),
                unit.curves(),
                IntStream.of(steps)
                        .mapToObj(step -> new Candidates.Snapshot(
                                step,
                                new FixedImages(
                                        unit.representation().variables().head().add(step))))
                        .toList());
    }

    /** The i-th candidate shows {@code first + i} in two pixels, scores half more, and took i steps. */
    private Candidates unit(int first, Integer... classes) {
        int[] numbers = IntStream.range(0, classes.length).toArray();
        NDArray images = manager.arange((float) first, first + classes.length).reshape(-1, 1, 1, 1);
        return new Candidates(
                new FixedImages(images.repeat(3, 2)),
                List.of(classes),
                Arrays.stream(numbers).mapToObj(i -> first + i + 0.5).toList(),
                List.of(new Curve(
                        "loss",
                        Arrays.stream(numbers)
                                .mapToObj(i -> {
                                    float[] values = new float[i];
                                    Arrays.fill(values, i);
                                    return values;
                                })
                                .toList())));
    }

    private Candidates read(List<Integer> wanted, Candidates... units) {
        return StoredCandidates.read(stored(units), wanted, manager, NOBODY, Collections.emptyMap(), Way.SHOWN);
    }

    private List<TensorFile> stored(Candidates... units) {
        ArtifactStore store = new ArtifactStore(folder);
        return Arrays.stream(units)
                .map(unit -> store.save(
                                Sha256.of(unit.classes().toString()),
                                new CandidateForm(inputs -> NOBODY, Map.of())
                                        .encode(new Found.Fresh(unit, Map.of(), Map.of())))
                        .tensors())
                .toList();
    }

    private static float[] images(Candidates read) {
        return read.representation().variables().head().toFloatArray();
    }

    private static List<String> curve(Candidates read) {
        return texts(read.curves().get(0).values());
    }

    private static List<String> texts(List<float[]> rows) {
        return rows.stream().map(Arrays::toString).toList();
    }
}
