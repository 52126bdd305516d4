package org.obverse.engine.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.obverse.api.network.ScriptedModule;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** {@link ScriptedModule} over a module that libtorch loaded from a file. */
final class TorchModule implements ScriptedModule {
    private final TorchDoor door;

    private TorchModule(TorchDoor door) {
        this.door = door;
    }

    /**
     * @param subject what to call the file in messages
     * @param device a manager on the device, which the module is closed with
     * @param host a manager on the CPU that lives as long
     */
    static ScriptedModule load(Path file, String subject, NDManager device, NDManager host) {
        // What was saved on another device comes to this one (the first flag). DJL's other way to load, by path, makes
        // weights that no graph may contain.
        try (InputStream bytes = Files.newInputStream(file)) {
            PtSymbolBlock module = JniUtils.loadModule((PtNDManager) device, bytes, true, false);
            JniUtils.enableInferenceMode(module);
            freeze(module, (PtNDManager) device);
            return new TorchModule(new TorchDoor(host, module));
        } catch (IOException e) {
            throw refused(subject, "cannot be read (" + e.getMessage() + ")");
        } catch (EngineException e) {
            throw refused(subject, "libtorch cannot load it: " + reason(e));
        }
    }

    private static void freeze(PtSymbolBlock module, PtNDManager device) {
        NDList weights = JniUtils.moduleGetParams(module, device);
        for (NDArray weight : weights) {
            JniUtils.attachGradient((PtNDArray) weight, false);
        }
        weights.close();
    }

    @Override
    public NDList forward(NDList inputs) {
        TorchDoor.Call call = door.method("forward");
        inputs.forEach(call::tensor);
        try {
            return call.run();
        } catch (EngineException e) {
            throw new IllegalArgumentException(reason(e), e);
        } catch (UnsupportedOperationException e) {
            throw new IllegalArgumentException("its result holds something else than tensors", e);
        }
    }

    /** The line of libtorch's message that is not about where in the program it happened. */
    private static String reason(EngineException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("RuntimeError: ") || line.contains("Error: "))
                .reduce((first, last) -> last)
                .orElseGet(
                        () -> String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }

    private static InvalidConfigurationException refused(String subject, String message) {
        return new InvalidConfigurationException(new Problem(
                subject,
                message,
                "save the model again: torch.jit.script(model.eval()).save(path), with torch 2.7 or before"));
    }
}
