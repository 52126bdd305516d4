package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.engine.study.PlanText.with;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.StageContext;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.torch.DeviceMemory;
import org.obverse.engine.torch.TorchRuntime;

/** An optimizer whose batch must be small enough. */
final class OutOfMemoryTest {
    private static final TorchRuntime TORCH = TorchRuntime.start();
    private static final String PLAN = """
            data: { use: dots }
            target: { classifier: { use: linear }, training: { epochs: 1, batch: 5 } }
            generator: { use: plane }
            attack: { use: tiny, stages: { sample: { candidates: 8 } } }
            metrics: [ { use: count } ]
            execution: { workers: 1, batch: 8, on-out-of-memory: halve-batch }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final List<Integer> tried = new ArrayList<>();
    private final Map<String, RunFact.Completed> completed = new HashMap<>();
    private int fits = 8;

    @Test
    void a_unit_that_runs_out_of_memory_is_repeated_with_half_the_batch_until_it_fits() {
        assertEquals(Outcome.DONE, run(PLAN, "ample").outcome());
        assertEquals(List.of(8, 8, 8, 8), tried);
        RunRecord ample = record("ample");
        tried.clear();
        fits = 3;
        assertEquals(Outcome.DONE, run(PLAN, "scarce").outcome());
        assertEquals(List.of(8, 4, 2, 8, 4, 2, 8, 4, 2, 8, 4, 2), tried);
        RunRecord scarce = record("scarce");

        assertEquals(Map.of(), ample.halved());
        assertEquals(Map.of("optimize/0", 2, "optimize/1", 2, "optimize/2", 2, "optimize/3", 2), scarce.halved());
        assertArrayEquals(points("ample", ample), points("scarce", scarce));
    }

    @Test
    void its_digest_says_the_batch_with_which_it_was_made() {
        run(PLAN, "ample");
        String ample = digest("optimize/0");
        String count = digest("metric/0");
        completed.clear();
        fits = 4;
        run(PLAN, "scarce");

        assertNotEquals(ample, digest("optimize/0"));
        assertNotEquals(count, digest("metric/0"));
    }

    @Test
    void what_was_made_with_half_the_batch_is_found_again() {
        fits = 4;
        run(PLAN, "one", "shared");
        assertEquals(List.of(8, 4, 8, 4, 8, 4, 8, 4), tried);
        tried.clear();
        run(PLAN, "two", "shared");

        assertEquals(List.of(8, 8, 8, 8), tried);
    }

    @Test
    void a_run_that_goes_on_keeps_what_was_made_with_half_the_batch() {
        fits = 4;
        run(PLAN, "one");
        tried.clear();
        completed.clear();

        assertEquals(Outcome.DONE, run(PLAN, "one").outcome());

        assertEquals(List.of(), tried);
        assertEquals(Map.of(), completed);
    }

    @Test
    void one_image_that_does_not_fit_is_a_failure() {
        fits = 0;
        assertEquals(Outcome.FAILED, run(PLAN, "none").outcome());
        assertEquals(List.of(8, 4, 2, 1), tried.subList(0, 4));
    }

    @Test
    void without_the_key_no_unit_is_tried_twice() {
        fits = 4;
        Runs.StudyResult result = run(with(PLAN, "halve-batch", "fail"), "fail");

        assertEquals(Outcome.FAILED, result.outcome());
        assertEquals(List.of(8, 8, 8, 8), tried);
    }

    @Test
    void only_what_libtorch_says_is_taken_for_a_lack_of_memory() {
        assertTrue(DeviceMemory.isExhausted(new IllegalStateException(new EngineException(
                "[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to"
                        + " allocate 9 bytes."))));
        assertFalse(DeviceMemory.isExhausted(new EngineException("CUDA error: an illegal memory access")));
        assertFalse(DeviceMemory.isExhausted(new IllegalStateException("CUDA out of memory")));
    }

    private Optimizer hungry() {
        return (start, context) -> {
            tried.add(context.batch());
            if (context.batch() > fits) {
                throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity");
            }
            return new Candidates(
                    new LatentPoints(context.generator(), moved(start, context)),
                    start.classes(),
                    start.scores(),
                    List.of());
        };
    }

    /** Each point plus a draw of its own. */
    private static NDArray moved(Candidates start, StageContext context) {
        float[] moves = new float[2 * start.size()];
        for (int i = 0; i < start.size(); i++) {
            System.arraycopy(start.stream(context.random(), i).gaussians(2), 0, moves, 2 * i, 2);
        }
        NDArray points = start.representation().variables().head();
        return points.add(context.manager().create(moves, new Shape(start.size(), 2)));
    }

    private record Hungry(TinyPlugin tiny, Optimizer optimizer) implements Plugin {
        @Override
        public String id() {
            return "hungry";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public List<Component<?, ?>> components() {
            Component<?, ?> shrink = new Component<>(
                    Kind.OPTIMIZER,
                    "shrink",
                    "",
                    new TinyPlugin.Shrink(0.5, 1),
                    keys -> Requirements.none().access(LabelOracle.class),
                    (keys, resources) -> optimizer);
            return Stream.concat(
                            tiny.components().stream()
                                    .filter(component -> !component.name().equals("shrink")),
                            Stream.of(shrink))
                    .toList();
        }
    }

    private String digest(String unit) {
        return Objects.requireNonNull(completed.get(unit)).digest();
    }

    private float[] points(String runs, RunRecord record) {
        try (NDManager manager = TORCH.manager().newSubManager()) {
            TensorFile file = new ArtifactStore(folder.resolve(runs).resolve("objects"))
                    .open(String.valueOf(record.artifacts().get("optimize/1")));
            return file.tensor(manager, "variable.points").toFloatArray();
        }
    }

    private RunRecord record(String runs) {
        return RunRecord.of(
                        StudyFolder.of(folder.resolve(runs), runs),
                        new ArtifactStore(folder.resolve(runs).resolve("objects")),
                        TORCH.manager())
                .apply(runs);
    }

    private Runs.StudyResult run(String plan, String runs) {
        return run(plan, runs, runs);
    }

    private Runs.StudyResult run(String plan, String name, String runs) {
        Runner runner = new Runner(Registry.of(List.of(new Hungry(new TinyPlugin(), hungry()))), folder);
        Runs.StudyResult result = runner.run(plan, name, runs);
        completed.putAll(runner.made());
        return result;
    }
}
