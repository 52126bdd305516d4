package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.engine.torch.NativeFacts;

class DeviceTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void the_option_replaces_the_plans_device() {
        Path plan = Invocation.tinyPlan(folder);

        Invocation cpu = Invocation.of("run", plan, "--dry-run", "--device", "cpu");
        Invocation missing = Invocation.of("run", plan, "--dry-run", "--device", "gpu:99");
        Invocation nonsense = Invocation.of("run", plan, "--dry-run", "--device", "abacus");

        assertEquals(0, cpu.code(), cpu.err());
        assertTrue(cpu.out().contains("on cpu"), cpu.out());
        assertEquals(Exit.DEVICE.code(), missing.code());
        assertTrue(missing.err().contains("'gpu:99' does not exist"), missing.err());
        assertEquals(Exit.PLAN.code(), nonsense.code());
        assertTrue(nonsense.err().contains("'abacus' is not a device"), nonsense.err());
    }

    @Test
    void keys_of_a_gpu_are_refused_on_the_cpu() {
        Invocation refused = Invocation.of(
                "run",
                Invocation.tinyPlan(folder),
                "--dry-run",
                "--device",
                "cpu",
                "-o",
                "execution.tf32=nowhere",
                "-o",
                "execution.cudnn=benchmark");

        assertEquals(Exit.PLAN.code(), refused.code());
        assertTrue(refused.err().contains("execution.tf32"), refused.err());
        assertTrue(refused.err().contains("execution.cudnn"), refused.err());
    }

    @Test
    void the_doctor_says_what_a_gpu_lacks() throws IOException {
        Path driver = folder.resolve("version");
        assertTrue(findings(driver, "2.7.1-cpu-linux-x86_64", 0).contains("a driver of NVIDIA, and then"));
        Files.writeString(driver, "NVRM version: NVIDIA UNIX x86_64 Kernel Module  570.1\nGCC version\n");
        String found = findings(driver, "2.7.1-cpu-linux-x86_64", 0);
        assertTrue(found.contains("570.1") && found.contains("PYTORCH_FLAVOR=cu128"), found);
        assertTrue(found.contains("missing   for the GPU: a CUDA build of libtorch 2.7.1"), found);
        assertTrue(found.contains("variable  PYTORCH_VERSION=2.7.1"), found);
        assertTrue(findings(driver, "libtorch/lib", 0).contains("is the driver new enough"));
        assertFalse(findings(driver, "libtorch/lib", 1).contains("missing"));
    }

    private static String findings(Path driver, String library, int gpus) {
        StringWriter text = new StringWriter();
        new GpuFindings(driver, Map.of("PYTORCH_VERSION", "2.7.1"))
                .print(
                        new PrintWriter(text),
                        new NativeFacts("2.7.1", Path.of(library), "cpu()", gpus, 1, Path.of("cache")));
        return text.toString();
    }
}
