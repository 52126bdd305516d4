package org.obverse.engine.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.obverse.api.network.ScriptedModule;
import org.obverse.api.network.ScriptedValue;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.weights.ScriptFile;

/** {@link ScriptedModule} over a module that libtorch loaded from a file. */
final class TorchModule implements ScriptedModule {
    private final PtSymbolBlock module;
    private final Map<String, List<String>> namedTuples;

    private TorchModule(PtSymbolBlock module, Map<String, List<String>> namedTuples) {
        this.module = module;
        this.namedTuples = namedTuples;
    }

    /**
     * @param subject what to call the file in messages
     * @param device a manager on the device, which the module is closed with
     */
    static ScriptedModule load(Path file, String subject, NDManager device) {
        // What was saved on another device comes to this one (the first flag). DJL's other way to load, by path, makes
        // weights that no graph may contain.
        try (InputStream bytes = Files.newInputStream(file)) {
            PtSymbolBlock module = JniUtils.loadModule((PtNDManager) device, bytes, true, false);
            JniUtils.enableInferenceMode(module);
            freeze(module, (PtNDManager) device);
            return new TorchModule(module, ScriptFile.namedTuples(file, subject));
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
    public ScriptedValue forward(NDList inputs) {
        PtNDManager owner = (PtNDManager) inputs.head().getManager();
        try (IValue result = RecordedCall.forward(module, inputs)) {
            return value(result, owner);
        } catch (EngineException e) {
            throw new IllegalArgumentException(reason(e), e);
        }
    }

    private ScriptedValue value(IValue value, PtNDManager owner) {
        if (value.isTensor()) {
            return new ScriptedValue.Tensor(value.toTensor(owner));
        }
        if (value.isTensorList()) {
            return new ScriptedValue.Row(
                    Arrays.stream(value.toTensorArray(owner))
                            .<ScriptedValue>map(ScriptedValue.Tensor::new)
                            .toList(),
                    List.of());
        }
        if (value.isTuple()) {
            return new ScriptedValue.Row(
                    values(value.toIValueTuple(), owner), namedTuples.getOrDefault(value.getType(), List.of()));
        }
        if (value.isList()) {
            return new ScriptedValue.Row(values(value.toIValueArray(), owner), List.of());
        }
        if (value.isMap() && value.getType().startsWith("Dict(str, ")) {
            return new ScriptedValue.Dictionary(entries(value.toIValueMap(), owner));
        }
        return new ScriptedValue.Other(value.getType());
    }

    private List<ScriptedValue> values(IValue[] values, PtNDManager owner) {
        try {
            return Arrays.stream(values).map(value -> value(value, owner)).toList();
        } finally {
            Arrays.stream(values).forEach(IValue::close);
        }
    }

    private Map<String, ScriptedValue> entries(Map<String, IValue> entries, PtNDManager owner) {
        try {
            return entries.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> value(entry.getValue(), owner)));
        } finally {
            entries.values().forEach(IValue::close);
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
