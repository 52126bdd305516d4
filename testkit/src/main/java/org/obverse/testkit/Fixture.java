package org.obverse.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.obverse.api.network.ParameterSource;
import org.obverse.engine.artifact.StoredParameters;
import org.obverse.engine.artifact.TensorFile;

/** A safetensors file among a test's resources. */
public final class Fixture {
    private final String name;
    private final TensorFile file;
    private final NDManager manager;

    private Fixture(String name, TensorFile file, NDManager manager) {
        this.name = name;
        this.file = file;
        this.manager = manager;
    }

    /**
     * @param owner a class beside which, at the root of its class path, the resource lies
     * @param resource such as {@code poincare.safetensors}
     */
    static Fixture open(Class<?> owner, String resource, NDManager manager) {
        try (InputStream bytes = owner.getResourceAsStream("/" + resource)) {
            if (bytes == null) {
                throw new IllegalArgumentException(
                        "no resource /" + resource + " beside " + owner.getName()
                                + "; copy it into the module's src/test/resources, or name it of the folder fixtures in the module's pom.xml");
            }
            return new Fixture(resource, TensorFile.of(resource, bytes.readAllBytes()), manager);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Set<String> names() {
        return file.names();
    }

    /** A tensor in its own type. */
    public NDArray get(String tensor) {
        return file.tensor(manager, tensor);
    }

    /** The tensors whose names start with {@code prefix}, as a network's weights under the rest of their names. */
    public ParameterSource weights(String prefix) {
        return new PrefixedParameters(prefix, new StoredParameters(name, file));
    }
}
