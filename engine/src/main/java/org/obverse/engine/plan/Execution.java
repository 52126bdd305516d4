package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.torch.Cudnn;
import org.obverse.engine.torch.Tf32;
import org.obverse.engine.torch.TorchSettings;

/** On what, and in which portions, a run computes. Batch size changes no draw, but the last digits of values. */
public record Execution(
        @Meaning("auto (a GPU if there is one), cpu, gpu (the first one), gpu:1, …")
        String device,

        @Meaning("units of the attack that are worked on at once; changes no value")
        int workers,

        @Meaning("images per pass through a network") int batch,

        @Meaning("threads inside one operator; 1 gives the best throughput with several workers")
        int threads,

        @Meaning("GPU only: where float32 products are rounded to TF32: convolutions (torch's default), everywhere or"
                + " nowhere; the environment decides, and a run that contradicts it is refused")
        Tf32 tf32,

        @Meaning("GPU only: heuristic (the same algorithms in every run) or benchmark (the fastest, tried per shape)")
        Cudnn cudnn,

        @Meaning(
                "what to do when a unit of the attack or a metric runs out of memory: fail, or halve-batch (repeat it with"
                        + " half the batch, down to 1; the run records it)")
        OutOfMemory onOutOfMemory)
        implements Checked {
    public static final Execution DEFAULT =
            new Execution("auto", 2, 100, 1, Tf32.CONVOLUTIONS, Cudnn.HEURISTIC, OutOfMemory.FAIL);

    /** What all cells of a study must agree on, as they run together: everything but the batch. */
    public Execution shared() {
        return new Execution(device, workers, DEFAULT.batch, threads, tf32, cudnn, onOutOfMemory);
    }

    /** What it says of the native engine. */
    public TorchSettings torch() {
        return new TorchSettings(device, threads, tf32, cudnn);
    }

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (!device.matches("auto|cpu|gpu(:\\d{1,4})?")) {
            problems.add(new Problem("device", "'" + device + "' is not a device", "use auto, cpu, gpu, gpu:1, …"));
        }
        if (device.equals("cpu") && tf32 != Tf32.CONVOLUTIONS) {
            problems.add(gpuOnly("tf32"));
        }
        if (device.equals("cpu") && cudnn != Cudnn.HEURISTIC) {
            problems.add(gpuOnly("cudnn"));
        }
        atLeastOne("workers", workers, problems);
        atLeastOne("batch", batch, problems);
        atLeastOne("threads", threads, problems);
        return problems;
    }

    private static Problem gpuOnly(String key) {
        return new Problem(key, "it changes nothing on the CPU", "drop it, or choose device: gpu");
    }

    private static void atLeastOne(String key, int value, List<Problem> problems) {
        if (value < 1) {
            problems.add(new Problem(key, value + " is too few", "use at least 1"));
        }
    }
}
