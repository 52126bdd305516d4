package org.obverse.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.torch.NativeFacts;

/**
 * What a machine has and lacks for computing on a GPU.
 *
 * @param driver the file in which NVIDIA's driver says its version
 */
record GpuFindings(Path driver, Map<String, String> environment) {
    private static final List<String> VARIABLES = List.of(
            "PYTORCH_LIBRARY_PATH",
            "PYTORCH_VERSION",
            "PYTORCH_FLAVOR",
            "CUDA_VISIBLE_DEVICES",
            "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE",
            "NVIDIA_TF32_OVERRIDE");

    static GpuFindings here() {
        return new GpuFindings(Path.of("/proc/driver/nvidia/version"), System.getenv());
    }

    void print(PrintWriter out, NativeFacts facts) {
        String version = version();
        out.printf("%-9s %s%n", "driver", version);
        for (String variable : VARIABLES) {
            if (environment.containsKey(variable)) {
                out.printf("%-9s %s=%s%n", "variable", variable, Printable.line(environment.get(variable)));
            }
        }
        if (facts.gpus() > 0) {
            return;
        }
        if (version.startsWith("none")) {
            out.printf("%-9s %s%n", "missing", "for a GPU: a driver of NVIDIA, and then a CUDA build of libtorch");
        } else if (facts.library().toString().contains("cpu")) {
            out.printf("%-9s %s%n", "missing", "for the GPU: a CUDA build of libtorch " + facts.version());
        } else {
            out.printf(
                    "%-9s %s%n",
                    "missing", "libtorch finds no GPU: is the driver new enough, the device visible to it?");
        }
        out.printf(
                "%-9s %s%n",
                "to mend",
                "unpack libtorch %s+cu128 (C++11 ABI), then: export PYTORCH_LIBRARY_PATH=DIR/lib PYTORCH_VERSION=%s PYTORCH_FLAVOR=cu128"
                        .formatted(facts.version(), facts.version()));
    }

    private String version() {
        try {
            return Files.readString(driver, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("a driver that does not say its version in " + driver);
        } catch (NoSuchFileException e) {
            return "none of NVIDIA (there is no " + driver + ")";
        } catch (IOException e) {
            return "unknown (" + e + ")";
        }
    }
}
