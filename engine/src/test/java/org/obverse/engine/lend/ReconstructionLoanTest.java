package org.obverse.engine.lend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;

class ReconstructionLoanTest {
    private static final NDManager MANAGER = TorchRuntime.start().manager().newSubManager();

    @AfterAll
    static void release() {
        MANAGER.close();
    }

    @Test
    void scores_are_of_pictures_as_they_are_saved() {
        Candidates two = candidates(MANAGER.create(new float[] {0.123f, 1.7f}, new Shape(2, 1, 1, 1))
                .tile(new long[] {1, 1, 4, 4}));
        ReconstructionLoan loan = loan(two, judge("one", 0));

        float nearest = (float) (143 / 127.5 - 1);
        assertEquals(0.123f, loan.drawn(two, 0).getFloat(0, 0, 3, 3));
        assertEquals(nearest, loan.saved(two, 0).getFloat(0, 0, 3, 3), 1e-6);
        NDArray seen = loan.images(two, loan.judge(), 1, 0);
        assertEquals(new Shape(2, 1, 2, 2), seen.getShape());
        assertEquals(1, seen.getFloat(0, 0, 0, 0), 1e-6);
        assertEquals(nearest, seen.getFloat(1, 0, 1, 1), 1e-6);
    }

    @Test
    void they_are_rounded_before_they_are_cropped_and_resized() {
        float[] pixels = new float[16];
        pixels[5] = 0.001f;
        pixels[6] = 0.005f;
        Candidates one = candidates(MANAGER.create(pixels, new Shape(1, 1, 4, 4)));
        ReconstructionLoan loan = loan(one, judge("inner", 2));

        float[] levels = loan.images(one, loan.judge(), 0).toFloatArray();

        float grey = (float) (128 / 127.5 - 1);
        assertArrayEquals(new float[] {grey, grey, grey, grey}, levels, 1e-6f);
    }

    @Test
    void points_of_a_plane_are_no_pictures() {
        Candidates points = candidates(MANAGER.create(new float[] {0.123f, 5}, new Shape(1, 2)));
        ReconstructionLoan loan = loan(points, judge("one", 0));

        assertArrayEquals(
                new float[] {0.123f, 5}, loan.images(points, loan.judge(), 0).toFloatArray());
    }

    @Test
    void one_judge_is_no_panel_and_a_panel_is_no_judge() {
        Candidates none = candidates(MANAGER.zeros(new Shape(1, 1, 4, 4)));
        ReconstructionLoan single = loan(none, judge("one", 0));
        ReconstructionLoan panel = loan(none, judge("one", 0), judge("two", 1));

        assertEquals("one", single.judge().name());
        assertTrue(String.valueOf(assertThrows(IllegalArgumentException.class, single::judges)
                        .getMessage())
                .contains("JudgedByPanel"));
        assertEquals(
                List.of("one", "two"),
                panel.judges().stream().map(EvaluationModel::name).toList());
        assertEquals(1, panel.judges().get(1).crop());
        assertTrue(String.valueOf(assertThrows(IllegalArgumentException.class, panel::judge)
                        .getMessage())
                .contains("implement Judged"));
    }

    private static Candidates candidates(NDArray images) {
        int size = Math.toIntExact(images.getShape().get(0));
        return new Candidates(
                new FixedImages(images),
                Collections.nCopies(size, 0),
                Collections.nCopies(size, Double.NaN),
                List.of());
    }

    private static EvaluationModel judge(String name, int crop) {
        Parameters none = new Parameters(MANAGER, ParameterSource.fresh(CounterStream.of(1)));
        return new EvaluationModel(name, new Small(none), crop);
    }

    private static ReconstructionLoan loan(Candidates candidates, EvaluationModel... judges) {
        UnitLoan unit = new UnitLoan(CounterStream.of(1), MANAGER, () -> 4, new UnitLoan.Watch() {
            @Override
            public void checkpoint() {}

            @Override
            public void progress(long done, long total, Map<String, Double> figures) {}
        });
        DeclaredData data = new DeclaredData(new DataImages(new Nothing()), "metric", Set.of());
        return new ReconstructionLoan(
                unit,
                data,
                new ReconstructionLoan.Shown(
                        () -> candidates, List.of(), Stream.of(judges).toList()));
    }

    /** Sees 2 by 2 grey pixels. */
    private record Small(Parameters parameters) implements Classifier {
        @Override
        public Shape input() {
            return new Shape(1, 2, 2);
        }

        @Override
        public int classes() {
            return 4;
        }

        @Override
        public List<Tap> taps() {
            return List.of(new Tap(Tap.PENULTIMATE, new Shape(4)));
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            NDArray pixels = images.reshape(-1, 4);
            return new Activations(pixels, Map.of(Tap.PENULTIMATE, pixels));
        }
    }

    private record Nothing() implements Dataset {
        @Override
        public int classes() {
            return 2;
        }

        @Override
        public List<String> classNames() {
            return Dataset.numbered(2);
        }

        @Override
        public Shape shape() {
            return new Shape(1, 4, 4);
        }

        @Override
        public Set<Part> parts() {
            return Set.of();
        }

        @Override
        public Images images(Part part) {
            throw new IllegalArgumentException("there is no part " + part);
        }
    }
}
