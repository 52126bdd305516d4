package org.obverse.engine.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.engine.torch.Refusals.assertRefused;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.training.ParameterOptimizer;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TorchRuntimeTest {
    private TorchRuntime torch;

    @BeforeAll
    void start() {
        torch = TorchRuntime.start(new TorchSettings("cpu", 1));
    }

    @AfterAll
    void stop() {
        torch.close();
    }

    @Test
    void tf32_is_what_the_environment_says_and_a_plan_that_wants_otherwise_is_refused() {
        Map<String, String> everywhere = Map.of("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE", "1");
        Map<String, String> nowhere = Map.of("NVIDIA_TF32_OVERRIDE", "0", "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE", "1");
        TorchRuntime.requireTf32(Tf32.CONVOLUTIONS, Map.of());
        TorchRuntime.requireTf32(Tf32.EVERYWHERE, everywhere);
        TorchRuntime.requireTf32(Tf32.NOWHERE, nowhere);
        assertRefused("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE=1", () -> TorchRuntime.requireTf32(Tf32.EVERYWHERE, Map.of()));
        assertRefused("NVIDIA_TF32_OVERRIDE=0", () -> TorchRuntime.requireTf32(Tf32.NOWHERE, everywhere));
        assertRefused("neither variable", () -> TorchRuntime.requireTf32(Tf32.CONVOLUTIONS, nowhere));
    }

    @Test
    void the_facts_name_the_library_and_its_place() {
        NativeFacts facts = torch.facts();
        assertEquals("2.7.1", facts.version());
        assertEquals("cpu()", facts.device());
        assertEquals(1, facts.threads());
        assertTrue(Files.isDirectory(facts.library()), facts::toString);
        assertTrue(facts.library().startsWith(facts.cache()), facts::toString);
    }

    @Test
    void settings_that_name_no_device_are_refused() {
        assertRefused("none of auto", () -> TorchRuntime.start(new TorchSettings("cuda", 1)));
        assertRefused("does not exist", () -> TorchRuntime.start(new TorchSettings("gpu:99", 1)));
        assertRefused(
                "change nothing on the CPU",
                () -> TorchRuntime.start(new TorchSettings("cpu", 1, Tf32.NOWHERE, Cudnn.HEURISTIC)));
        assertRefused(
                "change nothing on the CPU",
                () -> TorchRuntime.start(new TorchSettings("cpu", 1, Tf32.CONVOLUTIONS, Cudnn.BENCHMARK)));
        assertRefused("at least one thread", () -> TorchRuntime.start(new TorchSettings("cpu", 0)));
    }

    @Test
    void a_thread_of_the_factory_neither_records_nor_takes_more_operator_threads() throws Exception {
        try (NDManager manager = torch.manager().newSubManager()) {
            NDArray x = torch.gradients().variable(manager.create(2.0));
            ExecutorService worker = Executors.newSingleThreadExecutor(torch.threads("worker"));
            try {
                assertEquals(
                        "worker-1",
                        worker.submit(() -> Thread.currentThread().getName()).get());
                assertEquals(1, worker.submit(() -> torch.facts().threads()).get());
                NDArray y = worker.submit(x::square).get();
                assertThrows(
                        IllegalArgumentException.class, () -> torch.gradients().of(y, new NDList(x)));
            } finally {
                worker.shutdownNow();
            }
        }
    }

    @Test
    void names_of_a_callers_arrays_change_nothing_and_stay() {
        try (NDManager manager = torch.manager().newSubManager();
                Gradients.Recording recording = torch.gradients().recording()) {
            for (String name : List.of("conv.weight", "module_method:adam", "list0[]", "pair()", "x")) {
                NDArray x = torch.gradients().variable(manager.create(new double[] {2, 3}));
                NDArray weight = torch.gradients().variable(manager.create(new double[] {5, 7}));
                x.setName(name);
                weight.setName(name);
                NDArray scalar = torch.operators().multiplyAdd(x, weight, x).sum();
                scalar.setName(name);
                NDList gradient = torch.gradients().of(scalar, new NDList(x, weight));
                assertArrayEquals(new double[] {6, 8}, gradient.get(0).toDoubleArray(), name);
                assertArrayEquals(new double[] {2, 3}, gradient.get(1).toDoubleArray(), name);
                assertEquals(List.of(name, name, name), List.of(x.getName(), weight.getName(), scalar.getName()));
            }
        }
    }

    @Test
    void names_stay_while_several_threads_use_the_same_arrays() throws Exception {
        try (NDManager manager = torch.manager().newSubManager()) {
            NDArray first = torch.gradients().variable(manager.create(new double[] {2, 3}));
            NDArray second = torch.gradients().variable(manager.create(new double[] {5, 7}));
            first.setName("layer.0");
            second.setName("layer.1");
            ExecutorService workers = Executors.newFixedThreadPool(3, torch.threads("namer"));
            try {
                List<Future<Integer>> disturbed = new ArrayList<>();
                for (int worker = 0; worker < 3; worker++) {
                    disturbed.add(workers.submit(() -> disturbances(first, second)));
                }
                for (Future<Integer> count : disturbed) {
                    assertEquals(0, count.get());
                }
            } finally {
                workers.shutdownNow();
            }
        }
    }

    private int disturbances(NDArray first, NDArray second) {
        int disturbances = 0;
        try (Gradients.Recording recording = torch.gradients().recording()) {
            for (int call = 0; call < 200; call++) {
                try (NDScope scope = new NDScope()) {
                    NDList gradient = torch.gradients().of(first.mul(second).sum(), new NDList(first, second));
                    boolean right =
                            gradient.get(0).getDouble(1) == 7 && gradient.get(1).getDouble(1) == 3;
                    boolean named = "layer.0".equals(first.getName()) && "layer.1".equals(second.getName());
                    disturbances += right && named ? 0 : 1;
                }
            }
        }
        return disturbances;
    }

    @Test
    void a_call_leaves_no_array_in_the_managers_of_its_arguments() {
        try (NDManager manager = torch.manager().newSubManager();
                Gradients.Recording recording = torch.gradients().recording()) {
            NDArray x = torch.gradients().variable(manager.create(2.0));
            NDArray y = x.square();
            int before = manager.getManagedArrays().size();
            torch.gradients().of(y, new NDList(x)).close();
            assertEquals(before, manager.getManagedArrays().size());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void two_thousand_penalised_steps_in_scopes_keep_the_process_flat() throws Exception {
        try (NDManager manager = torch.manager().newSubManager()) {
            Gradients gradients = torch.gradients();
            // 256 KiB: one leaked array per step would be 375 MiB in the measured 1,500 steps.
            NDArray w = gradients.variable(manager.ones(new Shape(32, 2048)));
            NDArray point = manager.full(new Shape(32, 2048), 0.1f);
            try (ParameterOptimizer adam = torch.adam(new NDList(w), 0.9, 0.999, 1e-8, 0)) {
                long settled = 0;
                for (int step = 0; step < 2000; step++) {
                    if (step == 500) {
                        settled = residentMebibytes();
                    }
                    try (NDScope scope = new NDScope();
                            Gradients.Recording recording = gradients.recording()) {
                        NDArray x = gradients.variable(point);
                        NDArray score = torch.operators().softplus(x.mul(w)).sum();
                        NDArray slope =
                                gradients.differentiable(score, new NDList(x)).head();
                        adam.step(gradients.of(slope.square().sum(), new NDList(w)), 1e-3);
                    }
                }
                long growth = residentMebibytes() - settled;
                assertTrue(growth < 120, () -> "grew by " + growth + " MiB in 1,500 steps");
            }
        }
    }

    private static long residentMebibytes() throws Exception {
        System.gc();
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        throw new IllegalStateException("/proc/self/status has no VmRSS");
    }
}
