package org.obverse.plugins.smoothing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.obverse.engine.torch.TorchRuntime;

/** The tensors of a safetensors file among the test resources. */
record Fixture(NDList tensors) {
    static final TorchRuntime TORCH = TorchRuntime.start();

    static Fixture open(String file) {
        try (InputStream stream = Fixture.class.getResourceAsStream("/" + file)) {
            return new Fixture(NDList.decode(TORCH.manager(), stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    NDArray tensor(String name) {
        return tensors.stream()
                .filter(tensor -> tensor.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    double[] doubles(String name) {
        return tensor(name).toDoubleArray();
    }
}
