package org.obverse.engine.plan;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
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
        String gpuOnly = "it changes nothing on the CPU";
        String wayOut = "drop it, or choose device: gpu";
        boolean mayBeGpu = !device.equals("cpu");
        return new Problems()
                .require(
                        device.matches("auto|cpu|gpu(:\\d{1,4})?"),
                        "device",
                        "'" + device + "' is not a device",
                        "use auto, cpu, gpu, gpu:1, …")
                .require(mayBeGpu || tf32 == Tf32.CONVOLUTIONS, "tf32", gpuOnly, wayOut)
                .require(mayBeGpu || cudnn == Cudnn.HEURISTIC, "cudnn", gpuOnly, wayOut)
                .atLeast(1, "workers", workers)
                .atLeast(1, "batch", batch)
                .atLeast(1, "threads", threads)
                .list();
    }
}
